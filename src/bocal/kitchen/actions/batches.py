"""Recording a batch: what went in leaves the shelves, what came out is new lots, all in one transaction.

Nothing is refused for not adding up: what is missing is the mass balance, shown and looked at. What is refused is
more produce than there is, produce of several owners, jars nobody can keep in quarantine, a day still to come.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft.journal import Leg, batch_inputs, batch_outputs
from bocal.journal.actions import open_batch_account, record_transaction
from bocal.journal.models import Lot, Transaction
from bocal.kitchen.actions.checks import (
    about_contents,
    about_keeping,
    about_stock,
    kept_in_places,
    take,
)
from bocal.kitchen.actions.outputs import Cooking, portions_of
from bocal.kitchen.contents import Contents
from bocal.kitchen.models import Batch
from bocal.kitchen.queries import default_quarantine
from bocal.people.models import Person
from bocal.programme.models import Intervention
from bocal.recipes.actions import find_or_add_jar_formats
from bocal.recipes.models import RecipeVersion
from bocal.territory.models import Place
from bocal.toolbox.acts import record_act, register_act
from bocal.toolbox.codes import next_code
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused, refuse
from bocal.toolbox.times import paris_day
from bocal.toolbox.turns import take_turn

RECORDED = register_act("kitchen.batch_recorded", gettext_lazy("a noté la fabrication"))


class UnableToRecordBatch(Refused):
    """What was said of the batch cannot be true."""


@transaction.atomic
def record_batch(
    *,
    id: UUID,
    recipe_version: RecipeVersion,
    operator: Person,
    made_at: datetime,
    inputs: Sequence[tuple[Lot, int]],
    by: Person,
    at: datetime,
    intervention: Intervention | None = None,
    jars: Sequence[tuple[int, int, int]] = (),
    soup_ml: int = 0,
    waste_grams: int = 0,
    eaten_grams: int = 0,
    semi_finished: Sequence[tuple[str, int]] = (),
    kept_at: Place | None = None,
    note: str = "",
    code: str | None = None,
    prior: bool = False,
) -> Batch:
    """Write down a batch. Without `code` one is made (`F26-014`); without `kept_at` its jars go to the first
    quarantine place. `prior` is for history older than the journal: its jars were never released here.
    """
    take_turn(id)
    if already := Batch.objects.filter(pk=id).first():
        return already
    contents = Contents.of(
        inputs=inputs, jars=jars, soup_ml=soup_ml, waste_grams=waste_grams,
        eaten_grams=eaten_grams, semi_finished=semi_finished,
    )  # fmt: skip
    kept_at = kept_at or (default_quarantine() if contents.jars or contents.semi_finished else None)
    refuse(
        UnableToRecordBatch,
        about_contents(contents, made_at=made_at, at=at),
        about_keeping(contents, kept_at, prior),
    )
    if code and Batch.objects.filter(code=code).exists():
        raise UnableToRecordBatch(
            _("Le n° %(code)s est déjà celui d'une autre fabrication.") % {"code": code}
        )
    code = code or next_code(Batch.objects.all(), letter="F", day=paris_day(made_at))
    account = open_batch_account(owner=contents.owner, name=code)
    cooking = Cooking(
        account=account, title=recipe_version.recipe.title, operator=operator,
        made_at=made_at, kept_at=kept_at, prior=prior,
    )  # fmt: skip
    batch = Batch.objects.create(
        id=id,
        code=code,
        intervention=intervention,
        recipe_version=recipe_version,
        operator=operator,
        made_at=made_at,
        account=account,
        transaction=cook(UnableToRecordBatch, contents, cooking, transaction_id=new_id(), by=by, at=at),
        kept_at=kept_at,
        note=note.strip(),
        imported=prior,
        recorded_at=at,
    )
    record_act(what=RECORDED, subject=batch, by=by, at=at, after=contents.quantities)
    return batch


def cook(
    refusal: type[Refused],
    contents: Contents,
    cooking: Cooking,
    *,
    transaction_id: UUID,
    by: Person,
    at: datetime,
) -> Transaction:
    """The one transaction of a batch: its inputs from where they are kept, its outputs to where they go."""
    kept = kept_in_places([each.lot for each in contents.inputs])
    refuse(refusal, about_stock(contents.inputs, kept))
    find_or_add_jar_formats((jars.capacity_ml for jars in contents.jars), by=by, at=at)
    batch = cooking.account.pk
    legs: list[Leg] = [
        *batch_inputs(batch=batch, portions=take(contents.inputs, kept)),
        *batch_outputs(batch=batch, portions=portions_of(contents, cooking, at=at)),
    ]
    return record_transaction(
        id=transaction_id, kind=Transaction.Kind.BATCH, legs=legs, happened_at=cooking.made_at, by=by, at=at
    )
