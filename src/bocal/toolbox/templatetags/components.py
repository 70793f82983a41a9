"""The few tags behind `components/`: what an `{% include %}` alone cannot do.

`{% card %}…{% endcard %}` frames content; `table_rows` and `chip` draw what a list repeats; `form_sections`,
`field` and `widget` serve the forms, so that every field of Bocal carries its label, its help and its error the
same way.
"""

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from bocal.toolbox.forms import Section
from bocal.toolbox.lists import Cell, Column
from bocal.toolbox.templatetags.icons import draw_icon

register = template.Library()

ICON_OF_CHIP = {"ok": "check-lg", "wait": "hourglass-split", "no": "slash-circle", "hot": "bell"}
LONG_TEXT = 13

OPTIONAL = ' <span class="optional">{}</span>'
HELP = '<p class="help" id="{}_helptext">{}</p>'
WITH_UNIT = '<div class="with-unit">{}<span class="unit" aria-hidden="true">{}</span></div>'
CHOICES_FIELD = """<fieldset class="field choices"{told}{wrong}>
  <legend>{label}{optional}</legend>
  {help}
  {control}
  {error}
</fieldset>"""
CHECK_FIELD = """<div class="field check"{wrong}>
  {control}
  <label for="{id}">{label}</label>
  {help}
  {error}
</div>"""
PLAIN_FIELD = """<div class="field"{wrong}>
  <label for="{id}">{label}{optional}</label>
  {help}
  {control}
  {error}
</div>"""

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
def table_rows(rows: Sequence[Sequence[Cell]], columns: Sequence[Column]) -> SafeString:
    """The rows of a list. A function, not a template: a page of them has two hundred cells."""
    labels = [conditional_escape(str(column.label)) for column in columns]
    drawn = (
        "".join(
            _draw_cell(cell, column, label) for cell, column, label in zip(row, columns, labels, strict=True)
        )
        for row in rows
    )
    return mark_safe("\n".join(f'<tr role="row">{cells}</tr>' for cells in drawn))  # noqa: S308  escaped by cell


def _draw_cell(cell: Cell, column: Column, label: str) -> str:
    """One cell: on a phone it says which column it is of; a short one may stand beside others."""
    short = column.kind == "day" or len(cell.text) < LONG_TEXT
    classes = ' class="numeric"' if cell.numeric else ' class="short"' if short else ""
    shown: str = draw_chip(cell.chip.word, cell.chip.kind) if cell.chip else conditional_escape(cell.text)
    if cell.url:
        shown = f'<a href="{conditional_escape(cell.url)}">{shown}</a>'
    return f'<td role="cell"{classes} data-label="{label}">{shown}</td>'


@register.simple_tag(takes_context=True)
def chip(context: dict[str, Any]) -> SafeString:
    """The chip of `components/chip.html`, from the variables of that piece."""
    return draw_chip(context["word"], context.get("kind", ""), context.get("icon", ""))


def draw_chip(word: Any, kind: str = "", icon: str = "") -> SafeString:
    """A state in a word, with its colour and its shape."""
    drawing = icon or ICON_OF_CHIP.get(kind, "")
    return format_html(
        '<span class="chip{}">{}<span>{}</span></span>',
        f" {kind}" if kind else "",
        draw_icon(drawing) if drawing else "",
        word,
    )


@register.simple_tag(takes_context=True)
def field(context: dict[str, Any]) -> SafeString:
    """The field of `components/field.html`. A function, not a template: a page of a crew's hours has sixty."""
    return _draw_field(context["field"])


def _draw_field(field: BoundField) -> SafeString:
    parts = {
        "id": field.id_for_label,
        "label": field.label,
        "optional": "" if field.field.required else format_html(OPTIONAL, _("facultatif")),
        "help": format_html(HELP, field.auto_id, mark_safe(field.help_text)) if field.help_text else "",  # noqa: S308  our own
        "control": widget(field),
        "error": render_to_string("components/field_error.html", {"field": field}) if field.errors else "",
        "wrong": mark_safe(" data-error") if field.errors else "",
    }
    if field.use_fieldset:
        told = field.aria_describedby
        return format_html(
            CHOICES_FIELD, told=format_html(' aria-describedby="{}"', told) if told else "", **parts
        )
    if field.widget_type == "checkbox":
        return format_html(CHECK_FIELD, **parts)
    if unit := getattr(field.field, "unit", ""):
        parts["label"] = format_html('{}<span class="visually-hidden"> ({})</span>', field.label, unit)
        parts["control"] = format_html(WITH_UNIT, parts["control"], unit)
    return format_html(PLAIN_FIELD, **parts)


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
