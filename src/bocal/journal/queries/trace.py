"""Where a lot came from and where it went, across batches, from the movements alone.

A batch mixes what enters it, so everything it makes descends from everything it took in. What entered a batch
leaves it only by a correction; hence a lot entered a batch when a movement into it was not reversed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection

from bocal.journal.models import Account, Lot

# CROSS JOIN, because SQLite then keeps the order written here: from the family outwards, always by an index.
_ENTERED = """
    entry.id = entering.transaction_id AND entry.reverses_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM journal_transaction AS undone WHERE undone.reverses_id = entry.id)
"""
_BACK = f"""
    SELECT entering.lot_id FROM family
    CROSS JOIN journal_lot AS made CROSS JOIN journal_movement AS entering CROSS JOIN journal_transaction AS entry
    WHERE made.id = family.lot_id AND entering.target_id = made.batch_id AND {_ENTERED}
"""  # noqa: S608
_FORWARD = f"""
    SELECT made.id FROM family
    CROSS JOIN journal_movement AS entering CROSS JOIN journal_transaction AS entry CROSS JOIN journal_lot AS made
    WHERE entering.lot_id = family.lot_id AND made.batch_id = entering.target_id AND {_ENTERED}
"""  # noqa: S608
_HOLDINGS = """
    WITH RECURSIVE family (lot_id) AS (SELECT id FROM journal_lot WHERE id = %s UNION {step}),
    moves AS (
        SELECT moved.lot_id, moved.source_id, moved.target_id, moved.quantity, written.happened_at FROM family
        CROSS JOIN journal_movement AS moved CROSS JOIN journal_transaction AS written
        WHERE moved.lot_id = family.lot_id AND written.id = moved.transaction_id
    )
    SELECT lot_id, account_id, SUM(quantity), MIN(happened_at), MAX(happened_at)
    FROM (
        SELECT lot_id, target_id AS account_id, quantity, happened_at FROM moves
        UNION ALL
        SELECT lot_id, source_id, -quantity, happened_at FROM moves
    ) AS sides
    GROUP BY lot_id, account_id
    HAVING SUM(quantity) <> 0
"""


@dataclass(frozen=True)
class Holding:
    """So much of a lot that an account holds (gave, when below zero), and between when and when."""

    lot: Lot
    account: Account
    quantity: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class Trace:
    """A lot's family in one direction, itself included, and every account that any of it passed to or from."""

    lots: tuple[Lot, ...]
    holdings: tuple[Holding, ...]

    @property
    def origins(self) -> tuple[Holding, ...]:
        """Who gave what was not made here: the producers and suppliers, each with what came from them."""
        return self._where(lambda held: held.quantity < 0 and held.account.kind != Account.Kind.BATCH)

    @property
    def into_batches(self) -> tuple[Holding, ...]:
        """What of each lot entered each batch."""
        return self._where(lambda held: held.quantity > 0 and held.account.kind == Account.Kind.BATCH)

    @property
    def destinations(self) -> tuple[Holding, ...]:
        """Where it is or went for good: places, parties, sinks."""
        return self._where(lambda held: held.quantity > 0 and held.account.kind != Account.Kind.BATCH)

    def _where(self, wanted: Callable[[Holding], bool]) -> tuple[Holding, ...]:
        return tuple(held for held in self.holdings if wanted(held))


def trace_back(lot: Lot) -> Trace:
    """Everything this lot was made from, back to who gave it."""
    return _trace(lot, _BACK)


def trace_forward(lot: Lot) -> Trace:
    """Everything this lot went into, down to who has it."""
    return _trace(lot, _FORWARD)


def _trace(lot: Lot, step: str) -> Trace:
    with connection.cursor() as cursor:
        cursor.execute(_HOLDINGS.format(step=step), [Lot._meta.pk.get_db_prep_value(lot.pk, connection)])
        rows = cursor.fetchall()
    lots = Lot.objects.select_related("batch").in_bulk({_uuid(row[0]) for row in rows} | {lot.pk})
    accounts = Account.objects.select_related("place", "organisation", "person").in_bulk(
        {_uuid(row[1]) for row in rows}
    )
    holdings = [
        Holding(lots[_uuid(row[0])], accounts[_uuid(row[1])], int(row[2]), _instant(row[3]), _instant(row[4]))
        for row in rows
    ]
    return Trace(
        lots=tuple(sorted(lots.values(), key=lambda one: (one.made_on, one.code))),
        holdings=tuple(
            sorted(holdings, key=lambda held: (held.first_at, held.lot.code, str(held.account.pk)))
        ),
    )


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _instant(value: datetime | str) -> datetime:
    """SQLite keeps an instant as text, in UTC without saying so."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value).replace(tzinfo=UTC)
