"""An hour counts once: one day has 24 of them, the same entry twice is one, and a house confirms."""

from datetime import date

import pytest

from bocal.programme.actions import (
    UnableToRecordHours,
    UnableToValidateHours,
    cancel_intervention,
    correct_hours,
    reopen_intervention,
    restore_hours,
    undo_validation,
    validate_hours,
    withdraw_hours,
)
from bocal.programme.models import Hours, Intervention
from bocal.programme.queries import hours_to_confirm, minutes_by_nature
from bocal.toolbox.acts import history_of
from bocal.toolbox.ids import new_id
from tests.programme.factories import (
    NOW,
    TODAY,
    TOMORROW,
    a_house,
    a_person,
    an_intervention,
    some_hours,
)

pytestmark = pytest.mark.django_db

Task, Nature = Hours.Task, Hours.Nature


def test_the_same_id_twice_records_once():
    id = new_id()
    assert some_hours(id=id) == some_hours(id=id, minutes=999)
    assert Hours.objects.get().minutes == 120


def test_hours_take_the_day_of_their_intervention():
    assert some_hours(intervention=an_intervention(day=date(2026, 11, 3)), day=TODAY).day == date(2026, 11, 3)


def test_hours_on_nothing_say_their_day():
    with pytest.raises(UnableToRecordHours) as refusal:
        some_hours(day=None)
    assert refusal.value.field == "day"


@pytest.mark.parametrize("day", [TOMORROW, date(1917, 11, 7)])
def test_hours_not_done_yet_or_of_another_century_are_refused(day):
    with pytest.raises(UnableToRecordHours) as refusal:
        some_hours(day=day)
    assert refusal.value.field == "day"


@pytest.mark.parametrize("minutes", [0, -5, 1441, 100_000])
def test_a_duration_lies_within_a_day(minutes):
    with pytest.raises(UnableToRecordHours, match="24 heures"):
        some_hours(minutes=minutes)


def test_a_day_has_24_hours_whatever_their_nature_and_the_refusal_shows_what_is_there():
    some_hours(minutes=12 * 60)
    some_hours(minutes=8 * 60, task=Task.TRANSPORT, nature=Nature.PAID)
    some_hours(minutes=4 * 60, task=Task.MEETING)
    with pytest.raises(UnableToRecordHours) as refusal:
        some_hours(minutes=60, task=Task.CLEANING)
    sentence = str(refusal.value)
    for said in (
        "mercredi 25 novembre 2026",
        "Aline E.",
        "cuisine 12 h (bénévole)",
        "transport 8 h (salarié)",
        "25 h",
    ):
        assert said in sentence.replace("\u00a0", " ")


def test_withdrawn_hours_leave_their_place():
    withdrawn = some_hours(minutes=20 * 60)
    withdraw_hours(hours=withdrawn, reason="erreur", by=a_person(), at=NOW)
    some_hours(minutes=20 * 60, task=Task.MEETING)
    with pytest.raises(UnableToRecordHours, match="la journée ferait 40"):
        restore_hours(hours=withdrawn, by=a_person(), at=NOW)


def test_the_same_entry_twice_is_refused_another_duration_is_not():
    intervention = an_intervention()
    some_hours(intervention=intervention)
    with pytest.raises(UnableToRecordHours, match="Déjà noté"):
        some_hours(intervention=intervention)
    some_hours(intervention=intervention, minutes=90)
    some_hours()
    assert Hours.objects.count() == 3


def test_people_may_have_worked_for_what_was_cancelled():
    intervention = reopen_intervention(intervention=an_intervention(), by=a_person(), at=NOW)
    cancel_intervention(intervention=intervention, reason="orage", by=a_person(), at=NOW)
    assert some_hours(intervention=intervention).minutes == 120


def test_a_correction_keeps_before_and_after_and_asks_for_a_new_confirmation():
    house, by = a_house(), a_person("Nadia T.")
    hours = validate_hours(hours=some_hours(), house=house, by=by, at=NOW)
    corrected = correct_hours(
        hours=hours,
        minutes=90,
        task=Task.CLEANING,
        nature=Nature.VOLUNTEER,
        by=by,
        at=NOW,
        reason="moins longtemps",
    )
    assert (corrected.minutes, corrected.validated_at, corrected.house) == (90, None, None)
    line = history_of(corrected)[0]
    assert line.reason == "moins longtemps"
    assert [(change.field, change.old, change.new) for change in line.changes] == [
        ("durée", "2\u00a0h", "1\u00a0h\u00a030"),
        ("tâche", "cuisine", "nettoyage"),
    ]


