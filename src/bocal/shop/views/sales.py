"""What was sold: the list with its sums, one sale, and how one is taken back or corrected."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bocal.craft.measures import format_number
from bocal.kitchen.presentation import name_lot
from bocal.parameters.origins import say_origin
from bocal.parameters.queries import reconstructed_periods
from bocal.people.middleware import Request
from bocal.people.roles import SHOP
from bocal.programme.views.doors import attempt, by, get_or_post
from bocal.shop import actions, queries
from bocal.shop.forms import CorrectSaleForm, ReasonForm, SaleFilterForm
from bocal.shop.models import Sale
from bocal.shop.presentation import (
    say_amount,
    say_buyer,
    say_jars,
    say_sale_state,
)
from bocal.shop.views import NAMES_READERS, SELLERS, TAKINGS_READERS, TILL_READERS
from bocal.shop.views.doors import tabs
from bocal.shop.views.till import CURRENCIES
from bocal.toolbox.access import allow, allowed
from bocal.toolbox.acts import history_of
from bocal.toolbox.lists import Column, respond_with_list
from bocal.toolbox.times import paris_day, say_moment


@allow(*TAKINGS_READERS)
@require_safe
def sales(request: Request) -> HttpResponse:
    """Every sale under the filters, and what they brought in together: euros and minutes apart."""
    filters = SaleFilterForm(request.GET)
    said = filters.values
    found = queries.sales(first=said.pop("from", None), last=said.pop("to", None), **said)
    return respond_with_list(
        request,
        template="shop/sales.html",
        rows=found,
        columns=_columns(allowed(request, *NAMES_READERS)),
        title=_("Ventes"),
        filename="ventes",
        filters=filters,
        empty={
            "title": _("Rien de vendu pour l'instant"),
            "sentence": _("Chaque vente notée à la boutique apparaît ici, avec ce qu'elle a rapporté."),
        },
        context={**tabs(request, "sales"), "takings": queries.takings_of(found)},
    )


@allow(*TILL_READERS)
@require_safe
def sale(request: Request, sale_id: UUID) -> HttpResponse:
    shown = _sale(sale_id)
    names = allowed(request, *NAMES_READERS)
    context = {
        "sale": shown,
        "amount": say_amount(shown.currency, shown.amount),
        "jars": say_jars(shown.jars),
        "state": say_sale_state(shown, []) if shown.cancelled else "",
        "facts": _facts(shown, names),
        "lines": _lines(shown),
        "may_change": _may_change(request, shown) and not shown.cancelled,
        "history": history_of(shown),
    }
    return render(request, "shop/sale.html", context)


@allow(*SELLERS)
@get_or_post
def cancel(request: Request, sale_id: UUID) -> HttpResponse:
    """Take a sale back: the jars return to the shelf, the money to the buyer."""
    shown = _sale(sale_id)
    _refuse_unless_theirs(request, shown)
    form = ReasonForm(request.POST or None)
    if attempt(form, lambda: actions.cancel_sale(sale=shown, **form.cleaned_data, **by(request))):
        said = {"code": shown.code, "amount": say_amount(shown.currency, shown.amount)}
        messages.success(
            request, _("La vente %(code)s est annulée : rendez %(amount)s, reprenez les pots.") % said
        )
        return redirect("shop:home")
    context = {
        "title": _("Annuler la vente %(code)s") % {"code": shown.code},
        "lead": f"{say_jars(shown.jars)} · {say_amount(shown.currency, shown.amount)}",
        "form": form,
        "submit": _("Annuler la vente"),
        "back": _back(shown),
    }
    return render(request, "form_page.html", context)


@allow(*SELLERS)
@get_or_post
def correct(request: Request, sale_id: UUID) -> HttpResponse:
    """The sale as it really was; the one noted by mistake stays, said to be replaced."""
    shown = _sale(sale_id)
    _refuse_unless_theirs(request, shown)
    currency = _currency(request, shown)
    lines = queries.lines_of([shown])[shown.pk]
    form = CorrectSaleForm(
        request.POST or None, sale=shown, currency=currency, prices=queries.last_prices(currency),
        shelf=_shelf_of(lines), initial=_as_it_was(shown, lines, currency),
    )  # fmt: skip
    if corrected := attempt(form, lambda: _correct(request, form, shown, currency)):
        messages.success(
            request,
            _("La vente %(old)s est remplacée par %(new)s.") % {"old": shown.code, "new": corrected.code},
        )
        return redirect("shop:sale", corrected.pk)
    address = reverse("shop:correct_sale", args=[shown.pk])
    context = {
        "sale": shown,
        "form": form,
        "currency": currency,
        "currencies": [
            {"label": label, "url": f"{address}?paiement={key}", "current": key == currency}
            for key, label in CURRENCIES.items()
        ],
    }
    return render(request, "shop/correct_sale.html", context)


def _correct(request: Request, form: CorrectSaleForm, shown: Sale, currency: str) -> Sale:
    said = by(request)
    return actions.correct_sale(
        id=form.cleaned_data["id"], sale=shown, lines=form.lines, currency=currency,
        sold_at=form.sold_at(said["at"]), reason=form.cleaned_data["reason"], **form.bought_by, **said,
    )  # fmt: skip


def _columns(names: bool) -> tuple[Column, ...]:
    periods = SimpleLazyObject(reconstructed_periods)

    def amount_in(currency: str) -> Any:
        return lambda row: row.amount if row.currency == currency else None

    return (
        Column(_("Vente"), "code", url=lambda row: reverse("shop:sale", args=[row.pk])),
        Column(_("Jour"), lambda row: paris_day(row.sold_at), kind="day"),
        Column(_("Pots"), "jars", kind="number"),
        Column(_("Euros"), amount_in(Sale.Currency.EUROS), kind="euros"),
        Column(_("Temps"), amount_in(Sale.Currency.MINUTES), kind="duration"),
        Column(_("Acheteur"), lambda row: say_buyer(row, persons=names)),
        Column(_("Vendu à"), "place.name"),
        Column(
            _("État"),
            lambda row: say_sale_state(row, periods),  # type: ignore[arg-type]
            chip=lambda row: "no" if row.cancelled else "",
        ),
    )


def _sale(sale_id: UUID) -> Any:
    found = queries.sales().select_related("replaces", "replaced_by").filter(pk=sale_id).first()
    if found is None:
        raise Http404
    return found


def _may_change(request: Request, shown: Sale) -> bool:
    """Who keeps the shop corrects the sales of the day; older ones are for the coordination."""
    if not allowed(request, *SELLERS):
        return False
    return request.roles & {*SELLERS} != {SHOP} or paris_day(shown.sold_at) == timezone.localdate()


def _refuse_unless_theirs(request: Request, shown: Sale) -> None:
    if not _may_change(request, shown):
        raise PermissionDenied(
            _("Cette vente n'est pas d'aujourd'hui : la coordination peut la corriger pour vous.")
        )


def _currency(request: Request, shown: Sale) -> str:
    wanted = request.GET.get("paiement")
    return wanted if wanted in Sale.Currency.values else shown.currency


def _shelf_of(lines: list[Any]) -> list[queries.Shelved]:
    """What can be sold on the shelf the jars came from, had they not been sold."""
    sold = queries.jars_by_lot((line.lot, line.quantity) for line in lines)
    there = queries.jars_at_before(lines[0].source.place, sold)
    return sorted((each for each in there if each.to_give), key=lambda each: each.lot not in sold)


def _as_it_was(shown: Sale, lines: list[Any], currency: str) -> dict[str, Any]:
    buyer = shown.buyer_organisation or shown.buyer_person
    said: dict[str, Any] = {"day": paris_day(shown.sold_at), "buyer": buyer.name if buyer else ""}
    for line in lines:
        said[f"jars_{line.lot_id}"] = line.quantity
        if currency == shown.currency:
            amount = line.amount or 0
            said[f"price_{line.lot_id}"] = amount // line.quantity
    if currency == shown.currency and any((line.amount or 0) % line.quantity for line in lines):
        said["whole"] = sum(line.amount or 0 for line in lines)
    return said


def _lines(shown: Sale) -> list[dict[str, Any]]:
    return [
        {
            "name": name_lot(line.lot),
            "lot": line.lot,
            "jars": format_number(line.quantity),
            "amount": say_amount(shown.currency, line.amount or 0),  # type: ignore[attr-defined]
            "source": line.source.place,
        }
        for line in queries.lines_of([shown])[shown.pk]
        if line.lot
    ]


def _facts(shown: Any, names: bool) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = [
        {"label": _("Vendu"), "value": say_moment(shown.sold_at)},
        {"label": _("À"), "value": shown.place.name},
        {"label": _("Paiement"), "value": shown.get_currency_display()},
        {"label": _("Acheteur"), "value": say_buyer(shown, persons=names)},
        {"label": _("Noté par"), "value": shown.recorded_by.name},
    ]
    if shown.replaces:
        url = reverse("shop:sale", args=[shown.replaces.pk])
        said.append({"label": _("Remplace"), "value": shown.replaces.code, "url": url})
    if shown.replaced:
        url = reverse("shop:sale", args=[shown.replaced_by.pk])
        said.append({"label": _("Remplacée par"), "value": shown.replaced_by.code, "url": url})
    if origin := say_origin(shown.imported, paris_day(shown.sold_at), reconstructed_periods()):
        said.append({"label": _("Origine"), "value": origin})
    return said


def _back(shown: Sale) -> dict[str, str]:
    return {"url": reverse("shop:sale", args=[shown.pk]), "label": shown.code}
