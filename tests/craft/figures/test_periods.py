"""Whole days, both ends included, and the same days a year earlier."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bocal.craft.figures import Period, PeriodTurnedRound

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(days)
    return Period(first, first + timedelta(days=draw(st.integers(0, 2000))))


def test_both_ends_are_inside() -> None:
    period = Period(date(2017, 7, 1), date(2018, 12, 31))

    assert date(2017, 7, 1) in period
    assert date(2018, 12, 31) in period
    assert date(2017, 6, 30) not in period
    assert date(2019, 1, 1) not in period


def test_one_day_is_a_period() -> None:
    assert date(2018, 5, 2) in Period(date(2018, 5, 2), date(2018, 5, 2))


def test_a_period_turned_round_is_none() -> None:
    with pytest.raises(PeriodTurnedRound):
        Period(date(2018, 12, 31), date(2017, 7, 1))


@pytest.mark.parametrize(
    ("first", "last", "earlier"),
    [
        (date(2018, 1, 1), date(2018, 12, 31), Period(date(2017, 1, 1), date(2017, 12, 31))),
        (date(2024, 2, 29), date(2024, 2, 29), Period(date(2023, 2, 28), date(2023, 2, 28))),
        (date(2024, 1, 1), date(2024, 2, 29), Period(date(2023, 1, 1), date(2023, 2, 28))),
        (date(2025, 2, 28), date(2025, 3, 1), Period(date(2024, 2, 28), date(2024, 3, 1))),
    ],
)
def test_the_same_days_a_year_earlier(first: date, last: date, earlier: Period) -> None:
    assert Period(first, last).a_year_earlier() == earlier


@given(periods())
def test_a_year_earlier_never_turns_a_period_round(period: Period) -> None:
    earlier = period.a_year_earlier()

    assert earlier.first <= earlier.last
    assert (earlier.first.year, earlier.last.year) == (period.first.year - 1, period.last.year - 1)


@given(periods(), days)
def test_a_day_is_inside_when_it_is_between_the_ends(period: Period, day: date) -> None:
    assert (day in period) == (period.first <= day <= period.last)
