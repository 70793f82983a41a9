"""Hours by hand: a whole team at once, one's own, one entry corrected; and the filters of the list."""

import difflib
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.people.models import Person
from bocal.people.names import fold
from bocal.people.queries import houses
from bocal.programme.models import Hours
from bocal.programme.queries import HoursState
from bocal.toolbox.fields import DayField, DurationField, PeriodMixin
from bocal.toolbox.forms import ChangeForm, FilterForm, RecordForm, RowForm, Rows, rows_of
from bocal.toolbox.refusals import Refused

Task, Nature, Status = Hours.Task, Hours.Nature, Person.Status

NATURE_OF = {
    Status.VOLUNTEER: Nature.VOLUNTEER,
    Status.ACCORDEUR: Nature.CREDITED,
    Status.EMPLOYEE: Nature.PAID,
    Status.PARTICIPANT: Nature.PARTICIPANT,
}
ELSEWHERE = "elsewhere"  # hours that hang on no intervention
PEOPLE_LIST = "people"  # the id of the list of names that all rows share

MISSING_DURATION = gettext_lazy("Il manque la durée : ici, ou une fois pour toutes au-dessus.")


class HoursFilterForm(PeriodMixin, FilterForm):
    """Which hours to list."""

    name = forms.CharField(label=gettext_lazy("Personne"), max_length=60)
    house = forms.ModelChoiceField(
        houses(), label=gettext_lazy("Structure"), empty_label=gettext_lazy("toutes")
    )
    nature = forms.ChoiceField(
        label=gettext_lazy("Nature"), choices=[("", gettext_lazy("toutes")), *Nature.choices]
    )
    task = forms.ChoiceField(
        label=gettext_lazy("Tâche"), choices=[("", gettext_lazy("toutes")), *Task.choices]
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Confirmation"), choices=[("", gettext_lazy("toutes")), *HoursState.choices]
    )


class SharedHoursForm(ChangeForm):
    """What the lines below share, unless they say otherwise; the day, when no intervention gives it."""

    day = DayField(label=gettext_lazy("Jour"))
    minutes = DurationField(
        label=gettext_lazy("Durée pour tout le monde"),
        required=False,
        min_value=1,
    )
    task = forms.ChoiceField(label=gettext_lazy("Tâche"), choices=Task.choices, initial=Task.WORKSHOP)


class HoursRow(RowForm):
    """One person of the team. Only the name is needed; the rest comes from above, or from the person."""

    person = forms.CharField(
        label=gettext_lazy("Nom"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": PEOPLE_LIST, "autocomplete": "off"}),
    )
    minutes = DurationField(label=gettext_lazy("Durée"), required=False, min_value=1)
    task = forms.ChoiceField(
        label=gettext_lazy("Tâche"),
        required=False,
        choices=[("", gettext_lazy("comme ci-dessus")), *Task.choices],
    )
    nature = forms.ChoiceField(
        label=gettext_lazy("Nature"),
        required=False,
        choices=[("", gettext_lazy("selon la personne")), *Nature.choices],
    )

    def __init__(self, *args: Any, people: Mapping[str, Person], **options: Any) -> None:
        self.people = people
        super().__init__(*args, **options)

    def clean_person(self) -> Person:
        typed = self.cleaned_data["person"]
        if known := self.people.get(fold(typed)):
            return known
        raise ValidationError(_unknown_person(typed, self.people), code="unknown_person")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if "person" in said and not said.get("nature"):
            said["nature"] = NATURE_OF[Status(said["person"].status)]
        return said


def hours_rows(people: Mapping[str, Person], data: QueryDict | None = None) -> Rows:
    """The lines of a team, among these people (by search name)."""
    rows = rows_of(HoursRow, prefix="team", data=data, extra=4)
    rows.form_kwargs = {"people": people}
    return rows


def complete_rows(rows: Rows, shared: Mapping[str, Any]) -> list[tuple[HoursRow, dict[str, Any]]]:
    """The lines somebody filled, each with what it leaves to the shared part. Nothing when one of them is refused."""
    filled = [row for row in rows.forms if row.has_changed()]
    for row in filled:
        if not (row.cleaned_data["minutes"] or shared["minutes"]):
            row.add_error("minutes", MISSING_DURATION)
    if not filled:
        rows.add_refusal(Refused(_("Écrivez au moins un nom.")))
    if any(row.errors for row in filled):
        return []
    return [(cast(HoursRow, row), _completed(row.cleaned_data, shared)) for row in filled]


def _completed(line: dict[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    return line | {name: line[name] or shared[name] for name in ("minutes", "task")}


class CorrectHoursForm(ChangeForm):
    """One entry, corrected."""

    day = DayField(label=gettext_lazy("Jour"))
    minutes = DurationField(label=gettext_lazy("Durée"), min_value=1)
    task = forms.ChoiceField(label=gettext_lazy("Tâche"), choices=Task.choices)
    nature = forms.ChoiceField(label=gettext_lazy("Nature"), choices=Nature.choices)
    reason = forms.CharField(
        label=gettext_lazy("Pourquoi cette correction"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Gardé dans l'historique."),
    )


class WithdrawForm(ChangeForm):
    """Why hours are taken out."""

    reason = forms.CharField(
        label=gettext_lazy("Pourquoi les retirer"),
        max_length=200,
        help_text=gettext_lazy("Par exemple : notées deux fois. Elles restent dans l'historique."),
    )


class MyHoursForm(RecordForm):
    """My own hours: at an intervention, or on a day of mine."""

    intervention = forms.ChoiceField(label=gettext_lazy("Où"), widget=forms.RadioSelect)
    day = DayField(label=gettext_lazy("Quel jour, si c'est autre chose"), required=False)
    minutes = DurationField(label=gettext_lazy("Durée"), min_value=1)
    task = forms.ChoiceField(label=gettext_lazy("Tâche"), choices=Task.choices)
    nature = forms.ChoiceField(label=gettext_lazy("Comment les compter"))

    def __init__(
        self, *args: Any, person: Person, interventions: Mapping[str, str], today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        where, how = (cast(forms.ChoiceField, self.fields[name]) for name in ("intervention", "nature"))
        where.choices = [
            *interventions.items(),
            (ELSEWHERE, _("Autre chose : réunion, boutique, nettoyage…")),
        ]
        where.initial = next(iter(interventions), ELSEWHERE)
        self.fields["day"].initial = today
        mine = NATURE_OF[Status(person.status)]
        allowed = [Nature.CREDITED, Nature.VOLUNTEER] if mine == Nature.CREDITED else [mine]
        how.choices = [(nature.value, nature.label) for nature in allowed]
        if len(allowed) == 1:
            how.widget, how.initial = forms.HiddenInput(), mine

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("intervention") == ELSEWHERE and not said.get("day") and "day" not in self.errors:
            self.add_error("day", _("Dites de quel jour sont ces heures."))
        return said


def _unknown_person(typed: str, people: Mapping[str, Person]) -> str:
    close = difflib.get_close_matches(fold(typed), people, n=2, cutoff=0.6)
    names = _(" ou ").join(people[name].name for name in close)
    if names:
        return _("Bocal ne connaît personne du nom de « %(typed)s ». Vouliez-vous dire %(names)s ?") % {
            "typed": typed,
            "names": names,
        }
    return _("Bocal ne connaît personne du nom de « %(typed)s ». Ajoutez d'abord sa fiche dans Équipe.") % {
        "typed": typed
    }
