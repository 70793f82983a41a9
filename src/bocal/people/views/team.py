"""Équipe: who is here, what each was trained to, and the page of one person for those who may see it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bocal.parameters.queries import setting
from bocal.people import actions, queries, roles
from bocal.people.actions import UnableToRecordPerson
from bocal.people.catalogue import TRAINING_NOTICE_DAYS
from bocal.people.forms import (
    CorrectPersonForm,
    CorrectTrainingForm,
    PersonForm,
    TeamFilterForm,
    TrainingForm,
)
from bocal.people.middleware import Request
from bocal.people.models import Person, Training
from bocal.people.queries import Standing
from bocal.toolbox.access import allow
from bocal.toolbox.acts import history_of
from bocal.toolbox.lists import Column, respond_with_list
from bocal.toolbox.refusals import Refused

READERS = (roles.COORDINATION, roles.DIRECTOR, roles.REFERENT)
WRITERS = (roles.COORDINATION, roles.REFERENT)

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _trained_to(person: Person) -> str:
    """What a person is trained to today, in words."""
    today = timezone.localdate()
    valid = {
        training.get_subject_display()
        for training in person.trainings.all()
        if training.on <= today and (training.until is None or training.until >= today)
    }
    return ", ".join(sorted(valid))


COLUMNS = (
    Column(gettext_lazy("Nom"), "name", url=lambda person: reverse("people:person", args=[person.pk])),
    Column(gettext_lazy("Statut"), "get_status_display"),
    Column(gettext_lazy("Structure"), "house.name"),
    Column(gettext_lazy("Formé·e à"), _trained_to),
    Column(
        gettext_lazy("Activité"), lambda person: _("en activité") if person.active else _("plus en activité")
    ),
)


@allow(*READERS)
@require_safe
def team(request: Request) -> HttpResponse:
    filters = TeamFilterForm(request.GET)
    return respond_with_list(
        request,
        template="people/team.html",
        rows=queries.team(request, on=timezone.localdate(), **filters.values),
        columns=COLUMNS,
        title=_("Équipe"),
        filename="equipe",
        filters=filters,
        empty={
            "title": _("Personne pour l'instant"),
            "sentence": _("Notez d'abord les bénévoles : leurs heures et leurs formations suivront."),
            "action": _("Ajouter une personne"),
            "url": reverse("people:new_person"),
        },
    )


@allow(*READERS)
@require_safe
def person(request: Request, person_id: UUID) -> HttpResponse:
    shown = _visible(request, person_id)
    today = timezone.localdate()
    return render(
        request,
        "people/person.html",
        {
            "shown": shown,
            "details": _details(shown),
            "trainings": _training_lines(shown, today),
            "held": queries.roles_held(shown, on=today),
            "former": queries.former_identities(shown),
            "history": history_of(shown),
        },
    )


@allow(*WRITERS)
@get_or_post
def new_person(request: Request) -> HttpResponse:
    form = PersonForm(request.POST or None, **_houses_for(request))
    existing = None
    if form.is_valid():
        try:
            made = actions.record_person(**form.cleaned_data, **_by(request))
        except UnableToRecordPerson as refusal:
            form.add_refusal(refusal)
            existing = _if_visible(request, refusal.existing)
        else:
            messages.success(request, _("%(name)s est dans l'équipe.") % {"name": made})
            return redirect("people:person", made.pk)
    return render(request, "people/person_form.html", {"form": form, "existing": existing})


@allow(*WRITERS)
@get_or_post
def correct_person(request: Request, person_id: UUID) -> HttpResponse:
    shown = _visible(request, person_id)
    kept = {name: getattr(shown, name) for name in ("name", "status", "house", "email", "phone", "active")}
    form = CorrectPersonForm(request.POST or None, initial=kept, **_houses_for(request))
    existing = None
    if form.is_valid():
        try:
            actions.correct_person(person=shown, **form.cleaned_data, **_by(request))
        except Refused as refusal:
            form.add_refusal(refusal)
            existing = _if_visible(request, getattr(refusal, "existing", None))
        else:
            messages.success(request, _("La fiche est à jour."))
            return redirect("people:person", shown.pk)
    context = {"form": form, "shown": shown, "existing": existing}
    return render(request, "people/person_form.html", context)


# --- Trainings ------------------------------------------------------------------------------------


@allow(*WRITERS)
@get_or_post
def new_training(request: Request, person_id: UUID) -> HttpResponse:
    shown = _visible(request, person_id)
    form = TrainingForm(request.POST or None)
    if form.is_valid():
        try:
            actions.record_training(person=shown, **form.cleaned_data, **_by(request))
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("La formation est notée."))
            return redirect("people:person", shown.pk)
    return render(request, "people/training_form.html", {"form": form, "shown": shown})


@allow(*WRITERS)
@get_or_post
def correct_training(request: Request, training_id: UUID) -> HttpResponse:
    training = _visible_training(request, training_id)
    kept = {name: getattr(training, name) for name in ("subject", "on", "until")}
    form = CorrectTrainingForm(request.POST or None, initial=kept)
    if form.is_valid():
        try:
            actions.correct_training(training=training, **form.cleaned_data, **_by(request))
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("La formation est corrigée."))
            return redirect("people:person", training.person_id)
    context = {"form": form, "shown": training.person, "training": training, "history": history_of(training)}
    return render(request, "people/training_form.html", context)


@allow(*WRITERS)
@require_POST
def withdraw_training(request: Request, training_id: UUID) -> HttpResponse:
    training = _visible_training(request, training_id)
    actions.withdraw_training(training=training, **_by(request))
    messages.success(request, _("La formation est retirée. Son historique est gardé."))
    return redirect("people:person", training.person_id)


# --- What these views share -----------------------------------------------------------------------


def _visible(request: Request, person_id: UUID) -> Person:
    """The person, if the asker may see her; for the others she is not there."""
    return get_object_or_404(queries.visible_people(request), pk=person_id)


def _visible_training(request: Request, training_id: UUID) -> Training:
    seen = Training.objects.select_related("person").filter(person__in=queries.visible_people(request))
    return get_object_or_404(seen, pk=training_id)


def _if_visible(request: Request, found: Person | None) -> Person | None:
    return queries.visible_people(request).filter(pk=found.pk).first() if found else None


def _houses_for(request: Request) -> dict[str, Any]:
    """The houses one may put a person in: all for the coordination, her own for a référent·e, who must choose."""
    houses = queries.houses()
    if roles.COORDINATION in request.roles:
        return {"houses": houses}
    return {"houses": houses.filter(pk__in=request.house_ids), "must_choose": True}


def _by(request: Request) -> dict[str, Any]:
    return {"by": request.person, "at": timezone.now()}


def _details(shown: Person) -> list[dict[str, Any]]:
    said: list[tuple[str, Any]] = [
        (_("Statut"), shown.get_status_display()),
        (_("Structure"), shown.house),
        (_("Adresse e-mail"), shown.email),
        (_("Téléphone"), shown.phone),
    ]
    return [{"label": label, "value": value} for label, value in said if value]


STANDINGS = {
    Standing.VALID: (gettext_lazy("valable"), "ok"),
    Standing.EXPIRING: (gettext_lazy("expire bientôt"), "wait"),
    Standing.EXPIRED: (gettext_lazy("expirée"), "no"),
    Standing.TO_COME: (gettext_lazy("à venir"), ""),
}


def _training_lines(shown: Person, today: date) -> list[dict[str, Any]]:
    """Each training with the chip that says whether it still counts."""
    notice = setting(TRAINING_NOTICE_DAYS.key, today)
    lines = []
    for training in queries.trainings_of(shown):
        word, kind = STANDINGS[queries.standing_of(training, on=today, notice_days=notice)]
        lines.append({"training": training, "word": word, "kind": kind})
    return lines
