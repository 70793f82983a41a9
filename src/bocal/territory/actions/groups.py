"""Named groups of communes, for reports: made, renamed, filled and emptied by whoever reports to a funder."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft.communes import fold_name
from bocal.territory.models import Commune, CommuneGroup
from bocal.toolbox.acts import Actor, record_act, register_act, snapshot
from bocal.toolbox.refusals import Refused

GROUP_RECORDED = register_act("territory.group_recorded", gettext_lazy("a créé le groupe de communes"))
GROUP_CHANGED = register_act("territory.group_changed", gettext_lazy("a modifié le groupe de communes"))
COMMUNES_ADDED = register_act("territory.communes_added", gettext_lazy("a ajouté des communes au groupe"))
COMMUNES_REMOVED = register_act("territory.communes_removed", gettext_lazy("a retiré des communes du groupe"))

LONGEST_NAME = 120


class UnableToRecordGroup(Refused):
    """The group cannot be made as it was asked."""


class UnableToChangeGroup(Refused):
    """The group cannot become what was asked."""


@transaction.atomic
def record_group(
    *, id: UUID, name: str, note: str = "", communes: Collection[Commune] = (), by: Actor, at: datetime
) -> CommuneGroup:
    """Make a group; its `note` says where the list comes from."""
    if existing := CommuneGroup.objects.filter(id=id).first():
        return existing
    if reasons := _against(name, except_id=id):
        raise UnableToRecordGroup(reasons, field="name")
    group = CommuneGroup.objects.create(id=id, name=name.strip(), note=note.strip())
    group.communes.set(communes)
    record_act(what=GROUP_RECORDED, subject=group, by=by, at=at, after=_said(group, communes))
    return group


@transaction.atomic
def change_group(*, group: CommuneGroup, name: str, note: str, by: Actor, at: datetime) -> CommuneGroup:
    """Rename a group, or say better where its list comes from."""
    if reasons := _against(name, except_id=group.id):
        raise UnableToChangeGroup(reasons, field="name")
    before = snapshot(group, "name", "note")
    group.name, group.note = name.strip(), note.strip()
    if before != (after := snapshot(group, "name", "note")):
        group.save(update_fields=["name", "note"])
        record_act(what=GROUP_CHANGED, subject=group, by=by, at=at, before=before, after=after)
    return group


@transaction.atomic
def add_to_group(
    *, group: CommuneGroup, communes: Collection[Commune], by: Actor, at: datetime
) -> list[Commune]:
    """Put communes in a group; gives back those that were not in it yet."""
    there = set(group.communes.values_list("pk", flat=True))
    added = [commune for commune in communes if commune.pk not in there]
    if added:
        group.communes.add(*added)
        record_act(what=COMMUNES_ADDED, subject=group, by=by, at=at, after=_listed(added))
    return added


@transaction.atomic
def remove_from_group(
    *, group: CommuneGroup, communes: Collection[Commune], by: Actor, at: datetime
) -> list[Commune]:
    """Take communes out of a group; gives back those that were in it."""
    there = set(group.communes.values_list("pk", flat=True))
    removed = [commune for commune in communes if commune.pk in there]
    if removed:
        group.communes.remove(*removed)
        record_act(what=COMMUNES_REMOVED, subject=group, by=by, at=at, before=_listed(removed))
    return removed


def _against(name: str, *, except_id: UUID) -> list[str]:
    """Why a group cannot bear this name."""
    folded = fold_name(name)
    if not folded:
        return [_("Donnez un nom au groupe.")]
    if len(name.strip()) > LONGEST_NAME:
        return [_("Ce nom est trop long : %d signes au plus.") % LONGEST_NAME]
    others = CommuneGroup.objects.exclude(id=except_id).values_list("name", flat=True)
    if twin := next((other for other in others if fold_name(other) == folded), None):
        return [_("Il y a déjà un groupe « %s » : modifiez-le, ou choisissez un autre nom.") % twin]
    return []


def _said(group: CommuneGroup, communes: Collection[Commune]) -> dict[str, Any]:
    return {**snapshot(group, "name", "note"), **_listed(communes)}


def _listed(communes: Collection[Commune]) -> dict[str, list[str]]:
    return {"communes": [commune.name for commune in communes]}
