"""The voucher as its holder has it: cut from a printed sheet, and the page its QR code opens.

Whoever holds the paper sees only what the paper says, and whether the jars wait for her. Nobody is named.
"""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bocal.craft.journal import is_free
from bocal.journal.models import Lot
from bocal.kitchen.presentation import name_lot
from bocal.people.middleware import Request
from bocal.shop import queries
from bocal.shop.models import Voucher
from bocal.shop.presentation import say_jars
from bocal.shop.views import VOUCHER_READERS
from bocal.shop.views.doors import reach, wanted
from bocal.territory.models import Place
from bocal.toolbox.access import allow, allowed
from bocal.toolbox.qr import qr_svg

MOST_PRINTED = 120

Status = Voucher.Status


@allow(*VOUCHER_READERS)
@require_safe
def sheet(request: Request) -> HttpResponse:
    """The waiting vouchers of a lot (of one place with `?place=`), eight to a page, to print and cut."""
    lot = wanted(Lot.objects.all(), request.GET.get("lot"))
    if lot is None:
        raise Http404
    found = queries.waiting_for(lot)
    if place := wanted(Place.objects.all(), request.GET.get("place")):
        found = found.filter(place=place)
    if (within := reach(request)) is not None:
        found = found.filter(place__in=within)
    context = {
        "lot": lot,
        "name": name_lot(lot),
        "vouchers": [_printed(request, each) for each in found[:MOST_PRINTED]],
    }
    return render(request, "shop/voucher_sheet.html", context)


@allow.public
@require_safe
def collect(request: Request, code: str) -> HttpResponse:
    """For the one who holds the paper: are my jars ready? Whoever keeps the shelf goes on to the voucher."""
    found = queries.voucher_of_code(code)
    if found is None:
        raise Http404
    within = reach(request)
    if allowed(request, *VOUCHER_READERS) and (within is None or found.place_id in within):
        return redirect("shop:voucher", found.pk)
    context = {"voucher": found, "name": name_lot(found.lot), "jars": say_jars(found.jars), **_answer(found)}
    return render(request, "shop/collect.html", context)


def _printed(request: Request, each: Voucher) -> dict[str, Any]:
    address = request.build_absolute_uri(reverse("shop:collect", args=[each.code]))
    return {"voucher": each, "jars": say_jars(each.jars), "qr": qr_svg(address)}


def _answer(found: Any) -> dict[str, str]:
    """A word, its kind and a sentence."""
    if found.status == Status.REDEEMED:
        return {"word": _("remis"), "kind": "ok", "sentence": _("Ces pots vous ont été remis. Bon appétit !")}
    if found.status == Status.CANCELLED:
        return {
            "word": _("annulé"),
            "kind": "no",
            "sentence": _("Ce bon ne vaut plus. Parlez-en à la personne qui vous l'a donné."),
        }
    if is_free(found.state):
        return {
            "word": _("à retirer"),
            "kind": "ok",
            "sentence": _("Vos pots peuvent être retirés à %(place)s. Montrez ce bon.")
            % {"place": found.place},
        }
    return {
        "word": _("pas encore"),
        "kind": "wait",
        "sentence": _(
            "Avant de sortir, chaque pot est contrôlé. Les vôtres ne le sont pas encore : "
            "revenez voir cette page dans quelques jours."
        ),
    }
