"""The figures that a season's rhythm shows, month by month; year by year over a long time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet, Sum

from bocal.craft.figures import Period
from bocal.impact.queries import records
from bocal.impact.queries.scope import Scope
from bocal.impact.queries.tables import COUNTED
from bocal.toolbox.times import paris_day

MOST_MONTHS = 36


@dataclass(slots=True)
class Slice:
    """A month or a year, as far as the period covers it."""

    period: Period
    quantities: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))


def through_time(scope: Scope) -> list[Slice]:
    """The months of the scope's period in order, or its years when it has more than `MOST_MONTHS` months."""
    slices = {_key(part.first, scope.period): Slice(part) for part in parts(scope.period)}
    for key, day, quantity in _quantities(scope):
        slices[_key(day, scope.period)].quantities[key] += quantity
    return list(slices.values())


def by_years(period: Period) -> bool:
    """Whether the period is too long to be told by months."""
    first, last = period.first, period.last
    return (last.year - first.year) * 12 + last.month - first.month >= MOST_MONTHS


def parts(period: Period) -> Iterator[Period]:
    """The months, or years, of a period: the first and the last may be cut short."""
    starts = [period.first]
    while (following := _following(starts[-1], period)) <= period.last:
        starts.append(following)
    ends = [date.fromordinal(start.toordinal() - 1) for start in starts[1:]]
    yield from (Period(start, end) for start, end in zip(starts, [*ends, period.last], strict=True))


def _following(day: date, period: Period) -> date:
    if by_years(period) or day.month == 12:
        return date(day.year + 1, 1, 1)
    return date(day.year, day.month + 1, 1)


def _key(day: date, period: Period) -> tuple[int, int]:
    return (day.year, 0 if by_years(period) else day.month)


def _quantities(scope: Scope) -> Iterator[tuple[str, date, int]]:
    """(figure, day, quantity) of everything counted, one row a day or a batch."""
    outings = records.workshops(scope).order_by().values_list("day").annotate(count=Count("id"))
    yield from (("workshops", day, count) for day, count in outings)
    for key, rows, path in (
        ("participants", records.attendances(scope), "intervention__day"),
        ("volunteer_hours", records.volunteer_hours(scope), "day"),
        ("kg_transformed", records.transformed(scope), "transaction__happened_at"),
        ("jars_made", records.jars_made(scope), "transaction__happened_at"),
    ):
        yield from ((key, _day(moment), quantity) for moment, quantity in _sums(rows, path))


def _sums(rows: QuerySet[Any], path: str) -> Iterator[tuple[date, int]]:
    yield from rows.order_by().values_list(path).annotate(sum=Sum("quantity"))


def _day(moment: date) -> date:
    return paris_day(moment) if isinstance(moment, datetime) else moment
