"""Persons and what they were trained to. A former name stays in `FormerIdentity`, out of the acts."""

from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.people.actions.access import shut_door
from bocal.people.actions.once import insert_once
from bocal.people.models import FormerIdentity, Organisation, Person, Training
from bocal.people.names import NAME_LENGTH, fold, pseudonym_of, tidy
from bocal.toolbox.acts import record_act, register_act, snapshot
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused

RECORDED = register_act("people.person_recorded", gettext_lazy("a créé cette fiche"))
CORRECTED = register_act("people.person_corrected", gettext_lazy("a corrigé cette fiche"))
IDENTITY_CORRECTED = register_act(
    "people.identity_corrected", gettext_lazy("a corrigé le nom ou les coordonnées de cette personne")
)
TRAINING_RECORDED = register_act("people.training_recorded", gettext_lazy("a noté cette formation"))
TRAINING_CORRECTED = register_act("people.training_corrected", gettext_lazy("a corrigé cette formation"))
TRAINING_WITHDRAWN = register_act("people.training_withdrawn", gettext_lazy("a retiré cette formation"))

IDENTITY = ("name", "email", "phone")
KEPT_IN_ACTS = ("status", "house", "active")


class UnableToRecordPerson(Refused):
    """Refused, with the person who already bears this name when that is why."""

    def __init__(self, *sentences: str, field: str | None = None, existing: Person | None = None) -> None:
        super().__init__(*sentences, field=field)
        self.existing = existing


class UnableToRecordTraining(Refused):
    """This training cannot be noted so."""


class PersonFields(TypedDict, total=False):
    """What may be said of a person, and corrected."""

    name: str
    status: str
    house: Organisation | None
    email: str
    phone: str
    active: bool


@transaction.atomic
def record_person(*, id: UUID, by: Person | None, at: datetime, **fields: Unpack[PersonFields]) -> Person:
    """Write down a person; the same id twice gives back the first."""
    if existing := Person.objects.filter(pk=id).first():
        return existing
    person = Person(id=id, pseudonym=pseudonym_of(id))
    _fill(person, fields)
    person, new = insert_once(person)
    if new:
        record_act(what=RECORDED, subject=person, by=by, at=at, after=snapshot(person, *KEPT_IN_ACTS))
    return person


@transaction.atomic
def correct_person(
    *, person: Person, by: Person | None, at: datetime, reason: str = "", **fields: Unpack[PersonFields]
) -> Person:
    """Correct what is given, keep the rest. Who is no longer active can no longer enter."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    identity, before = _identity(person), snapshot(person, *KEPT_IN_ACTS)
    _fill(person, fields)
    after = snapshot(person, *KEPT_IN_ACTS)
    if not person.active:
        shut_door(person=person, by=by, at=at, reason=reason)
    person.save()
    if _identity(person) != identity:
        FormerIdentity.objects.create(id=new_id(), person=person, until=at, **identity)
        record_act(what=IDENTITY_CORRECTED, subject=person, by=by, at=at, reason=reason)
    if after != before:
        record_act(what=CORRECTED, subject=person, by=by, at=at, before=before, after=after, reason=reason)
    return person


@transaction.atomic
def record_training(
    *,
    id: UUID,
    person: Person,
    subject: str,
    on: date,
    until: date | None = None,
    by: Person | None,
    at: datetime,
) -> Training:
    """Note what a person was trained to; the same training of the same day is the same training."""
    if existing := Training.with_withdrawn.filter(pk=id).first():
        return existing
    _refuse_an_end_before_the_beginning(on, until)
    if same := Training.objects.filter(person=person, subject=subject, on=on).first():
        if same.until == until:
            return same
        raise UnableToRecordTraining(
            _("Cette formation de ce jour est déjà notée : corrigez-la."), field="on"
        )
    training, new = insert_once(Training(id=id, person=person, subject=subject, on=on, until=until))
    if new:
        record_act(what=TRAINING_RECORDED, subject=training, by=by, at=at, after=snapshot(training))
    return training


@transaction.atomic
def correct_training(
    *,
    training: Training,
    subject: str,
    on: date,
    until: date | None,
    by: Person | None,
    at: datetime,
    reason: str = "",
) -> Training:
    """Correct a training; one that changes nothing leaves no trace."""
    training = Training.objects.select_for_update().get(pk=training.pk)
    _refuse_an_end_before_the_beginning(on, until)
    if (
        Training.objects.filter(person=training.person_id, subject=subject, on=on)
        .exclude(pk=training.pk)
        .exists()
    ):
        raise UnableToRecordTraining(_("Cette formation de ce jour est déjà notée."), field="on")
    before = snapshot(training)
    training.subject, training.on, training.until = subject, on, until
    after = snapshot(training)
    if after != before:
        training.save()
        record_act(
            what=TRAINING_CORRECTED, subject=training, by=by, at=at, before=before, after=after, reason=reason
        )
    return training


@transaction.atomic
def withdraw_training(*, training: Training, by: Person | None, at: datetime, reason: str = "") -> Training:
    """Take back a training that never was; it leaves every list and figure and stays in the history."""
    training = Training.with_withdrawn.select_for_update().get(pk=training.pk)
    if training.withdrawn_at is None:
        training.withdrawn_at = at
        training.save(update_fields=["withdrawn_at"])
        record_act(what=TRAINING_WITHDRAWN, subject=training, by=by, at=at, reason=reason)
    return training


def _identity(person: Person) -> dict[str, str]:
    return {field: getattr(person, field) for field in IDENTITY}


def _fill(person: Person, fields: PersonFields) -> None:
    """Put the fields on the person, refused where they cannot be true."""
    for field, value in fields.items():
        setattr(person, field, value)
    person.name = tidy(person.name)
    person.search_name = fold(person.name)
    if not person.search_name:
        raise UnableToRecordPerson(_("Il manque le nom."), field="name")
    if len(person.name) > NAME_LENGTH:
        raise UnableToRecordPerson(
            _("Ce nom est trop long : %(length)d caractères, %(most)d au plus.")
            % {"length": len(person.name), "most": NAME_LENGTH},
            field="name",
        )
    namesake = Person.objects.filter(search_name=person.search_name).exclude(pk=person.pk).first()
    if namesake:
        raise UnableToRecordPerson(
            _(
                "« %(name)s » a déjà une fiche. S'il s'agit de quelqu'un d'autre, "
                "ajoutez de quoi les distinguer : l'initiale du second prénom, la structure…"
            )
            % {"name": namesake},
            field="name",
            existing=namesake,
        )


def _refuse_an_end_before_the_beginning(on: date, until: date | None) -> None:
    if until and until < on:
        raise UnableToRecordTraining(
            _("La formation ne peut pas expirer avant d'avoir eu lieu."), field="until"
        )
