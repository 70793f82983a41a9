"""Recording what moved, and reversing what was recorded by mistake.

The movements are written first and the transaction's own row last: it seals them, and the database accepts
no movement after it. Lots are locked in the order of their keys, so that two people never wait for each other.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from bocal.craft.journal import Currency, Leg, LotId, crossed, fits
from bocal.craft.journal.shapes import sink as seen_sink
from bocal.journal.actions.refusals import said_in_french
from bocal.journal.models import Account, Lot, Movement, Transaction
from bocal.journal.queries.lots import not_free
from bocal.people.models import Person
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused

MOST = 10**12  # a million tonnes: beyond it somebody's finger slipped


class UnableToRecord(Refused):
    """The operation cannot be recorded as it was described."""


class UnableToReverse(Refused):
    """The operation cannot be corrected, or not any more."""


def record_transaction(
    *,
    id: UUID,
    kind: str,
    legs: Iterable[Leg],
    happened_at: datetime,
    by: Person,
    at: datetime,
    note: str = "",
) -> Transaction:
    """Record what moved, all of it or nothing."""
    if existing := Transaction.objects.filter(pk=id).first():
        return existing
    legs = tuple(legs)
    if reasons := _why_not(kind, legs):
        raise UnableToRecord(reasons)
    sealed = Transaction(id=id, kind=kind, happened_at=happened_at, recorded_at=at, by=by, note=note.strip())
    return _write(sealed, legs, refusal=UnableToRecord)


def reverse_transaction(
    *, id: UUID, transaction: Transaction, by: Person, at: datetime, reason: str
) -> Transaction:
    """Undo an operation that should not have been recorded: the same kind, the same hour, every leg crossed."""
    if existing := Transaction.objects.filter(pk=id).first():
        return existing
    sealed = Transaction(
        id=id,
        kind=transaction.kind,
        happened_at=transaction.happened_at,
        recorded_at=at,
        by=by,
        note=reason.strip(),
        reverses=transaction,
    )
    with atomic():
        Transaction.objects.select_for_update(no_key=True).get(pk=transaction.pk)
        if reasons := _why_not_reversed(transaction, reason):
            raise UnableToReverse(reasons)
        return _write(sealed, crossed(legs_of(transaction)), refusal=UnableToReverse)


def legs_of(transaction: Transaction) -> tuple[Leg, ...]:
    """What a recorded transaction moved, in the order it was written."""
    return tuple(
        Leg(
            LotId(movement.lot_id) if movement.lot_id else Currency(movement.currency),
            movement.quantity,
            movement.source_id,
            movement.target_id,
        )
        for movement in Movement.objects.filter(transaction=transaction).order_by("id")
    )


def _write(sealed: Transaction, legs: tuple[Leg, ...], *, refusal: type[Refused]) -> Transaction:
    try:
        with said_in_french(refusal, {"unreleased_jar": lambda: _unreleased(legs)}), atomic():
            _lock(legs)
            Movement.objects.bulk_create([_movement(sealed.pk, leg) for leg in legs])
            sealed.save(force_insert=True)
            return sealed
    except refusal:
        if written := Transaction.objects.filter(pk=sealed.pk).first():
            return written  # sent twice at the same time, and the other one was quicker
        raise


def _lock(legs: tuple[Leg, ...]) -> None:
    """Nobody decides about these lots until we are done."""
    lots = Lot.objects.select_for_update(no_key=True).filter(pk__in=_lots_of(legs)).order_by("pk")
    list(lots.values_list("pk"))


def _movement(transaction_id: UUID, leg: Leg) -> Movement:
    lot_id, currency = (None, leg.resource) if isinstance(leg.resource, Currency) else (leg.resource, "")
    return Movement(
        id=new_id(),
        transaction_id=transaction_id,
        lot_id=lot_id,
        currency=currency,
        quantity=leg.quantity,
        source_id=leg.source,
        target_id=leg.target,
    )


def _lots_of(legs: tuple[Leg, ...]) -> set[UUID]:
    return {leg.resource for leg in legs if not isinstance(leg.resource, Currency)}


def _why_not(kind: str, legs: tuple[Leg, ...]) -> list[str]:
    if not legs:
        return [_("Rien ne bouge dans cette opération.")]
    reasons = []
    if any(leg.quantity <= 0 for leg in legs):
        reasons.append(_("Une quantité est un nombre entier plus grand que zéro."))
    if any(leg.quantity > MOST for leg in legs):
        reasons.append(_("Cette quantité est trop grande pour être vraie."))
    accounts = Account.objects.in_bulk({leg.source for leg in legs} | {leg.target for leg in legs})
    seen = {key: _seen(account) for key, account in accounts.items()}
    reasons += [_misplaced(kind, leg, accounts) for leg in legs if not fits(kind, leg, seen)]
    return reasons


def _seen(account: Account) -> str:
    return seen_sink(account.sink) if account.kind == Account.Kind.SINK else account.kind


def _misplaced(kind: str, leg: Leg, accounts: Mapping[UUID, Account]) -> str:
    return _("« %(kind)s » ne va pas de %(source)s à %(target)s.") % {
        "kind": Transaction.Kind(kind).label,
        "source": accounts[leg.source],
        "target": accounts[leg.target],
    }


def _why_not_reversed(transaction: Transaction, reason: str) -> list[str]:
    reasons = []
    if not reason.strip():
        reasons.append(_("Écrivez pourquoi vous corrigez."))
    if transaction.reverses_id:
        reasons.append(_("Une correction ne se corrige pas : notez l'opération de nouveau."))
    elif Transaction.objects.filter(reverses=transaction).exists():
        reasons.append(_("Cette opération est déjà corrigée."))
    return reasons


def _unreleased(legs: tuple[Leg, ...]) -> str:
    """Which jars of these are not free, by their codes."""
    lots = not_free(Lot.objects.filter(pk__in=_lots_of(legs)))
    codes = ", ".join(lots.order_by("code").values_list("code", flat=True))
    return _(
        "Pas libéré : %(lots)s. Ces pots ne peuvent aller qu'en consigne, en échantillon, à la casse, "
        "à la destruction ou dans une fabrication."
    ) % {"lots": codes}
