"""Grams, millilitres, pieces, cents and minutes: whole numbers, read from what people type.

Everything Bocal counts is an integer of the smallest unit, so that nothing is lost to floating point.
People write "12,5", "1 900 kg", "14 h 30" or "90 min", and a spreadsheet hands over 12.5: each `parse_*`
turns that into the integer or raises a `MeasureError` with its reason; each `format_*` writes the French way.
Euros and minutes never meet here: no function takes the one and gives the other.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

NBSP = "\u00a0"
MINUS = "\u2212"
LONGEST_TEXT = 40

Typed = str | int | float | Decimal


class Reason(StrEnum):
    """Why something typed is not a measure; the sentence for people is written where people are."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    TOO_MANY_DECIMALS = "too_many_decimals"
    TOO_BIG = "too_big"
    UNKNOWN_UNIT = "unknown_unit"
    BAD_MINUTES = "bad_minutes"


class MeasureError(ValueError):
    """What was typed is not a measure."""

    def __init__(self, reason: Reason, typed: object) -> None:
        self.reason = reason
        self.typed = str(typed).strip()[:LONGEST_TEXT]
        super().__init__(f"{reason}: {self.typed!r}")


class Rounding(StrEnum):
    """What to do with a fraction of the smallest unit."""

    REFUSE = "refuse"  # more was typed than can be measured: ask, do not guess
    HALF_UP = "half_up"  # to the nearest, halves up


@dataclass(frozen=True)
class Scale:
    """How a kind of measure is typed: its units, the one meant when none is written, the most believed."""

    units: Mapping[str, int]  # how many of the smallest unit one of each is
    default: str
    most: int
    rounding: Rounding = Rounding.REFUSE


GRAMS = Scale(
    units={"kg": 1000, "kilo": 1000, "kilos": 1000, "g": 1, "gr": 1, "t": 1_000_000},
    default="kg",
    most=100_000_000,
)
MILLILITRES = Scale(
    units={"l": 1000, "litre": 1000, "litres": 1000, "cl": 10, "ml": 1}, default="l", most=100_000_000
)
CENTS = Scale(units={"€": 100, "eur": 100, "euro": 100, "euros": 100}, default="€", most=1_000_000_000)
PIECES = Scale(units={"": 1}, default="", most=1_000_000)
MINUTES = Scale(
    units={"h": 60, "heure": 60, "heures": 60, "min": 1, "mn": 1, "minute": 1, "minutes": 1},
    default="h",
    most=1_000_000,
    rounding=Rounding.HALF_UP,  # 0,33 h is twenty minutes to everyone
)

# Thousands may be spaced, but only in true groups of three: "12 5" is a slip of the finger, not 125.
_WHOLE = r"[0-9]{1,3}(?: [0-9]{3})+|[0-9]+"
_NUMBER = re.compile(rf"(?P<whole>{_WHOLE})?(?:[,.](?P<decimals>[0-9]+))? ?(?P<unit>[^\W\d_]*|€)")
_CLOCK = re.compile(
    rf"(?P<hours>{_WHOLE}) ?(?:h|:) ?(?P<minutes>[0-9]{{2}}|[0-9](?= ?mi?n))(?::00| ?mi?n)?", re.IGNORECASE
)
_ONE_DIGIT_MINUTES = re.compile(r"[0-9 ]+[h:] ?[0-9]", re.IGNORECASE)
_SIGNED = re.compile(r"[-\u2212\u2013] ?[0-9,.]")
_SPACES = re.compile(r"\s+")


def parse_grams(typed: Typed) -> int:
    """Kilos unless another unit is written: "12,5", "1 900 kg", "250 g"."""
    return _parse(typed, GRAMS)


def parse_millilitres(typed: Typed) -> int:
    """Litres unless another unit is written: "100", "1,5 l", "75 cl"."""
    return _parse(typed, MILLILITRES)


def parse_cents(typed: Typed) -> int:
    """Euros: "12,50", "3 €"."""
    return _parse(typed, CENTS)


def parse_pieces(typed: Typed) -> int:
    """A whole number of jars, lids or people: "844", "1 900"."""
    return _parse(typed, PIECES)


def parse_minutes(typed: Typed) -> int:
    """A duration, in hours unless minutes are written: "14 h 30", "14:30", "14,5", "90 min"."""
    if not isinstance(typed, str):
        return _parse(typed, MINUTES)
    text = _tidy(typed)
    if clock := _CLOCK.fullmatch(text):
        hours, minutes = int(clock["hours"].replace(" ", "")), int(clock["minutes"])
        if minutes > 59:
            raise MeasureError(Reason.BAD_MINUTES, typed)
        return _believed(hours * 60 + minutes, MINUTES, typed)
    if _ONE_DIGIT_MINUTES.fullmatch(text):  # "1 h 5": five minutes, or half an hour?
        raise MeasureError(Reason.BAD_MINUTES, typed)
    return _parse(typed, MINUTES)


