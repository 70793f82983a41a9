"""Two clicks at the very same moment: one row, one act, no error, on both engines."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from bocal.people import actions
from bocal.people.models import Organisation, Person, ReadOnlyLink, Role, Training, User
from bocal.toolbox.ids import new_id
from bocal.toolbox.models import Act
from tests.people.factories import NOW, TODAY, a_person

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 4


def at_once(act: Callable[[], Any]) -> list[Any]:
    """The same act from several threads, each with its own connection; any error comes out here."""
    together = Barrier(CLICKS)

    def click(_number: int) -> Any:
        try:
            together.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(CLICKS) as pool:
        return list(pool.map(click, range(CLICKS)))


def test_a_person_clicked_twice_is_one_person() -> None:
    key = new_id()
    people = at_once(lambda: actions.record_person(id=key, name="Aïcha", status="volunteer", by=None, at=NOW))
    assert {person.pk for person in people} == {key}
    assert Person.objects.count() == Act.objects.count() == 1


def test_an_organisation_clicked_twice_is_one() -> None:
    key = new_id()
    at_once(lambda: actions.record_organisation(id=key, kind="producer", name="Ferme", by=None, at=NOW))
    assert Organisation.objects.count() == Act.objects.count() == 1


def test_a_training_and_a_role_clicked_twice_are_given_once() -> None:
    person, training, role = a_person(), new_id(), new_id()
    at_once(
        lambda: actions.record_training(
            id=training, person=person, subject="hygiene", on=TODAY, by=None, at=NOW
        )
    )
    at_once(lambda: actions.give_role(id=role, person=person, name="shop", since=TODAY, by=None, at=NOW))
    assert Training.objects.count() == Role.objects.count() == 1


def test_a_newcomer_clicked_twice_is_let_in_once() -> None:
    key = new_id()
    at_once(
        lambda: actions.welcome(
            role_id=key, name="Omar", email="omar@exemple.fr", role="operator", since=TODAY, by=None, at=NOW
        )
    )
    assert Person.objects.count() == User.objects.count() == Role.objects.count() == 1


def test_a_link_clicked_twice_shows_one_token() -> None:
    key, by = new_id(), a_person()
    made = at_once(
        lambda: actions.make_link(
            id=key, audience="funder", label="CAF", expires_at=NOW + timedelta(days=1), by=by, at=NOW
        )
    )
    assert sorted(bool(token) for _link, token in made) == [False] * (CLICKS - 1) + [True]
    assert ReadOnlyLink.objects.count() == 1
