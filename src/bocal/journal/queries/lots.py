"""The state of lots, which is their last decision, and what happened to one."""

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from bocal.craft import journal as craft
from bocal.journal.models import Balance, Decision, Lot, Movement


def _last_decision(lot: str) -> Subquery:
    decisions = Decision.objects.filter(lot=OuterRef(lot)).order_by("-sequence")
    return Subquery(decisions.values("kind")[:1])


def lot_state(lot: Lot) -> str | None:
    """The last decision taken on a lot, by rank; None when nothing was decided."""
    return Decision.objects.filter(lot=lot).order_by("-sequence").values_list("kind", flat=True).first()


def with_state(lots: QuerySet[Lot]) -> QuerySet[Lot]:
    """These lots, each with its `state`."""
    return lots.annotate(state=_last_decision("pk"))


def with_lot_state(rows: QuerySet[Balance]) -> QuerySet[Balance]:
    """These balances of lots, each with the `state` of its lot."""
    return rows.annotate(state=_last_decision("lot_id"))


def is_free(lot: Lot) -> bool:
    """May this lot go to people? Only jars need a release."""
    return lot.kind != Lot.Kind.JAR or craft.is_free(lot_state(lot))


def in_state(lots: QuerySet[Lot], *states: str) -> QuerySet[Lot]:
    """Those of these lots that are in one of these states, each with its `state`."""
    return lots.annotate(state=_last_decision("pk")).filter(state__in=states)


def not_free(lots: QuerySet[Lot]) -> QuerySet[Lot]:
    """The jars among these lots that may not go to people."""
    decided = lots.filter(kind=Lot.Kind.JAR).annotate(state=Coalesce(_last_decision("pk"), Value("")))
    return decided.exclude(state__in=craft.FREE_STATES)


def movements_of(lot: Lot) -> QuerySet[Movement]:
    """What happened to a lot, in the order it happened."""
    return (
        Movement.objects.filter(lot=lot)
        .select_related("transaction__by", *_named("source"), *_named("target"))
        .order_by("transaction__happened_at", "transaction__recorded_at", "id")
    )


def _named(account: str) -> list[str]:
    """What is needed to say an account's name."""
    return [f"{account}__{what}" for what in ("place", "organisation", "person")]
