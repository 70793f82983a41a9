"""A test that commits gives the database back as it found it: from a copy, not by emptying tables.

Django's runner empties every table after such a test. The journal refuses to be emptied, as it should, and the
rows that migrations wrote would be gone. So the freshly migrated database is copied once and put back each time.
"""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.test import TransactionTestCase

Restore = Callable[[], None]


def _copy_of_sqlite() -> Restore:
    connection.ensure_connection()
    pristine = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(pristine)

    def restore() -> None:
        connection.ensure_connection()
        pristine.backup(connection.connection)

    return restore


def _copy_of_postgres() -> Restore:
    name = connection.settings_dict["NAME"]
    pristine = f"{name}_pristine"

    def copy(source: str, target: str) -> None:
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    copy(name, pristine)
    return lambda: copy(pristine, name)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        restore = _copy_of_sqlite() if connection.vendor == "sqlite" else _copy_of_postgres()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: restore())
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what touches the database, and what opens a browser, so that the second engine runs only its part."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server"}:
            item.add_marker("database")
        if fixtures & {"page", "context", "new_context", "browser", "live_server"}:
            item.add_marker("browser")
