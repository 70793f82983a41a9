"""Loading the communes of France: quickly into an empty database, and again whenever a newer file comes.

A commune of the file is added or brought up to date; one that is no longer in it stays, because records point to
it, but leaves the territory. What a group holds is never touched. The same file a second time changes nothing.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from bocal.territory.models import Commune

from .communes_file import SHIPPED_COMMUNES, CommuneRow, read_communes

# The territory of the first cannery: who signed the convention, by the code of the intercommunalité.
FIRST_TERRITORY = {
    "200068781": "CA Valence Romans Agglo",
    "200073096": "CA Arche Agglo",
    "200040491": "CC Porte de DrômArdèche",
    "200067767": "CC du Royans-Vercors",
}
KEPT = (*CommuneRow._fields, "in_territory")
ROWS_IN_ONE_STATEMENT = (
    2_000  # × 12 values: below what SQLite (32 766) and PostgreSQL (65 535) accept at once
)

Values = tuple[Any, ...]


@dataclass(frozen=True)
class CommunesLoaded:
    """What a file changed."""

    new: int
    changed: int
    unchanged: int
    gone: tuple[str, ...]


def load_shipped_communes(
    *, model: type[models.Model] = Commune, using: str = DEFAULT_DB_ALIAS
) -> CommunesLoaded:
    """Load the file that comes with this version; a migration hands over the `model` of its own time."""
    return load_communes(content=SHIPPED_COMMUNES.read_bytes(), model=model, using=using)


def load_communes(
    *,
    content: bytes,
    territory: Collection[str] | None = None,
    model: type[models.Model] = Commune,
    using: str = DEFAULT_DB_ALIAS,
) -> CommunesLoaded:
    """Keep every commune of a file, or refuse the file whole.

    `territory` is the codes of the intercommunalités to mark; without it the territory stays what it was,
    and an empty database gets the first one.
    """
    rows = read_communes(content)
    with transaction.atomic(using=using):
        before = dict(_kept(model, using))
        ours = set(_marked(before) or FIRST_TERRITORY) if territory is None else set(territory)
        after = {row.code: (*row, row.epci_code in ours) for row in rows}
        gone = [code for code in before if code not in after]
        to_write = [values for code, values in after.items() if before.get(code) != values]
        _write(to_write, model, using)
        model._base_manager.using(using).filter(pk__in=gone, in_territory=True).update(in_territory=False)
    new = sum(values[0] not in before for values in to_write)
    return CommunesLoaded(
        new=new,
        changed=len(to_write) - new,
        unchanged=len(after) - len(to_write),
        gone=tuple(sorted(before[code][KEPT.index("name")] for code in gone)),
    )


def _kept(model: type[models.Model], using: str) -> Iterator[tuple[str, Values]]:
    for values in model._base_manager.using(using).values_list(*KEPT).iterator():
        yield values[0], values


def _marked(before: dict[str, Values]) -> set[str]:
    epci, marked = KEPT.index("epci_code"), KEPT.index("in_territory")
    return {values[epci] for values in before.values() if values[marked]}


def _write(rows: Sequence[Values], model: type[models.Model], using: str) -> None:
    """Insert or update without making 35 000 model instances, which would take several times as long.

    Only our own names are written into the statements; what the file says is always a parameter.
    """
    connection = connections[using]
    table, columns = connection.ops.quote_name(model._meta.db_table), ", ".join(KEPT)
    insert = f"INSERT INTO {table} ({columns})"
    update = (
        f"ON CONFLICT (code) DO UPDATE SET {', '.join(f'{column} = excluded.{column}' for column in KEPT)}"
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # all in one message: a round trip for each row costs more
            given = json.dumps([dict(zip(KEPT, row, strict=True)) for row in rows])
            read = f"SELECT {columns} FROM jsonb_populate_recordset(null::{table}, %s)"  # noqa: S608
            cursor.execute(f"{insert} {read} {update}", [given])
        else:
            marks = ", ".join(["%s"] * len(KEPT))
            cursor.executemany(f"{insert} VALUES ({marks}) {update}", rows)
