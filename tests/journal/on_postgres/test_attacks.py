"""What only PostgreSQL offers an attacker: TRUNCATE, COPY, replica sessions, temporary tables, isolation levels."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections
from django.db.transaction import atomic
from psycopg.errors import CheckViolation

from bocal.journal import triggers
from bocal.journal.models import Lot, Movement
from bocal.journal.triggers.rules import APPEND_ONLY
from bocal.toolbox.ids import new_id
from tests.journal.attacks import bare_movement, bare_transaction, everything_written, refused
from tests.journal.factories import House, collect, give, released_jars, reverse, some_jars


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def held(house: House) -> Iterator[Lot]:
    """Jars that are not released, in a house with a row in every table; all rows stay as they were."""
    lot = released_jars(house)
    reverse(house, give(house, lot, 2, house.consigne, house.anonymous))
    held = some_jars(house)
    before = everything_written()
    yield held
    assert everything_written() == before


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["TRUNCATE {table} CASCADE", "TRUNCATE people_person, {table} CASCADE"])
def test_nothing_is_emptied(held: Lot, table: str, statement: str) -> None:
    with refused("bocal:journal_is_append_only"):
        run("SET CONSTRAINTS ALL IMMEDIATE", statement.format(table=table))


def test_a_session_that_calls_itself_a_replica_is_not_believed(held: Lot, house: House) -> None:
    for statement in ("DELETE FROM journal_movement", "UPDATE journal_decision SET kind = 'release'"):
        with refused("bocal:journal_is_append_only"):
            run("SET LOCAL session_replication_role = replica", statement)
    with refused("bocal:unreleased_jar"):
        run("SET LOCAL session_replication_role = replica")
        bare_movement(held, 1, house.consigne, house.shop)


def test_a_temporary_table_of_decisions_fools_nobody(held: Lot, house: House) -> None:
    release = [str(held.pk), str(house.releaser.pk)]
    with refused("bocal:unreleased_jar"), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE journal_decision (LIKE public.journal_decision) ON COMMIT DROP"
        )
        cursor.execute(
            "INSERT INTO pg_temp.journal_decision (id, lot_id, sequence, kind, decided_at, recorded_at, by_id, reason)"
            " VALUES (gen_random_uuid(), %s, 99, 'release', now(), now(), %s, 'faux')",
            release,
        )
        cursor.execute("SET LOCAL search_path = pg_temp, public")
        bare_movement(held, 1, house.consigne, house.shop)


def test_copy_goes_through_the_same_door(held: Lot, house: House) -> None:
    row = f"{new_id()}\t{new_id()}\t{held.pk}\t\t5\t{house.consigne.pk}\t{house.shop.pk}\n"
    columns = "id, transaction_id, lot_id, currency, quantity, source_id, target_id"
    door = pytest.raises(CheckViolation, match="bocal:unreleased_jar")
    into = f"COPY journal_movement ({columns}) FROM STDIN"
    with door, atomic(), connection.cursor() as cursor, cursor.copy(into) as copy:
        copy.write(row)


def test_merge_goes_through_the_same_door(held: Lot, house: House) -> None:
    with refused("bocal:journal_is_append_only"):
        run(
            "MERGE INTO journal_decision AS kept USING journal_decision AS seen ON kept.id = seen.id"
            " WHEN MATCHED THEN UPDATE SET kind = 'release'"
        )


def test_a_switched_off_trigger_is_seen(held: Lot) -> None:
    name = "bocal_movement_is_allowed"
    with atomic():
        run("SET CONSTRAINTS ALL IMMEDIATE", f"ALTER TABLE journal_movement DISABLE TRIGGER {name}")
        assert triggers.missing() == [name]
        run(f"ALTER TABLE journal_movement ENABLE TRIGGER {name}")
        assert triggers.missing() == [name], "enabled, but not always"
        run(f"ALTER TABLE journal_movement ENABLE ALWAYS TRIGGER {name}")
        assert triggers.missing() == []


def test_an_emptied_function_is_seen(held: Lot) -> None:
    with atomic():
        run(
            "SET CONSTRAINTS ALL IMMEDIATE",
            "CREATE OR REPLACE FUNCTION bocal_movement_is_allowed() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NEW; END $$",
        )
        assert triggers.missing() == ["bocal_movement_is_allowed()"]
        triggers.install()
        assert triggers.missing() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_a_session_that_looks_at_the_past_writes_nothing(house: House, level: str) -> None:
    """It would not see a block that was committed after its first glance."""
    lot = released_jars(house)
    with refused("bocal:journal_writes_read_committed"):
        run(f"SET TRANSACTION ISOLATION LEVEL {level}")
        bare_movement(lot, 1, house.consigne, house.anonymous)
    with refused("bocal:journal_writes_read_committed"):
        run(f"SET TRANSACTION ISOLATION LEVEL {level}")
        lot.decisions.create(
            sequence=3, kind="block", decided_at="2026-11-24T10:00Z", recorded_at="2026-11-24T10:00Z",
            by=house.releaser, reason="couvercle bombé",
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_movement_is_not_smuggled_into_what_somebody_else_seals(house: House) -> None:
    """Both write movements of one transaction, not yet sealed; only one can seal it, with her own movements."""
    lot, key = collect(house), new_id()

    def smuggle() -> None:
        try:
            with atomic():
                bare_movement(lot, 7, house.truck, house.shelf, transaction_id=key)
                time.sleep(0.6)
        finally:
            connections.close_all()

    # Another lot, or its lock alone would stop the smuggler.
    other = collect(house)
    with ThreadPoolExecutor() as elsewhere:
        smuggler = elsewhere.submit(smuggle)
        time.sleep(0.2)
        with atomic():
            bare_movement(other, 1, house.truck, house.shelf, transaction_id=key)
            bare_transaction(house, "transfer", id=key)
        with pytest.raises(IntegrityError, match="bocal:transaction_is_sealed"):
            smuggler.result(timeout=20)
    assert [movement.lot for movement in Movement.objects.filter(transaction=key)] == [other]
