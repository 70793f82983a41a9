"""Selling jars, in euros or in minutes.

Each line is one transaction whose legs cross: jars to the buyer, euros to the till or minutes to the
cannery's time account. Euros and minutes never meet. What is offered (price zero) has no second leg.
A sale is never changed: it is cancelled whole, or cancelled and recorded anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft.journal import Leg, LotId, exit_, sale_in_euros, sale_in_minutes
from bocal.journal.actions import (
    party_account,
    place_account,
    record_transaction,
    reverse_transaction,
    till_account,
    time_account,
)
from bocal.journal.models import Lot, Transaction
from bocal.people.models import Organisation, Person
from bocal.shop.actions import checks
from bocal.shop.actions.checks import Complaint
from bocal.shop.models import Exit, Sale
from bocal.shop.queries import is_cancelled, jars_by_lot, source_of
from bocal.territory.models import Place
from bocal.toolbox.acts import record_act, register_act
from bocal.toolbox.codes import next_code
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import paris_day

SOLD = register_act("shop.sale_recorded", gettext_lazy("a noté la vente"))
CANCELLED = register_act("shop.sale_cancelled", gettext_lazy("a annulé la vente"))
CORRECTED = register_act("shop.sale_corrected", gettext_lazy("a corrigé la vente"))

KINDS = {
    Sale.Currency.EUROS: Transaction.Kind.SALE_EUROS,
    Sale.Currency.MINUTES: Transaction.Kind.SALE_MINUTES,
}


class UnableToSell(Refused):
    """The sale cannot be recorded as it was described."""


class UnableToCancelSale(Refused):
    """The sale cannot be taken back, or not any more."""


@dataclass(frozen=True, slots=True)
class SaleLine:
    """Jars of one lot and what was paid for all of them, in cents or minutes."""

    lot: Lot
    jars: int
    amount: int


@transaction.atomic
def record_sale(
    *,
    id: UUID,
    lines: Sequence[SaleLine],
    currency: str,
    place: Place,
    sold_at: datetime,
    by: Person,
    at: datetime,
    source: Place | None = None,
    buyer_person: Person | None = None,
    buyer_organisation: Organisation | None = None,
    imported: bool = False,
    replaces: Sale | None = None,
) -> Sale:
    """Sell jars kept at `source` (the shop itself unless said) to a named or anonymous buyer."""
    checks.hold(line.lot for line in lines)
    if already := Sale.objects.filter(pk=id).first():
        return already
    kind, source = KINDS[Sale.Currency(currency)], source or place
    checks.refuse(
        UnableToSell,
        _about_buyer(buyer_person, buyer_organisation),
        _about_lines(lines, sold_at, at, imported),
        checks.about_stock(jars_by_lot((line.lot, line.jars) for line in lines), source),
    )
    sale = Sale.objects.create(
        id=id,
        code=next_code(Sale.objects.all(), letter="V", day=paris_day(sold_at)),
        currency=currency,
        sold_at=sold_at,
        place=place,
        buyer_person=buyer_person,
        buyer_organisation=buyer_organisation,
        replaces=replaces,
        recorded_at=at,
        recorded_by=by,
    )
    for line in lines:
        legs = _legs(sale, line, source)
        moved = record_transaction(id=new_id(), kind=kind, legs=legs, happened_at=sold_at, by=by, at=at)
        Exit.objects.create(id=new_id(), transaction=moved, sale=sale, imported=imported)
    record_act(
        what=SOLD, subject=sale, by=by, at=at,
        after={"jars": sum(line.jars for line in lines), "currency": sale.currency},
    )  # fmt: skip
    return sale


@transaction.atomic
def cancel_sale(*, id: UUID, sale: Sale, reason: str, by: Person, at: datetime) -> Sale:
    """Take a sale back, by corrections that say why: the jars are on the shelf again, the money is given back."""
    sale = Sale.objects.select_for_update().get(pk=sale.pk)
    if _was_taken_back(sale, under=id):
        return sale
    _refuse_taking_back(sale, reason)
    _take_back(sale, under=id, reason=reason, by=by, at=at)
    record_act(what=CANCELLED, subject=sale, by=by, at=at, reason=reason.strip())
    return sale


@transaction.atomic
def correct_sale(
    *,
    id: UUID,
    sale: Sale,
    lines: Sequence[SaleLine],
    currency: str,
    sold_at: datetime,
    reason: str,
    by: Person,
    at: datetime,
    buyer_person: Person | None = None,
    buyer_organisation: Organisation | None = None,
) -> Sale:
    """Cancel a sale and record it anew, under `id`, as it really was; its jars come from where they came."""
    sale = Sale.objects.select_for_update().get(pk=sale.pk)
    if already := Sale.objects.filter(pk=id).first():
        return already
    _refuse_taking_back(sale, reason)
    source = source_of(sale)
    _take_back(sale, under=id, reason=reason, by=by, at=at)
    record_act(what=CORRECTED, subject=sale, by=by, at=at, reason=reason.strip())
    return record_sale(
        id=id, lines=lines, currency=currency, place=sale.place, source=source, sold_at=sold_at, by=by, at=at,
        buyer_person=buyer_person, buyer_organisation=buyer_organisation, replaces=sale,
    )  # fmt: skip


def _was_taken_back(sale: Sale, *, under: UUID) -> bool:
    lines = sale.lines.values_list("pk", flat=True)
    return Transaction.objects.filter(pk__in=[_correction(under, line) for line in lines]).exists()


def _refuse_taking_back(sale: Sale, reason: str) -> None:
    if not reason.strip():
        raise UnableToCancelSale(_("Dites en quelques mots pourquoi."), field="reason")
    if is_cancelled(sale):
        raise UnableToCancelSale(_("La vente %(code)s est déjà annulée.") % {"code": sale.code})


def _take_back(sale: Sale, *, under: UUID, reason: str, by: Person, at: datetime) -> None:
    """Reverse every line, each under an id of its own that follows from `under`."""
    checks.hold(Lot.objects.filter(movements__transaction__exit__sale=sale))
    for line in sale.lines.select_related("transaction").order_by("pk"):
        reverse_transaction(
            id=_correction(under, line.pk), transaction=line.transaction, by=by, at=at, reason=reason
        )


def _correction(under: UUID, line: UUID) -> UUID:
    return uuid5(under, str(line))


def _about_buyer(person: Person | None, organisation: Organisation | None) -> Iterator[Complaint]:
    if person and organisation:
        yield "buyer", _("Une vente a un seul acheteur : une personne, une structure ou personne.")


def _about_lines(
    lines: Sequence[SaleLine], sold_at: datetime, at: datetime, imported: bool
) -> Iterator[Complaint]:
    if not lines:
        yield "lines", _("Rien n'est vendu : dites combien de pots.")
    for line in lines:
        yield from checks.about_jars(line.lot, line.jars)
        yield from checks.about_day(line.lot, sold_at, at)
        if not imported:
            yield from checks.about_owner(line.lot)
        yield from checks.about_freedom(line.lot, sold_at)
        if line.amount < 0:
            yield "amount", _("Un prix ne peut pas être négatif.")


def _legs(sale: Sale, line: SaleLine, source: Place) -> tuple[Leg, ...]:
    buyer = party_account(organisation=sale.buyer_organisation, person=sale.buyer_person)
    lot, place = LotId(line.lot.pk), place_account(source).pk
    if not line.amount:
        return exit_(lot=lot, quantity=line.jars, source=place, target=buyer.pk)
    if sale.currency == Sale.Currency.EUROS:
        till = till_account(sale.place)
        return sale_in_euros(
            lot=lot, jars=line.jars, cents=line.amount, place=place, buyer=buyer.pk, till=till.pk
        )
    named = sale.buyer_organisation or sale.buyer_person
    payer = time_account(organisation=sale.buyer_organisation, person=sale.buyer_person) if named else buyer
    return sale_in_minutes(
        lot=lot, jars=line.jars, minutes=line.amount, place=place, buyer=buyer.pk, payer=payer.pk,
        payee=time_account().pk,
    )  # fmt: skip
