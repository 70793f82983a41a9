"""An intervention by hand: what, when, where, with and for whom; then who came and what they said."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bocal.people.models import Organisation
from bocal.people.queries import houses, organisations
from bocal.programme.actions import UnableToCountAttendance, head_count
from bocal.programme.actions.interventions import MAY_BE_PUBLIC
from bocal.programme.models import LONGEST_WORD, MOST_HEADS, Attendance, Intervention
from bocal.programme.queries import known_partners, sites_used
from bocal.territory.forms import CommuneField
from bocal.territory.queries import list_groups
from bocal.toolbox.fields import CountField, DayField, PeriodMixin, TimeField
from bocal.toolbox.forms import ChangeForm, FilterForm, RecordForm
from bocal.toolbox.widgets import SuggestedInput

Band = Attendance.Band
LONGEST = {field.name: field.max_length for field in Intervention._meta.concrete_fields if field.max_length}


class InterventionFilterForm(PeriodMixin, FilterForm):
    """Which interventions to list."""

    kind = forms.ChoiceField(label=_("Type"), choices=[("", _("tous")), *Intervention.Kind.choices])
    status = forms.ChoiceField(label=_("État"), choices=[("", _("tous")), *Intervention.Status.choices])
    house = forms.ModelChoiceField(houses(), label=_("Structure"), empty_label=_("toutes"))
    commune = CommuneField(label=_("Commune"))
    group = forms.ModelChoiceField(list_groups(), label=_("Groupe"), empty_label=_("tous"))


def _lead_house(choices: QuerySet[Organisation]) -> "forms.ModelChoiceField[Organisation]":
    return forms.ModelChoiceField(
        choices, label=_("Structure référente"), required=False, empty_label=_("à préciser")
    )


def _shared_houses(choices: QuerySet[Organisation]) -> "forms.ModelMultipleChoiceField[Organisation]":
    return forms.ModelMultipleChoiceField(
        choices, label=_("Structures associées"), required=False, widget=forms.CheckboxSelectMultiple
    )


class _Particulars(ChangeForm):
    """What may be said of an intervention."""

    kind = forms.ChoiceField(label=_("Type"), choices=Intervention.Kind.choices)
    title = forms.CharField(
        label=_("Titre"),
        required=False,
        max_length=LONGEST["title"],
        help_text=_("Par exemple « Animation soupe ». Sans titre, c'est le type et le lieu qui s'affichent."),
    )
    day = DayField(label=_("Jour"))
    starts_at = TimeField(label=_("Début"), required=False)
    ends_at = TimeField(label=_("Fin"), required=False)
    commune = CommuneField(label=_("Commune"))
    site = forms.CharField(
        label=_("Lieu"),
        required=False,
        max_length=LONGEST["site"],
        widget=SuggestedInput(sites_used),
        help_text=_("Salle des fêtes, école, jardin partagé…"),
    )
    partner = forms.CharField(
        label=_("Partenaire ou client"),
        required=False,
        max_length=120,
        widget=SuggestedInput(lambda: known_partners().values_list("name", flat=True)),
        help_text=_("Commune, CCAS, association, ferme… Un nom nouveau est ajouté aux partenaires."),
    )
    lead_house = _lead_house(houses())
    houses = _shared_houses(houses())
    open_to_public = forms.BooleanField(label=_("Ouverte au public"), required=False, initial=True)
    free_of_charge = forms.BooleanField(
        label=_("Gratuite pour les participants"), required=False, initial=True
    )
    priority_neighbourhood = forms.BooleanField(label=_("En quartier prioritaire"), required=False)
    orienting_partner = forms.CharField(
        label=_("Public orienté par"),
        required=False,
        max_length=LONGEST["orienting_partner"],
        help_text=_("Qui a envoyé les participants : CCAS, Restos du Cœur, médecin…"),
    )
    layout = (
        (_("Quoi et quand"), ("kind", "title", "day", "starts_at", "ends_at", "held")),
        (_("Où"), ("commune", "site")),
        (_("Avec qui"), ("partner", "lead_house", "houses")),
        (_("Pour qui"), ("open_to_public", "free_of_charge", "priority_neighbourhood", "orienting_partner")),
        (_("La correction"), ("reason",)),
    )

    def clean(self) -> dict[str, Any]:
        """What only makes sense for some kinds is put aside for the others."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("kind") not in MAY_BE_PUBLIC:
            said["open_to_public"] = False
        if lead := said.get("lead_house"):
            said["houses"] = [house for house in said.get("houses", ()) if house != lead]
        return said


