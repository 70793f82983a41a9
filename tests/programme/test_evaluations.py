"""Smileys are counted and corrected; words are kept without names and can be taken back."""

import pytest

from bocal.programme.actions import (
    UnableToRecordEvaluation,
    UnableToRecordWord,
    correct_word,
    record_evaluation,
    record_word,
    restore_word,
    withdraw_word,
)
from bocal.programme.models import Evaluation, Intervention, ResidentWord
from bocal.programme.queries import words_of
from bocal.toolbox.acts import history_of
from bocal.toolbox.ids import new_id
from tests.programme.factories import NOW, a_person, an_intervention

pytestmark = pytest.mark.django_db


def evaluate(intervention, unhappy, neutral, happy):
    return record_evaluation(
        intervention=intervention, unhappy=unhappy, neutral=neutral, happy=happy, by=a_person(), at=NOW
    )


def say(intervention, text="On a refait la recette à la maison.", **said):
    facts = {"id": new_id(), "may_be_quoted": False} | said
    return record_word(intervention=intervention, text=text, by=a_person(), at=NOW, **facts)


def test_smileys_are_corrected_in_place_and_the_history_keeps_both():
    intervention = an_intervention()
    evaluate(intervention, 1, 0, 4)
    evaluate(intervention, 1, 1, 4)
    assert str(Evaluation.objects.get()) == "1/1/4"
    assert history_of(intervention)[0].changes == (("moyen", "0", "1"),)


def test_the_same_smileys_twice_are_told_once():
    intervention = an_intervention()
    evaluate(intervention, 1, 0, 4)
    evaluate(intervention, 1, 0, 4)
    assert len(history_of(intervention)) == 2


@pytest.mark.parametrize(
    ("smileys", "word"), [((0, 0, 0), "au moins une"), ((-1, 2, 2), "négatif"), ((9999, 9999, 1), "trop")]
)
def test_smileys_nobody_gave_are_refused(smileys, word):
    with pytest.raises(UnableToRecordEvaluation, match=word):
        evaluate(an_intervention(), *smileys)


def test_nobody_said_anything_yet_of_what_is_planned():
    with pytest.raises(UnableToRecordEvaluation, match="d'abord"):
        evaluate(an_intervention(status=Intervention.Status.PLANNED), 0, 0, 3)


def test_a_word_is_kept_once_as_it_was_said():
    intervention, id = an_intervention(), new_id()
    say(intervention, " L’odeur… “trop bon” 🥕 ", id=id)
    say(intervention, "autre chose", id=id)
    assert ResidentWord.objects.get().text == "L’odeur… “trop bon” 🥕"


@pytest.mark.parametrize("text", ["", "   ", "x" * 501])
def test_nothing_or_a_novel_is_refused(text):
    with pytest.raises(UnableToRecordWord) as refusal:
        say(an_intervention(), text)
    assert refusal.value.field == "text"


def test_a_permission_can_be_given_afterwards():
    intervention = an_intervention()
    word = say(intervention)
    corrected = correct_word(word=word, text=word.text, may_be_quoted=True, by=a_person(), at=NOW)
    assert corrected.may_be_quoted
    assert history_of(intervention)[0].changes == (("peut être citée", "non", "oui"),)


def test_a_word_is_taken_back_and_put_back():
    intervention = an_intervention()
    word = say(intervention)
    withdraw_word(word=word, by=a_person(), at=NOW)
    assert not words_of(intervention)
    restore_word(word=word, by=a_person(), at=NOW)
    assert list(words_of(intervention)) == [word]
    assert len(history_of(intervention)) == 4
