"""Balances: what an account holds, what a batch took in and gave out, and whether the running ones are right."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from bocal.craft.journal import Currency, LotId, Resource
from bocal.craft.recipes.mass_balance import GRAMS_PER_MILLILITRE, MassBalance
from bocal.journal.models import Account, Balance, Lot

# What every account holds of every resource, from the movements alone.
REBUILT = """
    SELECT account_id, lot_id, currency, SUM(quantity) AS quantity
    FROM (
        SELECT target_id AS account_id, lot_id, currency, quantity FROM journal_movement
        UNION ALL
        SELECT source_id, lot_id, currency, -quantity FROM journal_movement
    ) AS sides
    GROUP BY account_id, lot_id, currency
    HAVING SUM(quantity) <> 0
"""
_KEPT = "SELECT account_id, lot_id, currency, quantity FROM journal_balance"


@dataclass(frozen=True)
class Difference:
    """A running balance that is not what the movements say; `kept` is None when there is no such row."""

    account: UUID
    resource: Resource
    kept: int | None
    rebuilt: int | None


def balance_of(account: Account) -> Mapping[Resource, int]:
    """What an account holds now, by lot and by currency; what it has given beyond what it had is negative."""
    rows = Balance.objects.filter(account=account).values_list("lot_id", "currency", "quantity")
    return {_resource(lot_id, currency): quantity for lot_id, currency, quantity in rows}


def batch_balance(account: Account) -> MassBalance:
    """Where the kilos of a batch went. What entered it is above zero in its account, what it made is below."""
    sums = dict.fromkeys(("inputs", *Lot.Kind.values), 0)
    rows = Balance.objects.filter(account=account, lot__isnull=False)
    for kind, unit, capacity_ml, quantity in rows.values_list(
        "lot__kind", "lot__unit", "lot__capacity_ml", "quantity"
    ):
        measure = abs(quantity) * (capacity_ml or 0) if unit == Lot.Unit.PIECE else abs(quantity)
        if quantity < 0:
            sums[kind] += measure
        else:
            sums["inputs"] += measure if unit == Lot.Unit.GRAM else measure * GRAMS_PER_MILLILITRE
    return MassBalance(
        inputs_grams=sums["inputs"],
        jars_ml=sums[Lot.Kind.JAR],
        soup_ml=sums[Lot.Kind.BULK],
        semi_finished_grams=sums[Lot.Kind.SEMI_FINISHED],
        waste_grams=sums[Lot.Kind.WASTE],
        eaten_grams=sums[Lot.Kind.EATEN],
    )


def differences() -> list[Difference]:
    """Where the running balances and the movements disagree; empty when all is well."""
    kept, rebuilt = _only_in(_KEPT, REBUILT), _only_in(REBUILT, _KEPT)
    return [
        Difference(account, resource, kept.get((account, resource)), rebuilt.get((account, resource)))
        for account, resource in sorted(kept.keys() | rebuilt.keys(), key=str)
    ]


def _only_in(these: str, those: str) -> dict[tuple[UUID, Resource], int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({these}) AS these EXCEPT SELECT * FROM ({those}) AS those")  # noqa: S608
        rows = cursor.fetchall()
    return {
        (UUID(str(account)), _resource(UUID(str(lot)) if lot else None, currency)): int(quantity)
        for account, lot, currency, quantity in rows
    }


def _resource(lot_id: UUID | None, currency: str) -> Resource:
    return LotId(lot_id) if lot_id else Currency(currency)
