"""What is where: each place with its produce and its jars, and what is below zero.

A house sees its own shelf, and the jars wherever they are, since jars are lent between houses.
"""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from bocal.journal.models import Balance, Lot
from bocal.journal.queries import negative_balances, stock_by_place
from bocal.people.models import Organisation
from bocal.surplus.queries import labels_like
from bocal.territory.models import Place

PRODUCE = (Lot.Kind.RAW, Lot.Kind.SEMI_FINISHED)


class Held(NamedTuple):
    """What one place holds, all together."""

    place_id: UUID
    name: str
    quarantine: bool
    grams: int
    jars: int
    lots: int


def stock(
    *, text: str = "", place: Place | None = None, kind: str = "", houses: Collection[UUID] | None = None
) -> QuerySet[Balance]:
    """What the places hold, lot by lot, each with its `state`; `houses` are those one is limited to."""
    held = stock_by_place().exclude(quantity=0).filter(_seen_by(houses))
    if text:
        held = held.filter(Q(lot__code__icontains=text) | Q(lot__label__in=labels_like(text)))
    if place:
        held = held.filter(account__place=place)
    if kind == "jars":
        held = held.filter(lot__kind=Lot.Kind.JAR)
    elif kind == "produce":
        held = held.filter(lot__kind__in=PRODUCE)
    return held.select_related("lot__owner")


def held_by_place(*, houses: Collection[UUID] | None = None) -> list[Held]:
    """Each place that holds something, with its kilos of produce and its jars."""
    rows = (
        stock_by_place()
        .exclude(quantity=0)
        .filter(_seen_by(houses))
        .order_by()
        .values_list("account__place_id", "account__place__name", "account__quarantine")
        .annotate(
            grams=Sum("quantity", filter=Q(lot__kind__in=PRODUCE), default=0),
            jars=Sum("quantity", filter=Q(lot__kind=Lot.Kind.JAR), default=0),
            lots=Count("lot"),
        )
        .order_by("account__place__name")
    )
    return [Held(*row) for row in rows]


def below_zero(*, houses: Collection[UUID] | None = None) -> QuerySet[Balance]:
    """What left a place without having come: it happened, so it stands, and somebody should look."""
    return negative_balances().filter(_seen_by(houses))


def _seen_by(houses: Collection[UUID] | None) -> Q:
    if houses is None:
        return Q()
    shelves = Organisation.objects.filter(pk__in=houses, shelf__isnull=False).values("shelf")
    return Q(account__place__in=shelves) | Q(lot__kind=Lot.Kind.JAR)
