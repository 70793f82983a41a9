"""A program that opens the file with plain sqlite3, with every protection it can switch off switched off."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from bocal.journal.models import Lot
from bocal.journal.triggers.rules import APPEND_ONLY
from tests.journal.factories import House, give, released_jars, reverse, some_jars

pytestmark = pytest.mark.django_db(transaction=True)  # committed: the file is opened by somebody else

# Each statement is tried on every table; `{columns}` are the table's own, `{others}` all but the key.
REWRITES = {
    "update": "UPDATE {table} SET id = id",
    "update or replace": "UPDATE OR REPLACE {table} SET id = (SELECT MIN(id) FROM {table})",
    "update or ignore": "UPDATE OR IGNORE {table} SET id = upper(id)",
    "move the row": "UPDATE {table} SET rowid = rowid + 1000",
    "delete": "DELETE FROM {table}",
    "replace": "REPLACE INTO {table} SELECT * FROM {table}",
    "insert or replace": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "insert or ignore": "INSERT OR IGNORE INTO {table} SELECT * FROM {table}",
    "replace under the same row number": (
        "INSERT OR REPLACE INTO {table} (rowid, id, {others})"
        " SELECT MIN(rowid), lower(hex(randomblob(16))), {others} FROM {table}"
    ),
    "replace under another key": (
        "REPLACE INTO {table} (id, {others}) SELECT lower(hex(randomblob(16))), {others} FROM {table}"
    ),
    "upsert": (
        "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT (id) DO UPDATE SET id = upper(id)"
    ),
}

RELEASE = """
    INSERT INTO journal_decision (id, lot_id, sequence, kind, decided_at, recorded_at, by_id, reason)
    VALUES ('d0', :lot, :sequence, 'release', :decided_at, '2027-01-01', :by, '')
"""

# Rows for whoever wants the unreleased jars out of quarantine, in every spelling SQLite understands.
MOVE = """
    INSERT INTO journal_movement (id, transaction_id, lot_id, currency, quantity, source_id, target_id)
    SELECT 'f0', 't0', {lot}, '', {quantity}, {source}, {target}
    FROM journal_lot AS lot, journal_account AS consigne, journal_account AS shop
    WHERE lot.code = :held AND consigne.id = :consigne AND shop.id = :shop
"""
ESCAPES = {
    "plainly": {},
    "backwards, less than nothing": {"quantity": "-5", "source": "shop.id", "target": "consigne.id"},
    "as words": {"quantity": "'beaucoup'"},
    "by halves": {"quantity": "0.5"},
    "under a key nobody knows": {"lot": "upper(lot.id)"},
    "under a key that is no text": {"lot": "CAST(lot.id AS blob)"},
    "to an account nobody knows": {"target": "upper(shop.id)"},
    "from an account nobody knows": {"source": "upper(shop.id)"},
}


@pytest.fixture
def intruder(house: House, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The file of a house with a row in every table, opened without any of Bocal's settings."""
    lot = released_jars(house)
    reverse(house, give(house, lot, 2, house.consigne, house.anonymous))
    some_jars(house)
    raw = sqlite3.connect(tmp_path / "copy.sqlite3")
    connection.connection.backup(raw)
    for pragma in ("recursive_triggers = OFF", "foreign_keys = OFF", "ignore_check_constraints = ON"):
        raw.execute(f"PRAGMA {pragma}")
    yield raw
    raw.close()


