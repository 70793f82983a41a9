"""A list shows twenty-five rows, exports all of them, and costs the same whatever its length."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from openpyxl import load_workbook

from bocal.territory.models import Commune, Place
from bocal.toolbox.forms import FilterForm
from bocal.toolbox.lists import ROWS_PER_PAGE, Chip, Column, ListPage, respond_with_list

PAGE = """{{ title }}|{{ page.number }}/{{ page.paginator.num_pages }}
{% for column in columns %}{{ column.label }};{% endfor %}
{% for cells in rows %}{% for cell in cells %}{{ cell.text }};{% endfor %}
{% endfor %}{{ export_urls.xlsx }}|{{ empty.title }}|{{ word }}"""


@pytest.fixture(autouse=True)
def _template(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "list_of_test.html").write_text(PAGE)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


@dataclass
class Jar:
    """A row that is no model."""

    name: str
    grams: int | None = None
    day: date | None = None
    state: str | None = None


COLUMNS = [
    Column("Pot", "name", url=lambda jar: f"/pots/{jar.name}/"),
    Column("Poids", "grams", kind="kilos", chip=lambda jar: jar.state),
    Column("Le", "day", kind="day", chip=""),
]


def ask(query: str = "") -> HttpRequest:
    return RequestFactory().get(f"/pots/?{query}")


def respond(query: str, rows: Any, columns: list[Column] | None = None) -> HttpResponse:
    return respond_with_list(
        ask(query),
        template="list_of_test.html",
        rows=rows,
        columns=columns or COLUMNS,
        title="Pots de l'été",
        filename="pots de l'été",
        empty={"title": "Aucun pot"},
        context={"word": "bonjour"},
    )


def read(query: str, rows: Any) -> ListPage:
    return ListPage.read(ask(query), rows, COLUMNS, empty={"title": "Aucun pot"})


def text_of(response: HttpResponse) -> str:
    return response.content.decode().replace("\u00a0", " ")


def test_a_page_shows_its_cells_and_what_the_view_adds() -> None:
    shown = text_of(respond("", [Jar("Poivronnade", 3_500, date(2017, 8, 8)), Jar("Vide")]))
    assert shown.splitlines() == [
        "Pots de l&#x27;été|1/1",
        "Pot;Poids;Le;",
        "Poivronnade;3,5 kg;mar. 8 août 2017;",
        "Vide;;;",
        "/pots/?format=xlsx|Aucun pot|bonjour",
    ]


def test_a_cell_knows_where_it_leads_its_chip_and_its_side() -> None:
    page = read("", [Jar("Soupe", 500, date(2017, 8, 8), "ok"), Jar("Vide", 0)])
    name, weight, day = page.rows[0]
    assert (name.url, name.chip, name.numeric) == ("/pots/Soupe/", None, False)
    assert (weight.url, weight.chip, weight.numeric) == (None, Chip("0,5\u00a0kg", "ok"), True)
    assert (day.chip, day.numeric) == (Chip("mar. 8 août 2017", ""), False)
    assert [cell.chip for cell in page.rows[1]] == [None, None, None]
    assert [column.numeric for column in page.columns] == [False, True, False]


def test_every_kind_of_column_says_zero_and_says_nothing_of_nothing() -> None:
    row = {"none": None, "zero": 0, "noon": datetime(2026, 7, 14, 10, tzinfo=UTC)}
    for kind in ("number", "percent", "kilos", "litres", "euros", "duration"):
        assert Column("x", "none", kind=kind).cell_of(row).text == ""
        assert Column("x", "zero", kind=kind).cell_of(row).text.startswith("0")
    assert Column("x", "noon", kind="moment").cell_of(row).text.startswith("mar. 14 juil. 2026, 12")


def test_a_value_is_a_path_a_method_or_a_function() -> None:
    row = {"jar": Jar("Soupe"), "nothing": None}
    assert Column("x", "jar.name").value_of(row) == "Soupe"
    assert Column("x", "jar.name.upper").value_of(row) == "SOUPE"
    assert Column("x", "nothing.name").value_of(row) is None
    assert Column("x", lambda found: found["jar"].name).value_of(row) == "Soupe"


def test_a_kind_that_does_not_exist_is_a_mistake_seen_at_once() -> None:
    with pytest.raises(ValueError, match="no kind of column"):
        Column("Poids", "grams", kind="kilo")


@pytest.mark.parametrize(
    ("query", "number", "length"),
    [
        ("", 1, 25),
        ("page=1", 1, 25),
        ("page=3", 3, 10),
        ("page=99", 3, 10),
        ("page=0", 3, 10),
        ("page=-1", 3, 10),
        ("page=deux", 1, 25),
        ("page=%00", 1, 25),
        ("page=" + "9" * 6000, 1, 25),
    ],
)
def test_any_page_asked_for_is_answered(query: str, number: int, length: int) -> None:
    page = read(query, [Jar(f"n° {n}") for n in range(60)])
    assert (page.page.number, len(page.rows)) == (number, length)


def test_an_export_is_the_whole_list_in_any_case() -> None:
    jars = [Jar(f"n° {n}", n, date(2017, 8, 8)) for n in range(60)]
    lines = list(
        csv.reader(io.StringIO(respond("format=csv&page=2", jars).content.decode("utf-8-sig")), delimiter=";")
    )
    assert lines[0] == ["Pot", "Poids", "Le"]
    assert lines[60] == ["n° 59", "0,059", "08/08/2017"]
    answer = respond("format=xlsx", jars)
    assert load_workbook(io.BytesIO(answer.content)).active.max_row == 61
    assert 'filename="pots-de-lete.xlsx"' in answer["Content-Disposition"]
    assert respond("format=pdf", jars)["Content-Type"].startswith("text/html")


def test_the_export_keeps_the_filters_of_the_screen_and_forgets_the_page() -> None:
    page = read("nature=don&nature=achat&lieu=l%27%C3%A9t%C3%A9%26&page=2", [])
    assert page.export_urls["csv"] == "/pots/?nature=don&nature=achat&lieu=l%27%C3%A9t%C3%A9%26&format=csv"


def test_the_filters_reach_the_page() -> None:
    class Filters(FilterForm):
        word = forms.CharField()

    filters = Filters({"word": "x"})
    assert ListPage.read(ask(), [], COLUMNS, filters=filters, empty={}).context["filters"] is filters


def test_the_component_draws_rows_chips_and_the_empty_page(tmp_path: Path) -> None:
    (tmp_path / "list_of_test.html").write_text('{% include "components/list.html" %}')
    drawn = text_of(respond("", [Jar("Soupe", 3_500, None, "ok")]))
    assert '<a href="/pots/Soupe/">Soupe</a>' in drawn
    assert '<span class="chip ok">' in drawn
    assert 'href="/pots/?format=xlsx"' in drawn
    assert "Aucun pot" in text_of(respond("", []))


def places(count: int) -> QuerySet[Place]:
    commune = Commune.objects.create(code="T0001", name="Peyrins", search_name="peyrins", department="26")
    Place.objects.bulk_create(
        Place(name=f"Lieu {n:03}", kind=Place.Kind.SITE, commune=commune) for n in range(count)
    )
    return Place.objects.select_related("commune").order_by("name", "pk")


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 100])
@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ("", 3),
        ("format=csv", 1),
        ("format=xlsx", 1),
    ],  # a page: how many, the rows, whether it is a demonstration
)
def test_a_list_costs_the_same_for_one_row_and_for_a_hundred(
    count: int,
    query: str,
    queries: int,
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    rows = places(count)
    columns = [Column("Lieu", "name"), Column("Commune", "commune.name"), Column("Genre", "get_kind_display")]
    with django_assert_num_queries(queries):
        response = respond(query, rows, columns)
    if not query:
        assert text_of(response).count("Peyrins;lieu d&#x27;intervention;") == min(count, ROWS_PER_PAGE)
