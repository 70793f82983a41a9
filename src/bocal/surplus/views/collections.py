"""Collections: weighed line by line, read with what became of each weighing, corrected with a reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bocal.craft.measures import format_grams
from bocal.people import roles
from bocal.people.middleware import Request
from bocal.programme.models import Intervention
from bocal.surplus import actions, queries
from bocal.surplus.forms import (
    CollectionFilterForm,
    CollectionForm,
    CorrectLineForm,
    LineForm,
    ReasonForm,
    RelinkForm,
    collected_lines,
)
from bocal.surplus.models import Collection, CollectionLine, Offer
from bocal.surplus.views import READERS, WRITERS
from bocal.toolbox.access import allow
from bocal.toolbox.acts import history_of
from bocal.toolbox.forms import rows_of
from bocal.toolbox.lists import Column, respond_with_list
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import paris_day, say_moment

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _products(collection: Collection) -> str:
    held = [line.lot.label for line in collection.lines.all() if not line.cancelled]  # type: ignore[attr-defined]
    return ", ".join(held) or _("pesées annulées")


def _natures(collection: Collection) -> str:
    return ", ".join(sorted({line.lot.get_nature_display() for line in collection.lines.all()}))


COLUMNS = (
    Column(gettext_lazy("Collecte"), "code", url=lambda row: reverse("surplus:collection", args=[row.pk])),
    Column(gettext_lazy("Jour"), lambda row: paris_day(row.collected_at), kind="day"),
    Column(gettext_lazy("Chez"), "producer.name"),
    Column(gettext_lazy("Commune"), "producer.commune.name"),
    Column(gettext_lazy("Produits"), _products),
    Column(gettext_lazy("Poids"), "grams", kind="kilos"),
    Column(gettext_lazy("Nature"), _natures),
    Column(gettext_lazy("Pour"), "intervention.code"),
)


@allow(*READERS)
@require_safe
def home(request: Request) -> HttpResponse:
    """What waits for an answer first, then what was collected."""
    filters = CollectionFilterForm(request.GET)
    said = filters.values
    period = {"first": said.pop("from", None), "last": said.pop("to", None)}
    return respond_with_list(
        request,
        template="surplus/home.html",
        rows=queries.collections(**said, **period),
        columns=COLUMNS,
        title=_("Surplus"),
        filename="collectes",
        filters=filters,
        empty={
            "title": _("Rien de collecté pour l'instant"),
            "sentence": _(
                "Après chaque passage chez un producteur, notez les pesées : tout le reste en découle."
            ),
            "action": _("Noter une collecte"),
            "url": reverse("surplus:new_collection"),
        },
        context={"waiting": [_waiting(offer) for offer in queries.offers_waiting(timezone.now())]},
    )


@allow(*READERS, roles.INSPECTOR)
@require_safe
def collection(request: Request, collection_id: UUID) -> HttpResponse:
    shown = _collection(collection_id)
    context = {
        "collection": shown,
        "facts": _facts(shown),
        "lines": queries.lines_of(shown),
        "history": history_of(shown),
    }
    return render(request, "surplus/collection.html", context)


@allow(*WRITERS)
@get_or_post
def new_collection(request: Request) -> HttpResponse:
    """`?offre=` fills the form with what was offered, `?intervention=` says what it is for."""
    offer = _wanted(Offer.objects.select_related("producer"), request.GET.get("offre"))
    intervention = _wanted(Intervention.objects.all(), request.GET.get("intervention"))
    form = CollectionForm(request.POST or None, offer=offer, initial=_start(offer, intervention))
    data = request.POST if request.method == "POST" else None
    lines = rows_of(
        LineForm, prefix="lines", data=data, initial=_first_lines(offer), extra=3 if offer is None else 2
    )
    if form.is_valid() and lines.is_valid():
        now = timezone.now()
        said = form.cleaned_data
        try:
            producer = actions.find_or_record_producer(
                name=said["producer"], is_new=form.is_new, by=request.person, at=now
            )
            made = actions.record_collection(
                id=said["id"],
                producer=producer,
                collected_at=form.collected_at(now),
                place=said["place"],
                intervention=said["intervention"],
                offer=offer,
                lines=list(collected_lines(lines.filled)),
                by=request.person,
                at=now,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("La collecte %(code)s est notée.") % {"code": made.code})
            return redirect("surplus:collection", made.pk)
    context = {
        "title": _("Noter une collecte"),
        "form": form,
        "formset": lines,
        "formset_title": _("Pesées"),
        "add_label": _("Ajouter une pesée"),
        "submit": _("Noter la collecte"),
        "back": {"url": reverse("surplus:home"), "label": _("Surplus")},
        "draft": "collecte",
    }
    return render(request, "form_page.html", context)


@allow(*WRITERS)
@get_or_post
def relink(request: Request, collection_id: UUID) -> HttpResponse:
    shown = _collection(collection_id)
    form = RelinkForm(
        request.POST or None,
        day=paris_day(shown.collected_at),
        chosen=shown.intervention,
        initial={"intervention": shown.intervention_id},
    )
    if form.is_valid():
        actions.relink_collection(
            collection=shown,
            intervention=form.cleaned_data["intervention"],
            by=request.person,
            at=timezone.now(),
        )
        messages.success(request, _("La collecte est à jour."))
        return redirect("surplus:collection", shown.pk)
    return render(
        request, "form_page.html", _page(shown, form, _("Pour quelle intervention ?"), _("Enregistrer"))
    )


@allow(*WRITERS)
@get_or_post
def correct_line(request: Request, line_id: UUID) -> HttpResponse:
    line = _line(line_id)
    form = CorrectLineForm(request.POST or None, initial={"grams": actions.grams_of(line)})
    if form.is_valid():
        try:
            actions.correct_collection_line(
                line=line, **form.cleaned_data, by=request.person, at=timezone.now()
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("La pesée est corrigée."))
            return redirect("surplus:collection", line.collection_id)
    title = _("Corriger la pesée : %(product)s") % {"product": line.lot.label}
    return render(request, "form_page.html", _page(line.collection, form, title, _("Corriger la pesée")))


@allow(*WRITERS)
@get_or_post
def cancel_line(request: Request, line_id: UUID) -> HttpResponse:
    line = _line(line_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            actions.cancel_collection_line(
                line=line, **form.cleaned_data, by=request.person, at=timezone.now()
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("La pesée est annulée ; l'historique la garde."))
            return redirect("surplus:collection", line.collection_id)
    title = _("Annuler la pesée : %(product)s, %(kilos)s") % {
        "product": line.lot.label,
        "kilos": format_grams(actions.grams_of(line)),
    }
    return render(request, "form_page.html", _page(line.collection, form, title, _("Annuler la pesée")))


def _collection(collection_id: UUID) -> Collection:
    found = Collection.objects.select_related("producer__commune", "place", "intervention__commune", "offer")
    return get_object_or_404(found, pk=collection_id)


def _line(line_id: UUID) -> CollectionLine:
    found = CollectionLine.objects.select_related(
        "lot", "transaction", "collection__place", "collection__producer"
    )
    return get_object_or_404(found, pk=line_id)


def _wanted(found: Any, key: str | None) -> Any:
    """The record an address names; none for an address that names nothing."""
    try:
        return found.filter(pk=UUID(key or "")).first()
    except ValueError:
        return None


def _start(offer: Offer | None, intervention: Intervention | None) -> dict[str, Any]:
    chosen = intervention or (offer.intervention if offer else None)
    return {
        "day": timezone.localdate(),
        "producer": offer.producer.name if offer else "",
        "intervention": chosen.pk if chosen else None,
    }


def _first_lines(offer: Offer | None) -> list[dict[str, Any]]:
    if offer is None:
        return []
    return [{name: getattr(offer, name) for name in ("product", "grams", "nature", "motive")}]


def _page(shown: Collection, form: Any, title: str, submit: str) -> dict[str, Any]:
    back = {"url": reverse("surplus:collection", args=[shown.pk]), "label": shown.code}
    return {"title": title, "form": form, "submit": submit, "back": back}


def _waiting(offer: Offer) -> dict[str, Any]:
    """An offer as something to do."""
    where = f"{offer.producer}, {offer.producer.commune}" if offer.producer.commune else str(offer.producer)
    return {
        "title": f"{format_grams(offer.grams)} · {offer.product}",
        "url": reverse("surplus:offer", args=[offer.pk]),
        "text": f"{where} · {offer.get_nature_display()} · {offer.get_motive_display()}",
        "word": _("avant %(moment)s") % {"moment": say_moment(offer.available_until)},
        "kind": "hot",
    }


def _facts(shown: Collection) -> list[dict[str, Any]]:
    farm = f"{shown.producer} ({shown.producer.commune})" if shown.producer.commune else str(shown.producer)
    said: list[dict[str, Any]] = [
        {"label": _("Chez"), "value": farm},
        {"label": _("Le"), "value": say_moment(shown.collected_at)},
        {"label": _("Gardée à"), "value": shown.place.name},
    ]
    if shown.intervention:
        said.append(
            {"label": _("Pour"), "value": f"{shown.intervention.code} · {shown.intervention.commune}"}
        )
    if shown.offer:
        url = reverse("surplus:offer", args=[shown.offer.pk])
        said.append({"label": _("D'après l'offre"), "value": str(shown.offer), "url": url})
    if shown.imported:
        said.append({"label": _("Repris"), "value": _("d'un classeur")})
    return said
