"""Screens of the range: the cards, one card scaled to the kilos at hand, its versions and standing; the jar formats."""

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

from bocal.craft.recipes.scaling import GRAMS_PER_KILO, Ingredient, scale
from bocal.people import roles
from bocal.people.middleware import Request
from bocal.people.models import Person
from bocal.recipes import actions, queries
from bocal.recipes.forms import (
    CorrectJarFormatForm,
    IngredientForm,
    JarFormatForm,
    KilosForm,
    RecipeFilterForm,
    RecipeForm,
    StatusForm,
)
from bocal.recipes.models import JarFormat, Recipe, RecipeVersion
from bocal.toolbox.access import allow
from bocal.toolbox.acts import history_of
from bocal.toolbox.forms import rows_of
from bocal.toolbox.lists import Column, respond_with_list
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import say_day

READERS = (roles.COORDINATION, roles.DIRECTOR, roles.OPERATOR, roles.REFERENT)
WRITERS = (roles.COORDINATION, roles.OPERATOR)
SETTERS = (roles.COORDINATION, roles.DIRECTOR)

get_or_post = require_http_methods(["GET", "HEAD", "POST"])

KINDS = {
    Recipe.Status.TRIAL: "",
    Recipe.Status.TO_VALIDATE: "wait",
    Recipe.Status.VALIDATED: "ok",
    Recipe.Status.RETIRED: "no",
}


# --- The cards ----------------------------------------------------------------------------------------------------


def kind_of(recipe: Recipe) -> str:
    """How the state of a recipe is coloured."""
    return KINDS[Recipe.Status(recipe.status)]


COLUMNS = (
    Column(gettext_lazy("Recette"), "title", url=lambda row: reverse("recipes:recipe", args=[row.pk])),
    Column(gettext_lazy("Famille"), "get_family_display"),
    Column(gettext_lazy("État"), "get_status_display", chip=kind_of),
    Column(gettext_lazy("Saison"), "season"),
    Column(gettext_lazy("Version"), "version_number", kind="number"),
    Column(gettext_lazy("Fabrications"), "batch_count", kind="number"),
)


@allow(*READERS)
@require_safe
def recipes(request: Request) -> HttpResponse:
    filters = RecipeFilterForm(request.GET)
    return respond_with_list(
        request,
        template="recipes/recipes.html",
        rows=queries.recipes(**filters.values),
        columns=COLUMNS,
        title=_("Recettes"),
        filename="recettes",
        filters=filters,
        empty={
            "title": _("Aucune recette pour l'instant"),
            "sentence": _("Écrivez ce que vous savez faire : on l'ajustera aux kilos qu'on a."),
            "action": _("Écrire une recette"),
            "url": reverse("recipes:new_recipe"),
        },
    )


@allow(*READERS)
@require_safe
def recipe(request: Request, recipe_id: UUID) -> HttpResponse:
    """The card as it is today, or as `?version=` it was, for one kilo or for `?kg=` of them."""
    shown = get_object_or_404(Recipe, pk=recipe_id)
    versions = queries.versions_of(shown)
    version = _version(versions, request.GET.get("version", ""))
    kilos = KilosForm(request.GET if "kg" in request.GET else None)
    grams = (kilos.cleaned_data["kg"] if kilos.is_valid() else None) or GRAMS_PER_KILO
    card = [Ingredient(**each) for each in version.ingredients]
    context = {
        "recipe": shown,
        "kind": kind_of(shown),
        "version": version,
        "versions": versions,
        "facts": _facts(version),
        "validated": _validated(shown),
        "kilos": kilos,
        "grams": grams,
        "portions": scale(card, produce_grams=grams),
        "steps": [line.strip() for line in version.steps.splitlines() if line.strip()],
        "moving": StatusForm(initial={"status": shown.status}),
        "history": history_of(shown),
    }
    return render(request, "recipes/recipe.html", context)


