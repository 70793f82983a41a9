"""Reads of the programme: what is planned and held, who came, hours given and to confirm, what is still to write down.

Every list costs the same number of queries whatever its length. Days come from the caller; filters are one small
value that the screens and the exports share.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from bocal.craft.figures import Period
from bocal.people.models import Organisation, Person
from bocal.people.names import fold
from bocal.programme.models import Attendance, Evaluation, Hours, Intervention, ResidentWord

Kind, Status, Nature = Intervention.Kind, Intervention.Status, Hours.Nature

CREWED = (Kind.WORKSHOP, Kind.COLLECTION, Kind.GLEANING)  # somebody gives hours there
COUNTED = (Kind.WORKSHOP,)  # people come, and say what they thought of it
CONFIRMED_BY_A_HOUSE = (
    Nature.VOLUNTEER,
    Nature.CREDITED,
)  # paid hours and participants' time are nobody's to confirm


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list of interventions is narrowed to; an empty filter keeps everything."""

    kind: str = ""
    status: str = ""
    house_ids: Collection[UUID] | None = None
    commune_code: str = ""
    group_id: UUID | None = None
    first: date | None = None
    last: date | None = None

    @property
    def condition(self) -> Q:
        condition = _from_to(self.first, self.last)
        if self.kind:
            condition &= Q(kind=self.kind)
        if self.status:
            condition &= Q(status=self.status)
        if self.house_ids is not None:
            condition &= of_houses(self.house_ids)
        if self.commune_code:
            condition &= Q(commune=self.commune_code)
        if self.group_id:
            condition &= Q(commune__groups=self.group_id)
        return condition


class Incomplete(NamedTuple):
    """An intervention that was held, and which of its records are missing."""

    intervention: Intervention
    attendance: bool
    hours: bool
    evaluation: bool


class HoursState(TextChoices):
    """Where hours stand; withdrawn ones are seen only by who asks for them."""

    TO_CONFIRM = "to_confirm", _("à confirmer")
    CONFIRMED = "confirmed", _("confirmées")
    WITHDRAWN = "withdrawn", _("retirées")


@dataclass(frozen=True, kw_only=True)
class HoursFilters:
    """What a list of hours is narrowed to."""

    person_id: UUID | None = None
    name: str = ""
    house_ids: Collection[UUID] | None = None
    nature: str = ""
    task: str = ""
    state: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def condition(self) -> Q:
        condition = _IN_STATE[self.state] & _from_to(self.first, self.last)
        if self.person_id:
            condition &= Q(person=self.person_id)
        if self.name:
            condition &= Q(person__search_name__contains=fold(self.name))
        if self.house_ids is not None:
            condition &= given_for(self.house_ids)
        if self.nature:
            condition &= Q(nature=self.nature)
        if self.task:
            condition &= Q(task=self.task)
        return condition


def _from_to(first: date | None, last: date | None) -> Q:
    """Both days included, either of them open."""
    return (Q(day__gte=first) if first else Q()) & (Q(day__lte=last) if last else Q())


# --- Interventions ------------------------------------------------------------------------------


def interventions(period: Period | None = None, filters: Filters | None = None) -> QuerySet[Intervention]:
    """The interventions of a period in the order of the agenda, with `participants` and `minutes_given`.

    `participants` is None where nobody counted.
    """
    heads = Attendance.objects.filter(intervention=OuterRef("pk")).order_by().values("intervention")
    given = (
        Hours.objects.filter(intervention=OuterRef("pk"), withdrawn_at=None).order_by().values("intervention")
    )
    found = Intervention.objects.annotate(
        participants=Subquery(heads.annotate(heads=Sum("count")).values("heads")),
        minutes_given=Subquery(given.annotate(given=Sum("minutes")).values("given")),
    )
    if filters is not None:
        found = found.filter(filters.condition)
    if period is not None:
        found = found.filter(day__range=(period.first, period.last))
    return found.select_related("commune", "lead_house", "partner").order_by(
        "day", F("starts_at").asc(nulls_first=True), "code"
    )


def between(first: date, last: date, *, house_ids: Collection[UUID] | None = None) -> QuerySet[Intervention]:
    """The interventions from one day to another, both included; of some structures, or of all."""
    return interventions(Period(first, last), Filters(house_ids=house_ids))


def coming(days: int, *, today: date, house_ids: Collection[UUID] | None = None) -> QuerySet[Intervention]:
    """What is planned from today on, for so many days."""
    return between(today, today + timedelta(days=days), house_ids=house_ids).filter(status=Status.PLANNED)


def overdue(*, today: date, house_ids: Collection[UUID] | None = None) -> QuerySet[Intervention]:
    """What was planned and is past: was it held, or cancelled?"""
    return interventions(filters=Filters(status=Status.PLANNED, house_ids=house_ids)).filter(day__lt=today)


def incomplete_interventions(
    *, since: date | None = None, house_ids: Collection[UUID] | None = None
) -> list[Incomplete]:
    """Held, but who came, the hours or the evaluation are not written down.

    What came with a workbook is left in peace: nobody will count the heads of 2017 again.
    """
    held = interventions(filters=Filters(status=Status.DONE, house_ids=house_ids)).filter(
        imported=False, kind__in=CREWED
    )
    if since is not None:
        held = held.filter(day__gte=since)
    lacking: QuerySet[Any] = held.annotate(
        evaluated=Exists(Evaluation.objects.filter(intervention=OuterRef("pk")))
    ).filter(Q(minutes_given=None) | (Q(kind__in=COUNTED) & (Q(participants=None) | Q(evaluated=False))))
    return [
        Incomplete(
            found,
            attendance=found.kind in COUNTED and found.participants is None,
            hours=found.minutes_given is None,
            evaluation=found.kind in COUNTED and not found.evaluated,
        )
        for found in lacking
    ]


