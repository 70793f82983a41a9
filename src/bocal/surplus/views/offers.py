"""Offers: noted over the phone in half a minute, answered in one gesture, corrected, found again."""

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

from bocal.craft.measures import format_grams
from bocal.people.middleware import Request
from bocal.surplus import actions, queries
from bocal.surplus.forms import AnswerForm, OfferFilterForm, OfferForm
from bocal.surplus.models import Offer
from bocal.surplus.views import READERS, WRITERS
from bocal.toolbox.access import allow
from bocal.toolbox.acts import history_of
from bocal.toolbox.lists import Column, respond_with_list
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import say_moment, say_moment_short

get_or_post = require_http_methods(["GET", "HEAD", "POST"])

KINDS = {
    Offer.Status.OPEN: "hot",
    Offer.Status.ACCEPTED: "ok",
    Offer.Status.DECLINED: "",
    Offer.Status.COLLECTED: "ok",
}


def state_of(offer: Offer) -> str:
    """The state in a word; an offer nobody answered or fetched in time is past."""
    return _("passée") if offer.is_past(timezone.now()) else offer.get_status_display()


def kind_of(offer: Offer) -> str:
    return "" if offer.is_past(timezone.now()) else KINDS[Offer.Status(offer.status)]


COLUMNS = (
    Column(gettext_lazy("Offre"), "product", url=lambda offer: reverse("surplus:offer", args=[offer.pk])),
    Column(gettext_lazy("Poids annoncé"), "grams", kind="kilos"),
    Column(gettext_lazy("Chez"), "producer.name"),
    Column(gettext_lazy("Commune"), "producer.commune.name"),
    Column(gettext_lazy("Nature"), "get_nature_display"),
    Column(gettext_lazy("Motif"), "get_motive_display"),
    Column(gettext_lazy("À prendre avant"), "available_until", kind="moment"),
    Column(gettext_lazy("État"), state_of, chip=kind_of),
    Column(gettext_lazy("Réponse"), "answer"),
)


@allow(*READERS)
@require_safe
def offers(request: Request) -> HttpResponse:
    filters = OfferFilterForm(request.GET)
    return respond_with_list(
        request,
        template="surplus/offers.html",
        rows=queries.offers(**filters.values),
        columns=COLUMNS,
        title=_("Offres de surplus"),
        filename="offres",
        filters=filters,
        empty={
            "title": _("Aucune offre pour l'instant"),
            "sentence": _("Un producteur appelle : notez ce qu'il a, combien, et jusqu'à quand."),
            "action": _("Noter une offre"),
            "url": reverse("surplus:new_offer"),
        },
    )


@allow(*READERS)
@require_safe
def offer(request: Request, offer_id: UUID) -> HttpResponse:
    shown = _offer(offer_id)
    kept = {"answer": shown.answer, "intervention": shown.intervention_id}
    return _show(request, shown, AnswerForm(offer=shown, initial=kept))


@allow(*WRITERS)
@get_or_post
def new_offer(request: Request) -> HttpResponse:
    form = OfferForm(request.POST or None)
    if form.is_valid():
        try:
            producer = _producer(request, form)
            made = actions.record_offer(
                id=form.cleaned_data["id"],
                producer=producer,
                **form.facts,
                by=request.person,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("L'offre est notée. Il reste à y répondre."))
            return redirect("surplus:offer", made.pk)
    context = {
        "title": _("Noter une offre"),
        "form": form,
        "submit": _("Noter l'offre"),
        "back": {"url": reverse("surplus:home"), "label": _("Surplus")},
        "draft": "offre",
    }
    return render(request, "form_page.html", context)


@allow(*WRITERS)
@get_or_post
def correct_offer(request: Request, offer_id: UUID) -> HttpResponse:
    shown = _offer(offer_id)
    form = OfferForm(request.POST or None, initial=OfferForm.of(shown))
    if form.is_valid():
        try:
            producer = _producer(request, form)
            actions.correct_offer(
                offer=shown, producer=producer, **form.facts, by=request.person, at=timezone.now()
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("L'offre est corrigée."))
            return redirect("surplus:offer", shown.pk)
    context = {
        "title": _("Corriger l'offre"),
        "form": form,
        "submit": _("Enregistrer"),
        "back": {"url": reverse("surplus:offer", args=[shown.pk]), "label": shown.product},
    }
    return render(request, "form_page.html", context)


@allow(*WRITERS)
@require_POST
def answer_offer(request: Request, offer_id: UUID) -> HttpResponse:
    """Accept or decline, by the button that was pressed."""
    shown = _offer(offer_id)
    form = AnswerForm(request.POST, offer=shown)
    accepted = request.POST.get("decision") == "accept"
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.answer_offer(
                offer=shown,
                accepted=accepted,
                answer=said["answer"],
                intervention=said["intervention"],
                by=request.person,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(
                request, _("Offre acceptée.") if accepted else _("Offre déclinée, avec vos mots.")
            )
            return redirect("surplus:offer", shown.pk)
    shown.refresh_from_db()
    return _show(request, shown, form)


@allow(*WRITERS)
@require_POST
def reopen_offer(request: Request, offer_id: UUID) -> HttpResponse:
    shown = _offer(offer_id)
    try:
        actions.reopen_offer(offer=shown, by=request.person, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("L'offre attend de nouveau une réponse."))
    return redirect("surplus:offer", shown.pk)


def _show(request: Request, shown: Offer, answering: AnswerForm) -> HttpResponse:
    context = {
        "offer": shown,
        "facts": _facts(shown),
        "word": state_of(shown),
        "kind": kind_of(shown),
        "answering": answering,
        "collect_url": f"{reverse('surplus:new_collection')}?offre={shown.pk}",
        "collections": shown.collections.order_by("collected_at"),
        "history": history_of(shown),
    }
    return render(request, "surplus/offer.html", context)


def _offer(offer_id: UUID) -> Offer:
    return get_object_or_404(
        Offer.objects.select_related("producer__commune", "intervention__commune", "recorded_by"), pk=offer_id
    )


def _producer(request: Request, form: OfferForm) -> Any:
    said = form.cleaned_data
    return actions.find_or_record_producer(
        name=said["producer"], is_new=form.is_new, by=request.person, at=timezone.now()
    )


def _facts(shown: Offer) -> list[dict[str, Any]]:
    said: list[tuple[str, Any]] = [
        (_("Quoi"), f"{format_grams(shown.grams)} · {shown.product}"),
        (_("Nature"), f"{shown.get_nature_display()} · {shown.get_motive_display()}"),
        (
            _("Chez"),
            f"{shown.producer} ({shown.producer.commune})" if shown.producer.commune else shown.producer,
        ),
        (_("À partir du"), say_moment_short(shown.available_from) if shown.available_from else ""),
        (_("À prendre avant"), say_moment(shown.available_until)),
        (_("Pour"), shown.intervention and f"{shown.intervention.code} · {shown.intervention.commune}"),
        (_("Réponse"), shown.answer),
        (_("Remarque"), shown.note),
        (_("Notée par"), shown.recorded_by),
    ]
    return [{"label": label, "value": value} for label, value in said if value]
