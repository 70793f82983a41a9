"""Réglages › Structures, Producteurs, Partenaires, Entité: one set of screens for the four registers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bocal.people import actions, queries, roles
from bocal.people.actions import UnableToRecordOrganisation
from bocal.people.forms import CorrectOrganisationForm, OrganisationFields, OrganisationForm
from bocal.people.middleware import Request
from bocal.people.models import Organisation
from bocal.people.registers import REGISTERS, Register, register_of
from bocal.territory.queries import outside_sentence
from bocal.toolbox.access import allow
from bocal.toolbox.acts import history_of
from bocal.toolbox.lists import Column, respond_with_list

READERS = (roles.COORDINATION, roles.DIRECTOR)
WRITERS = (roles.COORDINATION,)

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _say_known(answer: bool | None) -> str:
    return "" if answer is None else _("oui") if answer else _("non")


def address_of(organisation: Organisation) -> str:
    return reverse("people:organisation", args=[register_of(organisation).slug, organisation.pk])


NAME = Column(gettext_lazy("Nom"), "name", url=address_of)
LINK = Column(
    gettext_lazy("Lien"),
    lambda organisation: _("en relation") if organisation.active else _("plus en relation"),
)
COLUMNS = {
    "subtype": Column(gettext_lazy("Type"), "subtype"),
    "commune": Column(gettext_lazy("Commune"), "commune.name"),
    "organic": Column(gettext_lazy("En bio"), lambda organisation: _say_known(organisation.organic)),
    "shelf": Column(gettext_lazy("Étagère"), "shelf.name"),
    "siret": Column(gettext_lazy("SIRET"), "siret"),
    "email": Column(gettext_lazy("Adresse e-mail"), "email"),
    "phone": Column(gettext_lazy("Téléphone"), "phone"),
}


@allow(*READERS)
@require_safe
def organisations(request: Request, slug: str) -> HttpResponse:
    register = _register(slug)
    return respond_with_list(
        request,
        template="people/organisations.html",
        rows=queries.organisations(register.kind),
        columns=(NAME, *(COLUMNS[field] for field in register.fields), LINK),
        title=register.title,
        filename=slug,
        empty={
            "title": _("Rien ici pour l'instant"),
            "sentence": register.lead,
            "action": register.add,
            "url": reverse("people:new_organisation", args=[slug]),
        },
        context={"register": register},
    )


@allow(*READERS)
@require_safe
def organisation(request: Request, slug: str, organisation_id: UUID) -> HttpResponse:
    register = _register(slug)
    shown = get_object_or_404(queries.organisations(register.kind), pk=organisation_id)
    details = [
        {"label": COLUMNS[field].label, "value": COLUMNS[field].cell_of(shown).text}
        for field in register.fields
    ]
    context = {
        "register": register,
        "shown": shown,
        "details": [detail for detail in details if detail["value"]],
        "history": history_of(shown),
    }
    return render(request, "people/organisation.html", context)


@allow(*WRITERS)
@get_or_post
def new_organisation(request: Request, slug: str) -> HttpResponse:
    register = _register(slug)
    form = OrganisationForm(request.POST or None, kept=register.fields, examples=register.examples)
    existing = None
    if form.is_valid():
        try:
            made = actions.record_organisation(kind=register.kind, **form.cleaned_data, **_by(request))
        except UnableToRecordOrganisation as refusal:
            form.add_refusal(refusal)
            existing = refusal.existing
        else:
            messages.success(request, _say_recorded(_("« %(name)s » est noté.") % {"name": made}, made))
            return redirect(address_of(made))
    return _show_form(request, register, form, existing)


@allow(*WRITERS)
@get_or_post
def correct_organisation(request: Request, slug: str, organisation_id: UUID) -> HttpResponse:
    register = _register(slug)
    shown = get_object_or_404(queries.organisations(register.kind), pk=organisation_id)
    form = CorrectOrganisationForm(
        request.POST or None,
        kept=register.fields,
        examples=register.examples,
        initial=_as_typed(shown, register),
    )
    existing = None
    if form.is_valid():
        try:
            corrected = actions.correct_organisation(organisation=shown, **form.cleaned_data, **_by(request))
        except UnableToRecordOrganisation as refusal:
            form.add_refusal(refusal)
            existing = refusal.existing
        else:
            messages.success(request, _say_recorded(_("La fiche est à jour."), corrected))
            return redirect(address_of(corrected))
    return _show_form(request, register, form, existing, shown)


# --- What these views share -----------------------------------------------------------------------


def _register(slug: str) -> Register:
    if slug not in REGISTERS:
        raise Http404
    return REGISTERS[slug]


def _show_form(
    request: Request,
    register: Register,
    form: OrganisationFields,
    existing: Organisation | None,
    shown: Organisation | None = None,
) -> HttpResponse:
    context = {
        "register": register,
        "form": form,
        "shown": shown,
        "existing": existing,
        "existing_url": address_of(existing) if existing else "",
    }
    return render(request, "people/organisation_form.html", context)


def _as_typed(shown: Organisation, register: Register) -> dict[str, Any]:
    kept = {name: getattr(shown, name) for name in ("name", "active", *register.fields)}
    if "organic" in kept:
        kept["organic"] = {True: "true", False: "false", None: ""}[shown.organic]
    return kept


def _say_recorded(sentence: str, made: Organisation) -> str:
    """The sentence, and that the commune lies outside the territory when it does."""
    outside = outside_sentence(made.commune) if made.commune else ""
    return f"{sentence} {outside}".strip()


def _by(request: Request) -> dict[str, Any]:
    return {"by": request.person, "at": timezone.now()}
