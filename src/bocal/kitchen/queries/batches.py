"""Batches as lists and pages ask for them: what went in, what came out, where the kilos are.

Quantities are those of the transaction that holds for a batch; a cancelled batch has none.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from bocal.craft.recipes.mass_balance import MassBalance
from bocal.journal.models import Lot, Movement, Transaction
from bocal.journal.queries import batch_balance
from bocal.kitchen.contents import Contents, Input, Jars, SemiFinished
from bocal.kitchen.models import Batch
from bocal.people.names import fold
from bocal.programme.models import Intervention
from bocal.recipes.models import Recipe
from bocal.surplus.models import Collection
from bocal.toolbox.times import paris_day_bounds

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)

_MOVED = "transaction__movements__"
_HOLDS = Q(transaction__reversed_by=None)
_WENT_IN = _HOLDS & Q(**{f"{_MOVED}target": F("account")})
_CAME_OUT = _HOLDS & Q(**{f"{_MOVED}source": F("account")})


def _came_out(kind: str) -> Sum:
    return Sum(f"{_MOVED}quantity", filter=_CAME_OUT & Q(**{f"{_MOVED}lot__kind": kind}), default=0)


def batches(
    *,
    text: str = "",
    first: date | None = None,
    last: date | None = None,
    recipe: Recipe | None = None,
    intervention: Intervention | None = None,
) -> QuerySet[Batch]:
    """Batches, the newest first, each with what went in and came out, and whether it is `cancelled`."""
    found = (
        Batch.objects.select_related("recipe_version__recipe", "intervention__commune", "operator", "kept_at")
        .annotate(
            inputs_grams=Sum(f"{_MOVED}quantity", filter=_WENT_IN, default=0),
            jars=_came_out(Lot.Kind.JAR),
            soup_ml=_came_out(Lot.Kind.BULK),
            waste_grams=_came_out(Lot.Kind.WASTE),
            eaten_grams=_came_out(Lot.Kind.EATEN),
            cancelled=Exists(_reversals()),
        )
        .order_by("-made_at", "-id")
    )
    if text:
        lot = Lot.objects.filter(batch=OuterRef("account"), code__iexact=text)
        found = found.filter(
            Q(code__iexact=text)
            | Q(recipe_version__recipe__search_name__contains=fold(text))
            | Q(Exists(lot))
        )
    if first or last:
        start, end = paris_day_bounds(first or FIRST_DAY, last or LAST_DAY)
        found = found.filter(made_at__gte=start, made_at__lt=end)
    if recipe:
        found = found.filter(recipe_version__recipe=recipe)
    if intervention:
        found = found.filter(intervention=intervention)
    return found


def workshops_without_batch(first: date, last: date) -> QuerySet[Intervention]:
    """Workshops held between two days, both included, for which something was collected and no batch was noted.

    What came with a workbook is left in peace.
    """
    held = Intervention.objects.filter(
        imported=False,
        kind=Intervention.Kind.WORKSHOP,
        status=Intervention.Status.DONE,
        day__range=(first, last),
    )
    collected = Collection.objects.filter(intervention=OuterRef("pk"))
    cooked = Batch.objects.filter(intervention=OuterRef("pk"), transaction__reversed_by=None)
    missing = held.filter(Exists(collected)).exclude(Exists(cooked))
    return missing.select_related("commune").order_by("day", "code")


def batch_of(lot: Lot) -> Batch | None:
    """The batch that made a lot; none for what was collected."""
    if lot.batch_id is None:
        return None
    return (
        Batch.objects.select_related("recipe_version__recipe", "operator")
        .filter(account=lot.batch_id)
        .first()
    )


def is_cancelled(batch: Batch) -> bool:
    """Was the transaction that held for this batch taken back?"""
    return Transaction.objects.filter(reverses=batch.transaction_id).exists()


def jars_made(lot: Lot) -> int:
    """How many jars of a lot its batch made, as corrected; 0 once the batch is cancelled."""
    made = Movement.objects.filter(
        lot=lot, source=lot.batch, transaction__batch__isnull=False, transaction__reversed_by=None
    )
    total: int = made.aggregate(total=Sum("quantity", default=0))["total"]
    return total


def contents_of(batch: Batch) -> Contents:
    """What went in and came out, as the transaction that holds says it; empty for a cancelled batch."""
    if is_cancelled(batch):
        return Contents(inputs=())
    movements = list(
        Movement.objects.filter(transaction=batch.transaction_id).select_related("lot__owner").order_by("id")
    )
    outputs = [
        (moved.lot, moved.quantity)
        for moved in movements
        if moved.source_id == batch.account_id and moved.lot
    ]

    def total(kind: str) -> int:
        return sum(quantity for lot, quantity in outputs if lot.kind == kind)

    return Contents(
        inputs=_inputs(
            [
                (moved.lot, moved.quantity)
                for moved in movements
                if moved.target_id == batch.account_id and moved.lot
            ]
        ),
        jars=tuple(
            Jars(lot.capacity_ml or 0, quantity, lot.thermal_load)
            for lot, quantity in outputs
            if lot.kind == Lot.Kind.JAR
        ),
        soup_ml=total(Lot.Kind.BULK),
        waste_grams=total(Lot.Kind.WASTE),
        eaten_grams=total(Lot.Kind.EATEN),
        semi_finished=tuple(
            SemiFinished(lot.label, quantity)
            for lot, quantity in outputs
            if lot.kind == Lot.Kind.SEMI_FINISHED
        ),
    )


def mass_balance(batch: Batch) -> MassBalance:
    """Where the kilos of a batch went."""
    return batch_balance(batch.account)


def balance_of(contents: Contents) -> MassBalance:
    """Where the kilos would go, of a batch that is not recorded yet."""
    return MassBalance(
        inputs_grams=sum(each.grams for each in contents.inputs),
        jars_ml=sum(each.capacity_ml * each.count for each in contents.jars),
        soup_ml=contents.soup_ml,
        semi_finished_grams=sum(each.grams for each in contents.semi_finished),
        waste_grams=contents.waste_grams,
        eaten_grams=contents.eaten_grams,
    )


def _inputs(portions: Sequence[tuple[Lot, int]]) -> tuple[Input, ...]:
    """One line a lot, even when it was taken from two places."""
    lots: dict[UUID, Lot] = {}
    grams: dict[UUID, int] = {}
    for lot, quantity in portions:
        lots[lot.pk] = lot
        grams[lot.pk] = grams.get(lot.pk, 0) + quantity
    return tuple(Input(lots[key], grams[key]) for key in lots)


def _reversals() -> QuerySet[Transaction]:
    return Transaction.objects.filter(reverses=OuterRef("transaction"))
