"""Jars that leave for good: shared on the spot, given to a house or a producer, sampled, broken, destroyed.

Each exit is one transaction of the journal, of the kind that names what became of the jars. A mistake is
cancelled by reversing it; corrected means cancelled and recorded anew.
"""

from collections.abc import Iterable
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
from bocal.shop.actions import checks
from bocal.shop.actions.checks import Complaint
from bocal.shop.models import Exit
from bocal.territory.models import Place
from bocal.toolbox.acts import record_act, register_act
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused

Kind = Transaction.Kind

SHARES = (Kind.ON_THE_SPOT, Kind.TO_HOUSE, Kind.TO_PRODUCER, Kind.TO_ASSOCIATION)
UNNAMED = {
    Kind.TO_HOUSE: gettext_lazy("maison non précisée"),
    Kind.TO_PRODUCER: gettext_lazy("producteur non précisé"),
    Kind.TO_ASSOCIATION: gettext_lazy("association non précisée"),
}
SINKS = {
    Kind.SAMPLE: Account.Sink.SAMPLES,
    Kind.BREAKAGE: Account.Sink.BREAKAGE,
    Kind.DESTRUCTION: Account.Sink.DESTRUCTION,
}

RECORDED = register_act("shop.exit_recorded", gettext_lazy("a noté la sortie de pots"))
CANCELLED = register_act("shop.exit_cancelled", gettext_lazy("a annulé la sortie de pots"))


class UnableToTakeOut(Refused):
    """The jars cannot leave that way."""


class UnableToCancelExit(Refused):
    """The exit cannot be taken back."""


@transaction.atomic
def share_jars(
    *,
    id: UUID,
    lot: Lot,
    jars: int,
    channel: str,
    source: Place,
    happened_at: datetime,
    by: Person,
    at: datetime,
    organisation: Organisation | None = None,
    recipient: str = "",
    imported: bool = False,
) -> Exit:
    """Give jars on the spot, to a house, to a producer or to an association, known or only named."""
    if already := Exit.objects.filter(pk=id).first():
        return already
    kind = Kind(channel)
    if kind not in SHARES:
        raise ValueError(f"{kind} is no way of sharing")
    _refuse(UnableToTakeOut, checks.about_freedom(lot), checks.about_promises(lot, jars))
    target = party_account(organisation=organisation) if organisation else party_account(name=_party(kind))
    return take_out(
        id=id, lot=lot, jars=jars, kind=kind, source=source, target=target, happened_at=happened_at,
        by=by, at=at, recipient=recipient, imported=imported,
    )  # fmt: skip


def record_sample(
    *, id: UUID, lot: Lot, jars: int, source: Place, happened_at: datetime, by: Person, at: datetime, imported: bool = False
) -> Exit:
    """Keep jars as witnesses, or send them to be tested."""
    return _to_sink(Kind.SAMPLE, id, lot, jars, source, happened_at, by, at, imported)


def record_breakage(
    *, id: UUID, lot: Lot, jars: int, source: Place, happened_at: datetime, by: Person, at: datetime, imported: bool = False
) -> Exit:
    """Jars that broke or opened."""
    return _to_sink(Kind.BREAKAGE, id, lot, jars, source, happened_at, by, at, imported)


def record_destruction(
    *, id: UUID, lot: Lot, jars: int, source: Place, happened_at: datetime, by: Person, at: datetime, imported: bool = False
) -> Exit:
    """Jars destroyed on purpose."""
    return _to_sink(Kind.DESTRUCTION, id, lot, jars, source, happened_at, by, at, imported)


@transaction.atomic
def cancel_exit(*, id: UUID, exit: Exit, reason: str, by: Person, at: datetime) -> Exit:
    """Take an exit back, by a correction that says why; the jars are again where they were."""
    if Transaction.objects.filter(pk=id).exists():
        return exit
    if not reason.strip():
        raise UnableToCancelExit(_("Dites en quelques mots pourquoi cette sortie est annulée."), field="reason")
    reverse_transaction(id=id, transaction=exit.transaction, by=by, at=at, reason=reason)
    record_act(what=CANCELLED, subject=exit, by=by, at=at, reason=reason.strip())
    return exit


@transaction.atomic
def take_out(
    *,
    id: UUID,
    lot: Lot,
    jars: int,
    kind: str,
    source: Place,
    target: Account,
    happened_at: datetime,
    by: Person,
    at: datetime,
    recipient: str = "",
    imported: bool = False,
) -> Exit:
    """One exit, one transaction. Whether the jars may leave that way was checked before."""
    if already := Exit.objects.filter(pk=id).first():
        return already
    _refuse(
        UnableToTakeOut,
        checks.about_jars(lot, jars),
        checks.about_day(lot, happened_at, at),
        checks.about_presence(lot, jars, source),
    )
    legs = exit_(lot=LotId(lot.pk), quantity=jars, source=place_account(source).pk, target=target.pk)
    moved = record_transaction(id=new_id(), kind=kind, legs=legs, happened_at=happened_at, by=by, at=at)
    left = Exit.objects.create(id=id, transaction=moved, recipient=recipient.strip(), imported=imported)
    record_act(what=RECORDED, subject=left, by=by, at=at, after={"lot": lot.code, "jars": jars})
    return left


def _to_sink(
    kind: Kind, id: UUID, lot: Lot, jars: int, source: Place, happened_at: datetime, by: Person, at: datetime, imported: bool
) -> Exit:
    return take_out(
        id=id, lot=lot, jars=jars, kind=kind, source=source, target=sink_account(SINKS[kind]),
        happened_at=happened_at, by=by, at=at, imported=imported,
    )  # fmt: skip


def _party(kind: Kind) -> str:
    """Who receives when nobody is named: anybody on the spot, else the kind of party."""
    return str(UNNAMED.get(kind, ""))


def _refuse(refusal: type[Refused], *complaints: Iterable[Complaint]) -> None:
    found = [complaint for each in complaints for complaint in each]
    if found:
        raise refusal([sentence for _field, sentence in found], field=found[0][0] if len(found) == 1 else None)
