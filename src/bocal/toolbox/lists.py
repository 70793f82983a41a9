"""Every list of Bocal: a page of twenty-five rows, filters in the address, and the whole as XLSX or CSV.

A view says its columns once; the screen and both exports read them there. Columns take their values from
the row alone, so that a list costs the same number of queries whatever its length: the view's query brings
along what they need.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from bocal.craft import measures
from bocal.toolbox import times
from bocal.toolbox.exports import CSV, XLSX, Heading, download, to_csv, to_xlsx
from bocal.toolbox.forms import FilterForm

ROWS_PER_PAGE = 25

Rows = QuerySet[Any] | Sequence[Any]


def _say_day(day: date) -> str:
    return times.say_day_short(day, year=True)


# What each kind of value looks like on the screen.
SAY: Mapping[str, Callable[[Any], str]] = {
    "text": str,
    "number": measures.format_number,
    "percent": measures.format_percent,
    "kilos": measures.format_grams,
    "litres": measures.format_millilitres,
    "euros": measures.format_cents,
    "duration": measures.format_minutes,
    "day": _say_day,
    "moment": times.say_moment_short,
}
NUMERIC = frozenset({"number", "percent", "kilos", "litres", "euros", "duration"})


@dataclass(frozen=True)
class Column:
    """One column: its title, where its value is in a row, what kind of value it is, where a click leads.

    `value` is the name of an attribute ("producer.name" goes through) or a function of the row; `url` is a
    function of the row. With `chip` the value is shown as a chip of that kind ("ok", "wait", "no", "hot", or ""
    for plain information); as a function of the row it may answer None, for no chip.
    """

    label: str | Promise
    value: str | Callable[[Any], Any]
    url: Callable[[Any], str | None] | None = None
    kind: str = "text"
    chip: str | Callable[[Any], str | None] | None = None

    def __post_init__(self) -> None:
        if self.kind not in SAY:
            raise ValueError(f"no kind of column is called {self.kind!r}: {', '.join(SAY)}")

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC

    def value_of(self, row: Any) -> Any:
        if callable(self.value):
            return self.value(row)
        found = row
        for name in self.value.split("."):
            found = found.get(name) if isinstance(found, Mapping) else getattr(found, name)
            if found is None:
                return None
        return found() if callable(found) and not isinstance(found, Model) else found

    def cell_of(self, row: Any) -> "Cell":
        value = self.value_of(row)
        text = "" if value is None or value == "" else SAY[self.kind](value)
        kind = self.chip(row) if callable(self.chip) else self.chip
        return Cell(
            text=text,
            url=self.url(row) if self.url else None,
            chip=Chip(text, kind) if text and kind is not None else None,
            numeric=self.numeric,
        )


class Chip(NamedTuple):
    """A state in a word; the theme knows the colour and the shape of its kind."""

    word: str
    kind: str


@dataclass(frozen=True)
class Cell:
    """What a page shows of one value."""

    text: str
    url: str | None
    chip: Chip | None
    numeric: bool


@dataclass(frozen=True)
class ListPage:
    """One page of a list, as the component `components/list.html` reads it."""

    page: Page[Any]
    columns: Sequence[Column]
    rows: list[list[Cell]]
    export_urls: Mapping[str, str]
    filters: FilterForm | None
    empty: Mapping[str, Any]

    @classmethod
    def read(
        cls,
        request: HttpRequest,
        rows: Rows,
        columns: Sequence[Column],
        *,
        empty: Mapping[str, Any],
        filters: FilterForm | None = None,
    ) -> "ListPage":
        """The page that the address asks for; one that does not exist gives the first or the last."""
        page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
        return cls(
            page=page,
            columns=columns,
            rows=[[column.cell_of(row) for column in columns] for row in page.object_list],
            export_urls={name: _same_address(request, format=name) for name in ("xlsx", "csv")},
            filters=filters,
            empty=empty,
        )

    @property
    def context(self) -> dict[str, Any]:
        return {
            "page": self.page,
            "columns": self.columns,
            "rows": self.rows,
            "export_urls": self.export_urls,
            "filters": self.filters,
            "empty": self.empty,
        }


def respond_with_list(
    request: HttpRequest,
    *,
    template: str,
    rows: Rows,
    columns: Sequence[Column],
    title: str | Promise,
    filename: str,
    empty: Mapping[str, Any],
    filters: FilterForm | None = None,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page of a list or, with `?format=xlsx` or `?format=csv`, the whole of it under the same filters.

    `filename` has no ending. `empty` says what to do first when there is nothing yet: its `title`, and a
    `sentence`, or an `action` and its `url`.
    """
    if exported := export_of(request, rows, columns, title=title, filename=filename):
        return exported
    page = ListPage.read(request, rows, columns, filters=filters, empty=empty)
    return render(request, template, {"title": title, **page.context, **(context or {})})


def export_of(
    request: HttpRequest, rows: Rows, columns: Sequence[Column], *, title: str | Promise, filename: str
) -> HttpResponse | None:
    """The whole list as the file that the address asks for; nothing when it asks for the page."""
    wanted = request.GET.get("format")
    if wanted not in ("xlsx", "csv"):
        return None
    headings = [Heading(str(column.label), column.kind) for column in columns]
    values = ([column.value_of(row) for column in columns] for row in rows)
    if wanted == "xlsx":
        return download(to_xlsx(str(title), headings, values), filename=f"{filename}.xlsx", media_type=XLSX)
    return download(to_csv(headings, values), filename=f"{filename}.csv", media_type=CSV)


def _same_address(request: HttpRequest, **changes: str) -> str:
    """This page's address with its filters, from the first page on."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query[name] = value
    return f"{request.path}?{query.urlencode()}"
