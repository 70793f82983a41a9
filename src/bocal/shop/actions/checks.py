"""What is true of every exit: the jars are there, free, not promised to somebody else, and already made."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bocal.craft.measures import format_number
from bocal.journal.actions import place_account
from bocal.journal.models import Account, Balance, Lot
from bocal.journal.queries import is_free
from bocal.shop.models import Voucher
from bocal.territory.models import Place
from bocal.toolbox.times import paris_day, say_day

Complaint = tuple[str, str]
"""The field it is about, and the sentence."""


def about_jars(lot: Lot, jars: int) -> Iterator[Complaint]:
    """A whole number of jars of a jar lot."""
    if lot.kind != Lot.Kind.JAR:
        yield "lot", _("%(lot)s n'est pas un lot de pots.") % {"lot": lot.code}
    if jars <= 0:
        yield "jars", _("Dites combien de pots.")


def about_day(lot: Lot, happened_at: datetime, at: datetime) -> Iterator[Complaint]:
    """Not before the jars were made, not after they are written down."""
    day = paris_day(happened_at)
    if day > paris_day(at):
        yield "day", _("%(day)s n'est pas encore arrivé.") % {"day": say_day(day).capitalize()}
    if day < lot.made_on:
        words = {"lot": lot.code, "day": say_day(lot.made_on)}
        yield "day", _("Le lot %(lot)s n'a été fait que le %(day)s.") % words


def about_freedom(lot: Lot) -> Iterator[Complaint]:
    """Only free jars go to people."""
    if not is_free(lot):
        yield "lot", _("Le lot %(lot)s n'est pas libéré : ses pots ne sortent pas.") % {"lot": lot.code}


def about_presence(lot: Lot, jars: int, place: Place) -> Iterator[Complaint]:
    """The jars are at that place."""
    account = place_account(place)
    held = Balance.objects.filter(account=account, lot=lot).values_list("quantity", flat=True).first() or 0
    if jars > held:
        yield (
            "jars",
            ngettext(
                "Il y a %(held)s pot du lot %(lot)s à %(place)s, pas plus.",
                "Il y a %(held)s pots du lot %(lot)s à %(place)s, pas plus.",
                held,
            )
            % {"held": format_number(held), "lot": lot.code, "place": place.name},
        )


def about_promises(lot: Lot, jars: int) -> Iterator[Complaint]:
    """Jars promised by vouchers are not given to others."""
    promised = promised_jars(lot)
    if promised and jars > (left := jars_left(lot) - promised):
        yield (
            "jars",
            ngettext(
                "%(promised)s pot du lot %(lot)s est promis par bon de retrait : il en reste %(left)s à donner ou à vendre.",
                "%(promised)s pots du lot %(lot)s sont promis par bons de retrait : il en reste %(left)s à donner ou à vendre.",
                promised,
            )
            % {"promised": format_number(promised), "lot": lot.code, "left": format_number(max(left, 0))},
        )


def jars_left(lot: Lot) -> int:
    """Jars of the lot still inside, wherever they are."""
    inside = Balance.objects.filter(lot=lot, account__kind=Account.Kind.PLACE)
    return inside.aggregate(total=Sum("quantity"))["total"] or 0


def promised_jars(lot: Lot) -> int:
    """Jars of the lot that waiting vouchers promise."""
    waiting = Voucher.objects.filter(lot=lot, status=Voucher.Status.WAITING)
    return waiting.aggregate(total=Sum("jars"))["total"] or 0
