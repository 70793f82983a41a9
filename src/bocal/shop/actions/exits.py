"""Jars that leave for good: shared on the spot, given to a house or a producer, sampled, broken, destroyed.

Each exit is one transaction of the journal, of the kind that names what became of the jars. A mistake is
cancelled by reversing it; corrected means cancelled and recorded anew.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft.journal import LotId, exit_
from bocal.journal.actions import (
    party_account,
    place_account,
    record_transaction,
    reverse_transaction,
    sink_account,
)
from bocal.journal.models import Account, Lot, Transaction
from bocal.people.models import Organisation, Person
from bocal.people.names import tidy
from bocal.shop.actions import checks
from bocal.shop.actions.checks import Complaint
from bocal.shop.models import Exit, Voucher
from bocal.territory.models import Place
from bocal.toolbox.acts import record_act, register_act
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused

Kind = Transaction.Kind

SHARES = (Kind.ON_THE_SPOT, Kind.TO_HOUSE, Kind.TO_PRODUCER, Kind.TO_ASSOCIATION)
SINKS = {
    Kind.SAMPLE: Account.Sink.SAMPLES,
    Kind.BREAKAGE: Account.Sink.BREAKAGE,
    Kind.DESTRUCTION: Account.Sink.DESTRUCTION,
}
CHANNELS = (*SHARES, Kind.TO_CLIENT, *SINKS)
"""Every way out but a sale."""

UNNAMED = {
    Kind.TO_HOUSE: gettext_lazy("maison non précisée"),
    Kind.TO_PRODUCER: gettext_lazy("producteur non précisé"),
    Kind.TO_ASSOCIATION: gettext_lazy("association non précisée"),
}

RECORDED = register_act("shop.exit_recorded", gettext_lazy("a noté la sortie de pots"))
CANCELLED = register_act("shop.exit_cancelled", gettext_lazy("a annulé la sortie de pots"))
CORRECTED = register_act("shop.exit_corrected", gettext_lazy("a corrigé la sortie de pots"))
RETURNED = register_act(
    "shop.voucher_reopened", gettext_lazy("a annulé la remise : le bon attend de nouveau")
)


class UnableToTakeOut(Refused):
    """The jars cannot leave that way."""


class UnableToCancelExit(Refused):
    """The exit cannot be taken back."""


@transaction.atomic
def record_exit(
    *,
    id: UUID,
    channel: str,
    lot: Lot,
    jars: int,
    source: Place,
    happened_at: datetime,
    by: Person,
    at: datetime,
    organisation: Organisation | None = None,
    recipient: str = "",
    imported: bool = False,
    redeems: Voucher | None = None,
    replaces: Exit | None = None,
) -> Exit:
    """One exit by any channel but a sale. `redeems` is the voucher that promised these very jars."""
    checks.hold([lot])
    if already := Exit.objects.filter(pk=id).first():
        return already
    kind = Kind(channel)
    if kind not in CHANNELS:
        raise ValueError(f"{channel} is no way out")
    recipient = tidy(recipient)
    checks.refuse(
        UnableToTakeOut,
        checks.about_jars(lot, jars),
        checks.about_day(lot, happened_at, at),
        _about_recipient(kind, lot, recipient, imported),
        () if kind in SINKS else checks.about_freedom(lot, happened_at),
        checks.about_stock({lot: jars}, source, promises=kind not in SINKS and redeems is None),
    )
    target = _target(kind, lot, organisation)
    legs = exit_(lot=LotId(lot.pk), quantity=jars, source=place_account(source).pk, target=target.pk)
    moved = record_transaction(id=new_id(), kind=kind, legs=legs, happened_at=happened_at, by=by, at=at)
    left = Exit.objects.create(
        id=id, transaction=moved, recipient=recipient, imported=imported, replaces=replaces
    )
    record_act(what=RECORDED, subject=left, by=by, at=at, after={"lot": lot.code, "jars": jars})
    return left


@transaction.atomic
def cancel_exit(*, id: UUID, exit: Exit, reason: str, by: Person, at: datetime) -> Exit:
    """Take an exit back, by a correction that says why; the jars are again where they were.

    `id` is of the correction. A voucher that these jars redeemed waits again.
    """
    if Transaction.objects.filter(pk=id).exists():
        return exit
    _refuse_cancelling(exit, reason)
    voucher = Voucher.objects.select_for_update().filter(transaction=exit.transaction_id).first()
    reverse_transaction(id=id, transaction=exit.transaction, by=by, at=at, reason=reason)
    if voucher:
        voucher.status, voucher.transaction = Voucher.Status.WAITING, None
        voucher.save(update_fields=["status", "transaction"])
        record_act(what=RETURNED, subject=voucher, by=by, at=at, reason=reason.strip())
    record_act(what=CANCELLED, subject=exit, by=by, at=at, reason=reason.strip())
    return exit


@transaction.atomic
def correct_exit(
    *,
    id: UUID,
    exit: Exit,
    channel: str,
    lot: Lot,
    jars: int,
    source: Place,
    happened_at: datetime,
    reason: str,
    by: Person,
    at: datetime,
    organisation: Organisation | None = None,
    recipient: str = "",
) -> Exit:
    """Cancel an exit and record it anew, under `id`, as it really was."""
    if already := Exit.objects.filter(pk=id).first():
        return already
    _refuse_cancelling(exit, reason)
    if voucher := Voucher.objects.filter(transaction=exit.transaction_id).first():
        raise UnableToCancelExit(
            _("Ces pots ont été remis contre le bon %(code)s : annulez la remise, puis refaites-la.")
            % {"code": voucher.code}
        )
    reverse_transaction(id=new_id(), transaction=exit.transaction, by=by, at=at, reason=reason)
    record_act(what=CORRECTED, subject=exit, by=by, at=at, reason=reason.strip())
    return record_exit(
        id=id, channel=channel, lot=lot, jars=jars, source=source, happened_at=happened_at, by=by, at=at,
        organisation=organisation, recipient=recipient, replaces=exit,
    )  # fmt: skip


def _refuse_cancelling(exit: Exit, reason: str) -> None:
    if exit.sale_id:
        raise UnableToCancelExit(
            _("Ces pots ont été vendus : corrigez ou annulez la vente %(code)s.") % {"code": exit.sale}
        )
    if not reason.strip():
        raise UnableToCancelExit(_("Dites en quelques mots pourquoi."), field="reason")


def _about_recipient(kind: Kind, lot: Lot, recipient: str, imported: bool) -> Iterator[Complaint]:
    """A client's jars go to the client; what a workbook says of the past is let be."""
    if kind == Kind.TO_CLIENT and lot.nature != Lot.Nature.CUSTOM:
        yield (
            "channel",
            _("Le lot %(lot)s n'est pas du travail à façon : il n'y a pas de client à qui le remettre.")
            % {"lot": lot.code},
        )
    if kind in SHARES and not imported:
        yield from checks.about_owner(lot)
    longest = Exit._meta.get_field("recipient").max_length
    if longest and len(recipient) > longest:
        yield "recipient", _("Ce nom est trop long : %(most)d lettres au plus.") % {"most": longest}


def _target(kind: Kind, lot: Lot, organisation: Organisation | None) -> Account:
    """Who or what receives; when nobody is named, anybody on the spot, else the kind of party."""
    if kind in SINKS:
        return sink_account(SINKS[kind])
    if kind == Kind.TO_CLIENT:
        return party_account(organisation=lot.owner)
    if organisation:
        return party_account(organisation=organisation)
    return party_account(name=str(UNNAMED.get(kind, "")))
