"""What is asked of the surplus: the offers that wait, the collections made, the products people name.

The weight of a collection is that of its weighings that hold: a corrected weighing counts as corrected, a
cancelled one not at all. Everything comes from the journal; nothing is kept twice.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from bocal.craft.produce import PRODUCE_OF_THE_DROME
from bocal.journal.models import Account, Balance, Lot, Transaction
from bocal.people.models import Organisation
from bocal.people.names import fold
from bocal.programme.models import Intervention
from bocal.surplus.models import Collection, CollectionLine, Offer
from bocal.toolbox.times import paris_day_bounds

MOST_SUGGESTIONS = 200


def offers_waiting(at: datetime) -> QuerySet[Offer]:
    """Offers to decide on and still there to take, the most urgent first."""
    return _with_producer(Offer.objects.filter(status=Offer.Status.OPEN, available_until__gte=at)).order_by(
        "available_until", "id"
    )


def offers(*, text: str = "", status: str = "", producer: Organisation | None = None) -> QuerySet[Offer]:
    """All offers, the newest first; `text` looks for a product or a producer."""
    found = _with_producer(Offer.objects.all())
    if text:
        said = Offer.objects.values_list("product", flat=True)
        found = found.filter(
            Q(product__in=_speaking_of(text, said)) | Q(producer__search_name__contains=fold(text))
        )
    if status:
        found = found.filter(status=status)
    if producer:
        found = found.filter(producer=producer)
    return found.order_by("-available_until", "-id")


def collections(
    *,
    text: str = "",
    first: date | None = None,
    last: date | None = None,
    nature: str = "",
    producer: Organisation | None = None,
    intervention: Intervention | None = None,
) -> QuerySet[Collection]:
    """Collections, the newest first, each with `grams` and `weighings` that hold."""
    found = (
        Collection.objects.select_related("producer__commune", "place", "intervention__commune")
        .annotate(
            grams=Sum("lines__transaction__movements__quantity", filter=_LINE_HOLDS, default=0),
            weighings=Count("lines", filter=_LINE_HOLDS),
        )
        .prefetch_related(Prefetch("lines", queryset=lines()))
        .order_by("-collected_at", "-id")
    )
    if text:
        found = found.filter(_speaks_of(text))
    if first or last:
        start, end = paris_day_bounds(first or date(2000, 1, 1), last or date(2100, 1, 1))
        found = found.filter(collected_at__gte=start, collected_at__lt=end)
    if nature:
        found = found.filter(
            Exists(CollectionLine.objects.filter(collection=OuterRef("pk"), lot__nature=nature))
        )
    if producer:
        found = found.filter(producer=producer)
    if intervention:
        found = found.filter(intervention=intervention)
    return found


def lines() -> QuerySet[CollectionLine]:
    """Weighings in the order they were written, each with its `grams` and whether it is `cancelled`."""
    return (
        CollectionLine.objects.select_related("lot", "transaction")
        .annotate(
            grams=Sum("transaction__movements__quantity", default=0),
            cancelled=Exists(Transaction.objects.filter(reverses=OuterRef("transaction"))),
        )
        .order_by("id")
    )


def lines_of(collection: Collection) -> QuerySet[CollectionLine]:
    """The weighings of one collection, each with what places still hold of it (`remain`)."""
    held = Balance.objects.filter(lot=OuterRef("lot"), account__kind=Account.Kind.PLACE).order_by()
    remain = Subquery(held.values("lot").annotate(total=Sum("quantity")).values("total"))
    return lines().filter(collection=collection).annotate(remain=remain)


def known_products() -> Sequence[str]:
    """The products already named here, the most frequent first, then what grows around: to suggest, never to impose."""
    named = (
        Lot.objects.filter(kind=Lot.Kind.RAW)
        .values("label")
        .annotate(times=Count("id"))
        .order_by("-times", "label")
    )
    labels = [row["label"] for row in named[:MOST_SUGGESTIONS]]
    folded = {fold(label) for label in labels}
    return [*labels, *(product for product in PRODUCE_OF_THE_DROME if fold(product) not in folded)]


def labels_like(text: str) -> list[str]:
    """The names of lots that hold these letters, accents and case put aside."""
    return _speaking_of(text, Lot.objects.values_list("label", flat=True))


def _speaking_of(text: str, said: QuerySet[Any, str]) -> list[str]:
    return [word for word in said.order_by().distinct() if fold(text) in fold(word)]


_LINE_HOLDS = Q(lines__transaction__reversed_by=None)


def _speaks_of(text: str) -> Q:
    line = CollectionLine.objects.filter(collection=OuterRef("pk"), lot__label__in=labels_like(text))
    return Q(code__iexact=text) | Q(producer__search_name__contains=fold(text)) | Q(Exists(line))


def _with_producer(found: QuerySet[Offer]) -> QuerySet[Offer]:
    return found.select_related("producer__commune", "intervention__commune")
