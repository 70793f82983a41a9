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

SHOWN = {"Client", "signed_in", "pages_of"}  # what a module that asks for screens or reads paper imports
TOUCHING = {"db", "transactional_db", "live_server", "demonstration"}


def _copy_of_sqlite() -> Restore:
    connection.ensure_connection()
    pristine = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(pristine)

    def restore() -> None:
        connection.ensure_connection()
        pristine.backup(connection.connection)

    return restore


def _copy_of_postgres(called: str) -> Restore:
    name = connection.settings_dict["NAME"]
    kept = f"{name}_{called}"

    def copy(source: str, target: str) -> None:
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    copy(name, kept)
    return lambda: copy(kept, name)


def copy_of_database(called: str) -> Restore:
    """Keep the database as it is now; the answer puts it back so. Each copy has its own name."""
    return _copy_of_sqlite() if connection.vendor == "sqlite" else _copy_of_postgres(called)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        restore = copy_of_database("pristine")
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: restore())
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what touches the database, asks for screens or paper, opens a browser: the second engine runs its part."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "demonstration" in fixtures and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)
        if item.get_closest_marker("django_db") or fixtures & TOUCHING:
            item.add_marker("database")
        if "client" in fixtures or SHOWN & vars(getattr(item, "module", None) or item).keys():
            item.add_marker("screen")
        if fixtures & {"page", "context", "new_context", "browser", "live_server"}:
            item.add_marker("browser")
