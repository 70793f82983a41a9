"""Releasing and blocking: a dated decision of a second person, with her written reason.

The journal knows who began a lot and who may not release it. The kitchen adds what it knows: a recipe still
being tried is tasted on the spot, its jars do not leave.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from bocal.journal import actions as journal
from bocal.journal.actions import UnableToRelease
from bocal.journal.models import Decision, Lot
from bocal.kitchen.queries import batch_of, jars_made
from bocal.people.models import Person
from bocal.recipes.models import Recipe


def release_lot(
    *, id: UUID, lot: Lot, by: Person, decided_at: datetime, at: datetime, reason: str
) -> Decision:
    """Let the jars of a lot go. Refused to the person who made them, and for a recipe on trial."""
    if already := Decision.objects.filter(pk=id).first():
        return already
    if lot.kind != Lot.Kind.JAR:
        raise UnableToRelease(_("On libère des pots : ce lot n'en est pas un."))
    if not reason.strip():
        raise UnableToRelease(
            _("Écrivez ce que vous avez vérifié : c'est ce qui libère le lot."), field="reason"
        )
    batch = batch_of(lot)
    if batch and batch.recipe_version.recipe.status == Recipe.Status.TRIAL:
        raise UnableToRelease(
            _("« %(title)s » est encore à l'essai : on la goûte sur place, ses pots ne partent pas. ")
            % {"title": batch.recipe_version.recipe.title}
            + _("Passez d'abord la recette « à valider ».")
        )
    if not jars_made(lot):
        raise UnableToRelease(_("Ce lot ne compte plus aucun pot : il n'y a rien à libérer."))
    return journal.release_lot(id=id, lot=lot, by=by, decided_at=decided_at, at=at, reason=reason.strip())


def block_lot(*, id: UUID, lot: Lot, by: Person, decided_at: datetime, at: datetime, reason: str) -> Decision:
    """Stop the jars of a lot where they are, until somebody decides otherwise."""
    return journal.block_lot(id=id, lot=lot, by=by, decided_at=decided_at, at=at, reason=reason.strip())