def test_correcting_nothing_keeps_the_confirmation():
    hours = validate_hours(hours=some_hours(), house=a_house(), by=a_person(), at=NOW)
    same = correct_hours(
        hours=hours, minutes=120, task=hours.task, nature=hours.nature, by=a_person(), at=NOW
    )
    assert same.validated_at == NOW


def test_a_correction_that_fills_the_day_is_refused():
    some_hours(minutes=23 * 60)
    hours = some_hours(minutes=60, task=Task.MEETING)
    with pytest.raises(UnableToRecordHours):
        correct_hours(hours=hours, minutes=61, task=hours.task, nature=hours.nature, by=a_person(), at=NOW)


def test_a_withdrawal_says_why_and_can_be_undone():
    hours = some_hours()
    with pytest.raises(UnableToRecordHours) as refusal:
        withdraw_hours(hours=hours, reason=" ", by=a_person(), at=NOW)
    assert refusal.value.field == "reason"
    withdrawn = withdraw_hours(hours=hours, reason="notées deux fois", by=a_person(), at=NOW)
    with pytest.raises(UnableToRecordHours, match="remettez"):
        correct_hours(hours=withdrawn, minutes=5, task=hours.task, nature=hours.nature, by=a_person(), at=NOW)
    with pytest.raises(UnableToValidateHours, match="remettez"):
        validate_hours(hours=withdrawn, house=a_house(), by=a_person(), at=NOW)
    assert restore_hours(hours=withdrawn, by=a_person(), at=NOW).withdrawn_at is None
    assert [line.reason for line in history_of(hours)] == ["", "notées deux fois", ""]


def test_a_structure_confirms_once_and_may_go_back_on_it():
    hours, ors, accorderie = some_hours(), a_house(), a_house("Accorderie")
    confirmed = validate_hours(hours=hours, house=ors, by=a_person(), at=NOW)
    assert validate_hours(hours=hours, house=accorderie, by=a_person(), at=NOW).house == ors
    assert confirmed.validated_by == a_person()
    assert undo_validation(hours=hours, by=a_person(), at=NOW).house is None
    assert len(history_of(hours)) == 3


def test_only_a_structure_confirms():
    producer = a_house()
    producer.kind = "producer"
    with pytest.raises(UnableToValidateHours):
        validate_hours(hours=some_hours(), house=producer, by=a_person(), at=NOW)


class TestWhatWaitsForAHouse:
    def test_hours_wait_for_the_house_of_the_person_else_for_the_one_that_leads(self):
        ors, accorderie = a_house(), a_house("Accorderie")
        led = an_intervention(lead_house=accorderie)
        of_ors = some_hours(person=a_person("Aline E.", house=ors), intervention=led)
        of_nobody = some_hours(person=a_person("Zoé H."), intervention=led)
        assert list(hours_to_confirm([ors.id])) == [of_ors]
        assert list(hours_to_confirm([accorderie.id])) == [of_nobody]
        assert set(hours_to_confirm()) == {of_ors, of_nobody}
        assert not hours_to_confirm([])

    def test_what_is_confirmed_withdrawn_paid_or_imported_waits_for_nobody(self):
        validate_hours(hours=some_hours(), house=a_house(), by=a_person(), at=NOW)
        withdraw_hours(hours=some_hours(task=Task.MEETING), reason="erreur", by=a_person(), at=NOW)
        some_hours(nature=Nature.PAID)
        some_hours(nature=Nature.PARTICIPANT)
        some_hours(intervention=an_intervention(imported=True))
        assert not hours_to_confirm()

    def test_credited_hours_wait_too(self):
        credited = some_hours(nature=Nature.CREDITED)
        assert list(hours_to_confirm()) == [credited]


def test_natures_are_never_added_together():
    some_hours(minutes=60)
    some_hours(minutes=30, task=Task.MEETING)
    some_hours(minutes=45, nature=Nature.CREDITED)
    withdraw_hours(hours=some_hours(minutes=15, task=Task.SHOP), reason="erreur", by=a_person(), at=NOW)
    assert minutes_by_nature(Hours.objects.all()) == {"volunteer": 90, "credited": 45}


def test_hours_are_refused_before_an_intervention_takes_place():
    later = an_intervention(status=Intervention.Status.PLANNED, day=TOMORROW)
    with pytest.raises(UnableToRecordHours, match="à venir"):
        some_hours(intervention=later)
