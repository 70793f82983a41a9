"""Ids sort by the moment they are made and are ordinary UUIDs."""

import uuid

from bocal.toolbox.ids import new_id


def test_an_id_is_an_ordinary_uuid_of_version_seven() -> None:
    made = new_id()
    assert type(made) is uuid.UUID
    assert made.version == 7
    assert made.variant == uuid.RFC_4122


def test_ids_made_one_after_the_other_are_distinct_and_in_order() -> None:
    made = [new_id() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert made == sorted(made)
