"""Form fields for what people type in a kitchen: kilos, litres, euros, durations, counts, days, hours.

Each gives back the integer of the smallest unit (or a day, or an hour) and shows it again the French way.
A refusal repeats what was typed and says what would be understood.
"""

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft import measures
from bocal.craft.measures import MeasureError, Reason
from bocal.toolbox import times

FIRST_DAY = date(2000, 1, 1)
YEARS_AHEAD = 5

_REASONS: Mapping[Reason, str | Promise] = {
    Reason.EMPTY: gettext_lazy("Il manque un nombre."),
    Reason.NOT_A_NUMBER: gettext_lazy(
        "« %(typed)s » n'est pas un nombre que Bocal comprend. Écrivez par exemple %(example)s."
    ),
    Reason.NEGATIVE: gettext_lazy("« %(typed)s » est plus petit que zéro. Écrivez un nombre positif."),
    Reason.TOO_MANY_DECIMALS: gettext_lazy(
        "« %(typed)s » a trop de chiffres après la virgule. Écrivez par exemple %(example)s."
    ),
    Reason.TOO_BIG: gettext_lazy(
        "« %(typed)s », c'est trop pour être vrai. Vérifiez le nombre et son unité."
    ),
    Reason.UNKNOWN_UNIT: gettext_lazy(
        "Bocal ne connaît pas l'unité de « %(typed)s ». Écrivez par exemple %(example)s."
    ),
    Reason.BAD_MINUTES: gettext_lazy(
        "« %(typed)s » n'est pas une durée. Écrivez les minutes avec deux chiffres, jusqu'à 59 : 14 h 05."
    ),
}


def sentence_about(error: MeasureError, example: str = "12,5") -> str:
    """Why what was typed is not a measure, for people."""
    return str(_REASONS[error.reason]) % {"typed": error.typed, "example": example}


class MeasureField(forms.Field):
    """A number with a unit. Subclasses name the unit, how to read it and how to write it."""

    widget = forms.TextInput
    parse: Callable[[measures.Typed], int]
    unit: str | Promise = ""  # shown beside the box
    example = "12,5"
    most: int

    def __init__(self, *, min_value: int = 0, max_value: int | None = None, **options: Any) -> None:
        self.min_value = min_value
        self.max_value = self.most if max_value is None else max_value
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off", "size": "10"}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return type(self).parse(value)
        except MeasureError as error:
            raise ValidationError(sentence_about(error, self.example), code=error.reason.value) from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if value > self.max_value:
            raise ValidationError(self.too_big(value), code="too_big")
        if value < self.min_value:
            raise ValidationError(
                _("C'est trop peu : il faut au moins %(least)s.") % {"least": self.say(self.min_value)},
                code="too_small",
            )

    def too_big(self, value: int) -> str:
        return _("%(typed)s, c'est trop : au plus %(most)s. Vérifiez le nombre et son unité.") % {
            "typed": self.say(value),
            "most": self.say(self.max_value),
        }

    def prepare_value(self, value: Any) -> Any:
        """A stored integer is shown as it would be typed; what somebody typed is left as it is."""
        return self.write(value) if isinstance(value, int) else value

    def say(self, value: int) -> str:
        """The value in a sentence, with its unit."""
        return f"{self.write(value)}{measures.NBSP}{self.unit}"

    def write(self, value: int) -> str:
        """The value as people type it, without its unit."""
        raise NotImplementedError


class KilosField(MeasureField):
    """Kilos typed, grams given."""

    parse = staticmethod(measures.parse_grams)
    unit = "kg"
    most = measures.GRAMS.most

    def write(self, value: int) -> str:
        return measures.format_number(Decimal(value) / 1000)


class LitresField(MeasureField):
    """Litres typed, millilitres given."""

    parse = staticmethod(measures.parse_millilitres)
    unit = gettext_lazy("litres")
    most = measures.MILLILITRES.most

    def write(self, value: int) -> str:
        return measures.format_number(Decimal(value) / 1000)


