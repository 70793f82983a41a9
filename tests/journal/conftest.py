"""The journal's tests play in one small house whose journal is open."""

import pytest

from bocal.journal.actions import open_journal
from tests.journal.factories import NOW, OPENED_ON, House, the_house


@pytest.fixture
def house(db: None) -> House:
    open_journal(opened_on=OPENED_ON, at=NOW)
    return the_house()
