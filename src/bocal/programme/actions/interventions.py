"""An intervention is planned, then held or cancelled; it can be corrected or reopened, and is never deleted.

What happened may be written down late (a done intervention has a day that is not to come), and what is planned may
already be past: the agenda then asks whether it was held. Hours follow the day of their intervention.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import CharField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.people.actions import record_organisation
from bocal.people.models import Organisation, Person
from bocal.people.names import fold, tidy
from bocal.programme.models import DAY_IN_MINUTES, Hours, Intervention
from bocal.territory.models import Commune, Place
from bocal.toolbox.acts import record_act, register_act, snapshot
from bocal.toolbox.codes import next_code
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import paris_day, say_day
from bocal.toolbox.turns import take_turn

Kind, Status = Intervention.Kind, Intervention.Status

FIRST_DAY = date(2000, 1, 1)  # no mobile cannery is older; an earlier day is a slip of the finger
FURTHEST_AHEAD = timedelta(days=5 * 366)
MAY_BE_PUBLIC = frozenset({Kind.WORKSHOP, Kind.GLEANING, Kind.COLLECTION})
PUBLIC_UNLESS_SAID = frozenset({Kind.WORKSHOP, Kind.GLEANING})
SERVICES = frozenset({Kind.PROCESSING, Kind.RENTAL})

PLANNED = register_act("programme.intervention_planned", gettext_lazy("a noté l'intervention"))
CORRECTED = register_act("programme.intervention_corrected", gettext_lazy("a corrigé l'intervention"))
HELD = register_act("programme.intervention_held", gettext_lazy("a noté que l'intervention a eu lieu"))
CANCELLED = register_act("programme.intervention_cancelled", gettext_lazy("a annulé l'intervention"))
REOPENED = register_act("programme.intervention_reopened", gettext_lazy("a rouvert l'intervention"))


class UnableToPlan(Refused):
    """What was said of the intervention cannot be true."""


class UnableToChangeIntervention(Refused):
    """The intervention is not in a state where this can be done to it."""


class Particulars(TypedDict, total=False):
    """What may be said of an intervention, beyond its kind, day and commune."""

    title: str
    starts_at: time | None
    ends_at: time | None
    place: Place | None
    site: str
    partner: Organisation | None
    lead_house: Organisation | None
    houses: Collection[Organisation]
    open_to_public: bool
    priority_neighbourhood: bool
    free_of_charge: bool
    orienting_partner: str


class Changes(Particulars, total=False):
    """What may be corrected afterwards."""

    kind: str
    day: date
    commune: Commune


@transaction.atomic
def plan_intervention(
    *,
    id: UUID,
    kind: str,
    day: date,
    commune: Commune,
    by: Person,
    at: datetime,
    status: str = Status.PLANNED,
    code: str | None = None,
    cancelled_reason: str = "",
    imported: bool = False,
    **particulars: Unpack[Particulars],
) -> Intervention:
    """Write down an intervention: planned, or already held or cancelled when it is noted late.

    Without `code` one is made: `A26-031`, the thirty-first of 2026.
    """
    take_turn(id)
    if already := Intervention.objects.filter(pk=id).first():
        return already
    houses = particulars.pop("houses", ())
    said: dict[str, Any] = {
        "open_to_public": kind in PUBLIC_UNLESS_SAID,
        "free_of_charge": kind not in SERVICES,
        **particulars,
    }
    intervention = Intervention(
        id=id,
        code=code or next_code(Intervention.objects.all(), letter="A", day=day),
        kind=kind,
        status=status,
        day=day,
        commune=commune,
        cancelled_reason=cancelled_reason,
        imported=imported,
        recorded_at=at,
        **said,
    )
    _refuse_what_cannot_be(intervention, houses, at)
    if Intervention.objects.filter(code=intervention.code).exists():
        raise UnableToPlan(
            _("Le n° %(code)s est déjà pris par une autre intervention.") % {"code": intervention.code}
        )
    intervention.save(force_insert=True)
    intervention.houses.set(houses)
    record_act(what=PLANNED, subject=intervention, by=by, at=at, after=_all_of(intervention))
    return intervention


@transaction.atomic
def correct_intervention(
    *, intervention: Intervention, by: Person, at: datetime, reason: str = "", **changes: Unpack[Changes]
) -> Intervention:
    """Change what is said of an intervention; its hours follow it to its new day."""
    intervention = locked(intervention)
    before = _all_of(intervention)
    houses = changes.pop("houses", None)
    for name, value in changes.items():
        setattr(intervention, name, value)
    kept = list(intervention.houses.all()) if houses is None else houses
    _refuse_what_cannot_be(intervention, kept, at)
    if intervention.day != before["day"]:
        _move_hours(intervention)
    intervention.save()
    intervention.houses.set(kept)
    _record_change(CORRECTED, intervention, before, by=by, at=at, reason=reason)
    return intervention


@transaction.atomic
def hold_intervention(*, intervention: Intervention, by: Person, at: datetime) -> Intervention:
    """Say that an intervention took place."""
    intervention = locked(intervention)
    if intervention.status == Status.DONE:
        return intervention
    if intervention.status == Status.CANCELLED:
        raise UnableToChangeIntervention(
            _("Cette intervention est annulée : rouvrez-la avant de noter qu'elle a eu lieu.")
        )
    return _turn(intervention, Status.DONE, HELD, by=by, at=at)


@transaction.atomic
def cancel_intervention(*, intervention: Intervention, reason: str, by: Person, at: datetime) -> Intervention:
    """Say that an intervention will not, or did not, take place, and why; everything noted on it is kept."""
    intervention = locked(intervention)
    if intervention.status == Status.CANCELLED:
        return intervention
    if intervention.status == Status.DONE:
        raise UnableToChangeIntervention(
            _("Cette intervention a eu lieu : rouvrez-la d'abord si c'était une erreur.")
        )
    if not reason.strip():
        raise UnableToChangeIntervention(
            _("Dites en quelques mots pourquoi elle est annulée."), field="reason"
        )
    intervention.cancelled_reason = reason.strip()
    return _turn(intervention, Status.CANCELLED, CANCELLED, by=by, at=at, reason=reason.strip())


@transaction.atomic
def reopen_intervention(
    *, intervention: Intervention, by: Person, at: datetime, reason: str = ""
) -> Intervention:
    """Put a held or cancelled intervention back among the planned ones, with all that was noted on it."""
    intervention = locked(intervention)
    if intervention.status == Status.PLANNED:
        return intervention
    intervention.cancelled_reason = ""
    return _turn(intervention, Status.PLANNED, REOPENED, by=by, at=at, reason=reason)


@transaction.atomic
def partner_named(*, name: str, by: Person, at: datetime) -> Organisation | None:
    """The organisation known under that name, written down as a partner when nobody knows it yet."""
    if not (wanted := tidy(name)):
        return None
    take_turn(f"partner {fold(wanted)}")
    known = Organisation.objects.exclude(kind=Organisation.Kind.LEGAL_ENTITY).filter(search_name=fold(wanted))
    by_kind = {organisation.kind: organisation for organisation in known}
    for kind in (Organisation.Kind.PARTNER, Organisation.Kind.PRODUCER, Organisation.Kind.HOUSE):
        if kind in by_kind:
            return by_kind[kind]
    return record_organisation(id=new_id(), kind=Organisation.Kind.PARTNER, name=wanted, by=by, at=at)


def locked(intervention: Intervention) -> Intervention:
    """The intervention as it is now, and until the end of the transaction: two screens may hold it at once."""
    return Intervention.objects.select_for_update(of=("self",)).get(pk=intervention.pk)


def _turn(
    intervention: Intervention, status: str, what: str, *, by: Person, at: datetime, reason: str = ""
) -> Intervention:
    was = snapshot(intervention, "status")
    intervention.status = status
    _refuse_what_cannot_be(intervention, (), at)
    intervention.save(update_fields=["status", "cancelled_reason"])
    record_act(
        what=what,
        subject=intervention,
        by=by,
        at=at,
        before=was,
        after=snapshot(intervention, "status"),
        reason=reason,
    )
    return intervention


def _record_change(
    what: str, intervention: Intervention, before: dict[str, Any], *, by: Person, at: datetime, reason: str
) -> None:
    """One act with what really changed; none when nothing did."""
    after = _all_of(intervention)
    changed = [name for name in after if before[name] != after[name]]
    if changed:
        record_act(
            what=what,
            subject=intervention,
            by=by,
            at=at,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            reason=reason,
        )


def _all_of(intervention: Intervention) -> dict[str, Any]:
    kept = snapshot(intervention)
    del kept["recorded_at"]
    return kept | {"houses": sorted(str(house.pk) for house in intervention.houses.all())}


def _refuse_what_cannot_be(
    intervention: Intervention, houses: Collection[Organisation], at: datetime
) -> None:
    complaints = [*_about_the_day(intervention, paris_day(at)), *_about_the_rest(intervention, houses)]
    if complaints:
        raise UnableToPlan([sentence for _field, sentence in complaints], field=complaints[0][0])


def _about_the_day(intervention: Intervention, today: date) -> Iterator[tuple[str, str]]:
    day = intervention.day
    if day < FIRST_DAY:
        yield (
            "day",
            _("Le %(day)s, c'est trop loin dans le passé : vérifiez l'année.") % {"day": say_day(day)},
        )
    elif day > today + FURTHEST_AHEAD:
        yield (
            "day",
            _("Le %(day)s, c'est trop loin dans l'avenir : vérifiez l'année.") % {"day": say_day(day)},
        )
    elif intervention.status == Status.DONE and day > today:
        yield (
            "day",
            _("Elle n'a pas encore eu lieu : le %(day)s est à venir. Laissez-la prévue.")
            % {"day": say_day(day)},
        )
    if intervention.ends_at and not intervention.starts_at:
        yield "starts_at", _("Il manque l'heure de début.")
    elif intervention.starts_at and intervention.ends_at and intervention.ends_at <= intervention.starts_at:
        yield "ends_at", _("La fin doit venir après le début.")


def _about_the_rest(
    intervention: Intervention, houses: Collection[Organisation]
) -> Iterator[tuple[str, str]]:
    for field in Intervention._meta.concrete_fields:
        if isinstance(field, CharField) and len(getattr(intervention, field.attname)) > (
            field.max_length or 0
        ):
            sentence = _("« %(field)s » est trop long : %(most)s caractères au plus.")
            yield field.name, sentence % {"field": field.verbose_name, "most": field.max_length}
    strangers = [
        house.name for house in (intervention.lead_house, *houses) if house and house.kind != "house"
    ]
    if strangers:
        yield (
            "lead_house",
            _("%(name)s n'est pas une structure de la coopération.") % {"name": ", ".join(strangers)},
        )


def _move_hours(intervention: Intervention) -> None:
    """The hours given to an intervention are dated by it; a day that would become too long is refused."""
    given = Hours.objects.filter(intervention=intervention)
    moved = given.filter(withdrawn_at=None).values_list("person_id", "minutes")
    elsewhere = Hours.objects.filter(
        day=intervention.day, withdrawn_at=None, person__in=given.values("person")
    ).exclude(intervention=intervention)
    minutes: dict[UUID, int] = {}
    for person_id, spent in [*moved, *elsewhere.values_list("person_id", "minutes")]:
        minutes[person_id] = minutes.get(person_id, 0) + spent
    too_long = [person_id for person_id, spent in minutes.items() if spent > DAY_IN_MINUTES]
    if too_long:
        names = ", ".join(
            Person.objects.filter(pk__in=too_long).order_by("search_name").values_list("name", flat=True)
        )
        raise UnableToPlan(
            _("Ce jour-là, les heures de %(names)s dépasseraient 24 h : corrigez-les d'abord.")
            % {"names": names},
            field="day",
        )
    given.update(day=intervention.day)
