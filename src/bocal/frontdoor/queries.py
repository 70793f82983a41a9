"""What *La semaine* answers: what waits, what happens this week, how we are doing. And what search finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from bocal.craft.figures import Period
from bocal.impact.queries import Beat, pulse
from bocal.journal.models import Lot
from bocal.kitchen.queries import blocked_lots, lots_to_release
from bocal.people.models import Organisation
from bocal.people.names import fold
from bocal.people.queries import Asker, access_warnings, visible_people
from bocal.programme.models import Hours, Intervention
from bocal.programme.queries import Incomplete, between, hours_to_confirm, incomplete_interventions, overdue
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
    to_release: list[Lot]
    blocked: list[Lot]
    hours: list[Hours]
    incomplete: list[Incomplete]
    overdue: list[Intervention]
    access: list[str]

    @property
    def nothing(self) -> bool:
        """Whether nothing waits."""
        kinds = (
            self.offers,
            self.to_release,
            self.blocked,
            self.hours,
            self.incomplete,
            self.overdue,
            self.access,
        )
        return not any(kinds)


def waiting(*, today: date, at: datetime) -> Waiting:
    """Everything that waits, the most urgent of each kind first."""
    return Waiting(
        offers=list(offers_waiting(at)),
        to_release=list(lots_to_release()),
        blocked=list(blocked_lots()),
        hours=list(hours_to_confirm()),
        incomplete=incomplete_interventions(since=today - RECENT)[:MOST_SHOWN],
        overdue=list(overdue(today=today).filter(day__gte=today - RECENT)[:MOST_SHOWN]),
        access=access_warnings(on=today),
    )


def week_of(day: date) -> list[tuple[date, list[Intervention]]]:
    """The days of the week of `day`, Monday first, each with its interventions."""
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=shift) for shift in range(7)]
    planned: dict[date, list[Intervention]] = {each: [] for each in days}
    for intervention in between(days[0], days[-1]):
        planned[intervention.day].append(intervention)
    return list(planned.items())


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
