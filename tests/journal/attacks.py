"""What an attacker has in hand: rows written past the actions, and the answer the database must give."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from bocal.journal.models import Account, Lot, Movement, Transaction
from bocal.journal.triggers.rules import APPEND_ONLY
from bocal.toolbox.ids import new_id
from tests.journal.factories import NOW, House


@contextmanager
def refused(answer: str) -> Iterator[None]:
    """The database itself says no, with this answer, and nothing of the block remains."""
    with pytest.raises(IntegrityError, match=answer), transaction.atomic():
        yield


def bare_movement(
    lot: Lot | None,
    quantity: int,
    source: Account,
    target: Account,
    *,
    currency: str = "",
    transaction_id: UUID | None = None,
) -> Movement:
    """A movement as any program could insert it."""
    return Movement.objects.create(
        transaction_id=transaction_id or new_id(),
        lot=lot,
        currency=currency,
        quantity=quantity,
        source=source,
        target=target,
    )


def bare_transaction(house: House, kind: str, *, id: UUID, **fields: Any) -> Transaction:
    """A transaction's own row as any program could insert it."""
    facts: dict[str, Any] = {"happened_at": NOW, "recorded_at": NOW, "by": house.operator} | fields
    return Transaction.objects.create(id=id, kind=kind, **facts)


def settle() -> None:
    """Let PostgreSQL check now what it would check at commit: it alters no table while something is pending."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def everything_written() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that only grows, to compare before and after."""
    with connection.cursor() as cursor:
        return {table: _rows(cursor, table) for table in APPEND_ONLY}


def _rows(cursor: Any, table: str) -> list[tuple[Any, ...]]:
    cursor.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608
    return list(cursor.fetchall())
