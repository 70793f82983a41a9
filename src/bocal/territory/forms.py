"""What people type about the ground: a commune in plain letters, a group, a place, the filters of the lists."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bocal.territory.actions import groups, places
from bocal.territory.models import Commune, CommuneGroup, Place
from bocal.territory.queries import (
    UnknownCommune,
    communes_of_epci,
    epcis_around,
    find_commune,
    names_to_type,
)
from bocal.toolbox.forms import FilterForm, RecordForm


class CommuneInput(forms.TextInput):
    """A box for the name of a commune; with JavaScript, names are offered while one types."""

    template_name = "territory/commune_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id') or name}-communes"
        context["widget"]["list_id"] = list_id
        context["widget"]["attrs"] |= {
            "list": list_id,
            "autocomplete": "off",
            "hx-get": reverse_lazy("territory:suggest"),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{list_id}",
            "hx-sync": "this:replace",
        }
        return context


class CommuneField(forms.CharField):
    """A commune, typed as people write it, cleaned to the `Commune`; what was typed stays in the box.

    `near` is a commune already known, set by the form that has one: among homonyms its department wins.
    """

    widget = CommuneInput

    def __init__(self, *, near: Commune | None = None, **options: Any) -> None:
        self.near = near
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return names_to_type([value])[value.code] if isinstance(value, Commune) else value

    def clean(self, value: Any) -> Commune | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return find_commune(typed, near=self.near)
        except UnknownCommune as refusal:
            raise ValidationError(list(refusal.sentences), code="unknown_commune") from refusal

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class CommuneFilterForm(FilterForm):
    """Which communes to list; the territory, unless one looks further."""

    name = forms.CharField(label=_("Nom, code postal ou code INSEE"))
    where = forms.ChoiceField(
        label=_("Où"),
        choices=[
            ("territory", _("le territoire")),
            ("around", _("et autour")),
            ("france", _("toute la France")),
        ],
    )
    epci = forms.ChoiceField(label=_("Intercommunalité"))
    group = forms.ModelChoiceField(
        CommuneGroup.objects.order_by("name"), label=_("Groupe"), empty_label=_("tous")
    )

    def __init__(self, data: Any, **options: Any) -> None:
        super().__init__(data, **options)
        _offer_epcis(self, _("toutes"))


class PlaceFilterForm(FilterForm):
    """Which places to list."""

    name = forms.CharField(label=_("Nom ou commune"))
    kind = forms.ChoiceField(label=_("Genre"), choices=[("", _("tous")), *Place.Kind.choices])
    service = forms.ChoiceField(
        label=_("Service"), choices=[("", _("tous")), ("in", _("en service")), ("out", _("hors service"))]
    )


class GroupForm(RecordForm):
    """A group: its name and where its list comes from."""

    name = forms.CharField(label=_("Nom du groupe"), max_length=groups.LONGEST_NAME)
    note = forms.CharField(
        label=_("D'où vient cette liste"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("La source et sa date, pour qui lira le rapport."),
    )


class AddToGroupForm(forms.Form):
    """One commune by its name, or all those of an intercommunalité at once."""

    commune = CommuneField(label=_("Une commune"), required=False)
    epci = forms.ChoiceField(label=_("Ou toute une intercommunalité"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer_epcis(self, _("aucune"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("commune") and not cleaned.get("epci"):
            self.add_error("commune", _("Écrivez une commune, ou choisissez une intercommunalité."))
        return cleaned

    @property
    def communes(self) -> list[Commune]:
        """All that was asked for. Only when the form is valid."""
        one = self.cleaned_data["commune"]
        return [*([one] if one else []), *communes_of_epci(self.cleaned_data["epci"])]


class ChangePlaceForm(RecordForm):
    """What can be corrected of a place."""

    name = forms.CharField(label=_("Nom du lieu"), max_length=places.LONGEST["name"])
    commune = CommuneField(label=_("Commune"), required=False)
    address = forms.CharField(label=_("Adresse"), required=False, max_length=places.LONGEST["address"])


class PlaceForm(ChangePlaceForm):
    """A new place. Its kind and whether it keeps jars apart are said once and for all."""

    kind = forms.ChoiceField(label=_("Genre"), choices=[("", "—"), *Place.Kind.choices])
    quarantine = forms.BooleanField(
        label=_("C'est une consigne : on y garde à part les pots qui ne sont pas libérés"), required=False
    )
    field_order = ["id", "name", "kind", "commune", "address", "quarantine"]


def _offer_epcis(form: forms.BaseForm, none_of_them: str | Promise) -> None:
    """The intercommunalités of today, read once for this form."""
    cast(forms.ChoiceField, form.fields["epci"]).choices = [("", none_of_them), *epcis_around()]
