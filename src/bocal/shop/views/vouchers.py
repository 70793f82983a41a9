"""Vouchers: promised, found by their code, handed over once the jars are there, taken back."""

from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bocal.craft.journal import is_free
from bocal.craft.measures import format_number
from bocal.kitchen.actions import move_lot
from bocal.kitchen.presentation import name_lot, state_named
from bocal.kitchen.views import LOT_READERS
from bocal.people.middleware import Request
from bocal.programme.views.doors import attempt, by, get_or_post
from bocal.shop import actions, queries
from bocal.shop.forms import FetchForm, IssueForm, ReasonForm, VoucherFilterForm
from bocal.shop.models import Voucher
from bocal.shop.presentation import say_jars, say_voucher_state
from bocal.shop.views import EXIT_READERS, GIVERS, PROMISERS, VOUCHER_READERS
from bocal.shop.views.doors import reach, refuse_unless_within_reach, tabs, wanted_id
from bocal.territory.models import Place
from bocal.toolbox.access import allow, allowed
from bocal.toolbox.acts import history_of
from bocal.toolbox.ids import new_id
from bocal.toolbox.lists import Column, respond_with_list
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import paris_day, say_moment

Status = Voucher.Status

COLUMNS = (
    Column(gettext_lazy("Bon"), "code", url=lambda row: reverse("shop:voucher", args=[row.pk])),
    Column(gettext_lazy("Pots"), "jars", kind="number"),
    Column(gettext_lazy("Quoi"), lambda row: name_lot(row.lot)),
    Column(gettext_lazy("Lot"), "lot.code"),
    Column(gettext_lazy("À retirer à"), "place.name"),
    Column(gettext_lazy("Pour"), "holder"),
    Column(gettext_lazy("Fait le"), lambda row: paris_day(row.recorded_at), kind="day"),
    Column(
        gettext_lazy("État"),
        lambda row: say_voucher_state(row)["word"],
        chip=lambda row: say_voucher_state(row)["kind"],
    ),
)


@allow(*VOUCHER_READERS)
@require_safe
def vouchers(request: Request) -> HttpResponse:
    """Every voucher, the newest first; a whole code typed in the box goes straight to its voucher."""
    filters = VoucherFilterForm(request.GET)
    said, within = filters.values, reach(request)
    one = queries.voucher_of_code(said["text"]) if "text" in said else None
    if one and (within is None or one.place_id in within):
        return redirect("shop:voucher", one.pk)
    makes = allowed(request, *GIVERS)
    return respond_with_list(
        request,
        template="shop/vouchers.html",
        rows=queries.vouchers(**said, places=within),
        columns=COLUMNS,
        title=_("Bons de retrait"),
        filename="bons-de-retrait",
        filters=filters,
        empty={
            "title": _("Aucun bon de retrait"),
            "sentence": _(
                "Un bon promet des pots qui ne sont pas encore libérés : on les retire plus tard, là où il le dit."
            ),
            **({"action": _("Faire des bons"), "url": reverse("shop:issue")} if makes else {}),
        },
        context={**tabs(request, "vouchers"), "short": [_short(each) for each in queries.overpromised()]},
    )


@allow(*GIVERS)
@never_cache
@get_or_post
def issue(request: Request) -> HttpResponse:
    """Promise jars: one voucher, or a sheet of them. `?lot=` chooses the lot."""
    places = _collecting_places(request)
    form = IssueForm(request.POST or None, places=places, initial=_start(request, places))
    if issued := attempt(form, lambda: _issue(request, form)):
        made = ngettext("%(count)s bon est fait.", "%(count)s bons sont faits.", len(issued))
        messages.success(request, made % {"count": format_number(len(issued))})
        return redirect("shop:voucher", issued[0].pk) if len(issued) == 1 else redirect(_sheet_of(issued[0]))
    context = {
        **tabs(request, "vouchers"),
        "title": _("Faire des bons de retrait"),
        "lead": _("Pour des pots promis : ils comptent comme donnés quand on vient les chercher."),
        "form": form,
        "submit": _("Faire les bons"),
        "back": {"url": reverse("shop:vouchers"), "label": _("Bons de retrait")},
    }
    return render(request, "form_page.html", context)


@allow(*VOUCHER_READERS)
@require_safe
def voucher(request: Request, voucher_id: UUID) -> HttpResponse:
    """One voucher: may the jars be handed over, are they there, and what to do if not."""
    shown = _voucher(request, voucher_id)
    keeps = allowed(request, *PROMISERS)
    missing, elsewhere = _missing(shown)
    context = {
        "voucher": shown,
        "name": name_lot(shown.lot),
        "jars": say_jars(shown.jars),
        "state": say_voucher_state(shown),
        "lot_state": state_named(shown.state),
        "facts": _facts(request, shown),
        "waiting": shown.status == Status.WAITING,
        "free": is_free(shown.state),
        "missing": say_jars(missing) if missing else "",
        "elsewhere": [f"{place.name} ({format_number(jars)})" for place, jars in elsewhere],
        "redeem_id": new_id(),
        "fetch": FetchForm(places=[place for place, _jars in elsewhere]) if missing and elsewhere else None,
        "keeps": keeps,
        "sheet_url": _sheet_of(shown),
        "history": history_of(shown),
    }
    return render(request, "shop/voucher.html", context)


