"""An evening of November 2026, and the coordination at her desk."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client


@pytest.fixture
def that_evening() -> Iterator[None]:
    from tests.programme.factories import NOW

    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def coordination(db: None, that_evening: None) -> Client:
    from tests.people.factories import signed_in, somebody_who

    return signed_in(somebody_who("coordination", "Nadia T."))
