"""Numbers, durations and days the French way: `{{ batch.grams|kilos }}`, `{{ offer.day|day }}`.

Every filter gives an empty text for None, so that what was not counted shows nothing rather than zero.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import wraps
from typing import Any

from django import template

from bocal.craft import measures
from bocal.toolbox import times

register = template.Library()


def _unless_none(say: Callable[..., str]) -> Callable[..., str]:
    @wraps(say)  # Django reads there how many options a filter takes
    def filter_(value: Any, *options: Any) -> str:
        return "" if value is None or value == "" else say(value, *options)

    return filter_


def say_day(day: date) -> str:
    """A day, or the Paris day of an instant."""
    return times.say_day(_as_day(day))


def say_day_short(day: date, year: str = "") -> str:
    """Without the year, unless asked: `{{ day|day_short:"year" }}`."""
    return times.say_day_short(_as_day(day), year=bool(year))


def say_number(number: int | float | Decimal, decimals: int | None = None) -> str:
    return measures.format_number(number, decimals=decimals)


def say_time(hour: time | datetime) -> str:
    return times.say_hour(times.in_paris(hour).time() if isinstance(hour, datetime) else hour)


def _as_day(day: date) -> date:
    return times.paris_day(day) if isinstance(day, datetime) else day


FILTERS: dict[str, Callable[..., Any]] = {
    "kilos": measures.format_grams,
    "litres": measures.format_millilitres,
    "euros": measures.format_cents,
    "duration": measures.format_minutes,
    "number": say_number,
    "percent": measures.format_percent,
    "day": say_day,
    "day_short": say_day_short,
    "day_time": times.say_moment,
    "hour": say_time,
}

for name, say in FILTERS.items():
    register.filter(name, _unless_none(say))
