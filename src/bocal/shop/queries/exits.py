"""What became of the jars. A row is the movement of the jars of one exit: the journal has the quantities.

A cancelled exit stays in the list, said to be cancelled; it counts in no sum.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from bocal.journal.models import Account, Balance, Lot, Movement, Transaction
from bocal.people.names import fold
from bocal.programme.models import Intervention
from bocal.shop.models import Exit, Voucher
from bocal.territory.models import Place
from bocal.toolbox.times import paris_day_bounds

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)

HOLDS = Q(transaction__reversed_by=None)
"""Of a movement: its transaction was not taken back."""

_SHOWN = (
    "lot",
    "source__place",
    "target__organisation",
    "target__person",
    "transaction__by",
    "transaction__exit__sale__place",
)


def exits(
    *,
    text: str = "",
    first: date | None = None,
    last: date | None = None,
    channel: str = "",
    place: Place | None = None,
    state: str = "",
    houses: Collection[UUID] | None = None,
) -> QuerySet[Movement]:
    """Exits, the newest first, each `cancelled` or not, `replaced` or not; `houses` are those one is limited to."""
    found = _exits().filter(_seen_by(houses))
    if text:
        found = found.filter(_speaks_of(text))
    if first or last:
        start, end = paris_day_bounds(first or FIRST_DAY, last or LAST_DAY)
        found = found.filter(transaction__happened_at__gte=start, transaction__happened_at__lt=end)
    if channel:
        found = found.filter(transaction__kind=channel)
    if place:
        found = found.filter(source__place=place)
    if state:
        found = found.filter(transaction__reversed_by__isnull=state != "cancelled")
    return found.order_by("-transaction__happened_at", "-id")


def exits_of(lot: Lot) -> QuerySet[Movement]:
    """The exits of one lot, the newest first."""
    return _exits().filter(lot=lot).order_by("-transaction__happened_at", "-id")


def exit_shown(exit_id: UUID, *, houses: Collection[UUID] | None = None) -> Movement | None:
    """One exit with all its page says of it."""
    found = _exits().filter(_seen_by(houses), transaction__exit=exit_id)
    return found.select_related(
        *_SHOWN, "lot__owner", "transaction__exit__replaces", "transaction__voucher"
    ).first()


def jars_out(found: QuerySet[Movement]) -> int:
    """How many jars these exits took out, the cancelled ones left out."""
    total: int = found.filter(HOLDS).order_by().aggregate(total=Sum("quantity", default=0))["total"]
    return total


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of some jars: how many were made, are left, are promised, and left by each channel."""

    made: int
    left: int
    promised: int
    gone: dict[str, int]


def fate_of_jars_made_in(intervention: Intervention) -> Fate | None:
    """What became of the jars made there, in one query; None when none was kept."""
    made = Q(transaction__kind=Transaction.Kind.BATCH, source=F("lot__batch"))
    gone = Q(transaction__exit__isnull=False)
    waiting = Voucher.objects.filter(
        lot__batch__made_in__intervention=intervention, status=Voucher.Status.WAITING
    ).order_by()
    moved = (
        Movement.objects.filter(made | gone, HOLDS, transaction__reverses=None, lot__kind=Lot.Kind.JAR)
        .filter(lot__batch__made_in__intervention=intervention)
        .order_by()
        .values("transaction__kind")
        .annotate(
            jars=Sum("quantity"),
            promised=Subquery(waiting.values("status").annotate(sum=Sum("jars")).values("sum")),
        )
    )
    rows = list(moved)
    sums: dict[str, int] = {row["transaction__kind"]: row["jars"] for row in rows}
    total = sums.pop(Transaction.Kind.BATCH, 0)
    if not total:
        return None
    left = total - sum(sums.values())
    return Fate(made=total, left=left, promised=rows[0]["promised"] or 0, gone=sums)


def whereabouts(lot: Lot) -> list[tuple[Place, int]]:
    """The places that hold jars of a lot, the fullest first."""
    held = Balance.objects.filter(lot=lot, account__kind=Account.Kind.PLACE, quantity__gt=0)
    rows = held.select_related("account__place").order_by("-quantity", "account__place__name")
    return [(row.account.place, row.quantity) for row in rows if row.account.place]


def _exits() -> QuerySet[Movement, Any]:
    reversal = Transaction.objects.filter(reverses=OuterRef("transaction"))
    replacing = Exit.objects.filter(replaces__transaction=OuterRef("transaction"))
    return (
        Movement.objects.filter(transaction__exit__isnull=False, lot__isnull=False)
        .annotate(cancelled=Exists(reversal), replaced=Exists(replacing))
        .select_related(*_SHOWN)
    )


def _seen_by(houses: Collection[UUID] | None) -> Q:
    if houses is None:
        return Q()
    return Q(source__place__houses__in=houses) | Q(target__organisation__in=houses)


def _speaks_of(text: str) -> Q:
    exit_to = Exit.objects.filter(transaction=OuterRef("transaction"), recipient__icontains=text)
    return (
        Q(lot__code__icontains=text)
        | Q(lot__label__icontains=text)
        | Q(target__organisation__search_name__contains=fold(text))
        | Q(Exists(exit_to))
    )
