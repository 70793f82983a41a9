"""Places: the truck, the shelves, the sites. One never disappears, it goes out of service and may come back.

Neither the kind of a place nor whether it keeps jars apart (*consigne*) ever changes: the journal relies on both.
A place recorded wrongly is put out of service and recorded anew.
"""

from datetime import datetime
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
LONGEST = {"name": 120, "address": 255}


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
    place = Place(
        id=id, name=name.strip(), kind=kind, commune=commune, address=address.strip(), quarantine=quarantine
    )
    if reasons := _against(place):
        raise UnableToRecordPlace(reasons, field="name")
    place.save(force_insert=True)
    record_act(what=PLACE_RECORDED, subject=place, by=by, at=at, after=snapshot(place))
    return place


@transaction.atomic
def change_place(
    *, place: Place, name: str, commune: Commune | None, address: str, by: Actor, at: datetime
) -> Place:
    """Correct what a place is called or where it is."""
    before = snapshot(place, *CORRECTABLE)
    place.name, place.commune, place.address = name.strip(), commune, address.strip()
    if reasons := _against(place):
        raise UnableToChangePlace(reasons, field="name")
    if before != (after := snapshot(place, *CORRECTABLE)):
        place.save(update_fields=CORRECTABLE)
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
    if reasons := _against(place):
        raise UnableToChangePlace(reasons)
    place.active = True
    place.save(update_fields=["active"])
    record_act(what=PLACE_PUT_BACK, subject=place, by=by, at=at)
    return place


def _against(place: Place) -> list[str]:
    """Why a place cannot be called so, there."""
    if not (folded := fold_name(place.name)):
        return [_("Donnez un nom au lieu.")]
    if too_long := [label for field, label in _labels() if len(getattr(place, field)) > LONGEST[field]]:
        return [_("C'est trop long : raccourcissez %s.") % " et ".join(too_long)]
    neighbours = Place.objects.filter(active=True, commune_id=place.commune_id).exclude(id=place.id)
    if any(fold_name(name) == folded for name in neighbours.values_list("name", flat=True)):
        where = place.commune.name if place.commune else _("sans commune")
        return [
            _("Il y a déjà un lieu « %(name)s » (%(where)s). Ajoutez ce qui les distingue.")
            % {"name": place.name, "where": where}
        ]
    return []


def _labels() -> list[tuple[str, str]]:
    return [("name", _("le nom")), ("address", _("l'adresse"))]
