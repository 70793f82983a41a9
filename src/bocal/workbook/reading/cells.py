"""One cell, cleaned: text without stray spaces, a number typed as text, a date however it was typed.

Each cleaner takes a cell and returns the clean value, or raises `Unclear` with a sentence that says what to
do. An empty cell is None; whether it may be empty is the column's business.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from bocal.craft.measures import (
    MeasureError,
    Reason,
    parse_cents,
    parse_grams,
    parse_millilitres,
    parse_minutes,
    parse_pieces,
)
from bocal.people.names import fold, tidy
from bocal.workbook.reading.files import Cell

FIRST_DAY = date(2000, 1, 1)
LONGEST_TEXT = 1000
MOST_PIECES = 9_999

_MONTHS = {
    month: number
    for number, months in enumerate(
        (
            ("janvier", "janv"), ("fevrier", "fevr", "fev"), ("mars",), ("avril", "avr"), ("mai",), ("juin",),
            ("juillet", "juil"), ("aout",), ("septembre", "sept"), ("octobre", "oct"), ("novembre", "nov"),
            ("decembre", "dec"),
        ),
        start=1,
    )
    for month in months
}  # fmt: skip
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})[/.\- ](?P<month>\d{1,2})[/.\- ](?P<year>\d{4}|\d{2})(?: 00:00(?::00)?)?"
)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})[/.\- ](?P<month>\d{1,2})[/.\- ](?P<day>\d{1,2})(?:[T ]00:00(?::00)?)?"
)
_IN_WORDS = re.compile(r"(?:[a-z]+ )?(?P<day>\d{1,2})(?:er)? (?P<month>[a-z]+) (?P<year>\d{4})")
_SERIAL_DAYS = range(36_526, 73_051)  # 2000 to 2099, as spreadsheets count days


class Unclear(ValueError):
    """A value that was not understood; `sentence` says what to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


Cleaner = Callable[[Cell], Any]


def shown(cell: Cell) -> str:
    """The value as a person sees it in the spreadsheet."""
    if cell.formula and cell.value is None:
        return cell.formula[:60]
    if isinstance(cell.value, datetime):
        return f"{cell.value:%d/%m/%Y}"
    return tidy(str(cell.value))[:60] if cell.value is not None else ""


def is_blank(cell: Cell) -> bool:
    """Nothing written: no value, no formula, or spaces only."""
    return not cell.formula and (cell.value is None or (isinstance(cell.value, str) and not tidy(cell.value)))


def refuse_errors(cell: Cell) -> None:
    """A formula in error, or never computed, says nothing."""
    if cell.kind == "e" or (
        isinstance(cell.value, str) and re.fullmatch(r"#[A-Z/0!?]{3,8}[!?]?", cell.value.strip())
    ):
        raise Unclear(_("la formule est en erreur : corrigez-la ou écrivez la valeur."))
    if cell.formula and cell.value is None:
        raise Unclear(
            _(
                "la formule n'a pas de résultat enregistré : ouvrez le classeur dans le tableur, "
                "enregistrez-le, et recommencez."
            )
        )


def text(cell: Cell) -> str:
    """Words, without doubled spaces."""
    if isinstance(cell.value, bool | datetime):
        raise Unclear(_("du texte est attendu ici."))
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    cleaned = tidy(str(value))
    if len(cleaned) > LONGEST_TEXT:
        raise Unclear(_("ce texte est trop long (1 000 signes au plus)."))
    return cleaned