@allow(*WRITERS)
@get_or_post
def new_recipe(request: Request) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form, rows = RecipeForm(data), rows_of(IngredientForm, prefix="ingredients", data=data)
    if form.is_valid() and rows.is_valid():
        said = form.cleaned_data
        try:
            made = actions.write_recipe(
                id=said["id"], title=said["title"], family=said["family"], card=form.card(rows.filled),
                by=request.person, at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(
                request, _("La recette est écrite. Elle est à l'essai : goûtez-la avant d'en faire des pots.")
            )
            return redirect("recipes:recipe", made.pk)
    back = {"url": reverse("recipes:recipes"), "label": _("Recettes")}
    page = {
        "title": _("Écrire une recette"),
        "submit": _("Écrire la recette"),
        "back": back,
        "draft": "recette",
    }
    return render(request, "form_page.html", {**_card_page(form, rows), **page})


@allow(*WRITERS)
@get_or_post
def correct_recipe(request: Request, recipe_id: UUID) -> HttpResponse:
    """The card anew, as the next version; batches keep the one they followed."""
    shown = get_object_or_404(Recipe, pk=recipe_id)
    version = queries.current_version(shown)
    data = request.POST if request.method == "POST" else None
    form = RecipeForm(data, initial=RecipeForm.of(shown, version))
    rows = rows_of(IngredientForm, prefix="ingredients", data=data, initial=version.ingredients)
    if form.is_valid() and rows.is_valid():
        said = form.cleaned_data
        try:
            actions.rewrite_recipe(
                id=said["id"], recipe=shown, title=said["title"], family=said["family"],
                card=form.card(rows.filled), by=request.person, at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_refusal(refusal)
            shown.refresh_from_db()
        else:
            messages.success(request, _("La carte a une nouvelle version ; les anciennes restent lisibles."))
            return redirect("recipes:recipe", shown.pk)
    back = {"url": reverse("recipes:recipe", args=[shown.pk]), "label": shown.title}
    page = {"title": _("Corriger la recette"), "submit": _("Enregistrer la nouvelle version"), "back": back}
    return render(request, "form_page.html", {**_card_page(form, rows), **page})


@allow(*WRITERS)
@require_POST
def change_status(request: Request, recipe_id: UUID) -> HttpResponse:
    shown = get_object_or_404(Recipe, pk=recipe_id)
    form = StatusForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        actions.change_recipe_status(
            recipe=shown, status=said["status"], reason=said["reason"], by=request.person, at=timezone.now()
        )
        messages.success(
            request, _("La recette est « %(status)s ».") % {"status": shown.get_status_display()}
        )
    else:
        messages.error(request, _("Choisissez un état dans la liste."))
    return redirect("recipes:recipe", shown.pk)


# --- The jar formats ----------------------------------------------------------------------------------------------

FORMAT_COLUMNS = (
    Column(gettext_lazy("Contenance"), str, url=lambda row: reverse("recipes:jar_format", args=[row.pk])),
    Column(gettext_lazy("Nom"), "name"),
    Column(gettext_lazy("Usage"), lambda row: _("on le remplit") if row.active else _("mis de côté")),
)


@allow(*SETTERS)
@require_safe
def jar_formats(request: Request) -> HttpResponse:
    return respond_with_list(
        request,
        template="recipes/jar_formats.html",
        rows=queries.jar_formats(at_hand=False),
        columns=FORMAT_COLUMNS,
        title=_("Formats de pots"),
        filename="formats",
        empty={
            "title": _("Aucun format"),
            "sentence": _("Ajoutez les pots que vous remplissez : la cuisine les proposera."),
            "action": _("Ajouter un format"),
            "url": reverse("recipes:new_jar_format"),
        },
    )


@allow(*SETTERS)
@get_or_post
def new_jar_format(request: Request) -> HttpResponse:
    form = JarFormatForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add_jar_format(**form.cleaned_data, by=request.person, at=timezone.now())
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Le format est ajouté."))
            return redirect("recipes:jar_formats")
    return render(
        request, "form_page.html", _format_page(form, _("Ajouter un format"), _("Ajouter le format"))
    )


@allow(*SETTERS)
@get_or_post
def jar_format(request: Request, format_id: UUID) -> HttpResponse:
    shown = get_object_or_404(JarFormat, pk=format_id)
    form = CorrectJarFormatForm(request.POST or None, initial={"name": shown.name, "active": shown.active})
    if form.is_valid():
        said = form.cleaned_data
        actions.correct_jar_format(
            jar_format=shown, name=said["name"], active=said["active"], by=request.person, at=timezone.now()
        )
        messages.success(request, _("Le format est à jour."))
        return redirect("recipes:jar_formats")
    return render(request, "form_page.html", _format_page(form, str(shown), _("Enregistrer")))


# --- What these views share ---------------------------------------------------------------------------------------


def _version(versions: Any, number: str) -> RecipeVersion:
    """The version the address asks for; today's when it asks for none there is."""
    wanted: RecipeVersion = next((each for each in versions if str(each.number) == number), versions[0])
    return wanted


def _card_page(form: RecipeForm, rows: Any) -> dict[str, Any]:
    return {
        "form": form,
        "formset": rows,
        "formset_title": _("Ingrédients"),
        "formset_help": _("Pour un kilo de produits épluchés et coupés."),
        "add_label": _("Ajouter un ingrédient"),
    }


def _format_page(form: Any, title: str, submit: str) -> dict[str, Any]:
    back = {"url": reverse("recipes:jar_formats"), "label": _("Formats de pots")}
    return {"form": form, "title": title, "submit": submit, "back": back}


def _facts(version: RecipeVersion) -> list[dict[str, Any]]:
    said: list[tuple[str, Any]] = [
        (_("Produits"), version.produce),
        (_("Saison"), version.season),
        (_("Allergènes"), version.allergens or _("non notés")),
        (_("De qui vient-elle"), version.author),
        (
            _("Version"),
            f"{version.number} · {say_day(timezone.localdate(version.written_at))}, {version.written_by}",
        ),
    ]
    return [{"label": label, "value": value} for label, value in said if value]


def _validated(shown: Recipe) -> str:
    """Who validated it and when, as a sentence; nothing while it is not validated."""
    act = queries.validated_by(shown)
    if act is None or act.actor_id is None:
        return ""
    who = Person.objects.filter(pk=act.actor_id).first() or act.actor_pseudonym
    return _("Validée le %(day)s par %(who)s.") % {"day": say_day(timezone.localdate(act.at)), "who": who}
