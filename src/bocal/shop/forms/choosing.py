"""What a list of the form offers, said when the form is made."""

from typing import Any

from django import forms


def choose(form: forms.Form, name: str, choices: Any) -> None:
    """Offer these records in that list."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = choices
