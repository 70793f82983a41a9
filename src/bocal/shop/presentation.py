"""Words of the shop: how many jars, what was paid, who received, where a line comes from."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bocal.craft.journal import is_free
from bocal.craft.measures import NBSP, format_cents, format_minutes, format_number
from bocal.journal.models import Account, Movement, Transaction
from bocal.kitchen.presentation import name_account, name_lot, state_named
from bocal.parameters.origins import Periods, say_origin
from bocal.shop.models import Sale, Voucher
from bocal.toolbox.times import paris_day


def say_jars(jars: int) -> str:
    """ "1 pot", "12 pots"."""
    words = ngettext("%(count)s pot", "%(count)s pots", abs(jars)) % {"count": format_number(jars)}
    return words.replace(" ", NBSP)


def say_amount(currency: str, amount: int) -> str:
    """ "7,50 €", "1 h 30", "offert"."""
    if not amount:
        return _("offert")
    return format_cents(amount) if currency == Sale.Currency.EUROS else format_minutes(amount)


def say_buyer(sale: Sale, *, persons: bool) -> str:
    """Whose purchase it is; a resident's name is for those who sell."""
    if sale.buyer_organisation:
        return sale.buyer_organisation.name
    if sale.buyer_person:
        return sale.buyer_person.name if persons else _("une personne")
    return _("anonyme")


def say_receiver(moved: Movement, *, persons: bool) -> str:
    """Who received the jars of an exit: as written, else whom the journal names; nobody in particular on the spot."""
    if written := moved.transaction.exit.recipient:
        return written
    nobody = moved.target.kind == Account.Kind.SINK or moved.transaction.kind == Transaction.Kind.ON_THE_SPOT
    return "" if nobody else name_account(moved.target, persons=persons)


def say_lines(lines: Iterable[Movement]) -> str:
    """ "2 Velouté de courge, 385 ml + 1 Chutney de poire, 212 ml"."""
    return " + ".join(
        f"{format_number(line.quantity)}{NBSP}{name_lot(line.lot)}" for line in lines if line.lot
    )


def say_exit_state(moved: Any, reconstructed: Periods) -> str:
    """A word for an exit that was taken back, or that was not noted on the day."""
    if moved.cancelled:
        return _("remplacée") if moved.replaced else _("annulée")
    written = moved.transaction
    return say_origin(written.exit.imported, paris_day(written.happened_at), reconstructed)


def say_sale_state(sale: Any, reconstructed: Periods) -> str:
    """The same, for a sale."""
    if sale.cancelled:
        return _("remplacée") if sale.replaced else _("annulée")
    return say_origin(sale.imported, paris_day(sale.sold_at), reconstructed)


def say_voucher_state(voucher: Any) -> dict[str, str]:
    """Where a voucher stands, as a chip: one that waits says what for."""
    if voucher.status == Voucher.Status.REDEEMED:
        return {"word": _("remis"), "kind": "ok", "icon": ""}
    if voucher.status == Voucher.Status.CANCELLED:
        return {"word": _("annulé"), "kind": "no", "icon": ""}
    if is_free(voucher.state):
        return {"word": _("à retirer"), "kind": "", "icon": "gift"}
    state = state_named(voucher.state)
    if state and state.kind == "no":
        return {"word": _("lot %(state)s") % {"state": state.word}, "kind": "no", "icon": state.icon}
    return {"word": _("attend la libération"), "kind": "wait", "icon": ""}