def rows(raw: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    return raw.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()  # noqa: S608


def test_nothing_written_is_rewritten(intruder: sqlite3.Connection) -> None:
    for (name, statement), table in product(REWRITES.items(), APPEND_ONLY):
        columns = [name for (name,) in intruder.execute("SELECT name FROM pragma_table_info(?)", [table])]
        others = ", ".join(f'"{name}"' for name in columns if name != "id")
        before = rows(intruder, table)
        with suppress(sqlite3.Error):
            intruder.execute(statement.format(table=table, others=others))
        after = rows(intruder, table)
        assert [row for row in after if row in before] == before, (name, table)
        intruder.rollback()


def test_unreleased_jars_do_not_get_out(intruder: sqlite3.Connection, house: House) -> None:
    names = {"held": held_lot().code, "consigne": house.consigne.pk.hex, "shop": house.shop.pk.hex}
    for escape, verb in product(ESCAPES, ("INTO", "OR IGNORE INTO", "OR REPLACE INTO", "OR FAIL INTO")):
        words = {"lot": "lot.id", "quantity": "5", "source": "consigne.id", "target": "shop.id"} | ESCAPES[
            escape
        ]
        assert "bocal:" in answer(intruder, MOVE.replace("INTO", verb, 1).format(**words), names), (
            escape,
            verb,
        )


def test_a_quantity_is_a_whole_number(intruder: sqlite3.Connection, house: House) -> None:
    """Of jars that are free: any other kind of quantity would poison every sum."""
    free = Lot.objects.get(decisions__kind="release").code
    names = {"held": free, "consigne": house.consigne.pk.hex, "shop": house.shop.pk.hex}
    words = {"lot": "lot.id", "source": "consigne.id", "target": "shop.id"}
    for quantity in ("'beaucoup'", "0.5", "x'05'", "-1", "0", "1e300", "'0x5'"):
        refusal = answer(intruder, MOVE.format(**words, quantity=quantity), names)
        assert "bocal:movement_moves_nothing" in refusal, quantity
    assert answer(intruder, MOVE.format(**words, quantity="5"), names) == "", "the statement itself is right"


def test_a_person_is_not_a_sample(intruder: sqlite3.Connection, house: House) -> None:
    """With CHECK off, somebody's account can claim to be the sink of samples: it is still somebody's."""
    intruder.execute(
        "INSERT INTO journal_account (id, kind, name, quarantine, sink)"
        " VALUES ('a0', 'party', 'Gourmand', 0, 'samples')"
    )
    words = {"lot": "lot.id", "quantity": "5", "source": "consigne.id", "target": "'a0'"}
    names = {"held": held_lot().code, "consigne": house.consigne.pk.hex, "shop": house.shop.pk.hex}
    assert "bocal:unreleased_jar" in answer(intruder, MOVE.format(**words), names)


def test_a_release_by_nobody_is_refused(intruder: sqlite3.Connection, house: House) -> None:
    """The operator's key in capitals is not a second person."""
    for by in (house.operator.pk.hex, house.operator.pk.hex.upper(), "personne", None):
        assert "bocal:release_needs_a_second_person" in answer(intruder, RELEASE, release_facts(by=by)), by


def test_a_release_has_a_date_not_before_the_start(intruder: sqlite3.Connection, house: House) -> None:
    by = house.releaser.pk.hex
    for decided_at in ("2001-01-01 00:00:00", "2001-01-01T00:00:00Z", "demain", "", None):
        facts = release_facts(by=by, decided_at=decided_at)
        assert "bocal:release_before_start" in answer(intruder, RELEASE, facts), decided_at


def test_a_decision_takes_the_next_rank_and_no_other(intruder: sqlite3.Connection, house: House) -> None:
    by = house.releaser.pk.hex
    for sequence in (0, 1, 3, "2bis", "zz", 1.5, -1, None, b"2"):
        refusal = answer(intruder, RELEASE, release_facts(by=by, sequence=sequence))
        assert "bocal:decision_out_of_rank" in refusal or "bocal:one_decision" in refusal, sequence
    assert answer(intruder, RELEASE, release_facts(by=by)) == "", "the statement itself is right"


def test_jars_are_not_called_something_else(intruder: sqlite3.Connection) -> None:
    names = [name for (name,) in intruder.execute("SELECT name FROM pragma_table_info('journal_lot')")]
    changed = {"id": "'l0'", "code": "'L0'", "thermal_load": "9"}
    changed |= {"kind": ":kind", "unit": ":unit", "capacity_ml": ":capacity"}
    columns = ", ".join(changed.get(name, name) for name in names)
    statement = f"INSERT INTO journal_lot SELECT {columns} FROM journal_lot WHERE kind = 'jar' LIMIT 1"  # noqa: S608
    for kind, unit, capacity in (
        ("pots", "piece", 385), ("JAR", "piece", 385), ("jar", "g", 385),
        ("semi_finished", "piece", None), ("bulk", "g", 385), ("raw", "g", None),
    ):  # fmt: skip
        facts = {"kind": kind, "unit": unit, "capacity": capacity}
        assert "bocal:lot_is_not_what_it_says" in answer(intruder, statement, facts), facts


def test_no_row_hides_under_a_number_below_one(intruder: sqlite3.Connection) -> None:
    """Otherwise the next plain insert would seem to collide with it, and nothing could be written any more."""
    columns = [name for (name,) in intruder.execute("SELECT name FROM pragma_table_info('toolbox_act')")]
    others = ", ".join(f'"{name}"' for name in columns if name != "id")
    hide = f"INSERT INTO toolbox_act (rowid, id, {others}) SELECT -1, 'a0', {others} FROM toolbox_act LIMIT 1"  # noqa: S608
    assert "bocal:journal_is_append_only" in answer(intruder, hide, {})


def test_a_second_opening_is_refused(intruder: sqlite3.Connection) -> None:
    second = "INSERT OR REPLACE INTO journal_opening VALUES (2, '2999-01-01', '2999-01-01')"
    assert "bocal:already_there" in answer(intruder, second, {})


def answer(raw: sqlite3.Connection, statement: str, facts: dict[str, Any]) -> str:
    """What the file says to this statement, which is undone; nothing when it agrees."""
    try:
        raw.execute(statement, facts)
    except sqlite3.IntegrityError as error:
        return str(error)
    finally:
        raw.rollback()
    return ""


def held_lot() -> Lot:
    return Lot.objects.filter(kind="jar").exclude(decisions__kind="release").get()


def release_facts(**facts: Any) -> dict[str, Any]:
    return {"lot": held_lot().pk.hex, "sequence": 2, "decided_at": "2027-01-01"} | facts
