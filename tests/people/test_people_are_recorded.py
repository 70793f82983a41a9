"""Persons, organisations and trainings: written down once, corrected without losing what stood before."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from bocal.people import actions, queries
from bocal.people.models import FormerIdentity, Organisation, Person, Training
from bocal.toolbox.acts import history_of
from bocal.toolbox.ids import new_id
from bocal.toolbox.models import Act
from tests.people.factories import NOW, TODAY, a_house, a_person, a_producer, somebody_who, the_cannery

pytestmark = pytest.mark.django_db


def test_the_same_id_records_once() -> None:
    """A form sent twice makes one person."""
    key = new_id()
    first = actions.record_person(id=key, name="Aïcha", status="volunteer", by=None, at=NOW)
    second = actions.record_person(id=key, name="Aïcha", status="volunteer", by=None, at=NOW)
    assert first == second
    assert len(history_of(first)) == 1


@pytest.mark.parametrize("again", ["aicha d'albon", "AÏCHA  D’ALBON", "Aicha d-Albon"])
def test_a_person_is_not_recorded_under_a_second_spelling(again: str) -> None:
    """A namesake is refused, and the refusal leads to the person already there."""
    aicha = a_person("Aïcha d'Albon")
    with pytest.raises(actions.UnableToRecordPerson) as refused:
        a_person(again)
    assert refused.value.existing == aicha
    assert refused.value.field == "name"


@pytest.mark.parametrize(
    ("name", "why"), [("", "manque"), (" \u200b ", "manque"), ("’", "manque"), ("x" * 200, "trop long")]
)
def test_a_name_that_is_none_is_refused(name: str, why: str) -> None:
    """Empty and endless names get a sentence, for persons and for organisations."""
    with pytest.raises(actions.UnableToRecordPerson, match=why):
        a_person(name)
    with pytest.raises(actions.UnableToRecordOrganisation, match=why):
        a_producer(name)


@pytest.mark.parametrize(
    "name", ["Jeanne 🍅", "O’Brien-Lœuf", "François « le Grand »", "🥕", "<b>Paul</b>", "Ω" * 120]
)
def test_odd_names_are_names(name: str) -> None:
    """Emoji, apostrophes, ligatures, quotes: kept as typed, found again."""
    person = a_person(name)
    assert person.name == name
    assert queries.find_person(name) == person


def test_a_former_name_is_kept_where_it_can_be_erased() -> None:
    """A corrected name leaves the acts without any name in them; the old one stands in `FormerIdentity`."""
    by = a_person("Nadia Benali")
    person = a_person("Michel Rou", email="michel@exemple.fr")
    actions.correct_person(person=person, name="Michel Roux", by=by, at=NOW, reason="faute de frappe")
    person.refresh_from_db()
    assert person.name == "Michel Roux"
    assert person.email == "michel@exemple.fr"
    assert FormerIdentity.objects.get(person=person).name == "Michel Rou"
    assert history_of(person)[0].sentence.endswith(
        "Nadia Benali a corrigé le nom ou les coordonnées de cette personne."
    )
    written = str(list(Act.objects.values()))
    assert "Michel" not in written
    assert "exemple.fr" not in written


def test_a_correction_that_changes_nothing_leaves_no_trace() -> None:
    """Saving a form untouched is not an act."""
    person, house = a_person(), a_house()
    actions.correct_person(person=person, name=person.name, by=None, at=NOW)
    actions.correct_organisation(organisation=house, name=house.name, by=None, at=NOW)
    assert len(history_of(person)) == len(history_of(house)) == 1
    assert not FormerIdentity.objects.exists()


def test_a_correction_shows_before_and_after() -> None:
    """The history says which house a person left for which, in words."""
    ors, saint_nicolas = a_house("Maison de quartier des Ors"), a_house("Maison de quartier Saint-Nicolas")
    person = a_person(house=ors)
    actions.correct_person(person=person, house=saint_nicolas, by=None, at=NOW)
    [change] = history_of(person)[0].changes
    assert (change.field, change.old, change.new) == ("structure", str(ors), str(saint_nicolas))


def test_who_is_no_longer_active_can_no_longer_enter() -> None:
    """Leaving the cannery shuts the door at the same time."""
    leaving = somebody_who("operator")
    actions.correct_person(person=leaving, active=False, by=None, at=NOW)
    leaving.user.refresh_from_db()
    assert not leaving.user.is_active


def test_an_organisation_of_a_kind_has_one_name() -> None:
    """Two producers cannot share a name; a producer and a partner can."""
    farm = a_producer("GAEC de la Mésange")
    with pytest.raises(actions.UnableToRecordOrganisation) as refused:
        a_producer("gaec de la mesange")
    assert refused.value.existing == farm
    partner = actions.record_organisation(
        id=new_id(), kind=Organisation.Kind.PARTNER, name="GAEC de la Mésange", by=None, at=NOW
    )
    assert partner != farm


def test_one_legal_entity_signs_at_a_time() -> None:
    """The cannery is one; who follows waits until the former is no longer active."""
    with pytest.raises(queries.NoCannery, match="Réglages"):
        queries.cannery()
    first = the_cannery()
    assert queries.cannery() == first
    with pytest.raises(actions.UnableToRecordOrganisation, match="une seule"):
        the_cannery("Association nouvelle")
    actions.correct_organisation(organisation=first, active=False, by=None, at=NOW)
    second = the_cannery("Association nouvelle")
    assert queries.cannery() == second


@pytest.mark.parametrize(
    "siret", ["1234", "73282932000075", "7328293200007A", "７３２８２９３２００００７４"]
)
def test_a_siret_that_cannot_be_is_refused(siret: str) -> None:
    """Fourteen digits, the last checking the others."""
    with pytest.raises(actions.UnableToRecordOrganisation, match="SIRET"):
        a_producer(siret=siret)


@pytest.mark.parametrize("siret", ["732 829 320 00074", "35600000000048"])
def test_a_siret_is_kept_without_its_spaces(siret: str) -> None:
    """La Poste's offices follow a rule of their own, and are right too."""
    assert a_producer(siret=siret).siret == siret.replace(" ", "")


