"""The few tags behind `components/`: what an `{% include %}` alone cannot do.

`{% card %}…{% endcard %}` frames content; `form_sections` and `widget` serve `components/form.html` and
`components/field.html`, so that every field of Bocal carries its label, its help and its error the same way.
"""

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from bocal.toolbox.forms import Section

register = template.Library()

BOOTSTRAP_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.RadioSelect, ""),  # radios are selects for Django: before them
    (forms.CheckboxSelectMultiple, ""),
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.SelectMultiple, "form-select"),
    (forms.Widget, "form-control"),
)


@register.simple_block_tag
def card(
    content: str, title: str = "", id: str = "", link: str = "", link_label: str = "", kind: str = ""
) -> str:
    """A card with its title: `{% card title=_("Cette semaine") %}…{% endcard %}`.

    `id` names its heading (for links within the page), `link` and `link_label` stand at the right of the
    title, `kind` adds a class: "ok", "wait" or "no" colours its edge, "quiet" takes its surface away.
    """
    context = {
        "content": content,
        "title": title,
        "id": id,
        "link": link,
        "link_label": link_label,
        "kind": kind,
    }
    return render_to_string("components/card.html", context)


@register.simple_tag
def form_sections(form: forms.BaseForm) -> list[Section]:
    """The visible fields by section; a form that has none (allauth's) is one section without title."""
    sections: list[Section] | None = getattr(form, "sections", None)
    return [Section("", form.visible_fields())] if sections is None else sections


@register.simple_tag
def under_columns(row: Sequence[Any], columns: Sequence[Any]) -> list[tuple[Any, Any]]:
    """The cells of a row, each with its column: on a phone a cell says which one it is."""
    return list(zip(columns, row, strict=True))


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """The control itself, with the classes of the theme; the first one in error takes the focus."""
    attrs: dict[str, str | bool] = {}
    if classes := _classes(field.field.widget):
        attrs["class"] = " ".join(filter(None, [field.field.widget.attrs.get("class"), classes]))
    if field.errors and _first_in_error(field.form) == field.name:
        attrs["autofocus"] = True
    return mark_safe(field.as_widget(attrs=attrs))  # noqa: S308  Django's own rendering


def _classes(control: forms.Widget) -> str:
    return next(classes for kind, classes in BOOTSTRAP_CLASSES if isinstance(control, kind))


def _first_in_error(form: forms.BaseForm) -> str | None:
    in_order = [field for section in form_sections(form) for field in section.fields]
    return next((field.name for field in in_order if field.errors), None)