class EurosField(MeasureField):
    """Euros typed, cents given."""

    parse = staticmethod(measures.parse_cents)
    unit = "€"
    example = "12,50"
    most = measures.CENTS.most

    def write(self, value: int) -> str:
        return measures.format_number(Decimal(value) / 100, decimals=2)


class DurationField(MeasureField):
    """Hours typed in any of the usual ways, minutes given; at most a day unless told otherwise."""

    parse = staticmethod(measures.parse_minutes)
    example = f"14{measures.NBSP}h{measures.NBSP}30"
    most = 24 * 60

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {
            **super().widget_attrs(widget),
            "inputmode": "text",  # the decimal keyboard of phones has no "h"
            "placeholder": f"3{measures.NBSP}h{measures.NBSP}30",
        }

    def say(self, value: int) -> str:
        return self.write(value)

    def write(self, value: int) -> str:
        return measures.format_minutes(value)


class CountField(MeasureField):
    """A whole number of people or things, up to 9 999."""

    parse = staticmethod(measures.parse_pieces)
    example = "12"
    most = 9999

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "numeric"}

    def too_big(self, value: int) -> str:
        return _("%(typed)s, c'est plus que Bocal n'en croit : au plus %(most)s. Vérifiez le nombre.") % {
            "typed": self.say(value),
            "most": self.say(self.max_value),
        }

    def say(self, value: int) -> str:
        return self.write(value)

    def write(self, value: int) -> str:
        return measures.format_number(value)


class DayField(forms.Field):
    """A day, from the browser's calendar or typed as 03/02/2018, between 2000 and five years from now."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        if not (text := str(value).strip()):
            return None
        try:
            return times.parse_day(text)
        except ValueError as error:
            raise ValidationError(
                _("« %(typed)s » n'est pas un jour du calendrier. Écrivez par exemple 03/02/2018.")
                % {"typed": text[:40]},
                code="not_a_day",
            ) from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        last = last_day()
        if not FIRST_DAY <= value <= last:
            raise ValidationError(
                _("Le %(day)s est trop loin : Bocal attend un jour entre le %(first)s et le %(last)s.")
                % {
                    "day": times.say_day(value),
                    "first": times.say_day(FIRST_DAY),
                    "last": times.say_day(last),
                },
                code="too_far",
            )

    def prepare_value(self, value: Any) -> Any:
        """What was typed another way is handed back as the calendar of the browser wants it."""
        if not isinstance(value, str):
            return value
        try:
            return times.parse_day(value).isoformat()
        except ValueError:
            return value


class TimeField(forms.Field):
    """An hour of the day: 14:30 from the browser, or 14 h 30, 14h."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        if not (text := str(value).strip()):
            return None
        try:
            return times.parse_hour(text)
        except ValueError as error:
            raise ValidationError(
                _("« %(typed)s » n'est pas une heure. Écrivez par exemple 14 h 30.") % {"typed": text[:40]},
                code="not_an_hour",
            ) from error

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return f"{times.parse_hour(value):%H:%M}"
        except ValueError:
            return value


class PeriodMixin(forms.Form):
    """Two days, `from` and `to`, both included; a period turned round is refused, naming both."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        ends = {
            "from": DayField(label=_("Du"), required=False),
            "to": DayField(label=_("au"), required=False),
        }
        self.fields = {**ends, **self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and last < first:
            self.add_error(
                "to",
                _("La période finit avant de commencer : du %(first)s au %(last)s. Échangez les deux jours.")
                % {"first": times.say_day(first), "last": times.say_day(last)},
            )
            cleaned.pop("from")  # half of a period turned round means nothing
        return cleaned


def last_day() -> date:
    """The last day Bocal believes in: the thirty-first of December, five years from now."""
    return date(timezone.localdate().year + YEARS_AHEAD, 12, 31)
