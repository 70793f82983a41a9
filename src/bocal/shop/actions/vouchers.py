"""Vouchers (*bons de retrait*): jars promised before their release, counted when they are handed over."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft.measures import format_number
from bocal.journal.actions import party_account
from bocal.journal.models import Lot, Transaction
from bocal.journal.queries import is_free
from bocal.people.models import Person
from bocal.shop.actions import checks
from bocal.shop.actions.exits import take_out
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


@transaction.atomic
def issue_voucher(
    *, id: UUID, lot: Lot, jars: int, place: Place, by: Person, at: datetime, holder: str = ""
) -> Voucher:
    """Promise jars of a lot, to be handed over at `place` once the lot is free."""
    if already := Voucher.objects.filter(pk=id).first():
        return already
    lot = Lot.objects.select_for_update(no_key=True).get(pk=lot.pk)
    complaints = list(checks.about_jars(lot, jars))
    if not complaints and jars > (left := checks.jars_left(lot) - checks.promised_jars(lot)):
        words = {"left": format_number(max(left, 0)), "lot": lot.code}
        complaints.append(("jars", _("Il reste %(left)s pots du lot %(lot)s à promettre, pas plus.") % words))
    if complaints:
        raise UnableToIssueVoucher([sentence for _field, sentence in complaints], field=complaints[0][0])
    voucher = Voucher.objects.create(
        id=id, code=_new_code(), lot=lot, jars=jars, place=place, holder=holder.strip(), recorded_at=at
    )
    record_act(what=ISSUED, subject=voucher, by=by, at=at, after={"lot": lot.code, "jars": jars})
    return voucher


@transaction.atomic
def redeem_voucher(*, id: UUID, voucher: Voucher, happened_at: datetime, by: Person, at: datetime) -> Voucher:
    """Hand the jars over: the moment they count as given. `id` is of the exit."""
    voucher = Voucher.objects.select_for_update().select_related("lot", "place").get(pk=voucher.pk)
    if voucher.status == Voucher.Status.REDEEMED:
        return voucher
    if voucher.status == Voucher.Status.CANCELLED:
        raise UnableToRedeemVoucher(_("Ce bon a été annulé : faites-en un autre."))
    if not is_free(voucher.lot):
        raise UnableToRedeemVoucher(
            _("Le lot %(lot)s n'est pas encore libéré : ses pots attendent.") % {"lot": voucher.lot.code}
        )
    left = take_out(
        id=id, lot=voucher.lot, jars=voucher.jars, kind=Transaction.Kind.ON_THE_SPOT, source=voucher.place,
        target=party_account(), happened_at=happened_at, by=by, at=at,
    )  # fmt: skip
    voucher.status, voucher.transaction = Voucher.Status.REDEEMED, left.transaction
    voucher.save(update_fields=["status", "transaction"])
    record_act(what=REDEEMED, subject=voucher, by=by, at=at, after={"jars": voucher.jars})
    return voucher


@transaction.atomic
def cancel_voucher(*, voucher: Voucher, reason: str, by: Person, at: datetime) -> Voucher:
    """Take a promise back, with its reason."""
    voucher = Voucher.objects.select_for_update().get(pk=voucher.pk)
    if voucher.status == Voucher.Status.CANCELLED:
        return voucher
    if voucher.status == Voucher.Status.REDEEMED:
        raise UnableToRedeemVoucher(_("Les pots de ce bon sont déjà remis : corrigez plutôt la sortie."))
    if not reason.strip():
        raise UnableToRedeemVoucher(_("Dites en quelques mots pourquoi ce bon est annulé."), field="reason")
    voucher.status = Voucher.Status.CANCELLED
    voucher.save(update_fields=["status"])
    record_act(what=CANCELLED, subject=voucher, by=by, at=at, reason=reason.strip())
    return voucher


def _new_code() -> str:
    """A code nobody guesses, easy to say aloud; the database refuses the one in a billion that is taken."""
    return "-".join("".join(secrets.choice(_LETTERS) for _letter in range(4)) for _half in range(2))
