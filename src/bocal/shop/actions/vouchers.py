"""Vouchers (*bons de retrait*): jars promised, before their release too, counted when they are handed over."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.journal.models import Lot, Transaction
from bocal.people.models import Person
from bocal.people.names import tidy
from bocal.shop.actions import checks
from bocal.shop.actions.exits import UnableToTakeOut, record_exit
from bocal.shop.models import Voucher
from bocal.territory.models import Place
from bocal.toolbox.acts import record_act, register_act
from bocal.toolbox.refusals import Refused

ISSUED = register_act("shop.voucher_issued", gettext_lazy("a fait le bon de retrait"))
REDEEMED = register_act("shop.voucher_redeemed", gettext_lazy("a remis les pots du bon"))
CANCELLED = register_act("shop.voucher_cancelled", gettext_lazy("a annulé le bon de retrait"))

_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"  # none that is read as another


class UnableToIssueVoucher(Refused):
    """These jars cannot be promised."""


class UnableToRedeemVoucher(Refused):
    """The jars of this voucher cannot be handed over."""


class UnableToCancelVoucher(Refused):
    """The promise cannot be taken back."""


@transaction.atomic
def issue_voucher(
    *, id: UUID, lot: Lot, jars: int, place: Place, by: Person, at: datetime, holder: str = ""
) -> Voucher:
    """Promise jars of a lot, to be handed over at `place` once the lot is free."""
    checks.hold([lot])
    if already := Voucher.objects.filter(pk=id).first():
        return already
    checks.refuse(
        UnableToIssueVoucher,
        checks.about_jars(lot, jars),
        checks.about_owner(lot),
        checks.about_promise(lot, jars, place),
    )
    most = Voucher._meta.get_field("holder").max_length
    voucher = Voucher.objects.create(
        id=id, code=_new_code(), lot=lot, jars=jars, place=place, holder=tidy(holder)[:most], recorded_at=at
    )
    record_act(what=ISSUED, subject=voucher, by=by, at=at, after={"lot": lot.code, "jars": jars})
    return voucher


@transaction.atomic
def redeem_voucher(*, id: UUID, voucher: Voucher, happened_at: datetime, by: Person, at: datetime) -> Voucher:
    """Hand the jars over: the moment they count as given. `id` is of the exit."""
    voucher = _locked(voucher)
    if voucher.status == Voucher.Status.REDEEMED:
        return voucher
    if voucher.status == Voucher.Status.CANCELLED:
        raise UnableToRedeemVoucher(_("Ce bon a été annulé : faites-en un autre."))
    try:
        left = record_exit(
            id=id, channel=Transaction.Kind.ON_THE_SPOT, lot=voucher.lot, jars=voucher.jars, source=voucher.place,
            happened_at=happened_at, by=by, at=at, redeems=voucher,
        )  # fmt: skip
    except UnableToTakeOut as refusal:
        raise UnableToRedeemVoucher(refusal.sentences) from refusal
    voucher.status, voucher.transaction = Voucher.Status.REDEEMED, left.transaction
    voucher.save(update_fields=["status", "transaction"])
    record_act(what=REDEEMED, subject=voucher, by=by, at=at, after={"jars": voucher.jars})
    return voucher


@transaction.atomic
def cancel_voucher(*, voucher: Voucher, reason: str, by: Person, at: datetime) -> Voucher:
    """Take a promise back, with its reason."""
    voucher = _locked(voucher)
    if voucher.status == Voucher.Status.CANCELLED:
        return voucher
    if voucher.status == Voucher.Status.REDEEMED:
        raise UnableToCancelVoucher(
            _("Les pots de ce bon sont déjà remis : annulez la remise si elle n'a pas eu lieu.")
        )
    if not reason.strip():
        raise UnableToCancelVoucher(_("Dites en quelques mots pourquoi ce bon est annulé."), field="reason")
    voucher.status = Voucher.Status.CANCELLED
    voucher.save(update_fields=["status"])
    record_act(what=CANCELLED, subject=voucher, by=by, at=at, reason=reason.strip())
    return voucher


def _locked(voucher: Voucher) -> Voucher:
    """The voucher as it is now, until the transaction ends: nobody else hands it over meanwhile."""
    return (
        Voucher.objects.select_for_update(of=("self",))
        .select_related("lot__owner", "place")
        .get(pk=voucher.pk)
    )


def _new_code() -> str:
    """A code nobody guesses, easy to say aloud; the database refuses the one in a billion that is taken."""
    return "-".join("".join(secrets.choice(_LETTERS) for _letter in range(4)) for _half in range(2))
