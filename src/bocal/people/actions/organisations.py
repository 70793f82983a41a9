"""Structures, producers, partners and the legal entity: written down once, corrected with their history."""

from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.people.actions.once import insert_once
from bocal.people.models import Organisation, Person
from bocal.people.names import NAME_LENGTH, fold, tidy
from bocal.people.siret import is_siret
from bocal.territory.models import Commune, Place
from bocal.toolbox.acts import record_act, register_act, snapshot
from bocal.toolbox.refusals import Refused

RECORDED = register_act("people.organisation_recorded", gettext_lazy("a créé cette fiche"))
CORRECTED = register_act("people.organisation_corrected", gettext_lazy("a corrigé cette fiche"))


class UnableToRecordOrganisation(Refused):
    """Refused, with the organisation that already bears this name when that is why."""

    def __init__(
        self, *sentences: str, field: str | None = None, existing: Organisation | None = None
    ) -> None:
        super().__init__(*sentences, field=field)
        self.existing = existing


class OrganisationFields(TypedDict, total=False):
    """What may be said of an organisation, and corrected."""

    name: str
    commune: Commune | None
    subtype: str
    organic: bool | None
    shelf: Place | None
    siret: str
    email: str
    phone: str
    active: bool


@transaction.atomic
def record_organisation(
    *, id: UUID, kind: str, by: Person | None, at: datetime, **fields: Unpack[OrganisationFields]
) -> Organisation:
    """Write down an organisation; the same id twice gives back the first."""
    if existing := Organisation.objects.filter(pk=id).first():
        return existing
    organisation = Organisation(id=id, kind=kind)
    _fill(organisation, fields)
    organisation, new = insert_once(organisation)
    if new:
        record_act(what=RECORDED, subject=organisation, by=by, at=at, after=snapshot(organisation))
    return organisation


@transaction.atomic
def correct_organisation(
    *,
    organisation: Organisation,
    by: Person | None,
    at: datetime,
    reason: str = "",
    **fields: Unpack[OrganisationFields],
) -> Organisation:
    """Correct what is given, keep the rest; a correction that changes nothing leaves no trace."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = snapshot(organisation)
    _fill(organisation, fields)
    after = snapshot(organisation)
    if after != before:
        organisation.save()
        record_act(
            what=CORRECTED, subject=organisation, by=by, at=at, before=before, after=after, reason=reason
        )
    return organisation


def _fill(organisation: Organisation, fields: OrganisationFields) -> None:
    """Put the fields on the organisation, refused where they cannot be true."""
    for field, value in fields.items():
        setattr(organisation, field, value)
    organisation.name = tidy(organisation.name)
    organisation.search_name = fold(organisation.name)
    organisation.siret = "".join(organisation.siret.split())
    if not organisation.search_name:
        raise UnableToRecordOrganisation(_("Il manque le nom."), field="name")
    if len(organisation.name) > NAME_LENGTH:
        raise UnableToRecordOrganisation(
            _("Ce nom est trop long : %(length)d caractères, %(most)d au plus.")
            % {"length": len(organisation.name), "most": NAME_LENGTH},
            field="name",
        )
    if organisation.siret and not is_siret(organisation.siret):
        raise UnableToRecordOrganisation(
            _("Ce n'est pas un SIRET : il a 14 chiffres, et le dernier vérifie les autres."), field="siret"
        )
    _refuse_a_namesake(organisation)
    _refuse_a_second_signatory(organisation)


def _refuse_a_namesake(organisation: Organisation) -> None:
    namesake = (
        Organisation.objects.filter(kind=organisation.kind, search_name=organisation.search_name)
        .exclude(pk=organisation.pk)
        .first()
    )
    if namesake:
        raise UnableToRecordOrganisation(
            _("« %(name)s » est déjà noté : ouvrez sa fiche plutôt que d'en faire une seconde.")
            % {"name": namesake},
            field="name",
            existing=namesake,
        )


def _refuse_a_second_signatory(organisation: Organisation) -> None:
    if organisation.kind != Organisation.Kind.LEGAL_ENTITY or not organisation.active:
        return
    other = (
        Organisation.objects.filter(kind=organisation.kind, active=True).exclude(pk=organisation.pk).first()
    )
    if other:
        raise UnableToRecordOrganisation(
            _("« %(name)s » signe et vend déjà : une seule entité le fait à la fois.") % {"name": other},
            existing=other,
        )
