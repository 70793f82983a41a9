"""What is typed into a form becomes a measure, a day or an hour, or a sentence that helps."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
import time_machine
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from bocal.craft.measures import NBSP, MeasureError, Reason
from bocal.toolbox.fields import (
    CountField,
    DayField,
    DurationField,
    EurosField,
    KilosField,
    LitresField,
    MeasureField,
    PeriodMixin,
    TimeField,
    sentence_about,
)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-24 10:00 +0000", tick=False):
        yield


def why(field: forms.Field, typed: object) -> str:
    """The sentence of a refusal."""
    with pytest.raises(ValidationError) as refusal:
        field.clean(typed)
    return " ".join(refusal.value.messages).replace(NBSP, " ")


@pytest.mark.parametrize(
    ("field", "typed", "value", "shown"),
    [
        (KilosField(), "12,5 kg", 12_500, "12,5"),
        (KilosField(), f"1{NBSP}900", 1_900_000, f"1{NBSP}900"),
        (LitresField(), "1,5", 1_500, "1,5"),
        (EurosField(), "3", 300, "3,00"),
        (DurationField(), "14h30", 870, f"14{NBSP}h{NBSP}30"),
        (DurationField(), "24", 1440, f"24{NBSP}h"),
        (CountField(), "9 999", 9_999, f"9{NBSP}999"),
        (CountField(), "0", 0, "0"),
    ],
)
def test_a_measure_is_read_kept_as_an_integer_and_shown_again(
    field: MeasureField, typed: str, value: int, shown: str
) -> None:
    assert field.clean(typed) == value
    assert field.prepare_value(value) == shown
    assert field.clean(shown) == value
    assert not field.has_changed(value, shown)
    assert field.prepare_value(typed) == typed


@pytest.mark.parametrize("kind", [KilosField, CountField, DayField, TimeField])
@pytest.mark.parametrize("typed", ["", "  ", None])
def test_nothing_typed_is_missing_or_nothing(kind: type[forms.Field], typed: str | None) -> None:
    assert "obligatoire" in why(kind(), typed)
    assert kind(required=False).clean(typed) is None


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (KilosField(), "-3", "« -3 » est plus petit que zéro. Écrivez un nombre positif."),
        (
            KilosField(),
            "beaucoup",
            "« beaucoup » n'est pas un nombre que Bocal comprend. Écrivez par exemple 12,5.",
        ),
        (KilosField(), "NaN", "« NaN » n'est pas un nombre que Bocal comprend. Écrivez par exemple 12,5."),
        (
            KilosField(),
            "1,2345",
            "« 1,2345 » a trop de chiffres après la virgule. Écrivez par exemple 12,5.",
        ),
        (
            KilosField(),
            "200000",
            "« 200000 », c'est trop pour être vrai. Vérifiez le nombre et son unité.",
        ),
        (KilosField(), "5 l", "Bocal ne connaît pas l'unité de « 5 l ». Écrivez par exemple 12,5."),
        (
            KilosField(max_value=60_000),
            "60,5",
            "60,5 kg, c'est trop : au plus 60 kg. Vérifiez le nombre et son unité.",
        ),
        (KilosField(min_value=1), "0", "C'est trop peu : il faut au moins 0,001 kg."),
        (
            DurationField(),
            "90",
            "90 h, c'est trop : au plus 24 h. Vérifiez le nombre et son unité.",
        ),
        (
            DurationField(),
            "1 h 75",
            "« 1 h 75 » n'est pas une durée. Écrivez les minutes avec deux chiffres, jusqu'à 59 : 14 h 05.",
        ),
        (
            CountField(),
            "10 000",
            "10 000, c'est plus que Bocal n'en croit : au plus 9 999. Vérifiez le nombre.",
        ),
        (CountField(), "2,5", "« 2,5 » a trop de chiffres après la virgule. Écrivez par exemple 12."),
        (CountField(min_value=1), "0", "C'est trop peu : il faut au moins 1."),
        (EurosField(), "1e3", "« 1e3 » n'est pas un nombre que Bocal comprend. Écrivez par exemple 12,50."),
        (
            DayField(),
            "31/02/2018",
            "« 31/02/2018 » n'est pas un jour du calendrier. Écrivez par exemple 03/02/2018.",
        ),
        (
            DayField(),
            "1917-11-07",
            "Le mercredi 7 novembre 1917 est trop loin : Bocal attend un jour entre le "
            "samedi 1er janvier 2000 et le mercredi 31 décembre 2031.",
        ),
        (
            DayField(),
            "20260-01-01",
            "« 20260-01-01 » n'est pas un jour du calendrier. Écrivez par exemple 03/02/2018.",
        ),
        (TimeField(), "25:00", "« 25:00 » n'est pas une heure. Écrivez par exemple 14 h 30."),
    ],
)
def test_a_refusal_repeats_what_was_typed_and_says_what_to_do(
    field: forms.Field, typed: str, sentence: str
) -> None:
    assert why(field, typed) == sentence


def test_every_reason_has_a_sentence_of_its_own() -> None:
    told = {sentence_about(MeasureError(reason, "12")) for reason in Reason}
    assert len(told) == len(Reason)


@given(st.text(max_size=50))
def test_anything_typed_is_cleaned_or_refused_in_words(typed: str) -> None:
    for field in (
        KilosField(),
        LitresField(),
        EurosField(),
        DurationField(),
        CountField(),
        DayField(),
        TimeField(),
    ):
        field.required = False
        try:
            field.clean(typed)
        except ValidationError as refusal:
            sentences = refusal.messages
            assert all(sentence.endswith(".") for sentence in sentences)


def test_markup_that_was_typed_is_shown_as_text() -> None:
    class Weighing(forms.Form):
        weight = KilosField()

    page = str(Weighing({"weight": '"><script>alert(1)</script>'}))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("typed", ["2018-02-03", "03/02/2018", "3.2.2018", date(2018, 2, 3)])
def test_a_day_is_read_from_the_calendar_or_as_people_write_it(typed: Any) -> None:
    assert DayField().clean(typed) == date(2018, 2, 3)


def test_the_first_and_the_last_day_believed_are_inside() -> None:
    assert DayField().clean("01/01/2000") == date(2000, 1, 1)
    assert DayField().clean("31/12/2031") == date(2031, 12, 31)


def test_the_browser_is_handed_a_day_and_an_hour_as_it_wants_them() -> None:
    class Visit(forms.Form):
        day = DayField()
        hour = TimeField()

    page = str(Visit({"day": "3/2/2018", "hour": "14 h 30"}))
    assert 'type="date" name="day" value="2018-02-03"' in page
    assert 'type="time" name="hour" value="14:30"' in page
    shown = str(Visit(initial={"day": date(2018, 2, 3), "hour": time(8, 5)}))
    assert 'value="2018-02-03"' in shown
    assert 'value="08:05"' in shown
    kept = str(Visit({"day": "hier", "hour": "midi"}))
    assert 'value="hier"' in kept
    assert 'value="midi"' in kept


class Season(PeriodMixin):
    """A period with something else."""

    word = forms.CharField(required=False)


def test_a_period_is_two_days_that_come_first() -> None:
    form = Season({"from": "2017-07-01", "to": "31/12/2018"})
    assert form.is_valid()
    assert list(form.fields) == ["from", "to", "word"]
    assert (form.cleaned_data["from"], form.cleaned_data["to"]) == (date(2017, 7, 1), date(2018, 12, 31))


def test_one_day_is_a_period_and_an_open_end_too() -> None:
    assert Season({"from": "2017-07-01", "to": "2017-07-01"}).is_valid()
    assert Season({"from": "2017-07-01"}).is_valid()


def test_a_period_turned_round_is_refused_with_both_days() -> None:
    form = Season({"from": "2018-12-31", "to": "2017-07-01"})
    assert form.errors["to"] == [
        "La période finit avant de commencer : du lundi 31 décembre 2018 au samedi 1er juillet 2017. "
        "Échangez les deux jours."
    ]
    assert "from" not in form.cleaned_data
