"""The settings screens of the ground: communes, groups of communes, places."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bocal.territory import actions, queries
from bocal.territory.forms import (
    AddToGroupForm,
    ChangePlaceForm,
    CommuneFilterForm,
    GroupForm,
    PlaceFilterForm,
    PlaceForm,
)
from bocal.territory.models import Commune, CommuneGroup, Place
from bocal.toolbox.access import allow
from bocal.toolbox.acts import history_of
from bocal.toolbox.lists import Column, respond_with_list
from bocal.toolbox.refusals import Refused

SETTERS = ("coordination", "director", "admin")
LONGEST_TYPED = 60

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


# --- Communes ----------------------------------------------------------------------------------------------------


@allow.signed_in
@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """The names offered under a box where somebody types a commune; HTMX says which box it is."""
    box = request.headers.get("HX-Trigger-Name", "q")
    found = queries.suggest_communes(request.GET.get(box, request.GET.get("q", ""))[:LONGEST_TYPED])
    names = queries.names_to_type(found)
    suggestions = [
        {
            "name": names[commune.code],
            "detail": " · ".join(filter(None, [commune.postcodes, commune.epci_name])),
        }
        for commune in found
    ]
    return render(request, "territory/suggestions.html", {"suggestions": suggestions})


COMMUNE_COLUMNS = (
    Column(gettext_lazy("Commune"), "name"),
    Column(gettext_lazy("Code INSEE"), "code"),
    Column(gettext_lazy("Codes postaux"), "postcodes"),
    Column(gettext_lazy("Habitants"), "population", kind="number"),
    Column(gettext_lazy("Intercommunalité"), "epci_name"),
    Column(gettext_lazy("Territoire"), lambda commune: _("oui") if commune.in_territory else _("non")),
    Column(gettext_lazy("Groupes"), lambda commune: ", ".join(group.name for group in commune.groups.all())),
)


@allow(*SETTERS)
@require_GET
def communes(request: HttpRequest) -> HttpResponse:
    filters = CommuneFilterForm(request.GET)
    return respond_with_list(
        request,
        template="territory/communes.html",
        rows=queries.list_communes(**filters.values),
        columns=COMMUNE_COLUMNS,
        title=_("Communes"),
        filename="communes",
        filters=filters,
        empty={
            "title": _("Aucune commune dans le territoire"),
            "sentence": _("Chargez-les avec la commande « bocal import-communes »."),
        },
        context={"in_territory": queries.count_of_territory()},
    )


# --- Groups ------------------------------------------------------------------------------------------------------

GROUP_COLUMNS = (
    Column(gettext_lazy("Groupe"), "name", url=lambda group: reverse("territory:group", args=[group.id])),
    Column(gettext_lazy("Communes"), "size", kind="number"),
    Column(gettext_lazy("D'où vient cette liste"), "note"),
)


@allow(*SETTERS)
@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    return respond_with_list(
        request,
        template="territory/groups.html",
        rows=queries.list_groups(),
        columns=GROUP_COLUMNS,
        title=_("Groupes de communes"),
        filename="groupes-de-communes",
        empty={
            "title": _("Aucun groupe"),
            "sentence": _("Un groupe rassemble les communes dont un rapport rend compte."),
            "action": _("Créer un groupe"),
            "url": reverse("territory:new_group"),
        },
    )


@allow(*SETTERS)
@get_or_post
def new_group(request: HttpRequest) -> HttpResponse:
    form = GroupForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.record_group(**form.cleaned_data, **_by(request))
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Le groupe « %s » est créé. Ajoutez-y des communes.") % made.name)
            return redirect("territory:group", made.id)
    return render(request, "territory/group_form.html", {"form": form})


@allow(*SETTERS)
@require_GET
def group(request: HttpRequest, group_id: Any) -> HttpResponse:
    return _show_group(request, get_object_or_404(CommuneGroup, id=group_id), AddToGroupForm())


@allow(*SETTERS)
@get_or_post
def change_group(request: HttpRequest, group_id: Any) -> HttpResponse:
    shown = get_object_or_404(CommuneGroup, id=group_id)
    form = GroupForm(request.POST or None, initial={"id": shown.id, "name": shown.name, "note": shown.note})
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.change_group(group=shown, name=said["name"], note=said["note"], **_by(request))
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Le groupe « %s » est à jour.") % shown.name)
            return redirect("territory:group", shown.id)
    return render(request, "territory/group_form.html", {"form": form, "group": shown})


@allow(*SETTERS)
@require_POST
def add_to_group(request: HttpRequest, group_id: Any) -> HttpResponse:
    shown = get_object_or_404(CommuneGroup, id=group_id)
    form = AddToGroupForm(request.POST)
    if not form.is_valid():
        return _show_group(request, shown, form)
    added = actions.add_to_group(group=shown, communes=form.communes, **_by(request))
    count = len(added)
    if added:
        said = ngettext("%d commune ajoutée.", "%d communes ajoutées.", count) % count
        messages.success(request, " ".join([said, *filter(None, map(queries.outside_sentence, added[:3]))]))
    else:
        messages.info(request, _("Le groupe contenait déjà tout cela."))
    return redirect("territory:group", shown.id)


@allow(*SETTERS)
@require_POST
def remove_from_group(request: HttpRequest, group_id: Any) -> HttpResponse:
    shown = get_object_or_404(CommuneGroup, id=group_id)
    commune = get_object_or_404(Commune, code=request.POST.get("commune", ""))
    if actions.remove_from_group(group=shown, communes=[commune], **_by(request)):
        messages.success(request, _("%s n'est plus dans le groupe.") % commune.name)
    return redirect("territory:group", shown.id)


def _show_group(request: HttpRequest, shown: CommuneGroup, adding: AddToGroupForm) -> HttpResponse:
    context = {
        "group": shown,
        "communes": queries.group_communes(shown),
        "adding": adding,
        "history": history_of(shown),
    }
    return render(request, "territory/group.html", context)


# --- Places ------------------------------------------------------------------------------------------------------

PLACE_COLUMNS = (
    Column(gettext_lazy("Lieu"), "name", url=lambda place: reverse("territory:place", args=[place.id])),
    Column(gettext_lazy("Genre"), "get_kind_display"),
    Column(gettext_lazy("Commune"), "commune.name"),
    Column(gettext_lazy("Adresse"), "address"),
    Column(gettext_lazy("Consigne"), lambda place: _("oui") if place.quarantine else ""),
    Column(gettext_lazy("Service"), lambda place: _("en service") if place.active else _("hors service")),
)


@allow(*SETTERS)
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    filters = PlaceFilterForm(request.GET)
    wanted = filters.values
    service = {"in": True, "out": False}.get(wanted.pop("service", ""))
    return respond_with_list(
        request,
        template="territory/places.html",
        rows=queries.list_places(**wanted, in_service=service),
        columns=PLACE_COLUMNS,
        title=_("Lieux"),
        filename="lieux",
        filters=filters,
        empty={
            "title": _("Aucun lieu"),
            "sentence": _("Commencez par le camion, puis l'étagère de chaque structure."),
            "action": _("Ajouter un lieu"),
            "url": reverse("territory:new_place"),
        },
    )


@allow(*SETTERS)
@get_or_post
def new_place(request: HttpRequest) -> HttpResponse:
    form = PlaceForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.record_place(**form.cleaned_data, **_by(request))
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _say_placed(_("Le lieu « %s » est ajouté.") % made.name, made))
            return redirect("territory:places")
    return render(request, "territory/place_form.html", {"form": form})


@allow(*SETTERS)
@get_or_post
def place(request: HttpRequest, place_id: Any) -> HttpResponse:
    shown = get_object_or_404(Place.objects.select_related("commune"), id=place_id)
    kept = {"id": shown.id, "name": shown.name, "commune": shown.commune, "address": shown.address}
    form = ChangePlaceForm(request.POST or None, initial=kept)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "commune", "address")}
        try:
            actions.change_place(place=shown, **said, **_by(request))
        except Refused as refusal:
            form.add_refusal(refusal)
            shown.refresh_from_db()
        else:
            messages.success(request, _say_placed(_("Le lieu « %s » est à jour.") % shown.name, shown))
            return redirect("territory:place", shown.id)
    return _show_place(request, shown, form)


@allow(*SETTERS)
@require_POST
def place_service(request: HttpRequest, place_id: Any) -> HttpResponse:
    """Puts a place out of service, or back: each undoes the other."""
    shown = get_object_or_404(Place, id=place_id)
    try:
        if request.POST.get("service") == "in":
            actions.put_place_back(place=shown, **_by(request))
            messages.success(request, _("Le lieu « %s » est de nouveau en service.") % shown.name)
        else:
            actions.retire_place(place=shown, **_by(request))
            messages.success(
                request, _("Le lieu « %s » est hors service ; son histoire est gardée.") % shown.name
            )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("territory:place", shown.id)


def _show_place(request: HttpRequest, shown: Place, form: ChangePlaceForm) -> HttpResponse:
    context = {"place": shown, "form": form, "history": history_of(shown)}
    return render(request, "territory/place.html", context)


def _say_placed(sentence: str, shown: Place) -> str:
    outside = queries.outside_sentence(shown.commune) if shown.commune else ""
    return f"{sentence} {outside}".strip()


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.person, "at": timezone.now()}  # type: ignore[attr-defined]
