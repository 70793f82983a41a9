"""The journal's tests play in one small house whose journal is open; each engine has attacks of its own."""

import pytest
from django.conf import settings

from bocal.journal.actions import open_journal
from tests.journal.factories import NOW, OPENED_ON, House, the_house

ON_SQLITE = "sqlite" in settings.DATABASES["default"]["ENGINE"]
collect_ignore = ["on_postgres"] if ON_SQLITE else ["on_sqlite"]


@pytest.fixture
def house(db: None) -> House:
    open_journal(opened_on=OPENED_ON, at=NOW)
    return the_house()