def day(cell: Cell) -> date:
    """A date cell, a spreadsheet's day number, or a date typed as text, day first."""
    value = cell.value
    if isinstance(value, datetime):
        return _believable(value.date())
    if isinstance(value, date):
        return _believable(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if int(value) == value and int(value) in _SERIAL_DAYS:
            return date(1899, 12, 30) + timedelta(days=int(value))
        raise Unclear(_("ce n'est pas une date : écrivez-la comme 03/02/2018."))
    return _believable(_typed_day(str(value)))


def _typed_day(typed: str) -> date:
    cleaned = tidy(typed).lower()
    match = _DAY_FIRST.fullmatch(cleaned) or _YEAR_FIRST.fullmatch(cleaned)
    if match:
        month = int(match["month"])
    elif (match := _IN_WORDS.fullmatch(fold(typed).replace(",", ""))) and match["month"] in _MONTHS:
        month = _MONTHS[match["month"]]
    else:
        raise Unclear(_("ce n'est pas une date : écrivez-la comme 03/02/2018."))
    year = int(match["year"])
    try:
        return date(year + 2000 if year < 100 else year, month, int(match["day"]))
    except ValueError:
        raise Unclear(_("cette date n'existe pas : vérifiez le jour et le mois.")) from None


def _believable(found: date) -> date:
    if found < FIRST_DAY:
        raise Unclear(_("cette date est trop ancienne : vérifiez l'année."))
    if found.year >= 2100:
        raise Unclear(_("cette date est trop lointaine : vérifiez l'année."))
    return found


def grams(cell: Cell) -> int:
    """Kilos; what a formula computed is rounded to the gram."""
    return _measure(_rounded(cell), parse_grams)


def millilitres(cell: Cell) -> int:
    """Litres; what a formula computed is rounded to the millilitre."""
    return _measure(_rounded(cell), parse_millilitres)


def _rounded(cell: Cell) -> Cell:
    return replace(cell, value=round(cell.value, 3)) if isinstance(cell.value, float) else cell


def cents(cell: Cell) -> int:
    """Euros."""
    return _measure(cell, parse_cents)


def minutes_of_hours(cell: Cell) -> int:
    """Hours, as a number or as « 3 h 15 »; never more than a day."""
    minutes = _measure(cell, parse_minutes)
    if minutes > 24 * 60:
        raise Unclear(_("une personne ne peut pas faire plus de 24 h dans une journée : vérifiez la durée."))
    return minutes


def pieces(cell: Cell) -> int:
    """A whole number of people, jars or smileys."""
    count = _measure(cell, parse_pieces)
    if count > MOST_PIECES:
        raise Unclear(_("ce nombre est trop grand pour être vrai (9 999 au plus)."))
    return count


def whole_minutes(cell: Cell) -> int:
    """Minutes of the time currency, as a whole number."""
    return _measure(cell, parse_pieces)


_SENTENCES = {
    Reason.NEGATIVE: __("un nombre négatif n'a pas de sens ici : écrivez une quantité positive."),
    Reason.TOO_MANY_DECIMALS: __("ce nombre est trop précis pour ce qu'on mesure : arrondissez-le."),
    Reason.TOO_BIG: __("ce nombre est trop grand pour être vrai : vérifiez l'unité."),
    Reason.UNKNOWN_UNIT: __("cette unité n'est pas celle de la colonne : écrivez le nombre seul."),
    Reason.BAD_MINUTES: __("cette durée n'est pas claire : écrivez-la comme « 3 h 15 » ou « 3,25 »."),
}


def _measure(cell: Cell, parse: Callable[[Any], int]) -> int:
    value = cell.value
    if isinstance(value, bool | datetime | date) or not isinstance(value, str | int | float):
        raise Unclear(_("un nombre est attendu ici."))
    try:
        return parse(value)
    except MeasureError as error:
        sentence = _SENTENCES.get(error.reason) or _("ce n'est pas un nombre : écrivez-le comme « 12,5 ».")
        raise Unclear(str(sentence)) from None


def one_of(choices: Mapping[str, Any]) -> Cleaner:
    """One of the words of `choices`, however accented or capitalised; returns what it stands for."""
    folded = {fold(word): meaning for word, meaning in choices.items()}
    words = list(dict.fromkeys(choices))

    def clean(cell: Cell) -> Any:
        word = fold(text(cell))
        if word not in folded:
            raise Unclear(
                _("ce mot n'est pas connu : écrivez l'un de ceux-ci : %(words)s.")
                % {"words": ", ".join(words)}
            )
        return folded[word]

    return clean


def yes_or_no(cell: Cell) -> bool:
    """« oui » or « non »."""
    if isinstance(cell.value, bool):
        return cell.value
    answers: dict[str, bool] = {"oui": True, "non": False, "o": True, "n": False, "x": True}
    word = fold(text(cell))
    if word not in answers:
        raise Unclear(_("écrivez « oui » ou « non »."))
    return answers[word]