@allow(*PROMISERS)
@require_POST
def redeem(request: Request, voucher_id: UUID) -> HttpResponse:
    """Hand the jars over."""
    shown = _voucher(request, voucher_id)
    said = by(request)
    try:
        actions.redeem_voucher(
            id=wanted_id(request.POST.get("id")) or new_id(), voucher=shown, happened_at=said["at"], **said
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(jars)s remis. Bon appétit !") % {"jars": say_jars(shown.jars)})
    return redirect("shop:voucher", shown.pk)


@allow(*PROMISERS)
@require_POST
def fetch(request: Request, voucher_id: UUID) -> HttpResponse:
    """Bring the missing jars to where they are to be collected."""
    shown = _voucher(request, voucher_id)
    missing, elsewhere = _missing(shown)
    form = FetchForm(request.POST, places=[place for place, _jars in elsewhere])
    if form.is_valid() and missing:
        source, said = form.cleaned_data["source"], by(request)
        jars = min(missing, {place.pk: held for place, held in elsewhere}[source.pk])
        try:
            move_lot(
                id=form.cleaned_data["id"], lot=shown.lot, quantity=jars, source=source, target=shown.place,
                happened_at=said["at"], **said,
            )  # fmt: skip
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            moved = {"jars": say_jars(jars), "source": source, "target": shown.place}
            messages.success(request, _("%(jars)s de %(source)s sont maintenant à %(target)s.") % moved)
    return redirect("shop:voucher", shown.pk)


@allow(*GIVERS)
@get_or_post
def cancel(request: Request, voucher_id: UUID) -> HttpResponse:
    """Take the promise back, and say why."""
    shown = _voucher(request, voucher_id)
    refuse_unless_within_reach(request, shown.place)
    form = ReasonForm(request.POST or None)
    if attempt(form, lambda: _cancel(request, shown, form)):
        messages.success(request, _("Le bon %(code)s est annulé.") % {"code": shown.code})
        return redirect("shop:voucher", shown.pk)
    context = {
        "title": _("Annuler le bon %(code)s") % {"code": shown.code},
        "lead": f"{say_jars(shown.jars)} · {name_lot(shown.lot)}",
        "form": form,
        "submit": _("Annuler le bon"),
        "back": {"url": reverse("shop:voucher", args=[shown.pk]), "label": shown.code},
    }
    return render(request, "form_page.html", context)


def _issue(request: Request, form: IssueForm) -> list[Voucher]:
    """One voucher a person, each under an id of its own that follows from the form's."""
    typed = form.cleaned_data
    return [
        actions.issue_voucher(
            id=uuid5(typed["id"], str(rank)), lot=typed["lot"], jars=typed["jars"], place=typed["place"],
            holder=typed["holder"], **by(request),
        )
        for rank in range(typed["count"])
    ]  # fmt: skip


def _cancel(request: Request, shown: Voucher, form: ReasonForm) -> Voucher:
    return actions.cancel_voucher(voucher=shown, reason=form.cleaned_data["reason"], **by(request))


def _start(request: Request, places: list[Place]) -> dict[str, Any]:
    said: dict[str, Any] = {"lot": wanted_id(request.GET.get("lot"))}
    return said | ({"place": places[0].pk} if len(places) == 1 else {})


def _collecting_places(request: Request) -> list[Place]:
    """Where jars may be collected, among those the one who asks keeps."""
    within = reach(request)
    return [place for place in queries.collecting_places() if within is None or place.pk in within]


def _voucher(request: Request, voucher_id: UUID) -> Any:
    found = queries.voucher_named(voucher_id)
    within = reach(request)
    if found is None or (within is not None and found.place_id not in within):
        raise Http404
    return found


def _missing(shown: Voucher) -> tuple[int, list[tuple[Place, int]]]:
    """How many of its jars are not where they are to be collected, and where there are some."""
    if shown.status != Status.WAITING:
        return 0, []
    found = queries.whereabouts(shown.lot)
    here = next((jars for place, jars in found if place.pk == shown.place_id), 0)
    return max(0, shown.jars - here), [(place, jars) for place, jars in found if place.pk != shown.place_id]


def _facts(request: Request, shown: Any) -> list[dict[str, Any]]:
    lot = {"label": _("Lot"), "value": shown.lot.code}
    if allowed(request, *LOT_READERS):
        lot["url"] = reverse("kitchen:lot", args=[shown.lot_id])
    said: list[dict[str, Any]] = [lot, {"label": _("À retirer à"), "value": shown.place.name}]
    if shown.holder:
        said.append({"label": _("Pour"), "value": shown.holder})
    said.append({"label": _("Fait"), "value": say_moment(shown.recorded_at)})
    if written := shown.transaction:
        handed = {"label": _("Remis"), "value": say_moment(written.happened_at)}
        if allowed(request, *EXIT_READERS):
            handed["url"] = reverse("shop:exit", args=[written.exit.pk])
        said += [handed, {"label": _("Par"), "value": written.by.name}]
    return said


def _short(each: queries.Promised) -> str:
    """A lot with more jars promised than there are."""
    return ngettext(
        "%(lot)s : %(promised)s pot promis, il n'en reste que %(left)s. Annulez un bon, ou promettez un autre pot.",
        "%(lot)s : %(promised)s pots promis, il n'en reste que %(left)s. Annulez un bon, ou promettez d'autres pots.",
        each.promised,
    ) % {
        "lot": f"{name_lot(each.lot)} ({each.lot.code})",
        "promised": format_number(each.promised),
        "left": format_number(each.left),
    }


def _sheet_of(shown: Voucher) -> str:
    return f"{reverse('shop:voucher_sheet')}?lot={shown.lot_id}&place={shown.place_id}"
