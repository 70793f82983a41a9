"""Places: recorded once, corrected, put out of service and back, never gone."""

from typing import Any

import pytest
from django.db import IntegrityError

from bocal.territory import actions, queries
from bocal.territory.models import Place
from bocal.toolbox.acts import history_of
from bocal.toolbox.ids import new_id
from tests.territory.factories import NOW, SOMEBODY, a_commune, a_place

pytestmark = pytest.mark.django_db


def test_sending_twice_records_one_place() -> None:
    id = new_id()
    first = a_place(id=id)
    assert a_place("Autre nom", id=id) == first
    assert Place.objects.get(id=id).name == "Étagère des Ors"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": " - "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"address": "x" * 256}, "address"),
        ({"kind": ""}, "kind"),
        ({"kind": "boat"}, "kind"),
        ({"kind": "shop", "quarantine": True}, "quarantine"),
        ({"kind": "site", "quarantine": True}, "quarantine"),
    ],
)
def test_a_place_that_cannot_be_is_refused(said: dict[str, Any], field: str) -> None:
    with pytest.raises(actions.UnableToRecordPlace) as refused:
        a_place(**said)
    assert refused.value.field == field
    assert not Place.objects.exists()


@pytest.mark.parametrize("kind", ["truck", "store", "shelf"])
def test_what_stores_may_be_a_quarantine(kind: str) -> None:
    assert a_place(kind=kind, quarantine=True).quarantine


def test_the_database_refuses_a_quarantine_elsewhere() -> None:
    with pytest.raises(IntegrityError, match="only_a_storing_place_can_be_quarantine"):
        Place.objects.create(name="Boutique", kind="shop", quarantine=True)


def test_two_places_of_one_commune_have_different_names() -> None:
    a_place("Ferme", kind="site", commune=a_commune("Peyrins"))
    a_place("Ferme", kind="site", commune=a_commune("Crest"))
    a_place("Ferme", kind="site")
    with pytest.raises(actions.UnableToRecordPlace, match=r"Il y a déjà un lieu « ferme » \(Peyrins\)"):
        a_place("ferme", kind="garage", commune=a_commune("Peyrins"))


def test_a_place_is_corrected_and_its_history_says_how() -> None:
    place = a_place(commune=a_commune())
    actions.change_place(
        place=place, name="Étagère du bas", commune=a_commune("Peyrins"), address="", by=SOMEBODY, at=NOW
    )
    place.refresh_from_db()
    assert (place.name, place.commune) == ("Étagère du bas", a_commune("Peyrins"))
    last = history_of(place)[0]
    assert "a corrigé le lieu" in last.sentence
    assert [(change.old, change.new) for change in last.changes] == [
        ("Étagère des Ors", "Étagère du bas"),
        ("Romans-sur-Isère", "Peyrins"),
    ]


def test_a_place_goes_out_of_service_and_comes_back() -> None:
    place = a_place()
    actions.retire_place(place=place, by=SOMEBODY, at=NOW, reason="rouillée")
    actions.retire_place(place=place, by=SOMEBODY, at=NOW)
    assert list(queries.places_in_service("shelf")) == []
    assert list(queries.list_places(in_service=False)) == [place]
    actions.put_place_back(place=place, by=SOMEBODY, at=NOW)
    actions.put_place_back(place=place, by=SOMEBODY, at=NOW)
    assert list(queries.places_in_service("shelf", "truck")) == [place]
    assert [line.reason for line in history_of(place)] == ["", "rouillée", ""]


def test_a_place_does_not_come_back_under_a_name_taken_meanwhile() -> None:
    old = a_place()
    actions.retire_place(place=old, by=SOMEBODY, at=NOW)
    a_place()
    with pytest.raises(actions.UnableToChangePlace, match="déjà un lieu"):
        actions.put_place_back(place=old, by=SOMEBODY, at=NOW)


def test_places_are_found_by_their_name_or_their_commune() -> None:
    shelf = a_place("Étagère 🥫", commune=a_commune("Peyrins"))
    a_place("Camion", kind="truck")
    assert list(queries.list_places(name="étagère")) == [shelf]
    assert list(queries.list_places(name="PEYRINS", kind="shelf")) == [shelf]
    assert list(queries.list_places(name="%")) == []
