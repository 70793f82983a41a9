"""What became of the jars: the list, one exit, and how one is taken back or corrected."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bocal.kitchen.presentation import name_lot
from bocal.kitchen.views import LOT_READERS
from bocal.parameters.origins import say_origin
from bocal.parameters.queries import reconstructed_periods
from bocal.people.middleware import Request
from bocal.programme.views.doors import attempt, by, get_or_post
from bocal.shop import actions, queries
from bocal.shop.forms import CorrectExitForm, ExitFilterForm, ReasonForm
from bocal.shop.models import Exit
from bocal.shop.presentation import say_exit_state, say_jars, say_receiver
from bocal.shop.views import EXIT_READERS, GIVERS, NAMES_READERS, TILL_READERS, VOUCHER_READERS
from bocal.shop.views.doors import houses_seen, reach, refuse_unless_within_reach, tabs
from bocal.toolbox.access import allow, allowed
from bocal.toolbox.acts import history_of
from bocal.toolbox.lists import Column, respond_with_list
from bocal.toolbox.times import paris_day, say_moment


@allow(*EXIT_READERS)
@require_safe
def exits(request: Request) -> HttpResponse:
    """Every exit under the filters, with how many jars they took out."""
    filters = ExitFilterForm(request.GET)
    said = filters.values
    found = queries.exits(
        first=said.pop("from", None), last=said.pop("to", None), houses=houses_seen(request), **said
    )
    return respond_with_list(
        request,
        template="shop/exits.html",
        rows=found,
        columns=_columns(request),
        title=_("Ce que les pots sont devenus"),
        filename="sorties-de-pots",
        filters=filters,
        empty={
            "title": _("Aucun pot n'est encore sorti"),
            "sentence": _("Ce qui est partagé, vendu, goûté ou cassé apparaît ici, pot par pot."),
            "action": _("Partager des pots"),
            "url": reverse("shop:share"),
        }
        if allowed(request, *GIVERS)
        else {"title": _("Aucun pot n'est encore sorti")},
        context={**tabs(request, "exits"), "jars": say_jars(queries.jars_out(found))},
    )


@allow(*EXIT_READERS)
@require_safe
def exit_page(request: Request, exit_id: UUID) -> HttpResponse:
    moved = _exit(request, exit_id)
    left = moved.transaction.exit
    standing = not moved.cancelled and left.sale is None
    within = reach(request)
    keeps = allowed(request, *GIVERS) and (within is None or moved.source.place_id in within)
    context = {
        "moved": moved,
        "name": name_lot(moved.lot),
        "jars": say_jars(moved.quantity),
        "channel": capfirst(moved.transaction.get_kind_display()),
        "state": say_exit_state(moved, []) if moved.cancelled else "",
        "facts": _facts(request, moved),
        "may_change": standing and keeps,
        "redeemed": hasattr(moved.transaction, "voucher"),
        "history": history_of(left),
    }
    return render(request, "shop/exit.html", context)


@allow(*GIVERS)
@get_or_post
def cancel(request: Request, exit_id: UUID) -> HttpResponse:
    """Take an exit back: the jars are again where they were."""
    moved = _exit(request, exit_id)
    refuse_unless_within_reach(request, moved.source.place)
    form = ReasonForm(request.POST or None)
    if attempt(
        form,
        lambda: actions.cancel_exit(exit=moved.transaction.exit, **form.cleaned_data, **by(request)),
    ):
        messages.success(
            request,
            _("La sortie est annulée : %(jars)s de nouveau à %(place)s.")
            % {"jars": say_jars(moved.quantity), "place": moved.source.place},
        )
        return redirect("shop:exit", exit_id)
    context = {
        "title": _("Annuler cette sortie"),
        "lead": f"{say_jars(moved.quantity)} · {name_lot(moved.lot)} · {moved.transaction.get_kind_display()}",
        "form": form,
        "submit": _("Annuler la sortie"),
        "back": _back(exit_id, moved),
    }
    return render(request, "form_page.html", context)


@allow(*GIVERS)
@get_or_post
def correct(request: Request, exit_id: UUID) -> HttpResponse:
    """The exit as it really was; the one noted by mistake stays, said to be replaced."""
    moved = _exit(request, exit_id)
    refuse_unless_within_reach(request, moved.source.place)
    form = CorrectExitForm(request.POST or None, moved=moved, places=reach(request))
    if corrected := attempt(form, lambda: _correct(request, form, moved.transaction.exit)):
        messages.success(request, _("La sortie est corrigée ; l'ancienne reste dans l'historique."))
        return redirect("shop:exit", corrected.pk)
    context = {"form": form, "moved": moved, "name": name_lot(moved.lot), "jars": say_jars(moved.quantity)}
    return render(request, "shop/correct_exit.html", context)


def _correct(request: Request, form: CorrectExitForm, left: Exit) -> Exit:
    said = by(request)
    typed = {name: form.cleaned_data[name] for name in ("id", "lot", "jars", "source", "channel", "reason")}
    return actions.correct_exit(
        exit=left, happened_at=form.happened_at(said["at"]), **typed, **form.received_by, **said
    )


def _columns(request: Request) -> tuple[Column, ...]:
    names, sees_lots = allowed(request, *NAMES_READERS), allowed(request, *LOT_READERS)
    periods = SimpleLazyObject(reconstructed_periods)
    return (
        Column(
            _("Jour"),
            lambda row: paris_day(row.transaction.happened_at),
            kind="day",
            url=lambda row: reverse("shop:exit", args=[row.transaction.exit.pk]),
        ),
        Column(_("Pots"), "quantity", kind="number"),
        Column(_("Devenus"), "transaction.get_kind_display"),
        Column(_("Quoi"), lambda row: name_lot(row.lot)),
        Column(
            _("Lot"),
            "lot.code",
            url=lambda row: reverse("kitchen:lot", args=[row.lot_id]) if sees_lots else None,
        ),
        Column(_("À qui"), lambda row: say_receiver(row, persons=names)),
        Column(_("Pris à"), "source.place.name"),
        Column(
            _("État"),
            lambda row: say_exit_state(row, periods),  # type: ignore[arg-type]
            chip=lambda row: "no" if row.cancelled else "",
        ),
    )


def _exit(request: Request, exit_id: UUID) -> Any:
    found = queries.exit_shown(exit_id, houses=houses_seen(request))
    if found is None:
        raise Http404
    return found


def _facts(request: Request, moved: Any) -> list[dict[str, Any]]:
    written = moved.transaction
    left = written.exit
    lot = {"label": _("Lot"), "value": moved.lot.code}
    if allowed(request, *LOT_READERS):
        lot["url"] = reverse("kitchen:lot", args=[moved.lot_id])
    said: list[dict[str, Any]] = [
        {"label": _("Le"), "value": say_moment(written.happened_at)},
        lot,
        {"label": _("Pris à"), "value": moved.source.place.name},
    ]
    if receiver := say_receiver(moved, persons=allowed(request, *NAMES_READERS)):
        said.append({"label": _("À qui"), "value": receiver})
    if left.sale:
        url = reverse("shop:sale", args=[left.sale_id]) if allowed(request, *TILL_READERS) else ""
        said.append({"label": _("Vente"), "value": left.sale.code, "url": url})
    if voucher := getattr(written, "voucher", None):
        url = reverse("shop:voucher", args=[voucher.pk]) if allowed(request, *VOUCHER_READERS) else ""
        said.append({"label": _("Bon de retrait"), "value": voucher.code, "url": url})
    if left.replaces_id:
        url = reverse("shop:exit", args=[left.replaces_id])
        said.append({"label": _("Remplace"), "value": _("une sortie notée par erreur"), "url": url})
    if moved.replaced:
        url = reverse("shop:exit", args=[left.replaced_by.pk])
        said.append({"label": _("Remplacée par"), "value": _("la sortie corrigée"), "url": url})
    if origin := say_origin(left.imported, paris_day(written.happened_at), reconstructed_periods()):
        said.append({"label": _("Origine"), "value": origin})
    said.append({"label": _("Noté par"), "value": written.by.name})
    return said


def _back(exit_id: UUID, moved: Any) -> dict[str, str]:
    return {"url": reverse("shop:exit", args=[exit_id]), "label": moved.lot.code}
