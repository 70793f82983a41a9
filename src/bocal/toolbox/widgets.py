"""Controls that Django lacks: a box that offers words already used, where anything else may be typed."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms


class SuggestedInput(forms.TextInput):
    """A text box with suggestions. `suggestions` is asked each time the form is drawn, and only then."""

    template_name = "widgets/suggested_input.html"  # drawn by `toolbox.drawing`

    def __init__(self, suggestions: Callable[[], Iterable[str]], attrs: dict[str, Any] | None = None) -> None:
        self.suggestions = suggestions
        super().__init__({"autocomplete": "off", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id') or name}-suggestions"
        context["widget"]["attrs"]["list"] = list_id
        context["widget"] |= {"list_id": list_id, "suggestions": list(self.suggestions())}
        return context
