"""Form controls drawn by functions, character for character what Django's templates of these controls draw.

A page where a crew notes its hours holds hundreds of options; in templates each option is two includes, and such
a page spent most of its time there. A control that is not listed here keeps its template.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Control = Mapping[str, Any]  # what a widget gives to its template under the name `widget`


class FormRenderer(TemplatesSetting):
    """The renderer of every form: by a function where there is one, else by the template."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        if draw := DRAWN.get(template_name):
            return mark_safe(draw(context["widget"]).strip())  # noqa: S308  each function escapes what it is given
        return mark_safe(super().render(template_name, context, request))  # noqa: S308  a template, rendered


def _attributes(control: Control) -> str:
    return "".join(
        f" {conditional_escape(name)}" + ("" if value is True else f'="{_as_text(value)}"')
        for name, value in control["attrs"].items()
        if value is not False
    )


def _as_text(value: Any) -> str:
    """For a machine: a number keeps its figures together."""
    return conditional_escape(value if isinstance(value, SafeString) else str(value))


def _as_label(value: Any) -> str:
    """For people: a number is written their way."""
    return conditional_escape(localize(value))


def _input(control: Control) -> str:
    value = "" if control["value"] is None else f' value="{_as_text(control["value"])}"'
    name = conditional_escape(control["name"])
    return f'<input type="{control["type"]}" name="{name}"{value}{_attributes(control)}>\n'


def _suggested_input(control: Control) -> str:
    words = "".join(
        f'<option value="{conditional_escape(word)}"></option>' for word in control["suggestions"]
    )
    return f'{_input(control)}<datalist id="{conditional_escape(control["list_id"])}">{words}</datalist>'


def _textarea(control: Control) -> str:
    text = _as_label(control["value"]) if control["value"] else ""
    return (
        f'<textarea name="{conditional_escape(control["name"])}"{_attributes(control)}>\n{text}</textarea>\n'
    )


def _select(control: Control) -> str:
    groups = "".join(_group_of_select(name, options) for name, options, _rank in control["optgroups"])
    return f'<select name="{conditional_escape(control["name"])}"{_attributes(control)}>{groups}\n</select>\n'


def _group_of_select(name: Any, options: Iterable[Control]) -> str:
    drawn = "".join(f"\n  {_draw(option)}" for option in options)
    return f'\n  <optgroup label="{_as_label(name)}">{drawn}\n  </optgroup>' if name else drawn


def _select_option(control: Control) -> str:
    value = _as_text(control["value"])
    return f'<option value="{value}"{_attributes(control)}>{_as_label(control["label"])}</option>\n'


def _choices(control: Control) -> str:
    """Radios or boxes to tick, each in its label."""
    id, classes = control["attrs"].get("id"), control["attrs"].get("class")
    opening = (f' id="{_as_label(id)}"' if id else "") + (f' class="{_as_label(classes)}"' if classes else "")
    groups = "".join(_group_of_choices(name, options) for name, options, _rank in control["optgroups"])
    return f"<div{opening}>{groups}\n</div>"


def _group_of_choices(name: Any, options: Iterable[Control]) -> str:
    drawn = "".join(f"<div>\n    {_draw(option)}</div>" for option in options)
    return f"\n  <div><label>{_as_label(name)}</label>{drawn}\n  </div>" if name else drawn


def _input_option(control: Control) -> str:
    if not control["wrap_label"]:
        return f"{_input(control)}\n\n"
    id = control["attrs"].get("id")
    names = f' for="{_as_label(id)}"' if id else ""
    return f"<label{names}>{_input(control)} {_as_label(control['label'])}</label>\n\n"


def _draw(option: Control) -> str:
    """One option among several, by its function or by a template of its own."""
    draw = DRAWN.get(option["template_name"])
    return draw(option) if draw else render_to_string(option["template_name"], {"widget": option})


WIDGETS = "django/forms/widgets"
DRAWN: Mapping[str, Callable[[Control], str]] = {
    **{
        f"{WIDGETS}/{kind}.html": _input
        for kind in ("input", "text", "number", "email", "url", "hidden", "date", "time", "checkbox")
    },
    f"{WIDGETS}/textarea.html": _textarea,
    f"{WIDGETS}/select.html": _select,
    f"{WIDGETS}/select_option.html": _select_option,
    f"{WIDGETS}/radio.html": _choices,
    f"{WIDGETS}/checkbox_select.html": _choices,
    f"{WIDGETS}/radio_option.html": _input_option,
    f"{WIDGETS}/checkbox_option.html": _input_option,
    "widgets/suggested_input.html": _suggested_input,
}
