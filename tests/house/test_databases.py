"""A test that commits gives the database back as it was, with what migrations wrote, on both engines."""

import threading

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from bocal.toolbox.models import StoredFile


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_committed_row_is_gone_at_the_next_test(turn: str) -> None:
    assert ContentType.objects.exists(), "rows of the migrations are still there"
    assert not StoredFile.objects.exists(), "rows of the test before are not"

    StoredFile.objects.create(
        hash="0" * 64, size=1, name=turn, media_type="text/plain", at="2026-11-26T09:00:00+01:00"
    )


@pytest.mark.django_db(transaction=True)
def test_another_thread_sees_what_was_committed() -> None:
    StoredFile.objects.create(
        hash="0" * 64, size=1, name="x", media_type="text/plain", at="2026-11-26T09:00:00+01:00"
    )
    seen: list[int] = []

    def look() -> None:
        seen.append(StoredFile.objects.count())
        connection.close()

    neighbour = threading.Thread(target=look)
    neighbour.start()
    neighbour.join()

    assert seen == [1]