def _parse(typed: Typed, scale: Scale) -> int:
    if isinstance(typed, str):
        number, unit = _read(typed, scale)
    else:
        number, unit = _exact(typed), scale.default
    amount = number * scale.units[unit]
    if amount < 0:
        raise MeasureError(Reason.NEGATIVE, typed)
    return _believed(_whole(amount, scale.rounding, typed), scale, typed)


def _read(typed: str, scale: Scale) -> tuple[Decimal, str]:
    text = _tidy(typed)
    if not text:
        raise MeasureError(Reason.EMPTY, typed)
    if _SIGNED.match(text):
        raise MeasureError(Reason.NEGATIVE, typed)
    match = _NUMBER.fullmatch(text)
    if match is None or not (match["whole"] or match["decimals"]):
        raise MeasureError(Reason.NOT_A_NUMBER, typed)
    unit = match["unit"].lower() or scale.default
    if unit not in scale.units:
        raise MeasureError(Reason.UNKNOWN_UNIT, typed)
    whole = (match["whole"] or "0").replace(" ", "")
    return Decimal(f"{whole}.{match['decimals'] or '0'}"), unit


def _tidy(typed: str) -> str:
    """One plain space where people put any kind of space; absurdly long text is no number."""
    if len(typed) > 4 * LONGEST_TEXT or len(text := _SPACES.sub(" ", typed).strip()) > LONGEST_TEXT:
        raise MeasureError(Reason.NOT_A_NUMBER, typed)
    return text


def _exact(typed: int | float | Decimal) -> Decimal:
    """A number from a spreadsheet cell, freed from floating point noise (0.1 + 0.2 is 0.3)."""
    number = Decimal(repr(typed) if isinstance(typed, float) else typed)
    if isinstance(typed, bool) or not number.is_finite():
        raise MeasureError(Reason.NOT_A_NUMBER, typed)
    if number and not -12 < number.adjusted() < 12:
        raise MeasureError(Reason.TOO_BIG if number.adjusted() > 0 else Reason.TOO_MANY_DECIMALS, typed)
    return round(number, 9) if isinstance(typed, float) else number


def _whole(amount: Decimal, rounding: Rounding, typed: object) -> int:
    if rounding is Rounding.REFUSE and amount != amount.to_integral_value():
        raise MeasureError(Reason.TOO_MANY_DECIMALS, typed)
    return int(amount.to_integral_value(ROUND_HALF_UP))


def _believed(amount: int, scale: Scale, typed: object) -> int:
    if amount > scale.most:
        raise MeasureError(Reason.TOO_BIG, typed)
    return amount


def format_number(number: int | float | Decimal, *, decimals: int | None = None) -> str:
    """ "1 900", "3,5": comma, no-break spaces; `decimals` fixes how many, else only those that are needed."""
    exact = Decimal(repr(number) if isinstance(number, float) else number)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, fraction = f"{abs(exact):,f}".replace(",", NBSP).partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    sign = MINUS if exact < 0 else ""
    return f"{sign}{whole},{fraction}" if fraction else f"{sign}{whole}"


def format_grams(grams: int) -> str:
    """ "1 900 kg", "3,5 kg"."""
    return f"{format_number(_per(1000, grams))}{NBSP}kg"


def format_millilitres(millilitres: int) -> str:
    """ "100 litres", "1,5 litre": in French the plural begins at two."""
    unit = "litre" if abs(millilitres) < 2000 else "litres"
    return f"{format_number(_per(1000, millilitres))}{NBSP}{unit}"


def format_cents(cents: int) -> str:
    """ "12,50 €"."""
    return f"{format_number(_per(100, cents), decimals=2)}{NBSP}€"


def format_minutes(minutes: int) -> str:
    """ "14 h 30", "14 h", "30 min"."""
    hours, rest = divmod(abs(minutes), 60)
    sign = MINUS if minutes < 0 else ""
    if not hours and rest:
        return f"{sign}{rest}{NBSP}min"
    return f"{sign}{format_number(hours)}{NBSP}h" + (f"{NBSP}{rest:02}" if rest else "")


def format_percent(ratio: int | float | Decimal) -> str:
    """ "12,5 %" from 0.125: one decimal at most."""
    exact = Decimal(repr(ratio) if isinstance(ratio, float) else ratio) * 100
    return f"{format_number(exact.quantize(Decimal('0.1'), ROUND_HALF_UP))}{NBSP}%"


def _per(unit: int, amount: int) -> Decimal:
    return Decimal(amount) / unit
