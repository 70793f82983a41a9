"""Positive release: each decision on a lot is written, with its author and reasons, and the last one holds.

The lot's row is locked before its last decision is read: while somebody blocks a lot, nobody moves it.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bocal.craft.journal import may_follow
from bocal.journal.actions.refusals import said_in_french
from bocal.journal.models import Decision, Lot, Opening
from bocal.people.models import Person
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import say_day


class UnableToDecide(Refused):
    """This decision cannot be taken on this lot."""


class UnableToRelease(UnableToDecide):
    """The lot cannot be released, or not by this person, or not at that date."""


def decide(
    *, id: UUID, lot: Lot, kind: str, by: Person, decided_at: datetime, at: datetime, reason: str
) -> Decision:
    """Write a decision on a lot, after the ones already taken."""
    if existing := Decision.objects.filter(pk=id).first():
        return existing
    refusal = UnableToRelease if kind == Decision.Kind.RELEASE else UnableToDecide
    with said_in_french(refusal), transaction.atomic():
        Lot.objects.select_for_update(no_key=True).get(pk=lot.pk)
        taken = list(Decision.objects.filter(lot=lot).order_by("sequence"))
        if reasons := _why_not(lot, taken, kind, by, decided_at, reason):
            raise refusal(reasons)
        return Decision.objects.create(
            id=id,
            lot=lot,
            sequence=len(taken) + 1,
            kind=kind,
            decided_at=decided_at,
            recorded_at=at,
            by=by,
            reason=reason.strip(),
        )


def start_lot(
    *, id: UUID, lot: Lot, by: Person, decided_at: datetime, at: datetime, reason: str = ""
) -> Decision:
    """The batch's operator says that the lot is being made; somebody else will have to release it."""
    reason = reason or _("mise en fabrication")
    return decide(
        id=id, lot=lot, kind=Decision.Kind.START, by=by, decided_at=decided_at, at=at, reason=reason
    )


def release_lot(
    *, id: UUID, lot: Lot, by: Person, decided_at: datetime, at: datetime, reason: str
) -> Decision:
    """Let the jars go to people."""
    return decide(
        id=id, lot=lot, kind=Decision.Kind.RELEASE, by=by, decided_at=decided_at, at=at, reason=reason
    )


def block_lot(*, id: UUID, lot: Lot, by: Person, decided_at: datetime, at: datetime, reason: str) -> Decision:
    """Keep the jars from going anywhere but where nobody eats them."""
    return decide(
        id=id, lot=lot, kind=Decision.Kind.BLOCK, by=by, decided_at=decided_at, at=at, reason=reason
    )


def mark_prior(
    *, id: UUID, lot: Lot, by: Person, decided_at: datetime, at: datetime, reason: str = ""
) -> Decision:
    """Imported history, « antérieur à Bocal »: made before the journal opened, released by nobody here."""
    reason = reason or _("antérieur à Bocal")
    return decide(
        id=id, lot=lot, kind=Decision.Kind.PRIOR, by=by, decided_at=decided_at, at=at, reason=reason
    )


def _why_not(
    lot: Lot, taken: list[Decision], kind: str, by: Person, decided_at: datetime, reason: str
) -> list[str]:
    reasons = []
    if not reason.strip():
        reasons.append(_("Écrivez le motif de la décision."))
    last = taken[-1] if taken else None
    if not may_follow(last.kind if last else None, kind):
        reasons.append(_cannot_follow(lot, last, kind))
    if kind == Decision.Kind.RELEASE and taken:
        reasons += _why_not_released(lot, taken[0], by, decided_at)
    if kind == Decision.Kind.PRIOR:
        reasons += _why_not_prior(lot)
    return reasons


def _cannot_follow(lot: Lot, last: Decision | None, kind: str) -> str:
    said = {"lot": lot.code, "kind": Decision.Kind(kind).label}
    if last is None:
        return _("Le lot %(lot)s n'a pas encore de mise en fabrication notée : pas de « %(kind)s ».") % said
    said["last"] = last.get_kind_display()
    return _("Le lot %(lot)s en est à « %(last)s » : « %(kind)s » ne peut pas suivre.") % said


def _why_not_released(lot: Lot, first: Decision, by: Person, decided_at: datetime) -> list[str]:
    if first.kind != Decision.Kind.START:
        return []
    reasons = []
    if first.by_id == by.pk:
        reasons.append(
            _(
                "Le lot %(lot)s doit être libéré par une autre personne que celle qui a conduit la fabrication."
            )
            % {"lot": lot.code}
        )
    if decided_at < first.decided_at:
        reasons.append(_("La libération ne peut pas être datée d'avant la mise en fabrication."))
    return reasons


def _why_not_prior(lot: Lot) -> list[str]:
    opening = Opening.objects.first()
    if opening is None:
        return [_("Le journal n'est pas encore ouvert : rien n'est « antérieur à Bocal ».")]
    if lot.made_on >= opening.opened_on:
        return [
            _("Le lot %(lot)s a été fait après l'ouverture du journal (%(day)s) : il doit être libéré.")
            % {"lot": lot.code, "day": say_day(opening.opened_on)}
        ]
    return []
