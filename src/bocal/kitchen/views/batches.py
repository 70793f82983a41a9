"""Batches: what waits in the kitchen, one batch read with where its kilos went, corrected, cancelled."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from bocal.craft.measures import format_number
from bocal.kitchen import actions, queries
from bocal.kitchen.forms import BatchFilterForm, CorrectBatchForm, ReasonForm, SheetForm
from bocal.kitchen.models import Batch
from bocal.kitchen.presentation import name_lot, state_named
from bocal.kitchen.views import READERS, WRITERS
from bocal.kitchen.views.balance import balance_card
from bocal.kitchen.views.recording import boxes_of
from bocal.people.middleware import Request
from bocal.recipes.models import Recipe
from bocal.recipes.queries import current_version
from bocal.toolbox.access import allow
from bocal.toolbox.acts import history_of
from bocal.toolbox.lists import Column, respond_with_list
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import paris_day, say_day, say_day_short, say_moment

get_or_post = require_http_methods(["GET", "HEAD", "POST"])

COLUMNS = (
    Column(gettext_lazy("Fabrication"), "code", url=lambda row: reverse("kitchen:batch", args=[row.pk])),
    Column(gettext_lazy("Jour"), lambda row: paris_day(row.made_at), kind="day"),
    Column(gettext_lazy("Recette"), "recipe_version.recipe.title"),
    Column(gettext_lazy("Produits"), "inputs_grams", kind="kilos"),
    Column(gettext_lazy("Pots"), lambda row: row.jars or None, kind="number"),
    Column(gettext_lazy("Soupe"), lambda row: row.soup_ml or None, kind="litres"),
    Column(gettext_lazy("Pertes"), lambda row: row.waste_grams or None, kind="kilos"),
    Column(gettext_lazy("Mangé sur place"), lambda row: row.eaten_grams or None, kind="kilos"),
    Column(gettext_lazy("Conduite par"), "operator.name"),
    Column(gettext_lazy("Intervention"), "intervention.code"),
    Column(gettext_lazy("État"), lambda row: _("annulée") if row.cancelled else "", chip="no"),
)


@allow(*READERS)
@require_safe
def home(request: Request) -> HttpResponse:
    """What waits first: lots to release, lots that are blocked; then every batch."""
    filters = BatchFilterForm(request.GET)
    said = filters.values
    period = {"first": said.pop("from", None), "last": said.pop("to", None)}
    waiting = queries.lots_to_decide(with_batch=True)
    return respond_with_list(
        request,
        template="kitchen/home.html",
        rows=queries.batches(**said, **period),
        columns=COLUMNS,
        title=_("Cuisine"),
        filename="fabrications",
        filters=filters,
        empty={
            "title": _("Aucune fabrication pour l'instant"),
            "sentence": _("Dès qu'une marmite est vide, notez ce qui y est entré et ce qui en est sorti."),
            "action": _("Noter une fabrication"),
            "url": reverse("kitchen:new_batch"),
        },
        context={
            "to_release": [_waiting(lot) for lot in waiting.to_release],
            "blocked": [_waiting(lot) for lot in waiting.stopped],
        },
    )


@allow(*READERS)
@require_safe
def batch(request: Request, batch_id: UUID) -> HttpResponse:
    shown = _batch(batch_id)
    contents = queries.contents_of(shown)
    context = {
        "batch": shown,
        "title": shown.recipe_version.recipe.title,
        "cancelled": queries.is_cancelled(shown),
        "facts": _facts(shown),
        "inputs": contents.inputs,
        "contents": contents,
        "jar_lots": [_jar_line(lot) for lot in queries.jar_lots_of(shown.account)],
        "balance": balance_card(queries.mass_balance(shown)),
        "history": history_of(shown),
    }
    return render(request, "kitchen/batch.html", context)


@allow(*WRITERS)
@get_or_post
def correct_batch(request: Request, batch_id: UUID) -> HttpResponse:
    shown = _batch(batch_id)
    contents = queries.contents_of(shown)
    taken = {each.lot.pk for each in contents.inputs}
    form = CorrectBatchForm(request.POST or None, batch=shown, contents=contents)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.correct_batch(
                id=said["id"],
                batch=shown,
                reason=said["reason"],
                **form.quantities,
                semi_finished=[(each.label, each.grams) for each in contents.semi_finished],
                by=request.person,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(
                request, _("La fabrication est corrigée ; l'historique garde ce qui était noté.")
            )
            return redirect("kitchen:batch", shown.pk)
    context = {"batch": shown, "form": form, **boxes_of(form, first=taken)}
    return render(request, "kitchen/batch_correct.html", context)


@allow(*WRITERS)
@get_or_post
def correct_sheet(request: Request, batch_id: UUID) -> HttpResponse:
    """The recipe, the intervention and the note: what no kilo depends on."""
    shown = _batch(batch_id)
    form = SheetForm(request.POST or None, batch=shown)
    if form.is_valid():
        said = form.cleaned_data
        actions.relink_batch(
            batch=shown,
            intervention=said["intervention"],
            recipe_version=_version(shown, said["recipe"]),
            note=said["note"],
            by=request.person,
            at=timezone.now(),
        )
        messages.success(request, _("La fiche est à jour."))
        return redirect("kitchen:batch", shown.pk)
    context = _page(shown, form, _("Corriger la fiche"), _("Enregistrer"))
    return render(request, "form_page.html", context)


@allow(*WRITERS)
@get_or_post
def cancel_batch(request: Request, batch_id: UUID) -> HttpResponse:
    shown = _batch(batch_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            actions.cancel_batch(batch=shown, **form.cleaned_data, by=request.person, at=timezone.now())
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(
                request, _("La fabrication est annulée : les produits sont de nouveau en stock.")
            )
            return redirect("kitchen:batch", shown.pk)
    context = _page(shown, form, _("Annuler la fabrication"), _("Annuler la fabrication"))
    context["lead"] = _(
        "Si elle n'a jamais eu lieu, ou si elle est notée deux fois. Pour un chiffre faux, corrigez."
    )
    return render(request, "form_page.html", context)


def _batch(batch_id: UUID) -> Batch:
    found = Batch.objects.select_related(
        "recipe_version__recipe",
        "operator",
        "kept_at",
        "intervention__commune",
        "account__owner",
        "transaction__by",
    )
    return get_object_or_404(found, pk=batch_id)


def _version(shown: Batch, recipe: Recipe) -> Any:
    """The version the batch followed, unless it is now said to be another recipe."""
    return shown.recipe_version if shown.recipe_version.recipe_id == recipe.pk else current_version(recipe)


def _page(shown: Batch, form: Any, title: str, submit: str) -> dict[str, Any]:
    back = {"url": reverse("kitchen:batch", args=[shown.pk]), "label": shown.code}
    return {"title": title, "form": form, "submit": submit, "back": back, "kitchen": True}


def _waiting(lot: Any) -> dict[str, Any]:
    """A lot as something to do."""
    made = lot.batch.made_in
    jars = ngettext("%(count)s pot", "%(count)s pots", lot.jars) % {"count": format_number(lot.jars)}
    said = [jars, _("fait le %(day)s") % {"day": say_day(lot.made_on)}]
    if made.intervention:
        said.append(str(made.intervention.commune))
    said.append(_("par %(name)s") % {"name": made.operator})
    state = state_named(lot.state)
    return {
        "title": f"{name_lot(lot)} · {lot.code}",
        "url": reverse("kitchen:lot", args=[lot.pk]),
        "text": " · ".join(said),
        "state": state,
    }


def _facts(shown: Batch) -> list[dict[str, Any]]:
    said: list[tuple[str, Any]] = [
        (_("Le"), say_moment(shown.made_at)),
        (_("Conduite par"), shown.operator),
        (_("Pendant"), shown.intervention and f"{shown.intervention.code} · {shown.intervention.commune}"),
        (_("Carte suivie"), _("version %(number)d") % {"number": shown.recipe_version.number}),
        (_("Pots gardés à"), shown.kept_at),
        (_("Appartient à"), shown.account.owner),
        (_("Remarque"), shown.note),
    ]
    return [{"label": label, "value": value} for label, value in said if value]


def _jar_line(lot: Any) -> dict[str, Any]:
    return {
        "lot": lot,
        "name": name_lot(lot),
        "state": state_named(lot.state),
        "day": say_day_short(lot.made_on),
    }
