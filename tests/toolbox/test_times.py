"""Days and hours of Paris, through winter, summer and the two nights in between."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bocal.craft.measures import NBSP
from bocal.toolbox import times

SPRING_FORWARD = date(2026, 3, 29)
FALL_BACK = date(2026, 10, 25)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def test_a_winter_day_begins_an_hour_before_utc_and_a_summer_day_two() -> None:
    assert times.paris_day_bounds(date(2026, 1, 15), date(2026, 1, 15)) == (
        datetime(2026, 1, 14, 23, tzinfo=UTC),
        datetime(2026, 1, 15, 23, tzinfo=UTC),
    )
    assert times.paris_day_bounds(date(2026, 7, 1), date(2026, 7, 1)) == (
        datetime(2026, 6, 30, 22, tzinfo=UTC),
        datetime(2026, 7, 1, 22, tzinfo=UTC),
    )


@pytest.mark.parametrize(("day", "hours"), [(SPRING_FORWARD, 23), (FALL_BACK, 25), (date(2026, 5, 1), 24)])
def test_the_days_when_clocks_change_have_their_own_length(day: date, hours: int) -> None:
    start, end = times.paris_day_bounds(day, day)
    assert end - start == timedelta(hours=hours)


@given(DAYS)
def test_days_follow_each_other_without_a_gap_or_an_overlap(day: date) -> None:
    _, end = times.paris_day_bounds(day, day)
    following, _ = times.paris_day_bounds(day + timedelta(days=1), day + timedelta(days=1))
    assert end == following


@given(DAYS, st.times())
def test_an_hour_of_a_day_is_inside_that_day_and_no_other(day: date, hour: time) -> None:
    start, end = times.paris_day_bounds(day, day)
    instant = times.at_hour(day, hour)
    assert start <= instant < end
    assert times.paris_day(instant) == day
    assert instant.tzinfo is UTC


def test_the_hour_that_comes_twice_is_the_first_and_the_one_that_never_comes_is_an_hour_later() -> None:
    assert times.at_hour(FALL_BACK, time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert times.in_paris(times.at_hour(SPRING_FORWARD, time(2, 30))).time() == time(3, 30)


def test_a_period_turned_round_or_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        times.paris_day_bounds(date(2026, 2, 2), date(2026, 2, 1))
    with pytest.raises(ValueError, match="too far"):
        times.paris_day_bounds(date(2026, 2, 2), date.max)


def test_an_instant_without_time_zone_is_never_guessed() -> None:
    with pytest.raises(ValueError, match="time zone"):
        times.paris_day(datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    "typed", ["2018-02-03", "03/02/2018", "3/2/2018", "03-02-2018", "3.2.2018", " 03/02/2018\t"]
)
def test_days_are_read_as_browsers_and_people_write_them(typed: str) -> None:
    assert times.parse_day(typed) == date(2018, 2, 3)


@pytest.mark.parametrize(
    "typed",
    ["", "31/02/2018", "2018-13-01", "03/02/18", "hier", "20180203", "03/02/2018 12:00", "9" * 5000, "🗓️"],
)
def test_what_is_not_a_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not a day"):
        times.parse_day(typed)


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("14:30", time(14, 30)),
        ("14:30:00", time(14, 30)),
        ("14 h 30", time(14, 30)),
        (f"14{NBSP}h{NBSP}30", time(14, 30)),
        ("14h30", time(14, 30)),
        ("8h05", time(8, 5)),
        ("14 H", time(14)),
        ("8", time(8)),
        ("00:00", time(0)),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, hour: time) -> None:
    assert times.parse_hour(typed) == hour


@pytest.mark.parametrize(
    "typed", ["", "24:00", "14:60", "14h3", "midi", "14:30:15", "-1", "９:00", "9" * 5000]
)
def test_what_is_not_an_hour_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"not an hour|must be in"):
        times.parse_hour(typed)


@given(st.times().map(lambda hour: hour.replace(second=0, microsecond=0)))
def test_an_hour_said_is_read_back(hour: time) -> None:
    assert times.parse_hour(times.say_hour(hour)) == hour


def test_days_are_said_with_their_weekday() -> None:
    assert times.say_day(date(2026, 11, 26)) == "jeudi 26 novembre 2026"
    assert times.say_day(date(2026, 11, 1)) == "dimanche 1er novembre 2026"
    assert times.say_day_short(date(2026, 11, 26)) == "jeu. 26 nov."
    assert times.say_day_short(date(2026, 5, 1)) == "ven. 1er mai"
    assert times.say_day_short(date(2017, 8, 8), year=True) == "mar. 8 août 2017"


def test_moments_are_said_on_a_paris_clock() -> None:
    late = datetime(2026, 7, 14, 22, 30, tzinfo=UTC)
    assert times.say_moment(late) == f"mercredi 15 juillet 2026 à 0{NBSP}h{NBSP}30"
    assert times.say_moment_short(late) == f"mer. 15 juil. 2026, 0{NBSP}h{NBSP}30"


def test_a_period_is_said_with_both_ends_and_one_day_once() -> None:
    assert times.say_period(date(2017, 7, 1), date(2018, 12, 31)) == (
        "du samedi 1er juillet 2017 au lundi 31 décembre 2018"
    )
    assert times.say_period(date(2017, 7, 1), date(2017, 7, 1)) == "le samedi 1er juillet 2017"