def test_the_database_itself_refuses_a_second_spelling() -> None:
    """Whatever program writes, a folded name stands once."""
    person = a_person()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(name="Autre", search_name=person.search_name, pseudonym="p-autre")


def test_a_training_counts_until_it_expires() -> None:
    """Who is trained on a day: from the training to its last day, both included."""
    person = a_person()
    actions.record_training(
        id=new_id(),
        person=person,
        subject="workshop",
        on=TODAY,
        until=TODAY + timedelta(days=10),
        by=None,
        at=NOW,
    )
    trained = [
        person in queries.trained_to("workshop", on=TODAY + timedelta(days=n)) for n in (-1, 0, 10, 11)
    ]
    assert trained == [False, True, True, False]
    assert person not in queries.trained_to("hygiene", on=TODAY)


def test_a_training_is_recorded_once_and_its_end_follows_its_beginning() -> None:
    """The same training of the same day is the same; another end is a correction; an end before is none."""
    person = a_person()
    first = actions.record_training(id=new_id(), person=person, subject="hygiene", on=TODAY, by=None, at=NOW)
    again = actions.record_training(id=new_id(), person=person, subject="hygiene", on=TODAY, by=None, at=NOW)
    assert first == again
    until = TODAY + timedelta(days=365)
    with pytest.raises(actions.UnableToRecordTraining, match="corrigez"):
        actions.record_training(
            id=new_id(), person=person, subject="hygiene", on=TODAY, until=until, by=None, at=NOW
        )
    with pytest.raises(actions.UnableToRecordTraining, match="expirer"):
        actions.correct_training(
            training=first, subject="hygiene", on=TODAY, until=date(2020, 1, 1), by=None, at=NOW
        )
    actions.correct_training(training=first, subject="hygiene", on=TODAY, until=until, by=None, at=NOW)
    first.refresh_from_db()
    assert first.until == until
    assert history_of(first)[0].changes[0].new.startswith("mercredi 24 novembre 2027")


def test_a_training_noted_by_mistake_is_taken_back() -> None:
    """It leaves every list; it can be noted again; its history stays."""
    person = a_person()
    wrong = actions.record_training(id=new_id(), person=person, subject="driving", on=TODAY, by=None, at=NOW)
    actions.withdraw_training(training=wrong, by=None, at=NOW, reason="mauvaise personne")
    assert not queries.trainings_of(person).exists()
    assert person not in queries.trained_to("driving", on=TODAY)
    actions.record_training(id=new_id(), person=person, subject="driving", on=TODAY, by=None, at=NOW)
    assert Training.with_withdrawn.filter(person=person).count() == 2
    assert history_of(wrong)[0].reason == "mauvaise personne"


def test_bocal_itself_is_one_person_that_nobody_sees() -> None:
    """The actor of imports is made once, and stands in no list of people."""
    assert queries.system_person() == queries.system_person()
    assert queries.system_person() not in queries.everybody()
    assert queries.find_person("bocal") is None
