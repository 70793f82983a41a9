"""What is where now. A place holds what its balance says; a jar deposited on a house's shelf is stock."""

from django.db.models import QuerySet

from bocal.journal.models import Account, Balance, Lot
from bocal.journal.queries.lots import in_state, with_lot_state
from bocal.territory.models import Place


def stock_of(place: Place) -> QuerySet[Balance]:
    """The lots a place holds (below zero too: those are to be looked at), each with its `state`."""
    return _stock(Account.objects.filter(kind=Account.Kind.PLACE, place=place))


def stock_by_place() -> QuerySet[Balance]:
    """The lots of every place, each with its `state`, place after place."""
    return _stock(Account.objects.filter(kind=Account.Kind.PLACE, place__isnull=False))


def negative_balances() -> QuerySet[Balance]:
    """Places that gave more than they had: it happened, so it is recorded, and somebody should look."""
    return stock_by_place().filter(quantity__lt=0)


def jar_lots_kept(*states: str) -> QuerySet[Lot]:
    """Jar lots in one of these states, with jars left at a place, each with its `state`; oldest first.

    As below, a subquery of places: else the database looks at every lot that ever was.
    """
    places = Account.objects.filter(kind=Account.Kind.PLACE, place__isnull=False)
    kept = Balance.objects.filter(account__in=places, lot__isnull=False, quantity__gt=0)
    jars = Lot.objects.filter(kind=Lot.Kind.JAR, pk__in=kept.values("lot"))
    return in_state(jars, *states).order_by("made_on", "code")


def _stock(accounts: QuerySet[Account]) -> QuerySet[Balance]:
    """What these accounts hold. A subquery, so that the database begins with the few accounts that are places."""
    return (
        with_lot_state(Balance.objects.filter(account__in=accounts, lot__isnull=False))
        .select_related("lot", "account__place")
        .order_by("account__place__name", "account", "lot__label", "lot__code")
    )
