"""Reads of the workbook app: what was imported before, and what a workbook may lean on without containing it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from bocal.people.models import Organisation, Person
from bocal.people.names import fold
from bocal.programme.models import Intervention
from bocal.workbook.differences import Content, Imported, identity
from bocal.workbook.models import Import, ImportedRow
from bocal.workbook.reading import Known, Season
from bocal.workbook.reading.rows import Row, row_from_content


def imports() -> QuerySet[Import]:
    """Every workbook taken in, the newest first."""
    return Import.objects.select_related("imported_by").order_by("-imported_at", "-id")


def imported_rows() -> dict[str, dict[str, list[Content]]]:
    """Sheet -> number, name or parent -> the contents imported under it, in their order."""
    found: dict[str, dict[str, list[Content]]] = defaultdict(lambda: defaultdict(list))
    rows = ImportedRow.objects.order_by("sheet", "number", "rank").values_list("sheet", "number", "content")
    for sheet, number, content in rows:
        found[sheet][number].append(content)
    return {sheet: dict(rows) for sheet, rows in found.items()}


def known_names() -> Known:
    """What is already recorded, by hand or by import, that a row may name."""

    def organisations(kind: str) -> frozenset[str]:
        return frozenset(Organisation.objects.filter(kind=kind).values_list("search_name", flat=True))

    days: dict[str, date] = {fold(code): day for code, day in Intervention.objects.values_list("code", "day")}
    return Known(
        houses=organisations(Organisation.Kind.HOUSE),
        producers=organisations(Organisation.Kind.PRODUCER),
        persons=frozenset(
            Person.objects.exclude(status=Person.Status.SYSTEM).values_list("search_name", flat=True)
        ),
        interventions=days,
    )


def with_earlier_rows(season: Season, imported: Imported) -> Season:
    """The season with the rows imported before that it does not repeat, so that its new rows may lean on them."""
    whole = Season(reconstructed=season.reconstructed)
    for sheet, rows in season.sheets():
        present = {identity(sheet, row) for row in rows}
        earlier = _earlier_rows(sheet.title, imported.get(sheet.title, {}), present)
        whole.fill(sheet, [*earlier, *rows])
    return whole


def _earlier_rows(sheet: str, imported: Mapping[str, Sequence[Content]], present: set[str]) -> Iterator[Row]:
    for number, contents in imported.items():
        if number not in present:
            yield from (row_from_content(sheet, content) for content in contents)
