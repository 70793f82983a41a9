"""What is where now. A place holds what its balance says; a jar deposited on a house's shelf is stock."""

from django.db.models import QuerySet

from bocal.journal.models import Account, Balance
from bocal.journal.queries.lots import with_lot_state
from bocal.territory.models import Place


def stock_of(place: Place) -> QuerySet[Balance]:
    """The lots a place holds (below zero too: those are to be looked at), each with its `state`."""
    return stock_by_place().filter(account__place=place)


def stock_by_place() -> QuerySet[Balance]:
    """The lots of every place, each with its `state`, place after place."""
    rows = Balance.objects.filter(account__kind=Account.Kind.PLACE, lot__isnull=False)
    return (
        with_lot_state(rows)
        .select_related("lot", "account__place")
        .order_by("account__place__name", "account", "lot__label", "lot__code")
    )
