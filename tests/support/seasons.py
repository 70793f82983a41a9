"""The demonstration as a state of the database: loaded once a session, put there in no time for each module.

Loading it takes seconds, copying it does not. A module that asks for `demonstration` finds the season of the
workbook and the fortnight around today, and leaves the database as it found it.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from bocal.frontdoor.demonstration import load_demonstration
from tests.support.database import copy_of_database

Restore = Callable[[], None]


@pytest.fixture(scope="session")
def _demonstration_copy(django_db_setup: None, django_db_blocker: Any) -> tuple[Restore, Restore]:
    """(put the demonstration there, put the empty database back)."""
    with django_db_blocker.unblock():
        put_back = copy_of_database("empty")
        load_demonstration(at=timezone.now())
        put_there = copy_of_database("demonstration")
        put_back()
    return put_there, put_back


@pytest.fixture(scope="module")
def demonstration(_demonstration_copy: tuple[Restore, Restore], django_db_blocker: Any) -> Iterator[None]:
    """The database holds the demonstration for the whole module, whose tests only read."""
    put_there, put_back = _demonstration_copy
    with django_db_blocker.unblock():
        put_there()
        yield
        put_back()
