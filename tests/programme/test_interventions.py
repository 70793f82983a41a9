"""Interventions are planned, held, cancelled, reopened and corrected, and their history keeps everything."""

from datetime import date, time, timedelta

import pytest

from bocal.craft.measures import NBSP
from bocal.people.models import Organisation
from bocal.people.queries import system_person
from bocal.programme.actions import (
    UnableToChangeIntervention,
    UnableToPlan,
    cancel_intervention,
    correct_intervention,
    hold_intervention,
    partner_named,
    plan_intervention,
    reopen_intervention,
)
from bocal.programme.models import Hours, Intervention
from bocal.toolbox.acts import history_of
from bocal.toolbox.ids import new_id
from tests.programme.factories import (
    NOW,
    TODAY,
    TOMORROW,
    YESTERDAY,
    a_commune,
    a_house,
    a_person,
    an_intervention,
    planned,
    some_hours,
)

pytestmark = pytest.mark.django_db

Kind, Status = Intervention.Kind, Intervention.Status


# --- Planning -----------------------------------------------------------------------------------


def test_the_same_id_twice_plans_once():
    id = new_id()
    first = planned(id=id, title="Soupe")
    second = planned(id=id, title="Velouté")
    assert first == second
    assert second.title == "Soupe"
    assert Intervention.objects.count() == 1


def test_codes_follow_the_year_of_the_day_and_leave_those_of_a_workbook_alone():
    an_intervention(code="I031")
    assert planned(day=date(2026, 12, 1)).code == "A26-001"
    assert planned(day=date(2026, 12, 2)).code == "A26-002"
    assert planned(day=date(2027, 1, 5)).code == "A27-001"


def test_a_code_already_taken_is_refused():
    an_intervention(code="I031")
    with pytest.raises(UnableToPlan, match="I031"):
        an_intervention(code="I031")


def test_a_workshop_is_public_and_free_unless_said_and_a_rental_is_neither():
    workshop, rental = planned(), planned(kind=Kind.RENTAL)
    assert (workshop.open_to_public, workshop.free_of_charge) == (True, True)
    assert (rental.open_to_public, rental.free_of_charge) == (False, False)
    assert planned(open_to_public=False).open_to_public is False


@pytest.mark.parametrize(
    ("day", "word"), [(date(1917, 11, 7), "passé"), (date(2126, 11, 7), "avenir"), (date(1, 1, 1), "passé")]
)
def test_a_day_out_of_this_world_is_refused_with_its_weekday(day, word):
    with pytest.raises(UnableToPlan, match=word) as refusal:
        planned(day=day)
    assert refusal.value.field == "day"
    assert not Intervention.objects.exists()


def test_what_is_to_come_cannot_have_been_held_but_what_was_planned_may_be_past():
    with pytest.raises(UnableToPlan, match="vendredi 27 novembre 2026"):
        an_intervention(status=Status.DONE, day=TOMORROW)
    assert an_intervention(status=Status.DONE, day=TODAY).status == Status.DONE
    assert planned(day=YESTERDAY).status == Status.PLANNED


def test_today_is_the_day_it_is_in_paris():
    just_after_midnight_in_paris = NOW.replace(hour=0, minute=30) + timedelta(days=1)
    assert an_intervention(day=TOMORROW, at=just_after_midnight_in_paris).day == TOMORROW


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "field"),
    [(time(14), time(9), "ends_at"), (time(14), time(14), "ends_at"), (None, time(17), "starts_at")],
)
def test_an_end_before_its_start_is_refused(starts_at, ends_at, field):
    with pytest.raises(UnableToPlan) as refusal:
        planned(starts_at=starts_at, ends_at=ends_at)
    assert refusal.value.field == field


def test_all_that_cannot_be_is_said_at_once():
    with pytest.raises(UnableToPlan) as refusal:
        planned(day=date(1917, 1, 1), starts_at=time(9), ends_at=time(8), title="x" * 121)
    assert len(refusal.value.sentences) == 3


def test_only_structures_lead_or_share():
    producer = Organisation.objects.create(name="Ferme", search_name="ferme", kind=Organisation.Kind.PRODUCER)
    with pytest.raises(UnableToPlan, match="Ferme"):
        planned(lead_house=producer)
    with pytest.raises(UnableToPlan, match="Ferme"):
        planned(houses=[producer])


def test_apostrophes_and_emoji_are_kept_as_typed():
    title = "L'atelier d’Élise 🥕 <b>&"
    intervention = planned(title=title, site="Salle « l'Épi »")
    intervention.refresh_from_db()
    assert (intervention.title, intervention.site) == (title, "Salle « l'Épi »")


# --- States -------------------------------------------------------------------------------------


def test_from_planned_to_held_to_reopened_to_cancelled_and_the_history_tells():
    intervention, by = planned(day=YESTERDAY), a_person("Nadia T.")
    hold_intervention(intervention=intervention, by=by, at=NOW)
    with pytest.raises(UnableToChangeIntervention, match="rouvrez"):
        cancel_intervention(intervention=intervention, reason="pluie", by=by, at=NOW)
    reopen_intervention(intervention=intervention, by=by, at=NOW)
    cancelled = cancel_intervention(intervention=intervention, reason=" pluie ", by=by, at=NOW)
    assert (cancelled.status, cancelled.cancelled_reason) == (Status.CANCELLED, "pluie")
    with pytest.raises(UnableToChangeIntervention, match="annulée"):
        hold_intervention(intervention=intervention, by=by, at=NOW)
    told = history_of(cancelled)
    assert len(told) == 4
    assert told[0].sentence == f"Jeudi 26 novembre 2026 à 18{NBSP}h, Nadia T. a annulé l'intervention."
    assert told[0].reason == "pluie"
    assert told[0].changes == (("état", "prévue", "annulée"),)


