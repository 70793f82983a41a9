"""What is where: each place with its kilos and its jars, then every lot, with what is below zero said first."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from bocal.craft.measures import format_grams, format_number
from bocal.journal.models import Balance, Lot
from bocal.kitchen import queries
from bocal.kitchen.forms import StockFilterForm
from bocal.kitchen.presentation import name_lot, say_quantity, state_named
from bocal.people import roles
from bocal.people.middleware import Request
from bocal.toolbox.access import allow, allowed
from bocal.toolbox.lists import Column, respond_with_list

READERS = (roles.COORDINATION, roles.DIRECTOR, roles.OPERATOR, roles.REFERENT, roles.INSPECTOR)
SEE_EVERY_PLACE = (roles.COORDINATION, roles.DIRECTOR, roles.OPERATOR, roles.INSPECTOR)


def _state_word(row: Any) -> str:
    state = state_named(row.state) if row.lot.kind == Lot.Kind.JAR else None
    return str(state.word) if state else ""


def _state_kind(row: Any) -> str:
    state = state_named(row.state)
    return state.kind if state else ""


COLUMNS = (
    Column(gettext_lazy("Lieu"), "account.place.name"),
    Column(gettext_lazy("Quoi"), lambda row: name_lot(row.lot)),
    Column(gettext_lazy("Lot"), "lot.code", url=lambda row: reverse("kitchen:lot", args=[row.lot_id])),
    Column(gettext_lazy("Pots"), lambda row: _if_unit(row, Lot.Unit.PIECE), kind="number"),
    Column(gettext_lazy("Poids"), lambda row: _if_unit(row, Lot.Unit.GRAM), kind="kilos"),
    Column(gettext_lazy("Depuis le"), "lot.made_on", kind="day"),
    Column(gettext_lazy("Appartient à"), "lot.owner.name"),
    Column(gettext_lazy("État"), _state_word, chip=_state_kind),
)


@allow(*READERS)
@require_safe
def stock(request: Request) -> HttpResponse:
    filters = StockFilterForm(request.GET)
    houses = None if allowed(request, *SEE_EVERY_PLACE) else request.house_ids
    return respond_with_list(
        request,
        template="kitchen/stock.html",
        rows=queries.stock(**filters.values, houses=houses),
        columns=COLUMNS,
        title=_("Stock"),
        filename="stock",
        filters=filters,
        empty={
            "title": _("Les étagères sont vides"),
            "sentence": _("Ce qui est collecté et ce qui est fabriqué apparaît ici tout seul."),
            "action": _("Noter une collecte"),
            "url": reverse("surplus:new_collection"),
        },
        context={
            "places": [_place(held) for held in queries.held_by_place(houses=houses)],
            "below_zero": [_below_zero(row) for row in queries.below_zero(houses=houses)],
        },
    )


def _if_unit(row: Balance, unit: str) -> int | None:
    return row.quantity if row.lot and row.lot.unit == unit else None


def _place(held: queries.Held) -> dict[str, Any]:
    said = []
    if held.jars:
        said.append(
            ngettext("%(count)s pot", "%(count)s pots", held.jars) % {"count": format_number(held.jars)}
        )
    if held.grams:
        said.append(format_grams(held.grams))
    label = _("%(place)s (consigne)") % {"place": held.name} if held.quarantine else held.name
    number = " · ".join(said) or ngettext("%(count)s lot", "%(count)s lots", held.lots) % {"count": held.lots}
    return {"number": number, "label": label, "url": f"{reverse('kitchen:stock')}?place={held.place_id}"}


def _below_zero(row: Any) -> str:
    """A sentence: it left without having come."""
    return _(
        "%(place)s : %(quantity)s de %(what)s (%(lot)s). Il en est sorti plus qu'il n'en était noté."
    ) % {
        "place": row.account.place.name,
        "quantity": say_quantity(row.lot, row.quantity),
        "what": name_lot(row.lot),
        "lot": row.lot.code,
    }
