"""Typed rows of a season, and the reading of sheets into them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from bocal.people.names import fold
from bocal.workbook.reading import layout
from bocal.workbook.reading.cells import Unclear, is_blank, refuse_errors, shown
from bocal.workbook.reading.files import Cell, Table
from bocal.workbook.reading.layout import Column, Sheet
from bocal.workbook.reading.problems import Problem, UnableToReadWorkbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A clean row; `line` is its number in the spreadsheet and is no part of its content."""

    line: int = field(compare=False)

    def content(self) -> dict[str, Any]:
        """What the row says, ready for JSON; the same for every spelling of the same row."""
        values = asdict(self)
        del values["line"]
        return {
            name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseRow(Row):
    name: str
    subtype: str | None
    commune: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProducerRow(Row):
    name: str
    commune: str | None
    organic: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow(Row):
    name: str
    house: str | None
    trained_on: date | None
    status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionRow(Row):
    number: str
    day: date
    kind: str
    commune: str
    site: str | None
    partner: str | None
    house: str | None
    status: str
    participants: int | None
    children: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursRow(Row):
    intervention: str
    person: str
    minutes: int
    task: str
    nature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionRow(Row):
    number: str
    day: date
    producer: str
    product: str
    grams: int
    nature: str
    motive: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow(Row):
    number: str
    intervention: str
    recipe: str
    capacity_ml: int | None
    jars: int | None
    soup_ml: int | None
    waste_grams: int | None
    eaten_grams: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IngredientRow(Row):
    batch: str
    collection: str
    grams: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitRow(Row):
    day: date
    batch: str
    channel: str
    recipient: str | None
    jars: int
    cents: int | None
    minutes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRow(Row):
    intervention: str
    unhappy: int
    neutral: int
    happy: int
    word: str | None


@dataclass(slots=True)
class Season:
    """Every row of a workbook, sheet by sheet, in the order of the spreadsheet."""

    houses: list[HouseRow] = field(default_factory=list)
    producers: list[ProducerRow] = field(default_factory=list)
    persons: list[PersonRow] = field(default_factory=list)
    interventions: list[InterventionRow] = field(default_factory=list)
    hours: list[HoursRow] = field(default_factory=list)
    collections: list[CollectionRow] = field(default_factory=list)
    batches: list[BatchRow] = field(default_factory=list)
    ingredients: list[IngredientRow] = field(default_factory=list)
    exits: list[ExitRow] = field(default_factory=list)
    evaluations: list[EvaluationRow] = field(default_factory=list)
    reconstructed: bool = False
    ignored: list[str] = field(default_factory=list)

    def sheets(self) -> Iterator[tuple[Sheet, Sequence[Row]]]:
        """Each sheet with its rows."""
        for sheet, (attribute, _row_type) in _ROWS.items():
            yield _SHEETS[sheet], getattr(self, attribute)

    def fill(self, sheet: Sheet, rows: Iterable[Row]) -> None:
        """Set the rows of one sheet."""
        setattr(self, _ROWS[sheet.title][0], list(rows))


_ROWS: dict[str, tuple[str, type[Row]]] = {
    layout.HOUSES.title: ("houses", HouseRow),
    layout.PRODUCERS.title: ("producers", ProducerRow),
    layout.PERSONS.title: ("persons", PersonRow),
    layout.INTERVENTIONS.title: ("interventions", InterventionRow),
    layout.HOURS.title: ("hours", HoursRow),
    layout.COLLECTIONS.title: ("collections", CollectionRow),
    layout.BATCHES.title: ("batches", BatchRow),
    layout.INGREDIENTS.title: ("ingredients", IngredientRow),
    layout.EXITS.title: ("exits", ExitRow),
    layout.EVALUATIONS.title: ("evaluations", EvaluationRow),
}
_SHEETS = {sheet.title: sheet for sheet in layout.SHEETS}


def read_season(tables: Sequence[Table]) -> Season:
    """Clean every sheet, or refuse the workbook with every cell that was not understood."""
    season = Season()
    problems: list[Problem] = []
    titles: dict[str, Table] = {}
    for table in tables:
        titles.setdefault(fold(table.title), table)
    for sheet in layout.SHEETS:
        names = (sheet.title, *sheet.also)
        given = next((titles.pop(fold(name)) for name in names if fold(name) in titles), None)
        if given is None:
            problems.append(
                Problem(
                    _("cette feuille manque : ajoutez-la, même vide, avec sa ligne de titres."), sheet.title
                )
            )
            continue
        attribute, row_type = _ROWS[sheet.title]
        setattr(season, attribute, _read_sheet(sheet, row_type, given, problems, season.ignored))
    season.ignored += [table.title for table in titles.values()]
    if problems:
        raise UnableToReadWorkbook(problems)
    return season


def _read_sheet(
    sheet: Sheet, row_type: type[Row], table: Table, problems: list[Problem], ignored: list[str]
) -> list[Any]:
    filled = [(line, row) for line, row in table.rows if not all(is_blank(cell) for cell in row)]
    if not filled:
        problems.append(Problem(_("la ligne de titres manque."), sheet.title))
        return []
    (line, titles), *body = filled
    positions = _positions(sheet, titles, line, problems, ignored)
    if positions is None:
        return []
    rows: list[Row] = []
    keys: dict[str, int] = {}
    for line, row in body:
        values = _clean_row(sheet, positions, line, row, problems)
        if values is None:
            continue
        _note_key(sheet, values, line, keys, problems)
        rows.append(row_type(line=line, **values))
    return rows


def _positions(
    sheet: Sheet, titles: list[Cell], line: int, problems: list[Problem], ignored: list[str]
) -> dict[str, int] | None:
    """Where each column stands; None when one is missing or stands twice."""
    found: dict[str, list[int]] = {}
    for position, cell in enumerate(titles):
        if not is_blank(cell):
            found.setdefault(_folded_header(shown(cell)), []).append(position)
    positions: dict[str, int] = {}
    complete = True
    for column in sheet.columns:
        places = next(
            (
                found.pop(_folded_header(name))
                for name in (column.header, *column.also)
                if _folded_header(name) in found
            ),
            [],
        )
        if len(places) == 1:
            positions[column.attribute] = places[0]
            continue
        complete = False
        sentence = (
            _("cette colonne est là deux fois : gardez-en une.")
            if places
            else _("cette colonne manque : ajoutez-la.")
        )
        problems.append(Problem(sentence, sheet.title, line, column.header))
    ignored += [f"{sheet.title} › {shown(titles[places[0]])}" for places in found.values()]
    return positions if complete else None


def _folded_header(header: str) -> str:
    return fold(header).replace("°", "").replace("º", "").replace("( ", "(").strip()


def _clean_row(
    sheet: Sheet, positions: dict[str, int], line: int, row: list[Cell], problems: list[Problem]
) -> dict[str, Any] | None:
    values: dict[str, Any] = {}
    clear = True
    for column in sheet.columns:
        cell = row[positions[column.attribute]] if positions[column.attribute] < len(row) else Cell(None)
        try:
            values[column.attribute] = _clean(column, cell)
        except Unclear as unclear:
            problems.append(Problem(unclear.sentence, sheet.title, line, column.header, shown(cell)))
            clear = False
    return values if clear else None


def _clean(column: Column, cell: Cell) -> Any:
    refuse_errors(cell)
    if is_blank(cell):
        if column.required:
            raise Unclear(_("cette case est vide : remplissez-la, ou videz toute la ligne."))
        return None
    return column.clean(cell)


def _note_key(
    sheet: Sheet, values: dict[str, Any], line: int, keys: dict[str, int], problems: list[Problem]
) -> None:
    if not sheet.key:
        return
    folded = fold(values[sheet.key])
    if folded in keys:
        header = next(column.header for column in sheet.columns if column.attribute == sheet.key)
        sentence = _("déjà écrit ligne %(line)d : une seule ligne pour chacun.") % {"line": keys[folded]}
        problems.append(Problem(sentence, sheet.title, line, header, values[sheet.key]))
    keys.setdefault(folded, line)


def row_from_content(title: str, content: dict[str, Any]) -> Row:
    """The row that was imported earlier under `title`; it has no line in the spreadsheet at hand."""
    row_type = _ROWS[title][1]
    dates = {each.name for each in fields(row_type) if "date" in str(each.type)}
    values = {
        name: date.fromisoformat(value) if name in dates and value else value
        for name, value in content.items()
    }
    return row_type(line=0, **values)
