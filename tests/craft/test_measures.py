"""What people type becomes the integer they meant, or a refusal with its reason; and back, the French way."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bocal.craft import measures
from bocal.craft.measures import MeasureError, Reason

THIN, NARROW, FIGURE = "\u2009", "\u202f", "\u2007"
NBSP = measures.NBSP


@pytest.mark.parametrize(
    ("typed", "grams"),
    [
        ("12,5", 12_500),
        ("12.5", 12_500),
        ("12,5 kg", 12_500),
        ("12,5KG", 12_500),
        (" 12,5\t", 12_500),
        ("1 900", 1_900_000),
        (f"1{NBSP}900", 1_900_000),
        (f"1{NARROW}900,5{NBSP}kg", 1_900_500),
        (f"1{THIN}900", 1_900_000),
        (f"1{FIGURE}900", 1_900_000),
        ("1900", 1_900_000),
        (",5", 500),
        ("0", 0),
        ("0,001", 1),
        ("1,500", 1_500),
        ("250 g", 250),
        ("1,2 t", 1_200_000),
        ("3 kilos", 3_000),
        ("007", 7_000),
        (12, 12_000),
        (12.5, 12_500),
        (0.1 + 0.2, 300),
        (Decimal("12.5"), 12_500),
    ],
)
def test_kilos_are_read_as_people_write_them(typed: measures.Typed, grams: int) -> None:
    assert measures.parse_grams(typed) == grams


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Reason.EMPTY),
        ("   ", Reason.EMPTY),
        (NBSP, Reason.EMPTY),
        ("-3", Reason.NEGATIVE),
        ("- 3", Reason.NEGATIVE),
        ("\u22123", Reason.NEGATIVE),
        ("\u20133", Reason.NEGATIVE),
        ("-0", Reason.NEGATIVE),
        (-0.5, Reason.NEGATIVE),
        ("NaN", Reason.NOT_A_NUMBER),
        ("inf", Reason.NOT_A_NUMBER),
        ("Infinity", Reason.NOT_A_NUMBER),
        ("1e3", Reason.NOT_A_NUMBER),
        ("0x10", Reason.NOT_A_NUMBER),
        ("1_000", Reason.NOT_A_NUMBER),
        ("12 5", Reason.NOT_A_NUMBER),
        ("1 9000", Reason.NOT_A_NUMBER),
        ("1.900,5", Reason.NOT_A_NUMBER),
        ("1,900,5", Reason.NOT_A_NUMBER),
        ("5,", Reason.NOT_A_NUMBER),
        (",", Reason.NOT_A_NUMBER),
        ("kg", Reason.NOT_A_NUMBER),
        ("+5", Reason.NOT_A_NUMBER),
        ("=1+1", Reason.NOT_A_NUMBER),
        ("5 kg 5", Reason.NOT_A_NUMBER),
        ("12\x005", Reason.NOT_A_NUMBER),
        ("١٢", Reason.NOT_A_NUMBER),
        ("１２", Reason.NOT_A_NUMBER),
        ("½", Reason.NOT_A_NUMBER),
        ("🥒", Reason.NOT_A_NUMBER),
        ("9" * 10_000, Reason.NOT_A_NUMBER),
        (" " * 10_000, Reason.NOT_A_NUMBER),
        (float("nan"), Reason.NOT_A_NUMBER),
        (float("inf"), Reason.NOT_A_NUMBER),
        (Decimal("sNaN"), Reason.NOT_A_NUMBER),
        (True, Reason.NOT_A_NUMBER),
        ("0,0005", Reason.TOO_MANY_DECIMALS),
        ("0,5 g", Reason.TOO_MANY_DECIMALS),
        (0.0005, Reason.TOO_MANY_DECIMALS),
        (1e-300, Reason.TOO_MANY_DECIMALS),
        ("100001", Reason.TOO_BIG),
        ("9" * 40, Reason.TOO_BIG),
        (1e300, Reason.TOO_BIG),
        (10**40, Reason.TOO_BIG),
        ("5 l", Reason.UNKNOWN_UNIT),
        ("5 kgs", Reason.UNKNOWN_UNIT),
        ("5 €", Reason.UNKNOWN_UNIT),
    ],
)
def test_what_is_not_a_weight_is_refused_with_its_reason(typed: measures.Typed, reason: Reason) -> None:
    with pytest.raises(MeasureError) as refusal:
        measures.parse_grams(typed)
    assert refusal.value.reason is reason
    assert len(refusal.value.typed) <= measures.LONGEST_TEXT


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("14 h 30", 870),
        ("14h30", 870),
        ("14H30", 870),
        ("14:30", 870),
        ("14:30:00", 870),
        (f"14{NBSP}h{NBSP}30", 870),
        ("14 h 30 min", 870),
        ("14 h", 840),
        ("14", 840),
        ("14,5", 870),
        ("14,5 h", 870),
        ("1 heure", 60),
        ("1 h 5 min", 65),
        ("0,25 h", 15),
        ("90 min", 90),
        ("90mn", 90),
        ("0,33", 20),
        ("0:00", 0),
        ("1 600 h", 96_000),
        ("1 600 h 30", 96_030),
        (3.25, 195),
        (1 / 3, 20),
    ],
)
def test_durations_are_read_as_people_write_them(typed: measures.Typed, minutes: int) -> None:
    assert measures.parse_minutes(typed) == minutes


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("14 h 75", Reason.BAD_MINUTES),
        ("14:60", Reason.BAD_MINUTES),
        ("1 h 5", Reason.BAD_MINUTES),
        ("1:5", Reason.BAD_MINUTES),
        ("-1 h 30", Reason.NEGATIVE),
        ("14 h 30 45", Reason.NOT_A_NUMBER),
        ("14:30:45", Reason.NOT_A_NUMBER),
        ("h 30", Reason.NOT_A_NUMBER),
        ("999999 h 59", Reason.TOO_BIG),
        ("9" * 30 + " h 30", Reason.TOO_BIG),
        ("14 € 30", Reason.NOT_A_NUMBER),
        ("14 €", Reason.UNKNOWN_UNIT),
        ("", Reason.EMPTY),
    ],
)
def test_what_is_not_a_duration_is_refused_with_its_reason(typed: str, reason: Reason) -> None:
    with pytest.raises(MeasureError) as refusal:
        measures.parse_minutes(typed)
    assert refusal.value.reason is reason


def test_each_kind_reads_its_own_units() -> None:
    assert measures.parse_millilitres("1,5") == 1_500
    assert measures.parse_millilitres("75 cl") == 750
    assert measures.parse_cents("12,50 €") == 1_250
    assert measures.parse_cents("3 euros") == 300
    assert measures.parse_pieces("1 900") == 1_900
    assert measures.parse_pieces(844.0) == 844


@pytest.mark.parametrize("typed", ["12,5", "0,1", 12.5])
def test_there_is_no_half_jar(typed: measures.Typed) -> None:
    with pytest.raises(MeasureError) as refusal:
        measures.parse_pieces(typed)
    assert refusal.value.reason is Reason.TOO_MANY_DECIMALS


def test_a_third_of_a_cent_is_refused_rather_than_rounded() -> None:
    with pytest.raises(MeasureError) as refusal:
        measures.parse_cents("3,333")
    assert refusal.value.reason is Reason.TOO_MANY_DECIMALS


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (measures.format_grams(1_900_000), "1 900 kg"),
        (measures.format_grams(3_500), "3,5 kg"),
        (measures.format_grams(0), "0 kg"),
        (measures.format_grams(-250), "\u22120,25 kg"),
        (measures.format_millilitres(100_000), "100 litres"),
        (measures.format_millilitres(0), "0 litre"),
        (measures.format_millilitres(1_500), "1,5 litre"),
        (measures.format_millilitres(2_000), "2 litres"),
        (measures.format_cents(1_250), "12,50 €"),
        (measures.format_cents(123_456_700), "1 234 567,00 €"),
        (measures.format_cents(-5), "\u22120,05 €"),
        (measures.format_minutes(870), "14 h 30"),
        (measures.format_minutes(840), "14 h"),
        (measures.format_minutes(65), "1 h 05"),
        (measures.format_minutes(30), "30 min"),
        (measures.format_minutes(0), "0 h"),
        (measures.format_minutes(-90), "\u22121 h 30"),
        (measures.format_minutes(96_000), "1 600 h"),
        (measures.format_number(1_900), "1 900"),
        (measures.format_number(10), "10"),
        (measures.format_number(1e-07), "0,0000001"),
        (measures.format_number(2.5, decimals=0), "3"),
        (measures.format_number(-0.001, decimals=2), "0,00"),
        (measures.format_percent(0.125), "12,5 %"),
        (measures.format_percent(1), "100 %"),
        (measures.format_percent(Decimal(1) / 3), "33,3 %"),
    ],
)
def test_measures_are_written_the_french_way(said: str, text: str) -> None:
    assert said == text.replace(" ", NBSP)


@given(st.integers(0, measures.GRAMS.most))
def test_a_weight_written_is_read_back(grams: int) -> None:
    assert measures.parse_grams(measures.format_grams(grams)) == grams


@given(st.integers(0, measures.MILLILITRES.most))
def test_a_volume_written_is_read_back(millilitres: int) -> None:
    assert measures.parse_millilitres(measures.format_millilitres(millilitres)) == millilitres


@given(st.integers(0, measures.CENTS.most))
def test_a_price_written_is_read_back(cents: int) -> None:
    assert measures.parse_cents(measures.format_cents(cents)) == cents


@given(st.integers(0, measures.MINUTES.most))
def test_a_duration_written_is_read_back(minutes: int) -> None:
    assert measures.parse_minutes(measures.format_minutes(minutes)) == minutes


@given(st.integers(0, measures.GRAMS.most))
def test_a_weight_from_a_spreadsheet_loses_no_gram(grams: int) -> None:
    """Whatever floating point does to a thousandth."""
    assert measures.parse_grams(grams / 1000) == grams
    assert measures.parse_grams(grams * 0.001) == grams


PARSERS = (
    measures.parse_grams,
    measures.parse_millilitres,
    measures.parse_cents,
    measures.parse_pieces,
    measures.parse_minutes,
)


@given(
    st.one_of(
        st.text(max_size=60),
        st.text(alphabet="0123456789 ,.hkg:min€-\u00a0\u202f", max_size=14),
        st.floats(),
        st.integers(),
        st.decimals(),
    )
)
def test_anything_at_all_is_a_believable_measure_or_a_refusal(typed: measures.Typed) -> None:
    for parse in PARSERS:
        with suppress(MeasureError):
            amount = parse(typed)
            assert type(amount) is int
            assert 0 <= amount <= measures.CENTS.most
