"""What the functions draw is what Django's own templates draw, to the letter."""

import datetime
from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting

from bocal.toolbox.drawing import DRAWN, FormRenderer
from bocal.toolbox.fields import DayField
from bocal.toolbox.widgets import SuggestedInput

CHOICES: list[Any] = [
    ("", "---------"),
    ("Légumes <frais>", [(1, "Courges & potirons"), ("o'k", 'dit "vert"')]),
    (1234, 1234),
]
ATTRS = {"id": "id_x", "class": 'a "b"', "required": True, "disabled": False, "maxlength": 12345}
HOSTILE = "<script>alert('é & \"')</script>"
TEXTS = (
    forms.TextInput,
    forms.NumberInput,
    forms.EmailInput,
    forms.URLInput,
    forms.HiddenInput,
    forms.Textarea,
)

CONTROLS: list[tuple[forms.Widget, Any]] = [
    *[
        (kind(), value)
        for kind in TEXTS
        for value in (None, "", HOSTILE, 1234, 0)
    ],
    *[(kind(), value) for kind in (forms.DateInput, forms.TimeInput) for value in (None, "junk")],
    (forms.DateInput(format="%Y-%m-%d"), datetime.date(2026, 11, 24)),
    (forms.TimeInput(format="%H:%M"), datetime.time(8, 30)),
    (DayField().widget, datetime.date(2026, 11, 24)),
    *[(forms.CheckboxInput(), value) for value in (None, True, False, "yes")],
    *[
        (kind(choices=CHOICES), value)
        for kind in (forms.Select, forms.RadioSelect)
        for value in (None, "1", "o'k", 1234)
    ],
    (forms.NullBooleanSelect(), True),
    *[
        (kind(choices=CHOICES), value)
        for kind in (forms.SelectMultiple, forms.CheckboxSelectMultiple)
        for value in (None, ["1", "o'k"])
    ],
]  # fmt: skip


@pytest.mark.parametrize("attrs", [{}, ATTRS], ids=["plain", "attributes"])
@pytest.mark.parametrize(("control", "value"), CONTROLS, ids=lambda part: type(part).__name__)
def test_a_control_is_drawn_as_its_template_draws_it(
    control: forms.Widget, value: Any, attrs: dict[str, Any]
) -> None:
    assert control.template_name in DRAWN
    by_template = control.render("x<y", value, attrs, TemplatesSetting())

    assert control.render("x<y", value, attrs, FormRenderer()) == by_template


def test_suggestions_stand_beside_their_box() -> None:
    html = SuggestedInput(lambda: ["courge", HOSTILE]).render("what", "pot", {"id": "id_what"})

    assert 'list="id_what-suggestions"' in html
    assert (
        '<datalist id="id_what-suggestions"><option value="courge"></option><option value="&lt;script' in html
    )
    assert "<script" not in html


def test_a_control_without_function_keeps_its_template() -> None:
    html = forms.ClearableFileInput().render("photo", None, {}, FormRenderer())

    assert forms.ClearableFileInput.template_name not in DRAWN
    assert html == '<input type="file" name="photo">'
