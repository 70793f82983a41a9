"""Sales and what they brought in. Amounts are the journal's; euros and minutes are never added.

A cancelled sale stays in the list with what it had been, and brings in nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from bocal.journal.models import Movement
from bocal.people.models import Organisation, Person
from bocal.people.names import fold
from bocal.people.queries import everybody, find_organisation, find_person, houses
from bocal.shop.models import Exit, Sale
from bocal.shop.queries.exits import FIRST_DAY, HOLDS, LAST_DAY
from bocal.territory.models import Place
from bocal.toolbox.times import paris_day_bounds

SALES_REMEMBERED = 200
"""How many sales back a price is looked for: what was asked longer ago is no suggestion."""


_LINES = Movement.objects.filter(transaction__exit__sale__isnull=False, lot__isnull=False)
"""The jars of every sale line."""
_PAID = Subquery(
    Movement.objects.filter(transaction=OuterRef("transaction"), lot=None).values("quantity")[:1]
)
"""Of a line, the amount paid for its jars; none for what was offered."""


@dataclass(frozen=True, slots=True)
class Takings:
    """What sales brought in: euros and minutes side by side, never together."""

    sales: int = 0
    jars: int = 0
    cents: int = 0
    minutes: int = 0


def sales(
    *,
    text: str = "",
    first: date | None = None,
    last: date | None = None,
    currency: str = "",
    place: Place | None = None,
    state: str = "",
) -> QuerySet[Sale]:
    """Sales, the newest first, each with its `jars` and `amount`, whether `cancelled`, `replaced`, `imported`."""
    found = Sale.objects.select_related("place", "buyer_person", "buyer_organisation", "recorded_by")
    if first or last:
        start, end = paris_day_bounds(first or FIRST_DAY, last or LAST_DAY)
        found = found.filter(sold_at__gte=start, sold_at__lt=end)
    if text:
        found = found.filter(_speaks_of(text))
    if currency:
        found = found.filter(currency=currency)
    if place:
        found = found.filter(place=place)
    lines = Exit.objects.filter(sale=OuterRef("pk"))
    found = found.annotate(
        jars=_sum_of(lot__isnull=False),
        amount=_sum_of(lot=None),
        cancelled=Exists(lines.filter(transaction__reversed_by__isnull=False)),
        replaced=Exists(Sale.objects.filter(replaces=OuterRef("pk"))),
        imported=Exists(lines.filter(imported=True)),
    )
    if state:
        found = found.filter(cancelled=state == "cancelled")
    return found.order_by("-sold_at", "-id")


def day_of_sales(place: Place, day: date) -> QuerySet[Sale]:
    """What was sold at a place that day, the last sale first."""
    return sales(first=day, last=day, place=place).order_by("-recorded_at", "-id")


def lines_of(found: Iterable[Sale]) -> dict[Any, list[Movement]]:
    """The jars of each of these sales, line by line, each with its `amount`: one query."""
    keys = [sale.pk for sale in found]
    rows = (
        _LINES.filter(transaction__exit__sale__in=keys)
        .annotate(amount=_PAID)
        .select_related("transaction__exit", "lot", "source__place")
    )
    lines: dict[Any, list[Movement]] = {key: [] for key in keys}
    for row in rows.order_by("transaction__exit__id"):
        lines[row.transaction.exit.sale_id].append(row)
    return lines


def is_cancelled(sale: Sale) -> bool:
    """Was the sale taken back?"""
    return Exit.objects.filter(sale=sale, transaction__reversed_by__isnull=False).exists()


def source_of(sale: Sale) -> Place:
    """Where the jars of a sale were kept."""
    return Place.objects.filter(accounts__departures__transaction__exit__sale=sale).distinct().get()


def takings(first: date, last: date, *, place: Place | None = None) -> Takings:
    """What the sales of a period brought in, both days included."""
    return takings_of(sales(first=first, last=last, place=place))


def takings_of(found: QuerySet[Sale]) -> Takings:
    """What these sales brought in, the cancelled ones left out: one query."""
    moved = Movement.objects.filter(HOLDS, transaction__exit__sale__in=found.order_by().values("pk"))
    sums = moved.order_by().aggregate(
        cents=Sum("quantity", filter=Q(currency=Movement.Currency.EUR), default=0),
        minutes=Sum("quantity", filter=Q(currency=Movement.Currency.MIN), default=0),
        jars=Sum("quantity", filter=Q(lot__isnull=False), default=0),
        sales=Count("transaction__exit__sale", distinct=True),
    )
    return Takings(**sums)


def last_prices(currency: str) -> dict[tuple[str, int | None], int]:
    """What was last asked for one jar of each recipe and format, in cents or in minutes."""
    recent = (
        Sale.objects.filter(currency=currency).order_by("-sold_at", "-id").values("pk")[:SALES_REMEMBERED]
    )
    sold = _LINES.filter(HOLDS, transaction__exit__sale__in=recent).annotate(amount=_PAID)
    rows = sold.order_by("-transaction__exit__sale__sold_at", "-id").values_list(
        "lot__label", "lot__capacity_ml", "quantity", "amount"
    )
    prices: dict[tuple[str, int | None], int] = {}
    for label, capacity_ml, jars, amount in rows:
        if amount:
            prices.setdefault((label, capacity_ml), (2 * amount + jars) // (2 * jars))  # halves up
    return prices


def buyers() -> list[str]:
    """Names to suggest to whoever sells: accordeurs, who have a time account, then the structures."""
    accordeurs = everybody().filter(active=True, status=Person.Status.ACCORDEUR)
    return [*accordeurs.values_list("name", flat=True), *houses().values_list("name", flat=True)]


def find_buyer(name: str) -> Person | Organisation | None:
    """The person or the organisation under that name, however it is typed."""
    kinds = (Organisation.Kind.HOUSE, Organisation.Kind.PARTNER, Organisation.Kind.PRODUCER)
    return find_person(name) or next(
        (found for kind in kinds if (found := find_organisation(kind, name))), None
    )


def _sum_of(**leg: Any) -> Coalesce:
    moved = Movement.objects.filter(transaction__exit__sale=OuterRef("pk"), **leg).order_by()
    return Coalesce(
        Subquery(moved.values("transaction__exit__sale").annotate(sum=Sum("quantity")).values("sum")), 0
    )


def _speaks_of(text: str) -> Q:
    line = Exit.objects.filter(sale=OuterRef("pk")).filter(
        Q(transaction__movements__lot__code__icontains=text)
        | Q(transaction__movements__lot__label__icontains=text)
    )
    return Q(code__iexact=text) | Q(buyer_organisation__search_name__contains=fold(text)) | Q(Exists(line))