def test_doing_it_again_changes_and_tells_nothing():
    intervention = an_intervention()
    hold_intervention(intervention=intervention, by=a_person(), at=NOW)
    assert len(history_of(intervention)) == 1


def test_a_cancellation_says_why():
    with pytest.raises(UnableToChangeIntervention) as refusal:
        cancel_intervention(intervention=planned(), reason="  ", by=a_person(), at=NOW)
    assert refusal.value.field == "reason"


def test_what_is_to_come_cannot_be_held():
    with pytest.raises(UnableToPlan, match="à venir"):
        hold_intervention(intervention=planned(), by=a_person(), at=NOW)


def test_reopening_forgets_the_reason_on_the_page_not_in_the_history():
    intervention = planned()
    cancel_intervention(intervention=intervention, reason="panne", by=a_person(), at=NOW)
    reopened = reopen_intervention(intervention=intervention, by=a_person(), at=NOW)
    assert reopened.cancelled_reason == ""
    assert "panne" in [line.reason for line in history_of(reopened)]


# --- Corrections --------------------------------------------------------------------------------


def test_a_correction_keeps_before_and_after_of_what_changed_only():
    ors, accorderie = a_house(), a_house("Accorderie")
    intervention = planned(title="Soupe", lead_house=ors)
    corrected = correct_intervention(
        intervention=intervention,
        title="Velouté",
        commune=a_commune("Triors", "26355"),
        houses=[accorderie],
        starts_at=time(14, 30),
        by=a_person(),
        at=NOW,
        reason="erreur de saisie",
    )
    line = history_of(corrected)[0]
    assert line.reason == "erreur de saisie"
    assert line.changes == (
        ("titre", "Soupe", "Velouté"),
        ("début", "", f"14{NBSP}h{NBSP}30"),
        ("commune", "Peyrins", "Triors"),
        ("structures associées", "", "Accorderie"),
    )
    assert list(corrected.houses.all()) == [accorderie]


def test_correcting_nothing_tells_nothing():
    intervention = planned(title="Soupe", houses=[a_house()])
    correct_intervention(intervention=intervention, title="Soupe", by=a_person(), at=NOW)
    assert len(history_of(intervention)) == 1
    assert intervention.houses.count() == 1


def test_a_refused_correction_changes_nothing():
    intervention = planned()
    with pytest.raises(UnableToPlan):
        correct_intervention(intervention=intervention, day=date(1917, 1, 1), by=a_person(), at=NOW)
    assert intervention.day == TOMORROW
    intervention.refresh_from_db()
    assert intervention.day == TOMORROW


def test_hours_follow_their_intervention_to_its_new_day():
    intervention = an_intervention()
    hours = some_hours(intervention=intervention)
    correct_intervention(intervention=intervention, day=date(2026, 11, 20), by=a_person(), at=NOW)
    hours.refresh_from_db()
    assert hours.day == date(2026, 11, 20)


def test_a_move_that_would_fill_somebody_s_day_is_refused():
    intervention = an_intervention()
    some_hours(intervention=intervention, minutes=600)
    some_hours(day=date(2026, 11, 20), minutes=900)
    with pytest.raises(UnableToPlan, match="Aline E"):
        correct_intervention(intervention=intervention, day=date(2026, 11, 20), by=a_person(), at=NOW)
    assert Hours.objects.filter(day=YESTERDAY).count() == 1


# --- Partners -----------------------------------------------------------------------------------


def test_a_partner_is_found_however_it_is_typed_and_created_when_nobody_knows_it():
    by = system_person()
    made = partner_named(name="  L’Épicerie   solidaire ", by=by, at=NOW)
    assert (made.name, made.kind) == ("L’Épicerie solidaire", Organisation.Kind.PARTNER)
    assert partner_named(name="l'epicerie solidaire", by=by, at=NOW) == made
    assert partner_named(name="  ", by=by, at=NOW) is None


def test_a_producer_is_a_partner_too():
    producer = Organisation.objects.create(name="Ferme", search_name="ferme", kind=Organisation.Kind.PRODUCER)
    assert partner_named(name="FERME", by=system_person(), at=NOW) == producer


def test_planning_by_hand_takes_every_particular():
    house, shared = a_house(), a_house("Accorderie")
    intervention = plan_intervention(
        id=new_id(),
        kind=Kind.WORKSHOP,
        day=TOMORROW,
        commune=a_commune(),
        starts_at=time(14),
        ends_at=time(17),
        site="salle des fêtes",
        lead_house=house,
        houses=[shared],
        priority_neighbourhood=True,
        orienting_partner="CCAS",
        by=a_person(),
        at=NOW,
    )
    intervention.refresh_from_db()
    assert (intervention.lead_house, list(intervention.houses.all())) == (house, [shared])
    assert intervention.priority_neighbourhood
    assert (intervention.starts_at, intervention.orienting_partner) == (time(14), "CCAS")
