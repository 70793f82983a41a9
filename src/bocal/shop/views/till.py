"""The till: the jars of the shelf, what is taken, today's sales. One screen, which works without JavaScript.

The price of a jar is the last one asked for that recipe and format, or whatever was given for the whole.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bocal.parameters.queries import reconstructed_periods
from bocal.people import roles
from bocal.people.middleware import Request
from bocal.programme.views.doors import attempt, by
from bocal.shop import actions, queries
from bocal.shop.forms import SaleForm
from bocal.shop.models import Sale
from bocal.shop.presentation import say_amount, say_buyer, say_jars, say_lines, say_sale_state
from bocal.shop.views import NAMES_READERS, SELLERS, TILL_READERS
from bocal.shop.views.doors import tabs, wanted, wanted_id
from bocal.territory.models import Place
from bocal.toolbox.access import allow, allowed
from bocal.toolbox.times import in_paris, say_hour

CURRENCIES = {
    Sale.Currency.EUROS: gettext_lazy("En euros"),
    Sale.Currency.MINUTES: gettext_lazy("En temps"),
}
MOST_SHOWN = 12


@allow(*TILL_READERS)
@never_cache
@require_safe
def home(request: Request) -> HttpResponse:
    """Sell, and see what was sold today. Who only reads sees the takings."""
    places = _places(request)
    if not places:
        return render(request, "shop/no_shop.html", tabs(request, "home"))
    place, currency = _place(request, places), _currency(request)
    form = _form(request, place, currency) if allowed(request, *SELLERS) else None
    return _page(request, places, place, currency, form)


@allow(*SELLERS)
@never_cache
@require_POST
def sell(request: Request) -> HttpResponse:
    """Record the sale, once, or show again what was typed with what is missing."""
    places = _places(request)
    if not places:
        return redirect("shop:home")
    place, currency = _place(request, places), _currency(request)
    form = _form(request, place, currency, request.POST)
    before = wanted(Sale.objects.all(), request.POST.get("id"))
    sold = attempt(form, lambda: _sell(request, form, place, currency))
    if not sold:
        return _page(request, places, place, currency, form)
    if before and not _same(before, form):
        messages.warning(
            request,
            _("Cette page avait déjà noté la vente %(code)s. Une autre vente se note sur la page fraîche.")
            % {"code": before.code},
        )
    else:
        jars, amount = form.reckoned
        said = {"code": sold.code, "jars": say_jars(jars), "amount": say_amount(currency, amount or 0)}
        messages.success(request, _("Vente %(code)s : %(jars)s, %(amount)s.") % said)
    return redirect(_address(place, currency))


@allow(*SELLERS)
@never_cache
@require_POST
def reckon(request: Request) -> HttpResponse:
    """The same page with its total, nothing recorded; in the other currency too, the jars kept."""
    places = _places(request)
    if not places:
        return redirect("shop:home")
    place, currency = _place(request, places), _currency(request)
    typed = request.POST.copy()
    if typed.get("currency") != currency:
        for name in [name for name in typed if name.startswith("price_") or name == "whole"]:
            del typed[name]  # a price in euros is none in minutes
        form = _form(request, place, currency, initial=typed.dict())
        return _page(request, places, place, currency, form, kept=True)
    form = _form(request, place, currency, typed)
    form.is_valid()
    if request.headers.get("HX-Target") == "total":
        return render(request, "shop/total.html", {"total": _total(form, currency)})
    return _page(request, places, place, currency, form)


def _sell(request: Request, form: SaleForm, place: Place, currency: str) -> Sale:
    said = by(request)
    return actions.record_sale(
        id=form.cleaned_data["id"], lines=form.lines, currency=currency, place=place,
        sold_at=form.sold_at(said["at"]), **form.bought_by, **said,
    )  # fmt: skip


def _same(sale: Sale, form: SaleForm) -> bool:
    """Is it this sale that is sent a second time?"""
    recorded = sorted((line.lot_id, line.quantity) for line in queries.lines_of([sale])[sale.pk])
    return recorded == sorted((line.lot.pk, line.jars) for line in form.lines)


def _places(request: Request) -> list[Place]:
    return queries.selling_places(shops_only=not allowed(request, roles.COORDINATION))


def _place(request: Request, places: Sequence[Place]) -> Place:
    wanted = wanted_id(request.GET.get("lieu"))
    return next((place for place in places if place.pk == wanted), places[0])


def _currency(request: Request) -> str:
    wanted = request.GET.get("paiement")
    return wanted if wanted in Sale.Currency.values else Sale.Currency.EUROS


def _form(
    request: Request, place: Place, currency: str, data: Any = None, *, initial: dict[str, Any] | None = None
) -> SaleForm:
    shelf = [each for each in queries.jars_at(place) if each.to_give]
    return SaleForm(
        data, shelf=shelf, currency=currency, prices=queries.last_prices(currency), initial=initial
    )


def _address(place: Place, currency: str, page: str = "home") -> str:
    return f"{reverse(f'shop:{page}')}?lieu={place.pk}&paiement={currency}"


def _page(
    request: Request,
    places: Sequence[Place],
    place: Place,
    currency: str,
    form: SaleForm | None,
    *,
    kept: bool = False,
) -> HttpResponse:
    context = {
        **tabs(request, "home"),
        "place": place,
        "places": [
            {"label": each.name, "url": _address(each, currency), "current": each == place, "count": 0}
            for each in places
        ],
        "currency": currency,
        "currencies": [
            {
                "label": label,
                "url": _address(place, key),
                "reckon_url": _address(place, key, "reckon"),
                "current": key == currency,
            }
            for key, label in CURRENCIES.items()
        ],
        "sell_url": _address(place, currency, "sell"),
        "reckon_url": _address(place, currency, "reckon"),
        "form": form,
        "kept": kept,
        "total": _total(form, currency) if form and form.is_bound else None,
        "today": _today(request, place, timezone.localdate()),
    }
    return render(request, "shop/home.html", context)


def _total(form: SaleForm, currency: str) -> dict[str, str] | None:
    """What is understood so far of what was typed; nothing while no jar is."""
    jars, amount = form.reckoned
    return (
        {"jars": say_jars(jars), "amount": "" if amount is None else say_amount(currency, amount)}
        if jars
        else None
    )


def _today(request: Request, place: Place, day: date) -> dict[str, Any]:
    """What was sold at that place today: the sums, side by side, and the last sales."""
    sold = list(queries.day_of_sales(place, day)[:MOST_SHOWN])
    lines = queries.lines_of(sold)
    names = allowed(request, *NAMES_READERS)
    periods = reconstructed_periods() if any(sale.imported for sale in sold) else []  # type: ignore[attr-defined]
    last = next((sale for sale in sold if not sale.cancelled), None)  # type: ignore[attr-defined]
    return {
        "day": day,
        "takings": queries.takings(day, day, place=place),
        "last": last,
        "sales": [_told(sale, lines[sale.pk], names, periods) for sale in sold],
    }


def _told(sale: Any, lines: Any, names: bool, periods: Any) -> dict[str, Any]:
    buyer = say_buyer(sale, persons=names) if sale.buyer_person or sale.buyer_organisation else ""
    hour = say_hour(in_paris(sale.sold_at).time().replace(second=0, microsecond=0))
    state = say_sale_state(sale, periods)
    return {
        "title": f"{say_amount(sale.currency, sale.amount)} · {say_jars(sale.jars)}",
        "url": reverse("shop:sale", args=[sale.pk]),
        "text": " · ".join(filter(None, [hour, say_lines(lines), buyer])),
        "word": state or sale.code,
        "kind": "no" if sale.cancelled else "",
    }
