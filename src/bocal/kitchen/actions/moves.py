"""Carrying a lot from one place to another: from the truck to the store, from the consigne to a shelf.

The journal refuses to let jars that are not released into a place where people help themselves; here the person is
told before, in her words. A move that should not have been is taken back by carrying the lot home.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bocal.craft.journal import LotId, transfer
from bocal.craft.measures import format_grams, format_number
from bocal.journal.actions import place_account, record_transaction
from bocal.journal.models import Balance, Lot, Transaction
from bocal.journal.queries import is_free
from bocal.kitchen.actions.checks import hold
from bocal.people.models import Person
from bocal.territory.models import Place
from bocal.toolbox.acts import record_act, register_act, register_key
from bocal.toolbox.refusals import Complaint, Refused, refuse
from bocal.toolbox.turns import take_turn

MOVED = register_act("kitchen.lot_moved", gettext_lazy("a déplacé une partie de ce lot"))
WHERE = register_key("whereabouts", gettext_lazy("lieu"))


class UnableToMove(Refused):
    """The lot cannot be carried there."""


@transaction.atomic
def move_lot(
    *,
    id: UUID,
    lot: Lot,
    quantity: int,
    source: Place,
    target: Place,
    happened_at: datetime,
    by: Person,
    at: datetime,
) -> Transaction:
    """Carry grams, millilitres or jars of a lot from one place to another."""
    take_turn(id)
    if already := Transaction.objects.filter(pk=id).first():
        return already
    hold([lot])
    refuse(UnableToMove, _about_move(lot, quantity, source, target))
    legs = transfer(
        lot=LotId(lot.pk), quantity=quantity, source=place_account(source).pk, target=place_account(target).pk
    )
    moved = record_transaction(
        id=id, kind=Transaction.Kind.TRANSFER, legs=legs, happened_at=happened_at, by=by, at=at
    )
    record_act(
        what=MOVED, subject=lot, by=by, at=at,
        before={WHERE: source.name}, after={WHERE: target.name},
    )  # fmt: skip
    return moved


def _about_move(lot: Lot, quantity: int, source: Place, target: Place) -> Iterator[Complaint]:
    if source == target:
        yield "target", _("C'est déjà là : choisissez un autre lieu.")
    if quantity <= 0:
        yield "quantity", _("Dites combien vous en déplacez.")
    held = (
        Balance.objects.filter(account=place_account(source), lot=lot)
        .values_list("quantity", flat=True)
        .first()
        or 0
    )
    if quantity > held:
        yield "quantity", _what_is_there(lot, held, source)
    if lot.kind == Lot.Kind.JAR and not target.quarantine and not is_free(lot):
        yield (
            "target",
            _(
                "Le lot %(lot)s n'est pas libéré : ses pots ne vont que dans un lieu de consigne. "
                "Libérez-le d'abord, ou choisissez une consigne."
            )
            % {"lot": lot.code},
        )


def _what_is_there(lot: Lot, held: int, source: Place) -> str:
    if lot.unit == Lot.Unit.PIECE:
        return ngettext(
            "Il y a %(held)s pot de ce lot à %(place)s, pas plus.",
            "Il y a %(held)s pots de ce lot à %(place)s, pas plus.",
            held,
        ) % {"held": format_number(held), "place": source.name}
    return _("Il y a %(held)s de ce lot à %(place)s, pas plus.") % {
        "held": format_grams(held),
        "place": source.name,
    }
