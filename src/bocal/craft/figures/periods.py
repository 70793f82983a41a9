"""Periods: whole days, both ends included."""

from dataclasses import dataclass
from datetime import date


class PeriodTurnedRound(ValueError):
    """The last day comes before the first one."""


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both days included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodTurnedRound(self.first, self.last)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def a_year_earlier(self) -> "Period":
        """The same days of the year before (29 February becomes 28)."""
        return Period(_a_year_before(self.first), _a_year_before(self.last))


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
