"""The first day of a real cannery: who signs, who carries it, who holds the keys, and the journal opened.

All of it or nothing, once. A database marked as a demonstration never becomes a cannery, and a cannery that
has begun is changed on its screens, not started again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bocal.journal.actions import open_journal
from bocal.journal.models import Opening
from bocal.parameters.queries import is_demonstration
from bocal.people import roles
from bocal.people.actions import record_organisation, welcome
from bocal.people.models import Organisation, User
from bocal.territory.queries import find_commune
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import paris_day


class UnableToStart(Refused):
    """This database is no place for a first day."""


@dataclass(frozen=True)
class FirstHouse:
    """One of the structures that carry the cannery; her commune as people write it, when it is known."""

    name: str
    subtype: str = ""
    commune: str = ""


@dataclass(frozen=True)
class Newcomer:
    """Somebody who will give the others their access."""

    name: str
    email: str


@transaction.atomic
def start_cannery(
    *,
    cannery: str,
    houses: Sequence[FirstHouse],
    administrators: Sequence[Newcomer],
    opened_on: date,
    at: datetime,
) -> None:
    """Write down the legal entity, the houses and the first keys, and open the journal."""
    _refuse_where_nothing_begins()
    if not administrators:
        raise UnableToStart(_("Il faut au moins une personne pour donner les accès."))
    record_organisation(id=new_id(), kind=Organisation.Kind.LEGAL_ENTITY, name=cannery, by=None, at=at)
    for house in houses:
        record_organisation(
            id=new_id(),
            kind=Organisation.Kind.HOUSE,
            name=house.name,
            subtype=house.subtype,
            commune=find_commune(house.commune) if house.commune else None,
            by=None,
            at=at,
        )
    for newcomer in administrators:
        welcome(
            role_id=new_id(),
            name=newcomer.name,
            email=newcomer.email,
            role=roles.ADMIN,
            since=paris_day(at),
            by=None,
            at=at,
        )
    open_journal(opened_on=opened_on, at=at)


def _refuse_where_nothing_begins() -> None:
    if is_demonstration():
        raise UnableToStart(
            _(
                "Cette base est une démonstration et le restera. "
                "Choisissez un autre dossier avec BOCAL_DATA pour une vraie installation."
            )
        )
    begun = Opening.objects.exists() or User.objects.exists() or Organisation.objects.exists()
    if begun:
        raise UnableToStart(
            _("Cette conserverie a déjà commencé. Entrez dans Bocal : tout se change dans Réglages.")
        )
