"""What a reader of figures may ask: a period, a structure, a commune or a group of communes."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from bocal.craft.figures import Period
from bocal.impact.leaflet.texts import PLACES, TextPlace, lines_of
from bocal.impact.queries import Choices, Scope, common_communes
from bocal.toolbox.forms import FilterForm, PeriodMixin, RecordForm


class _Among(forms.ChoiceField):
    """One of the choices, or none: then everything is let through."""

    default_error_messages = {"invalid_choice": _("« %(value)s » n'est pas dans la liste.")}

    def __init__(self, label: Any, all_of_them: Any, pairs: Callable[[], list[tuple[str, str]]]) -> None:
        super().__init__(label=label, choices=lambda: [("", all_of_them), *pairs()], required=False)


class ScopeForm(PeriodMixin, FilterForm):
    """The filters of *Chiffres*; without a period, the year so far."""

    def __init__(self, data: QueryDict | Mapping[str, Any], *, today: date, choices: Choices) -> None:
        self.today = today
        super().__init__(data)
        self.choices = choices
        self.fields["house"] = _Among(_("Structure"), _("toutes"), lambda: choices.houses)
        self.fields["commune"] = _Among(_("Commune"), _("toutes"), lambda: choices.communes)
        self.fields["group"] = _Among(_("Groupe de communes"), _("tous"), lambda: choices.groups)

    def visible_fields(self) -> list[BoundField]:
        """Without groups, there is nothing to choose among."""
        return [field for field in super().visible_fields() if field.name != "group" or self.choices.groups]

    @property
    def period(self) -> Period:
        """The days asked for; an end left open is the first of January, or today."""
        asked = self.values
        last = asked.get("to") or max(self.today, asked.get("from") or self.today)
        first = asked.get("from") or last.replace(month=1, day=1)
        return Period(first, last)

    @cached_property
    def scope(self) -> Scope:
        """The period and the filters, as the queries read them."""
        asked = self.values
        house, commune, group = asked.get("house"), asked.get("commune"), asked.get("group")
        return Scope(
            self.period,
            frozenset({UUID(house)}) if house else None,
            common_communes([commune] if commune else [], [UUID(group)] if group else []),
        )


class _TextField(forms.CharField):
    """One text of the leaflet, no longer than its place."""

    def __init__(self, place: TextPlace) -> None:
        self.most_lines = place.most_lines
        widget = forms.Textarea(attrs={"rows": place.rows}) if place.rows > 1 else forms.TextInput()
        super().__init__(
            label=place.label, help_text=place.help, max_length=place.longest, required=False, widget=widget
        )

    def validate(self, value: str) -> None:
        super().validate(value)
        lines = lines_of(value)
        if self.most_lines is not None and len(lines) > self.most_lines:
            raise forms.ValidationError(
                _("%(typed)d lignes : il y a de la place pour %(most)d."),
                code="too_many_lines",
                params={"typed": len(lines), "most": self.most_lines},
            )


class TextsForm(RecordForm):
    """The texts of the leaflet, one box a place; a box left empty goes back to the text Bocal came with."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for slug, place in PLACES.items():
            self.fields[slug] = _TextField(place)
