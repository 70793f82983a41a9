"""Days and hours as people live them in Paris, instants as the database keeps them, in UTC.

A period is whole days, both ends included; as instants it is half-open, so that no evening is lost and
none is counted twice, even on the two nights when the clocks change. A day is shown with its weekday.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS, MONTHS_AP, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from bocal.craft.measures import NBSP

PARIS = ZoneInfo("Europe/Paris")

TYPED_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
TYPED_HOUR = re.compile(r"(?P<hour>[0-9]{1,2})\s?(?:[h:]\s?(?P<minute>[0-9]{2})?(?::00)?)?", re.IGNORECASE)


def at_hour(day: date, hour: time) -> datetime:
    """The instant of an hour of a day in Paris. Of the hour that comes twice in October, the first."""
    return datetime.combine(day, hour, tzinfo=PARIS).astimezone(UTC)


def paris_day_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """The instants [start, end) of the days from `first` to `last`, both included."""
    if last < first:
        raise ValueError(f"the period ends before it begins: {first} > {last}")
    if last.year >= date.max.year:
        raise ValueError(f"too far away: {last}")
    return at_hour(first, time.min), at_hour(last + timedelta(days=1), time.min)


def paris_day(instant: datetime) -> date:
    """The day it was in Paris."""
    return in_paris(instant).date()


def in_paris(instant: datetime) -> datetime:
    """The same instant on a Paris clock; an instant without time zone is refused, never guessed."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant has a time zone: {instant}")
    return instant.astimezone(PARIS)


def parse_day(typed: str) -> date:
    """A day from "2018-02-03", "03/02/2018", "3.2.2018"; `ValueError` when there is no such day."""
    text = typed.strip()
    for form in TYPED_DAYS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=PARIS).date()
        except ValueError:
            continue
    raise ValueError(f"not a day: {text[:40]!r}")


def parse_hour(typed: str) -> time:
    """An hour of the day from "14:30", "14 h 30", "8h"; `ValueError` when there is no such hour."""
    match = TYPED_HOUR.fullmatch(typed.strip())
    if match is None:
        raise ValueError(f"not an hour: {typed[:40]!r}")
    return time(int(match["hour"]), int(match["minute"] or 0))


def say_day(day: date) -> str:
    """ "jeudi 26 novembre 2026", "dimanche 1er novembre 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {_rank(day)} {MONTHS[day.month]} {day.year}"


def say_day_short(day: date, *, year: bool = False) -> str:
    """ "jeu. 26 nov.", with its year where several meet."""
    short = f"{WEEKDAYS_ABBR[day.weekday()]}. {_rank(day)} {MONTHS_AP[day.month]}"
    return f"{short} {day.year}" if year else short


def say_hour(hour: time) -> str:
    """ "14 h 30", "8 h"."""
    return f"{hour.hour}{NBSP}h{NBSP}{hour.minute:02}" if hour.minute else f"{hour.hour}{NBSP}h"


def say_moment(instant: datetime) -> str:
    """ "jeudi 26 novembre 2026 à 14 h 30", on a Paris clock."""
    there = in_paris(instant)
    return _("%(day)s à %(hour)s") % {"day": say_day(there.date()), "hour": say_hour(there.time())}


def say_moment_short(instant: datetime) -> str:
    """ "jeu. 26 nov. 2026, 14 h 30"."""
    there = in_paris(instant)
    return f"{say_day_short(there.date(), year=True)}, {say_hour(there.time())}"


def say_period(first: date, last: date) -> str:
    """ "du samedi 1er juillet 2017 au lundi 31 décembre 2018"; one day is said once."""
    if first == last:
        return _("le %(day)s") % {"day": say_day(first)}
    return _("du %(first)s au %(last)s") % {"first": say_day(first), "last": say_day(last)}


def _rank(day: date) -> str:
    return _("1er") if day.day == 1 else str(day.day)
