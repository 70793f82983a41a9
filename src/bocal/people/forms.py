"""What people type about people: persons, trainings, organisations, accounts, roles and links."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bocal.parameters.queries import setting
from bocal.people import queries, roles
from bocal.people.catalogue import LINK_DAYS
from bocal.people.models import Organisation, Person, Training
from bocal.territory.forms import CommuneField
from bocal.territory.models import Place
from bocal.toolbox.fields import DayField
from bocal.toolbox.forms import ChangeForm, FilterForm, RecordForm

STATUSES = [choice for choice in Person.Status.choices if choice[0] != Person.Status.SYSTEM]
KNOWN = [("", _("on ne sait pas")), ("true", _("oui")), ("false", _("non"))]
REASON = _("Ce qui explique le changement, pour qui lira l'historique.")


def _reason() -> forms.CharField:
    return forms.CharField(label=_("Pourquoi"), required=False, max_length=200, help_text=REASON)


# --- The team -------------------------------------------------------------------------------------


class TeamFilterForm(FilterForm):
    """Whom to list: those in activity, unless one looks further."""

    name = forms.CharField(label=_("Nom"))
    house = forms.ModelChoiceField(queries.houses(), label=_("Structure"), empty_label=_("toutes"))
    status = forms.ChoiceField(label=_("Statut"), choices=[("", _("tous")), *STATUSES])
    trained = forms.ChoiceField(
        label=_("Formé·e à"), choices=[("", _("peu importe")), *Training.Subject.choices]
    )
    activity = forms.ChoiceField(
        label=_("Activité"),
        choices=[("", _("en activité")), ("gone", _("plus en activité")), ("all", _("tout le monde"))],
    )


class PersonFields(ChangeForm):
    """Who somebody is. `houses` are those the one who writes may choose among, and may have to."""

    name = forms.CharField(label=_("Prénom et nom"))
    status = forms.ChoiceField(label=_("Statut"), choices=STATUSES)
    house = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Structure"), empty_label=_("aucune"), required=False
    )
    email = forms.EmailField(label=_("Adresse e-mail"), required=False)
    phone = forms.CharField(
        label=_("Téléphone"), required=False, max_length=20, widget=forms.TextInput(attrs={"type": "tel"})
    )

    def __init__(
        self, *args: Any, houses: QuerySet[Organisation], must_choose: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        house = cast("forms.ModelChoiceField[Organisation]", self.fields["house"])
        house.queryset = houses
        house.required = must_choose


class PersonForm(RecordForm, PersonFields):
    """Somebody new."""


class CorrectPersonForm(PersonFields):
    """What can be corrected of a person, leaving included."""

    active = forms.BooleanField(
        label=_("En activité"),
        required=False,
        help_text=_("Sans cette coche, la personne ne peut plus entrer."),
    )
    reason = _reason()


class TrainingFields(ChangeForm):
    """What somebody was trained to, when, until when."""

    subject = forms.ChoiceField(label=_("Formé·e à"), choices=Training.Subject.choices)
    on = DayField(label=_("Le"))
    until = DayField(
        label=_("Valable jusqu'au"), required=False, help_text=_("Laissez vide si elle n'expire pas.")
    )


class TrainingForm(RecordForm, TrainingFields):
    """A training to note."""


class CorrectTrainingForm(TrainingFields):
    """One to correct, and why."""

    reason = _reason()


# --- Organisations --------------------------------------------------------------------------------


class OrganisationFields(ChangeForm):
    """An organisation; `kept` are the fields that mean something for its kind."""

    name = forms.CharField(label=_("Nom"))
    subtype = forms.CharField(label=_("Type"), required=False, max_length=60)
    commune = CommuneField(label=_("Commune"), required=False)
    organic = forms.TypedChoiceField(
        label=_("En bio"),
        choices=KNOWN,
        required=False,
        coerce=lambda typed: typed == "true",
        empty_value=None,
    )
    shelf = forms.ModelChoiceField(
        Place.objects.filter(kind=Place.Kind.SHELF).order_by("name", "id"),
        label=_("Étagère"),
        empty_label=_("aucune"),
        required=False,
        help_text=_("Où les pots de la structure sont déposés."),
    )
    siret = forms.CharField(label=_("SIRET"), required=False, max_length=20)
    email = forms.EmailField(label=_("Adresse e-mail"), required=False)
    phone = forms.CharField(
        label=_("Téléphone"), required=False, max_length=20, widget=forms.TextInput(attrs={"type": "tel"})
    )

    def __init__(
        self, *args: Any, kept: Collection[str], examples: str | Promise = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name in {"subtype", "commune", "organic", "shelf", "siret", "email", "phone"} - set(kept):
            del self.fields[name]
        if "subtype" in self.fields:
            self.fields["subtype"].help_text = str(examples)


class OrganisationForm(RecordForm, OrganisationFields):
    """A new one."""


class CorrectOrganisationForm(OrganisationFields):
    """What can be corrected, the end of the relation included."""

    active = forms.BooleanField(label=_("Toujours en relation"), required=False)
    reason = _reason()


# --- Access ---------------------------------------------------------------------------------------

ROLE_CHOICES = [(name, roles.ROLES[name].label) for name in roles.HELD]
LINK_CHOICES = [(name, roles.ROLES[name].label) for name in roles.BY_LINK]


class RoleForm(RecordForm):
    """A role, from when, until when, for which house."""

    role = forms.ChoiceField(label=_("Rôle"), choices=ROLE_CHOICES)
    house = forms.ModelChoiceField(
        queries.houses(),
        label=_("Structure"),
        empty_label=_("aucune"),
        required=False,
        help_text=_("Pour un·e référent·e alimentation."),
    )
    since = DayField(label=_("À partir du"), initial=timezone.localdate)
    until = DayField(
        label=_("Dernier jour"),
        required=False,
        help_text=_("La fin du contrat, par exemple. Vide : sans fin."),
    )


class OpenAccessForm(RoleForm):
    """An account for somebody the house knows, or for somebody new, with a first role."""

    person = forms.ModelChoiceField(
        queries.without_access(), label=_("Qui"), empty_label=_("quelqu'un de nouveau"), required=False
    )
    name = forms.CharField(
        label=_("Prénom et nom, si la personne est nouvelle"),
        required=False,
    )
    email = forms.EmailField(
        label=_("Adresse e-mail"), help_text=_("Bocal y envoie un code chaque fois que la personne entre.")
    )
    field_order = ["id", "person", "name", "email", "role", "house", "since", "until"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("person") and not cleaned.get("name"):
            self.add_error("person", _("Choisissez quelqu'un, ou écrivez le nom d'une personne nouvelle."))
        elif cleaned.get("person") and cleaned.get("name"):
            self.add_error("name", _("Choisissez quelqu'un ou écrivez un nom nouveau, pas les deux."))
        return cleaned


class AddressForm(ChangeForm):
    """The address that receives the code."""

    email = forms.EmailField(label=_("Adresse e-mail"))


class EndRoleForm(ChangeForm):
    """The last day of a role."""

    on = DayField(label=_("Dernier jour"), initial=timezone.localdate)


class LinkForm(RecordForm):
    """A link that reads, for somebody outside, until a day."""

    audience = forms.ChoiceField(label=_("Pour"), choices=LINK_CHOICES)
    label = forms.CharField(
        label=_("À qui vous le donnez"),
        help_text=_("Le nom de la personne ou du service : « DDPP, Mme Roche »."),
    )
    until = DayField(label=_("Valable jusqu'au"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        today = timezone.localdate()
        self.fields["until"].initial = today + timedelta(days=setting(LINK_DAYS.key, today))
