"""Clicks at the very same moment: one intervention, one line of hours, one partner, and a day keeps its 24 hours."""

import pytest

from bocal.people.models import Organisation
from bocal.people.queries import system_person
from bocal.programme.actions import UnableToRecordHours, partner_named, record_word
from bocal.programme.models import Hours, Intervention, ResidentWord
from bocal.toolbox.ids import new_id
from bocal.toolbox.models import Act
from tests.people.test_at_the_same_time import CLICKS, at_once
from tests.programme.factories import NOW, a_commune, a_person, an_intervention, some_hours

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_intervention_clicked_twice_is_planned_once():
    a_commune(), system_person()
    key = new_id()
    at_once(lambda: an_intervention(id=key))
    assert Intervention.objects.count() == 1
    assert Act.objects.filter(what="programme.intervention_planned").count() == 1


def test_different_interventions_get_different_numbers():
    a_commune(), system_person()
    made = at_once(lambda: an_intervention())
    assert sorted(one.code for one in made) == [f"A26-{rank:03}" for rank in range(1, CLICKS + 1)]


def test_hours_and_words_clicked_twice_are_kept_once():
    person, intervention, hours, word = a_person(), an_intervention(), new_id(), new_id()
    at_once(lambda: some_hours(id=hours, person=person))
    at_once(
        lambda: record_word(
            id=word, intervention=intervention, text="Bon", may_be_quoted=False, by=person, at=NOW
        )
    )
    assert Hours.objects.count() == ResidentWord.objects.count() == 1


def test_two_screens_do_not_fill_one_day_twice():
    person = a_person()

    def ten_hours():
        try:
            return some_hours(person=person, minutes=600)
        except UnableToRecordHours as refusal:
            return refusal

    answers = at_once(ten_hours)
    assert sum(isinstance(answer, Hours) for answer in answers) == 1  # the same entry twice is one entry
    assert Hours.objects.count() == 1


def test_a_new_partner_typed_at_once_is_one_partner():
    by = system_person()
    at_once(lambda: partner_named(name="CCAS de Peyrins", by=by, at=NOW))
    assert Organisation.objects.filter(kind=Organisation.Kind.PARTNER).count() == 1
