"""Selling jars, in euros or in minutes.

Each line is one transaction whose legs cross: jars to the buyer, euros to the till or minutes to the
cannery's time account. Euros and minutes never meet. What is offered (price zero) has no second leg.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft.journal import Leg, LotId, exit_, sale_in_euros, sale_in_minutes
from bocal.journal.actions import party_account, place_account, record_transaction, till_account, time_account
from bocal.journal.models import Lot, Transaction
from bocal.people.models import Organisation, Person
from bocal.shop.actions import checks
from bocal.shop.actions.checks import Complaint
from bocal.shop.models import Exit, Sale
from bocal.territory.models import Place
from bocal.toolbox.acts import record_act, register_act
from bocal.toolbox.codes import next_code
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import paris_day

SOLD = register_act("shop.sale_recorded", gettext_lazy("a noté la vente"))

KINDS = {
    Sale.Currency.EUROS: Transaction.Kind.SALE_EUROS,
    Sale.Currency.MINUTES: Transaction.Kind.SALE_MINUTES,
}


class UnableToSell(Refused):
    """The sale cannot be recorded as it was described."""


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
) -> Sale:
    """Sell jars kept at `source` (the shop itself unless said) to a named or anonymous buyer."""
    if already := Sale.objects.filter(pk=id).first():
        return already
    source = source or place
    if complaints := _about_sale(lines, source, sold_at, at):
        field = complaints[0][0] if len(complaints) == 1 else None
        raise UnableToSell([sentence for _field, sentence in complaints], field=field)
    sale = Sale.objects.create(
        id=id,
        code=next_code(Sale.objects.all(), letter="V", day=paris_day(sold_at)),
        currency=currency,
        sold_at=sold_at,
        place=place,
        buyer_person=buyer_person,
        buyer_organisation=buyer_organisation,
        recorded_at=at,
        recorded_by=by,
    )
    for line in lines:
        moved = record_transaction(
            id=new_id(), kind=KINDS[Sale.Currency(currency)], legs=_legs(sale, line, source),
            happened_at=sold_at, by=by, at=at,
        )  # fmt: skip
        Exit.objects.create(id=new_id(), transaction=moved, sale=sale, imported=imported)
    record_act(
        what=SOLD, subject=sale, by=by, at=at,
        after={"jars": sum(line.jars for line in lines), "currency": sale.currency},
    )  # fmt: skip
    return sale


def _legs(sale: Sale, line: SaleLine, source: Place) -> tuple[Leg, ...]:
    buyer = party_account(organisation=sale.buyer_organisation, person=sale.buyer_person)
    lot, place = LotId(line.lot.pk), place_account(source).pk
    if not line.amount:
        return exit_(lot=lot, quantity=line.jars, source=place, target=buyer.pk)
    if sale.currency == Sale.Currency.EUROS:
        till = till_account(sale.place)
        return sale_in_euros(lot=lot, jars=line.jars, cents=line.amount, place=place, buyer=buyer.pk, till=till.pk)
    named = sale.buyer_organisation or sale.buyer_person
    payer = time_account(organisation=sale.buyer_organisation, person=sale.buyer_person) if named else buyer
    return sale_in_minutes(
        lot=lot, jars=line.jars, minutes=line.amount, place=place, buyer=buyer.pk, payer=payer.pk, payee=time_account().pk
    )


def _about_sale(lines: Sequence[SaleLine], source: Place, sold_at: datetime, at: datetime) -> list[Complaint]:
    if not lines:
        return [("lines", _("Rien n'est vendu : ajoutez au moins un pot."))]
    complaints: list[Complaint] = []
    jars_of: dict[UUID, int] = {}
    for line in lines:
        jars_of[line.lot.pk] = jars_of.get(line.lot.pk, 0) + line.jars
        complaints += checks.about_jars(line.lot, line.jars)
        complaints += checks.about_day(line.lot, sold_at, at)
        complaints += checks.about_freedom(line.lot)
        if line.amount < 0:
            complaints.append(("amount", _("Un prix ne peut pas être négatif.")))
    for line in {line.lot.pk: line for line in lines}.values():
        complaints += checks.about_presence(line.lot, jars_of[line.lot.pk], source)
        complaints += checks.about_promises(line.lot, jars_of[line.lot.pk])
    return complaints