def of_houses(house_ids: Collection[UUID]) -> Q:
    """The condition for an intervention to be led by, or shared with, one of these structures."""
    shared = Intervention.houses.through.objects.filter(organisation__in=house_ids).values("intervention")
    return Q(lead_house__in=house_ids) | Q(pk__in=shared)


def is_of_houses(intervention: Intervention, house_ids: Collection[UUID]) -> bool:
    """Is this intervention led by, or shared with, one of these structures?"""
    shared = (house.pk for house in intervention.houses.all())
    return intervention.lead_house_id in house_ids or any(house_id in house_ids for house_id in shared)


def sites_used() -> list[str]:
    """The words already used for where it happens, to choose from."""
    used = Intervention.objects.exclude(site="").order_by("site").values_list("site", flat=True)
    return list(used.distinct()[:200])


def known_partners() -> QuerySet[Organisation]:
    """Who an intervention may be done with or for, by name."""
    return (
        Organisation.objects.exclude(kind=Organisation.Kind.LEGAL_ENTITY)
        .filter(active=True)
        .order_by("search_name")
    )


def words_of(intervention: Intervention) -> QuerySet[ResidentWord]:
    """What residents said, oldest first, without what was taken back."""
    return intervention.words.filter(withdrawn_at=None).order_by("recorded_at", "id")


def counts_of(intervention: Intervention) -> dict[str, int]:
    """The heads by age band, in the order of ages; empty when nobody counted."""
    counts = dict(intervention.attendances.values_list("band", "count"))
    return {band: counts[band] for band in Attendance.Band.values if band in counts}


# --- Hours --------------------------------------------------------------------------------------

KEPT = Q(withdrawn_at=None)
_IN_STATE = {
    "": KEPT,
    HoursState.TO_CONFIRM: KEPT
    & Q(validated_at=None, nature__in=CONFIRMED_BY_A_HOUSE)
    & (Q(intervention=None) | Q(intervention__imported=False)),
    HoursState.CONFIRMED: KEPT & Q(validated_at__isnull=False),
    HoursState.WITHDRAWN: Q(withdrawn_at__isnull=False),
}


def hours(filters: HoursFilters | None = None) -> QuerySet[Hours]:
    """Hours, the newest day first; withdrawn ones only when the filters ask for them."""
    return hours_whatever_their_state().filter((filters or HoursFilters()).condition)


def hours_whatever_their_state() -> QuerySet[Hours]:
    """All hours ever noted, with what a page shows of them."""
    return Hours.objects.select_related(
        "person__house", "intervention__commune", "intervention__lead_house", "house"
    ).order_by("-day", "person__search_name", "recorded_at", "id")


def hours_to_confirm(house_ids: Collection[UUID] | None = None) -> QuerySet[Hours]:
    """Hours that a structure has still to confirm: those given for these structures, or all of them."""
    return hours(HoursFilters(state=HoursState.TO_CONFIRM, house_ids=house_ids))


class HoursToConfirm(NamedTuple):
    """How much waits to be confirmed, and from how many persons."""

    minutes: int
    persons: int


def count_hours_to_confirm() -> HoursToConfirm:
    """The total of the hours that some structure has still to confirm."""
    waiting = Hours.objects.filter(HoursFilters(state=HoursState.TO_CONFIRM).condition)
    total = waiting.aggregate(minutes=Coalesce(Sum("minutes"), 0), persons=Count("person", distinct=True))
    return HoursToConfirm(**total)


def given_for(house_ids: Collection[UUID]) -> Q:
    """The condition for hours to be a structure's to confirm: those of its people, else those of what it leads."""
    return Q(person__house__in=house_ids) | Q(person__house=None, intervention__lead_house__in=house_ids)


def hours_of_day(person: Person, day: date) -> list[Hours]:
    """What a person has that day, all natures, without what was withdrawn."""
    return list(Hours.objects.filter(person=person, day=day, withdrawn_at=None).order_by("recorded_at", "id"))


def hours_on(intervention: Intervention) -> QuerySet[Hours]:
    """Who gave hours to this intervention, by name, without what was withdrawn."""
    return (
        hours()
        .filter(intervention=intervention, withdrawn_at=None)
        .order_by("person__search_name", "recorded_at", "id")
    )


def minutes_by_nature(found: QuerySet[Hours]) -> dict[str, int]:
    """The total of each nature, without what was withdrawn; natures are never added together."""
    sums = found.filter(KEPT).order_by().values_list("nature").annotate(minutes=Sum("minutes"))
    totals = dict(sums)
    return {nature: totals[nature] for nature in Nature.values if nature in totals}


def house_to_confirm(given: Hours) -> Organisation | None:
    """The structure whose word these hours wait for: the person's, else the one that leads."""
    return given.person.house or (given.intervention.lead_house if given.intervention else None)


def same_task_twice(given: Hours) -> bool:
    """Does this person have other hours at the same task of the same intervention? Allowed, and worth a look."""
    others = hours_of_day(given.person, given.day)
    return any(
        (other.intervention_id, other.task) == (given.intervention_id, given.task)
        for other in others
        if other.pk != given.pk
    )
