"""Figures by structure × commune × public: one row each, adding up to the figures of the scope.

A shared intervention is counted once, under the structure that leads it. What follows no intervention (a
batch or hours declared outside any) has a row of its own, so that the table still adds up.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet, Sum

from bocal.impact.queries import records
from bocal.impact.queries.scope import Scope
from bocal.programme.models import Intervention

COUNTED = ("workshops", "participants", "volunteer_hours", "kg_transformed", "jars_made")


class Cell(NamedTuple):
    """Who, where, for whom. A house or a commune is None outside any intervention."""

    house: UUID | None
    house_name: str | None
    commune: str | None
    commune_name: str | None
    priority_neighbourhood: bool | None
    free_of_charge: bool | None


@dataclass(slots=True)
class CrossRow:
    """One cell and its figures; `quantities` holds 0 for what it has none of."""

    cell: Cell
    quantities: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))


def cross_table(scope: Scope) -> list[CrossRow]:
    """The rows of the table, by structure, commune and public."""
    held = records.workshops(scope).annotate(heads=Sum("attendances__count")).values_list("id", "heads")
    workshops = list(held)
    sources: dict[str, Iterable[tuple[UUID | None, int]]] = {
        "workshops": ((pk, 1) for pk, _heads in workshops),
        "participants": ((pk, heads or 0) for pk, heads in workshops),
        "volunteer_hours": _by_intervention(records.volunteer_hours(scope), "intervention"),
        "kg_transformed": _by_intervention(records.transformed(scope), "target__made_in__intervention"),
        "jars_made": _by_intervention(records.jars_made(scope), records.IN_BATCH),
    }
    by_intervention: dict[UUID | None, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTED, 0))
    for key, pairs in sources.items():
        for pk, quantity in pairs:
            by_intervention[pk][key] += quantity
    cells = _cells(by_intervention)
    rows: dict[Cell, CrossRow] = {}
    for pk, quantities in by_intervention.items():
        row = rows.setdefault(cells[pk], CrossRow(cells[pk]))
        for key, quantity in quantities.items():
            row.quantities[key] += quantity
    return sorted(rows.values(), key=_in_order)


def _by_intervention(counted: QuerySet[Any], path: str) -> Iterable[tuple[UUID | None, int]]:
    sums: QuerySet[Any, tuple[UUID | None, int]] = (
        counted.order_by().values_list(path).annotate(sum=Sum("quantity"))
    )
    return sums


def _cells(by_intervention: Iterable[UUID | None]) -> dict[UUID | None, Cell]:
    known = Intervention.objects.filter(id__in=[pk for pk in by_intervention if pk])
    cells: dict[UUID | None, Cell] = {
        row[0]: Cell(*row[1:])
        for row in known.values_list(
            "id",
            "lead_house",
            "lead_house__name",
            "commune",
            "commune__name",
            "priority_neighbourhood",
            "free_of_charge",
        )
    }
    cells[None] = Cell(None, None, None, None, None, None)
    return cells


def _in_order(row: CrossRow) -> tuple[Any, ...]:
    cell = row.cell
    return (
        cell.house is None,
        cell.house_name or "",
        cell.commune_name or "",
        not cell.priority_neighbourhood,
        not cell.free_of_charge,
    )
