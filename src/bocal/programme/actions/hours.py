"""Hours: one person, one day, one task, one nature; an hour counts once and a house confirms it.

Hours on an intervention take its day. Nobody works more than a day in a day, whatever the natures; the same entry
twice is one entry. A correction takes the confirmation away; what is withdrawn stays in the record, out of the figures.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft.measures import format_minutes
from bocal.people.models import Organisation, Person
from bocal.programme.actions.interventions import FIRST_DAY
from bocal.programme.models import DAY_IN_MINUTES, Hours, Intervention
from bocal.programme.queries import hours_of_day
from bocal.toolbox.acts import record_act, register_act, snapshot
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import paris_day, say_day
from bocal.toolbox.turns import take_turn

RECORDED = register_act("programme.hours_recorded", gettext_lazy("a noté ces heures"))
CORRECTED = register_act("programme.hours_corrected", gettext_lazy("a corrigé ces heures"))
WITHDRAWN = register_act("programme.hours_withdrawn", gettext_lazy("a retiré ces heures"))
RESTORED = register_act("programme.hours_restored", gettext_lazy("a remis ces heures"))
VALIDATED = register_act("programme.hours_validated", gettext_lazy("a confirmé ces heures"))
UNVALIDATED = register_act("programme.hours_unvalidated", gettext_lazy("est revenu·e sur la confirmation"))

WHAT_MAY_CHANGE = ("person", "intervention", "day", "minutes", "task", "nature")


class UnableToRecordHours(Refused):
    """The hours cannot have been given, or they are already there."""


class UnableToValidateHours(Refused):
    """These hours are not to be confirmed, or not by that structure."""


@transaction.atomic
def record_hours(
    *,
    id: UUID,
    person: Person,
    minutes: int,
    task: str,
    nature: str,
    by: Person,
    at: datetime,
    intervention: Intervention | None = None,
    day: date | None = None,
) -> Hours:
    """Write down hours on an intervention, which dates them, or on a day of their own."""
    take_turn(id)
    if already := Hours.objects.filter(pk=id).first():
        return already
    hours = Hours(
        id=id,
        person=person,
        intervention=intervention,
        day=_day_of(intervention, day),
        minutes=minutes,
        task=task,
        nature=nature,
        recorded_at=at,
    )
    _refuse_what_cannot_be(hours, at)
    hours.save(force_insert=True)
    record_act(what=RECORDED, subject=hours, by=by, at=at, after=snapshot(hours, *WHAT_MAY_CHANGE))
    return hours


@transaction.atomic
def correct_hours(
    *,
    hours: Hours,
    minutes: int,
    task: str,
    nature: str,
    by: Person,
    at: datetime,
    day: date | None = None,
    reason: str = "",
) -> Hours:
    """Change a duration, a task, a nature, or the day of hours that hang on no intervention."""
    hours = _locked(hours)
    _refuse_withdrawn(hours)
    before = snapshot(hours, *WHAT_MAY_CHANGE)
    hours.minutes, hours.task, hours.nature = minutes, task, nature
    hours.day = _day_of(hours.intervention, day or hours.day)
    after = snapshot(hours, *WHAT_MAY_CHANGE)
    if after == before:
        return hours
    _refuse_what_cannot_be(hours, at)
    _forget_validation(hours)
    hours.save()
    record_act(what=CORRECTED, subject=hours, by=by, at=at, before=before, after=after, reason=reason)
    return hours


@transaction.atomic
def withdraw_hours(*, hours: Hours, reason: str, by: Person, at: datetime) -> Hours:
    """Take hours out of every figure; they stay in the record with the reason."""
    hours = _locked(hours)
    if hours.withdrawn_at:
        return hours
    if not reason.strip():
        raise UnableToRecordHours(
            _("Dites en quelques mots pourquoi ces heures sont retirées."), field="reason"
        )
    hours.withdrawn_at = at
    hours.save(update_fields=["withdrawn_at"])
    record_act(what=WITHDRAWN, subject=hours, by=by, at=at, reason=reason.strip())
    return hours


@transaction.atomic
def restore_hours(*, hours: Hours, by: Person, at: datetime) -> Hours:
    """Undo a withdrawal."""
    hours = _locked(hours)
    if not hours.withdrawn_at:
        return hours
    hours.withdrawn_at = None
    _refuse_what_cannot_be(hours, at)
    hours.save(update_fields=["withdrawn_at"])
    record_act(what=RESTORED, subject=hours, by=by, at=at)
    return hours


@transaction.atomic
def validate_hours(*, hours: Hours, house: Organisation, by: Person, at: datetime) -> Hours:
    """A structure confirms that these hours were given."""
    hours = _locked(hours)
    if hours.validated_at:
        return hours
    if hours.withdrawn_at:
        raise UnableToValidateHours(_("Ces heures ont été retirées : remettez-les avant de les confirmer."))
    if house.kind != Organisation.Kind.HOUSE:
        raise UnableToValidateHours(
            _("%(name)s n'est pas une structure de la coopération.") % {"name": house.name}
        )
    hours.house, hours.validated_at, hours.validated_by = house, at, by
    hours.save(update_fields=["house", "validated_at", "validated_by"])
    record_act(what=VALIDATED, subject=hours, by=by, at=at, after=snapshot(hours, "house"))
    return hours


@transaction.atomic
def undo_validation(*, hours: Hours, by: Person, at: datetime) -> Hours:
    """Take back a confirmation."""
    hours = _locked(hours)
    if not hours.validated_at:
        return hours
    before = snapshot(hours, "house")
    _forget_validation(hours)
    hours.save(update_fields=["house", "validated_at", "validated_by"])
    record_act(what=UNVALIDATED, subject=hours, by=by, at=at, before=before)
    return hours


def _locked(hours: Hours) -> Hours:
    return (
        Hours.objects.select_for_update(of=("self",))
        .select_related("person", "intervention")
        .get(pk=hours.pk)
    )


def _day_of(intervention: Intervention | None, day: date | None) -> date:
    if intervention is not None:
        return intervention.day
    if day is None:
        raise UnableToRecordHours(_("Dites de quel jour sont ces heures."), field="day")
    return day


def _forget_validation(hours: Hours) -> None:
    hours.house = hours.validated_at = hours.validated_by = None


def _refuse_withdrawn(hours: Hours) -> None:
    if hours.withdrawn_at:
        raise UnableToRecordHours(_("Ces heures ont été retirées : remettez-les avant de les corriger."))


def _refuse_what_cannot_be(hours: Hours, at: datetime) -> None:
    _refuse_a_wrong_day(hours.day, paris_day(at))
    if not 0 < hours.minutes <= DAY_IN_MINUTES:
        raise UnableToRecordHours(_("La durée va d'une minute à 24 heures."), field="minutes")
    take_turn(hours.person_id)  # two screens must not fill one day twice
    others = [other for other in hours_of_day(hours.person, hours.day) if other.pk != hours.pk]
    _refuse_the_same_twice(hours, others)
    _refuse_too_long_a_day(hours, others)


def _refuse_a_wrong_day(day: date, today: date) -> None:
    if day > today:
        raise UnableToRecordHours(
            _("Le %(day)s est à venir : les heures se notent une fois faites.") % {"day": say_day(day)},
            field="day",
        )
    if day < FIRST_DAY:
        raise UnableToRecordHours(
            _("Le %(day)s, c'est trop loin dans le passé : vérifiez l'année.") % {"day": say_day(day)},
            field="day",
        )


def _refuse_the_same_twice(hours: Hours, others: list[Hours]) -> None:
    if any(_sameness(other) == _sameness(hours) for other in others):
        raise UnableToRecordHours(
            _("Déjà noté : %(person)s, %(entry)s, le %(day)s.")
            % {"person": hours.person.name, "entry": _said(hours), "day": say_day(hours.day)},
            field="minutes",
        )


def _refuse_too_long_a_day(hours: Hours, others: list[Hours]) -> None:
    total = hours.minutes + sum(other.minutes for other in others)
    if total > DAY_IN_MINUTES:
        raise UnableToRecordHours(
            _(
                "Le %(day)s, %(person)s a déjà %(entries)s : avec %(minutes)s de plus, la journée ferait %(total)s."
            )
            % {
                "day": say_day(hours.day),
                "person": hours.person.name,
                "entries": ", ".join(map(_said, others)),
                "minutes": format_minutes(hours.minutes),
                "total": format_minutes(total),
            },
            field="minutes",
        )


def _sameness(hours: Hours) -> tuple[UUID | None, int, str, str]:
    return hours.intervention_id, hours.minutes, hours.task, hours.nature


def _said(hours: Hours) -> str:
    """ "cuisine 2 h (bénévole)"."""
    return _("%(task)s %(minutes)s (%(nature)s)") % {
        "task": hours.get_task_display(),
        "minutes": format_minutes(hours.minutes),
        "nature": hours.get_nature_display(),
    }
