"""What is where: each place with its produce, its jars and the rest, and what is below zero.

A house sees its own shelf, and the jars wherever they are, since jars are lent between houses.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from django.db.models import Q, QuerySet

from bocal.journal.models import Balance, Lot
from bocal.journal.queries import stock_by_place
from bocal.people.models import Organisation
from bocal.people.names import fold
from bocal.territory.models import Place

PRODUCE = (Lot.Kind.RAW, Lot.Kind.SEMI_FINISHED)


@dataclass
class Shelf:
    """One place and what it holds."""

    place: Place
    produce: list[Balance] = field(default_factory=list)
    jars: list[Balance] = field(default_factory=list)
    other: list[Balance] = field(default_factory=list)

    @property
    def grams(self) -> int:
        return sum(held.quantity for held in self.produce)

    @property
    def jar_count(self) -> int:
        return sum(held.quantity for held in self.jars)

    @property
    def below_zero(self) -> list[Balance]:
        """What left without having come: somebody should look."""
        return [held for held in (*self.produce, *self.jars, *self.other) if held.quantity < 0]

    def add(self, held: Balance) -> None:
        lot = held.lot
        if lot is None:
            return
        rows = self.jars if lot.kind == Lot.Kind.JAR else self.produce if lot.kind in PRODUCE else self.other
        rows.append(held)


def stock(
    *, text: str = "", place: Place | None = None, kind: str = "", houses: Collection[UUID] | None = None
) -> QuerySet[Balance]:
    """What the places hold, row by row; `houses` limits produce to the shelves of these houses."""
    held = stock_by_place().exclude(quantity=0)
    if text:
        held = held.filter(Q(lot__code__icontains=text) | Q(lot__label__icontains=text) | _named(text))
    if place:
        held = held.filter(account__place=place)
    if kind == "jars":
        held = held.filter(lot__kind=Lot.Kind.JAR)
    elif kind == "produce":
        held = held.filter(lot__kind__in=PRODUCE)
    if houses is not None:
        shelves = Organisation.objects.filter(pk__in=houses).values("shelf")
        held = held.filter(Q(account__place__in=shelves) | Q(lot__kind=Lot.Kind.JAR))
    return held


def shelves(held: Iterable[Balance]) -> list[Shelf]:
    """The same rows, place after place."""
    found = []
    for place, rows in groupby(held, key=lambda row: row.account.place):
        if place is None:
            continue
        shelf = Shelf(place)
        for row in rows:
            shelf.add(row)
        found.append(shelf)
    return found


def _named(text: str) -> Q:
    return Q(lot__batch__made_in__recipe_version__recipe__search_name__contains=fold(text))
