"""What *La semaine* answers: what waits, what happens this week, how we are doing. And what search finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from bocal.craft.figures import Period
from bocal.impact.queries import Beat, pulse
from bocal.journal.models import Lot
from bocal.kitchen.queries import LotsToDecide, lots_to_decide, workshops_without_batch
from bocal.people.models import Organisation
from bocal.people.names import fold
from bocal.people.queries import Asker, access_warnings, visible_people
from bocal.programme.models import Intervention
from bocal.programme.queries import (
    HoursToConfirm,
    Incomplete,
    between,
    count_hours_to_confirm,
    incomplete_interventions,
)
from bocal.recipes.models import Recipe
from bocal.surplus.models import Offer
from bocal.surplus.queries import offers_waiting
from bocal.territory.models import Place

MOST_FOUND = 8
MOST_SHOWN = 6
RECENT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody's decision or hand."""

    offers: list[Offer]
    lots: LotsToDecide
    hours: HoursToConfirm
    incomplete: list[Incomplete]
    uncooked: list[Intervention]
    access: list[str]


def waiting(*, today: date, at: datetime) -> Waiting:
    """Everything that waits, the most urgent of each kind first."""
    return Waiting(
        offers=list(offers_waiting(at)),
        lots=lots_to_decide(),
        hours=count_hours_to_confirm(),
        incomplete=incomplete_interventions(since=today - RECENT)[:MOST_SHOWN],
        uncooked=list(workshops_without_batch(today - RECENT, today)[:MOST_SHOWN]),
        access=access_warnings(on=today),
    )


@dataclass(frozen=True, slots=True)
class Week:
    """The days of a week, Monday first, each with its interventions; and what is past and still only planned."""

    days: list[tuple[date, list[Intervention]]]
    overdue: list[Intervention]


def week_of(today: date) -> Week:
    """The week of `today`, and the recent interventions nobody said were held: one question for both."""
    monday = today - timedelta(days=today.weekday())
    planned: dict[date, list[Intervention]] = {monday + timedelta(days=shift): [] for shift in range(7)}
    overdue: list[Intervention] = []
    for intervention in between(today - RECENT, max(planned)):
        if intervention.day in planned:
            planned[intervention.day].append(intervention)
        if intervention.day < today and intervention.status == Intervention.Status.PLANNED:
            overdue.append(intervention)
    return Week(list(planned.items()), overdue[-MOST_SHOWN:])


def year_so_far(today: date) -> list[Beat]:
    """The figures since January, beside the same days a year ago."""
    return pulse(Period(today.replace(month=1, day=1), today))


@dataclass(frozen=True, slots=True)
class Found:
    """What search found of one kind."""

    kind: str
    records: list[Any]


def lot_coded(text: str) -> Lot | None:
    """The lot of exactly that code, as a scanned label gives it."""
    return Lot.objects.filter(code__iexact=text.strip()).first() if text.strip() else None


def search(text: str, asker: Asker) -> Iterator[Found]:
    """Lots, persons, places, recipes… whose name holds what was typed; accents and case ignored."""
    words = fold(text)
    if not words:
        return
    found: dict[str, QuerySet[Any]] = {
        "lot": Lot.objects.filter(code__icontains=text.strip()).order_by("-made_on", "code"),
        "intervention": Intervention.objects.filter(code__icontains=text.strip()).order_by("-day", "code"),
        "person": visible_people(asker).filter(search_name__contains=words),
        "organisation": Organisation.objects.filter(search_name__contains=words).order_by("search_name", "id"),
        "place": Place.objects.filter(search_name__contains=words)
        .select_related("commune")
        .order_by("search_name", "id"),
        "recipe": Recipe.objects.filter(search_name__contains=words).order_by("search_name", "id"),
    }  # fmt: skip
    for kind, records in found.items():
        yield Found(kind, list(records[:MOST_FOUND]))