class NewInterventionForm(_Particulars, RecordForm):
    """A new intervention, to come or already held."""

    held = forms.BooleanField(label=_("Elle a déjà eu lieu"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        said["status"] = Intervention.Status.DONE if said.pop("held", False) else Intervention.Status.PLANNED
        return said


class InterventionForm(_Particulars):
    """An intervention already there, corrected; a structure that has left since stays possible."""

    lead_house = _lead_house(organisations(Organisation.Kind.HOUSE))
    houses = _shared_houses(organisations(Organisation.Kind.HOUSE))
    reason = forms.CharField(
        label=_("Pourquoi cette correction"),
        required=False,
        max_length=200,
        help_text=_("Gardé dans l'historique."),
    )


class CancelForm(ChangeForm):
    """Why an intervention does not take place."""

    reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=LONGEST["cancelled_reason"],
        help_text=_("Quelques mots : la météo, le camion en panne, trop peu d'inscrits…"),
    )


class AttendanceForm(ChangeForm):
    """How many came: in all, and by age where somebody noted it. Everything may be left blank."""

    total = CountField(
        label=_("Personnes, enfants compris"),
        required=False,
        max_value=MOST_HEADS,
    )
    children = CountField(label=_("Enfants"), required=False, max_value=MOST_HEADS)
    teenagers = CountField(label=_("Jeunes"), required=False, max_value=MOST_HEADS)
    adults = CountField(label=_("Adultes"), required=False, max_value=MOST_HEADS)
    seniors = CountField(label=_("Personnes âgées"), required=False, max_value=MOST_HEADS)

    layout = (
        (_("Combien en tout"), ("total",)),
        (_("Dont, si vous le savez"), ("children", "teenagers", "adults", "seniors")),
    )
    BANDS = (Band.CHILDREN, Band.TEENAGERS, Band.ADULTS, Band.SENIORS)

    @staticmethod
    def showing(counts: dict[str, int]) -> dict[str, int]:
        """The initial values of a count already made; people of unknown age only show in the total."""
        known = {band: heads for band, heads in counts.items() if band != Band.UNKNOWN}
        return known | ({"total": sum(counts.values())} if counts else {})

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                said["counts"] = head_count(
                    total=said["total"], bands={band: said[band] for band in self.BANDS}
                )
            except UnableToCountAttendance as refusal:
                self.add_refusal(refusal)
        return said


class EvaluationForm(RecordForm):
    """Three smileys, and what somebody said. The id is that of the word."""

    happy = CountField(label=_("Contents"), required=False, max_value=MOST_HEADS)
    neutral = CountField(label=_("Moyennement contents"), required=False, max_value=MOST_HEADS)
    unhappy = CountField(label=_("Pas contents"), required=False, max_value=MOST_HEADS)
    text = forms.CharField(
        label=_("Ce que quelqu'un a dit"),
        required=False,
        max_length=LONGEST_WORD,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sans nom. Revenez ici pour en ajouter une autre."),
    )
    may_be_quoted = forms.BooleanField(
        label=_("Cette personne est d'accord pour être citée, sans son nom"), required=False
    )
    layout = (
        (_("Combien de réponses de chaque"), ("happy", "neutral", "unhappy")),
        (_("Une parole d'habitant·e"), ("text", "may_be_quoted")),
    )
    SMILEYS = ("happy", "neutral", "unhappy")

    @property
    def smileys(self) -> dict[str, int] | None:
        """The counts; none when none was typed, a blank among others is zero. Only when the form is valid."""
        typed = {name: self.cleaned_data[name] for name in self.SMILEYS}
        if all(count is None for count in typed.values()):
            return None
        return {name: count or 0 for name, count in typed.items()}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and self.smileys is None and not said["text"]:
            self.add_error("happy", _("Comptez les réponses, ou écrivez une parole."))
        return said


class WordForm(ChangeForm):
    """What a resident said, corrected."""

    text = forms.CharField(
        label=_("Ce qui a été dit"), max_length=LONGEST_WORD, widget=forms.Textarea(attrs={"rows": 3})
    )
    may_be_quoted = forms.BooleanField(
        label=_("Cette personne est d'accord pour être citée, sans son nom"), required=False
    )
