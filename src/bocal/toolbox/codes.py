"""Numbers that people say aloud: `A26-031`, the thirty-first of its kind in 2026.

The prefix says the kind and the year, the rank goes on from the highest one. Numbers that came with a
spreadsheet (I001, R001) are in another row and never disturb it. Called inside the transaction that writes the
record, so that two persons who record at the same moment get one number each.
"""

import re
import zlib
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from bocal.toolbox.turns import take_turn


def next_code(records: QuerySet[Any, Model], *, letter: str, day: date) -> str:
    """One more than the highest of the year among the `code` of these records."""
    _wait_for_others(records.model._meta.db_table)
    prefix = f"{letter}{day:%y}-"
    take_turn(prefix)
    taken = records.filter(code__startswith=prefix).values_list("code", flat=True)
    ranks = [int(rank) for code in taken if re.fullmatch(r"[0-9]+", rank := code.removeprefix(prefix))]
    return f"{prefix}{max(ranks, default=0) + 1:03}"


def _wait_for_others(table: str) -> None:
    """On PostgreSQL one transaction at a time chooses a number; SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(table.encode())])
