"""Correcting a batch: its transaction is reversed and recorded anew, together or not at all.

What has left since cannot be un-made: a lot never counts fewer jars than already left the place where the batch
put them, and nothing is added to a lot once somebody released it, since nobody has looked at what is added.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bocal.craft.measures import format_grams, format_number
from bocal.journal.actions import place_account, reverse_transaction
from bocal.journal.models import Balance, Decision, Lot, Movement, Transaction
from bocal.kitchen.actions.batches import cook
from bocal.kitchen.actions.checks import about_contents, about_keeping, hold
from bocal.kitchen.actions.outputs import Cooking
from bocal.kitchen.contents import Contents
from bocal.kitchen.models import Batch
from bocal.kitchen.queries import contents_of, default_quarantine, is_cancelled
from bocal.people.models import Person
from bocal.programme.models import Intervention
from bocal.recipes.models import RecipeVersion
from bocal.toolbox.acts import record_act, register_act, snapshot
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Complaint, Refused, refuse
from bocal.toolbox.turns import take_turn

CORRECTED = register_act("kitchen.batch_corrected", gettext_lazy("a corrigé la fabrication"))
CANCELLED = register_act("kitchen.batch_cancelled", gettext_lazy("a annulé la fabrication"))
RELINKED = register_act("kitchen.batch_relinked", gettext_lazy("a changé ce que dit la fiche de fabrication"))


class UnableToCorrectBatch(Refused):
    """The batch cannot be corrected that way any more."""


@transaction.atomic
def correct_batch(
    *,
    id: UUID,
    batch: Batch,
    inputs: Sequence[tuple[Lot, int]],
    reason: str,
    by: Person,
    at: datetime,
    jars: Sequence[tuple[int, int, int]] = (),
    soup_ml: int = 0,
    waste_grams: int = 0,
    eaten_grams: int = 0,
    semi_finished: Sequence[tuple[str, int]] = (),
) -> Batch:
    """Weigh and count a batch anew; `id` names the transaction that holds from now on."""
    take_turn(id)
    hold(batch.account.outputs.all())
    batch.refresh_from_db(fields=["transaction"])
    if Transaction.objects.filter(pk=id).exists():
        return batch
    contents = Contents.of(
        inputs=inputs, jars=jars, soup_ml=soup_ml, waste_grams=waste_grams,
        eaten_grams=eaten_grams, semi_finished=semi_finished,
    )  # fmt: skip
    kept_at = batch.kept_at or (default_quarantine() if contents.jars or contents.semi_finished else None)
    refuse(
        UnableToCorrectBatch,
        _about_correcting(batch, reason),
        about_contents(contents, made_at=batch.made_at, at=at),
        about_keeping(contents, kept_at, batch.imported),
        _about_what_left(batch, contents),
    )
    before = contents_of(batch).quantities
    cooking = Cooking(
        account=batch.account, title=batch.recipe_version.recipe.title, operator=batch.operator,
        made_at=batch.made_at, kept_at=kept_at, prior=batch.imported,
    )  # fmt: skip
    reverse_transaction(id=new_id(), transaction=batch.transaction, by=by, at=at, reason=reason)
    batch.transaction = cook(UnableToCorrectBatch, contents, cooking, transaction_id=id, by=by, at=at)
    batch.kept_at = kept_at
    batch.save(update_fields=["transaction", "kept_at"])
    record_act(
        what=CORRECTED, subject=batch, by=by, at=at, before=before, after=contents.quantities, reason=reason
    )
    return batch


@transaction.atomic
def cancel_batch(*, id: UUID, batch: Batch, reason: str, by: Person, at: datetime) -> Batch:
    """Say that a batch never happened: what went in is back on its shelf, its lots are empty."""
    take_turn(id)
    hold(batch.account.outputs.all())
    batch.refresh_from_db(fields=["transaction"])
    if Transaction.objects.filter(pk=id).exists():
        return batch
    refuse(
        UnableToCorrectBatch, _about_correcting(batch, reason), _about_what_left(batch, Contents(inputs=()))
    )
    reverse_transaction(id=id, transaction=batch.transaction, by=by, at=at, reason=reason)
    record_act(what=CANCELLED, subject=batch, by=by, at=at, reason=reason)
    return batch


@transaction.atomic
def relink_batch(
    *,
    batch: Batch,
    intervention: Intervention | None,
    recipe_version: RecipeVersion,
    note: str,
    by: Person,
    at: datetime,
) -> Batch:
    """Change what a batch says without a quantity: its intervention, its recipe, its note."""
    fields = ("intervention", "recipe_version", "note")
    before = snapshot(batch, *fields)
    batch.intervention, batch.recipe_version, batch.note = intervention, recipe_version, note.strip()
    after = snapshot(batch, *fields)
    if before != after:
        batch.save(update_fields=fields)
        record_act(what=RELINKED, subject=batch, by=by, at=at, before=before, after=after)
    return batch


def _about_correcting(batch: Batch, reason: str) -> Iterator[Complaint]:
    if not reason.strip():
        yield "reason", _("Dites en quelques mots pourquoi : l'historique le garde.")
    if is_cancelled(batch):
        yield None, _("Cette fabrication est annulée : notez-en une nouvelle.")


def _about_what_left(batch: Batch, contents: Contents) -> Iterator[Complaint]:
    """Jars and half-made things of this batch that are no longer where it put them, or were already released."""
    wanted_jars = {(jars.capacity_ml, jars.thermal_load): jars.count for jars in contents.jars}
    wanted_halves = {half.label: half.grams for half in contents.semi_finished}
    lots = batch.account.outputs.filter(kind__in=[Lot.Kind.JAR, Lot.Kind.SEMI_FINISHED])
    made = _made_in(batch)
    there = _still_there(batch)
    released = set(
        Decision.objects.filter(lot__in=lots, kind=Decision.Kind.RELEASE).values_list("lot_id", flat=True)
    )
    for lot in lots:
        gone = made.get(lot.pk, 0) - there.get(lot.pk, 0)
        if lot.kind == Lot.Kind.JAR:
            wanted = wanted_jars.get((lot.capacity_ml or 0, lot.thermal_load), 0)
            yield from _about_jars(lot, wanted, gone, made.get(lot.pk, 0), lot.pk in released)
        elif (wanted := wanted_halves.get(lot.label, 0)) < gone:
            yield (
                None,
                _("%(gone)s de %(label)s ont déjà servi : on ne peut pas en compter moins.")
                % {
                    "gone": format_grams(gone),
                    "label": lot.label,
                },
            )


def _about_jars(lot: Lot, wanted: int, gone: int, made: int, released: bool) -> Iterator[Complaint]:
    field = f"jars_{lot.capacity_ml}_{lot.thermal_load}"
    if wanted < gone:
        yield (
            field,
            ngettext(
                "%(gone)s pot du lot %(lot)s est déjà parti de son étagère : on ne peut pas en compter moins.",
                "%(gone)s pots du lot %(lot)s sont déjà partis de leur étagère : on ne peut pas en compter moins.",
                gone,
            )
            % {"gone": format_number(gone), "lot": lot.code},
        )
    if released and wanted > made:
        yield (
            field,
            ngettext(
                "Le lot %(lot)s a été libéré avec %(made)s pot : on ne peut plus y en ajouter.",
                "Le lot %(lot)s a été libéré avec %(made)s pots : on ne peut plus y en ajouter.",
                made,
            )
            % {"lot": lot.code, "made": format_number(made)},
        )


def _made_in(batch: Batch) -> dict[UUID, int]:
    """What the transaction that holds says came out, by lot."""
    out = Movement.objects.filter(transaction=batch.transaction, source=batch.account, lot__isnull=False)
    return {row["lot_id"]: row["total"] for row in out.values("lot_id").annotate(total=Sum("quantity"))}


def _still_there(batch: Batch) -> dict[UUID, int]:
    """What the place where the batch put its jars still holds of them."""
    if batch.kept_at is None:
        return {}
    held = Balance.objects.filter(account=place_account(batch.kept_at), lot__batch=batch.account)
    return {lot_id: quantity for lot_id, quantity in held.values_list("lot_id", "quantity") if lot_id}
