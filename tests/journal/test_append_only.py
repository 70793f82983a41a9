"""What is written stays as it was written, whatever statement tries to change it, on both engines."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from bocal.journal.models import Account, Decision, Lot, Movement, Opening, Transaction
from bocal.journal.triggers.rules import APPEND_ONLY
from bocal.toolbox.ids import new_id
from tests.journal.attacks import bare_movement, bare_transaction, everything_written, refused
from tests.journal.factories import House, give, released_jars, reverse

NEVER = "bocal:journal_is_append_only"
NOT_TWICE = "bocal:[a-z_]+|unique constraint"
MODELS = [Opening, Account, Lot, Decision, Transaction, Movement]

CHANGES = {"update": "UPDATE {table} SET id = id", "delete": "DELETE FROM {table}"}
COPIES = {
    "insert": "INSERT INTO {table} SELECT * FROM {table}",
    "upsert": "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id",
}


@pytest.fixture
def written(house: House) -> Iterator[House]:
    """A house with a row in every table; whatever the test tries, all of them are as they were."""
    lot = released_jars(house)
    reverse(house, give(house, lot, 2, house.consigne, house.anonymous))
    before = everything_written()
    assert all(before.values())
    yield house
    assert everything_written() == before


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_no_statement_changes_what_is_written(written: House, table: str, statement: str) -> None:
    with refused(NEVER), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", COPIES.values(), ids=COPIES)
def test_no_statement_writes_it_over(written: House, table: str, statement: str) -> None:
    with refused(NOT_TWICE), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_django_cannot_either(written: House, model: type[Lot]) -> None:
    row = model.objects.first()
    assert row is not None
    fields = [field.name for field in model._meta.concrete_fields if not field.primary_key][:1]
    with refused(NEVER):
        model.objects.update(id=row.pk)
    with refused(NEVER):
        model.objects.all()._raw_delete(using="default")
    with refused(NEVER):
        row.save()
    with refused(NEVER):
        model.objects.bulk_update([row], fields)
    with refused(NOT_TWICE):
        model.objects.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=fields)


def test_no_movement_is_added_to_a_sealed_transaction(written: House) -> None:
    sealed = Transaction.objects.filter(kind="collection").get()
    lot = Lot.objects.get(kind="raw")
    with refused("bocal:transaction_is_sealed"):
        bare_movement(lot, 1, written.truck, written.shelf, transaction_id=sealed.pk)


def test_a_movement_is_not_written_without_its_transaction(written: House) -> None:
    lot = Lot.objects.get(kind="raw")
    with refused("FOREIGN KEY|foreign key|bocal:transaction_is_sealed"):
        bare_movement(lot, 1, written.truck, written.shelf)
        connection.check_constraints()


def test_a_transaction_moves_something(written: House) -> None:
    with refused("bocal:transaction_moves_nothing"):
        bare_transaction(written, "transfer", id=new_id())


@pytest.mark.parametrize("quantity", [0, -5])
def test_nothing_and_less_than_nothing_do_not_move(written: House, quantity: int) -> None:
    lot = Lot.objects.get(kind="raw")
    with refused("bocal:movement_moves_nothing|a_movement_moves_something|CHECK"):
        bare_movement(lot, quantity, written.truck, written.shelf)


def test_the_journal_opens_once(written: House) -> None:
    with refused("bocal:already_there|the_journal_opens_once|duplicate"):
        Opening.objects.create(id=2, opened_on="2030-01-01", recorded_at="2030-01-01T00:00Z")


def test_the_journal_does_not_open_in_the_future(db: None) -> None:
    with refused("bocal:opening_in_the_future"):
        Opening.objects.create(opened_on="2031-01-01", recorded_at="2030-01-01T12:00Z")
    with transaction.atomic():
        Opening.objects.create(opened_on="2030-01-01", recorded_at="2030-01-01T12:00Z")
