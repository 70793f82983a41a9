"""Places: the truck, the shelves, the sites. One never disappears, it goes out of service and may come back.

Neither the kind of a place nor whether it keeps jars apart (*consigne*) ever changes: the journal relies on both.
A place recorded wrongly is put out of service and recorded anew.
"""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft.communes import fold_name
from bocal.territory.models import Commune, Place
from bocal.toolbox.acts import Actor, record_act, register_act, snapshot
from bocal.toolbox.refusals import Refused

PLACE_RECORDED = register_act("territory.place_recorded", gettext_lazy("a ajouté le lieu"))
PLACE_CHANGED = register_act("territory.place_changed", gettext_lazy("a corrigé le lieu"))
PLACE_RETIRED = register_act("territory.place_retired", gettext_lazy("a mis le lieu hors service"))
PLACE_PUT_BACK = register_act("territory.place_put_back", gettext_lazy("a remis le lieu en service"))

STORING_KINDS = frozenset({Place.Kind.TRUCK, Place.Kind.STORE, Place.Kind.SHELF})
CORRECTABLE = ("name", "commune", "address")
SAID = (*CORRECTABLE, "kind", "quarantine")
LONGEST = {"name": 120, "address": 255}
LONGEST_SEARCH_NAME = 255


class UnableToRecordPlace(Refused):
    """The place cannot be added as it was asked."""


class UnableToChangePlace(Refused):
    """The place cannot become what was asked."""


@transaction.atomic
def record_place(
    *,
    id: UUID,
    name: str,
    kind: str,
    commune: Commune | None = None,
    address: str = "",
    quarantine: bool = False,
    by: Actor,
    at: datetime,
) -> Place:
    """Add a place; `quarantine` makes it one that keeps apart the jars not yet released."""
    if existing := Place.objects.filter(id=id).first():
        return existing
    if kind not in Place.Kind.values:
        raise UnableToRecordPlace(_("Dites quel genre de lieu c'est."), field="kind")
    if quarantine and kind not in STORING_KINDS:
        raise UnableToRecordPlace(
            _("Une consigne est dans le camion, dans une réserve ou sur une étagère, pas ailleurs."),
            field="quarantine",
        )
    place = Place(id=id, kind=kind, quarantine=quarantine)
    _describe(place, name, commune, address)
    if against := _against(place):
        raise UnableToRecordPlace(against.sentence, field=against.field)
    place.save(force_insert=True)
    record_act(what=PLACE_RECORDED, subject=place, by=by, at=at, after=snapshot(place, *SAID))
    return place


@transaction.atomic
def change_place(
    *, place: Place, name: str, commune: Commune | None, address: str, by: Actor, at: datetime
) -> Place:
    """Correct what a place is called or where it is."""
    before = snapshot(place, *CORRECTABLE)
    _describe(place, name, commune, address)
    if against := _against(place):
        raise UnableToChangePlace(against.sentence, field=against.field)
    if before != (after := snapshot(place, *CORRECTABLE)):
        place.save(update_fields=(*CORRECTABLE, "search_name"))
        record_act(what=PLACE_CHANGED, subject=place, by=by, at=at, before=before, after=after)
    return place


@transaction.atomic
def retire_place(*, place: Place, by: Actor, at: datetime, reason: str = "") -> Place:
    """Out of service: no longer offered anywhere, its history whole."""
    if place.active:
        place.active = False
        place.save(update_fields=["active"])
        record_act(what=PLACE_RETIRED, subject=place, by=by, at=at, reason=reason)
    return place


@transaction.atomic
def put_place_back(*, place: Place, by: Actor, at: datetime) -> Place:
    """Back in service."""
    if place.active:
        return place
    if against := _against(place):
        raise UnableToChangePlace(against.sentence)
    place.active = True
    place.save(update_fields=["active"])
    record_act(what=PLACE_PUT_BACK, subject=place, by=by, at=at)
    return place


class _Against(NamedTuple):
    """Why a place cannot be so, and which of its fields says it."""

    field: str
    sentence: str


def _describe(place: Place, name: str, commune: Commune | None, address: str) -> None:
    place.name, place.search_name = name.strip(), fold_name(name)[:LONGEST_SEARCH_NAME]
    place.commune, place.address = commune, address.strip()


def _against(place: Place) -> _Against | None:
    if not place.search_name:
        return _Against("name", _("Donnez un nom au lieu."))
    for field, longest in LONGEST.items():
        if len(getattr(place, field)) > longest:
            return _Against(field, _("C'est trop long : %d signes au plus.") % longest)
    twins = Place.objects.filter(active=True, commune_id=place.commune_id, search_name=place.search_name)
    if twins.exclude(id=place.id).exists():
        where = place.commune.name if place.commune else _("sans commune")
        sentence = _("Il y a déjà un lieu « %(name)s » (%(where)s). Ajoutez ce qui les distingue.")
        return _Against("name", sentence % {"name": place.name, "where": where})
    return None
