"""Accounts are made the first time something moves there, and never change.

Each function gives the account of a place, a party, a sink…, writing it when it is not there yet.
"""

from bocal.journal.models import Account
from bocal.people.models import Organisation, Person
from bocal.territory.models import Place

ANONYMOUS = "anonyme"
TILL = "caisse"
TIME = "temps"


def place_account(place: Place) -> Account:
    """What is kept at this place; a quarantine place gives a quarantine account, for good."""
    return _account(Account.Kind.PLACE, place=place, defaults={"quarantine": place.quarantine})


def party_account(
    organisation: Organisation | None = None, person: Person | None = None, name: str = ""
) -> Account:
    """Whoever gives or receives: an organisation, a person, or a bare name, « anonyme » when there is none."""
    if organisation or person:
        return _account(Account.Kind.PARTY, organisation=organisation, person=person)
    return _account(Account.Kind.PARTY, organisation=None, person=None, name=name or ANONYMOUS)


def sink_account(sink: str) -> Account:
    """Where things go and do not come back: waste, eaten, breakage, samples, destruction, stocktake."""
    return _account(Account.Kind.SINK, sink=Account.Sink(sink))


def open_batch_account(*, owner: Organisation, name: str) -> Account:
    """Where kilos become jars; `name` is the batch's own code, `owner` whose produce it transforms."""
    return _account(Account.Kind.BATCH, name=name, defaults={"owner": owner})


def till_account(place: Place | None = None) -> Account:
    """The till of a place, or the one the cannery carries with it."""
    if place:
        return _account(Account.Kind.TILL, place=place)
    return _account(Account.Kind.TILL, place=None, name=TILL)


def time_account(organisation: Organisation | None = None, person: Person | None = None) -> Account:
    """The minutes of an organisation or a person, or those of the cannery."""
    if organisation or person:
        return _account(Account.Kind.TIME, organisation=organisation, person=person)
    return _account(Account.Kind.TIME, organisation=None, person=None, name=TIME)


def _account(kind: Account.Kind, *, defaults: dict[str, object] | None = None, **what: object) -> Account:
    return Account.objects.get_or_create(kind=kind, **what, defaults=defaults)[0]
