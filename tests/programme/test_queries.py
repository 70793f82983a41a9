"""What is read of the programme: the agenda and its filters, what is coming, late, or still to write down."""

from datetime import date, time

import pytest

from bocal.craft.figures import Period
from bocal.people.queries import system_person
from bocal.programme import queries
from bocal.programme.actions import record_attendance, record_evaluation, withdraw_hours
from bocal.programme.models import Hours, Intervention
from bocal.programme.queries import Filters, HoursFilters
from bocal.territory.models import CommuneGroup
from bocal.toolbox.ids import new_id
from tests.programme.factories import (
    NOW,
    TODAY,
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


def found(**filters):
    return list(queries.interventions(filters=Filters(**filters)))


def test_the_agenda_goes_by_day_then_hour_then_number():
    afternoon, morning = planned(starts_at=time(14)), planned(starts_at=time(9))
    all_day, earlier = planned(), an_intervention()
    assert list(queries.interventions()) == [earlier, all_day, morning, afternoon]


def test_a_period_has_both_its_ends():
    first, last = an_intervention(day=date(2026, 11, 1)), an_intervention(day=date(2026, 11, 20))
    an_intervention(day=date(2026, 10, 31)), an_intervention(day=date(2026, 11, 21))
    assert list(queries.interventions(Period(date(2026, 11, 1), date(2026, 11, 20)))) == [first, last]
    assert list(queries.between(date(2026, 11, 1), date(2026, 11, 20))) == [first, last]


def test_a_structure_finds_what_it_leads_and_what_it_shares_once():
    ors, accorderie = a_house(), a_house("Accorderie")
    led = an_intervention(lead_house=ors, houses=[ors, accorderie])
    shared = an_intervention(houses=[ors])
    an_intervention(lead_house=accorderie)
    assert found(house_ids=[ors.id]) == [led, shared]
    assert found(house_ids=[]) == []


def test_filters_narrow_together():
    triors = a_commune("Triors", "26355")
    group = CommuneGroup.objects.create(id=new_id(), name="Autour de Triors")
    group.communes.add(triors)
    there = an_intervention(commune=triors)
    rental = an_intervention(commune=triors, kind=Kind.RENTAL)
    elsewhere = an_intervention()
    assert found(commune_code="26355") == [there, rental]
    assert found(group_id=group.id, kind=Kind.RENTAL) == [rental]
    assert found(status=Status.PLANNED) == []
    assert elsewhere in found()


def test_participants_and_hours_do_not_multiply_each_other():
    intervention = an_intervention()
    record_attendance(
        intervention=intervention, counts={"children": 3, "adults": 4}, by=system_person(), at=NOW
    )
    some_hours(intervention=intervention)
    some_hours(intervention=intervention, minutes=30)
    gone = some_hours(intervention=intervention, minutes=45)
    withdraw_hours(hours=gone, reason="erreur", by=system_person(), at=NOW)
    row = queries.interventions().get()
    assert (row.participants, row.minutes_given) == (7, 150)


def test_what_is_coming_is_planned_and_what_is_late_was():
    ors = a_house()
    today, soon, far = planned(day=TODAY, lead_house=ors), planned(), planned(day=date(2026, 12, 20))
    late = planned(day=YESTERDAY)
    planned(day=TODAY, status=Status.CANCELLED)
    assert list(queries.coming(7, today=TODAY)) == [today, soon]
    assert list(queries.coming(7, today=TODAY, house_ids=[ors.id])) == [today]
    assert list(queries.overdue(today=TODAY)) == [late]
    assert list(queries.overdue(today=TODAY, house_ids=[ors.id])) == []
    assert far not in queries.coming(7, today=TODAY)


class TestWhatIsStillToWriteDown:
    def missing(self, **options):
        return [
            (row.intervention, row.attendance, row.hours, row.evaluation)
            for row in queries.incomplete_interventions(**options)
        ]

    def test_a_workshop_wants_heads_hours_and_smileys_until_it_has_them(self):
        workshop, by = an_intervention(), system_person()
        assert self.missing() == [(workshop, True, True, True)]
        record_attendance(intervention=workshop, counts={"unknown": 0}, by=by, at=NOW)
        assert self.missing() == [(workshop, False, True, True)]
        withdrawn = some_hours(intervention=workshop)
        record_evaluation(intervention=workshop, unhappy=0, neutral=0, happy=3, by=by, at=NOW)
        assert self.missing() == []
        withdraw_hours(hours=withdrawn, reason="erreur", by=by, at=NOW)
        assert self.missing() == [(workshop, False, True, False)]

    def test_an_outing_wants_hours_only_and_a_rental_nothing(self):
        outing = an_intervention(kind=Kind.GLEANING)
        an_intervention(kind=Kind.RENTAL)
        assert self.missing() == [(outing, False, True, False)]

    def test_what_is_planned_cancelled_old_imported_or_of_another_house_is_left_in_peace(self):
        ors = a_house()
        planned()
        an_intervention(status=Status.CANCELLED)
        an_intervention(imported=True)
        old, ours = an_intervention(day=date(2026, 1, 5)), an_intervention(lead_house=ors)
        assert [row[0] for row in self.missing(since=date(2026, 11, 1))] == [ours]
        assert [row[0] for row in self.missing(house_ids=[ors.id])] == [ours]
        assert [row[0] for row in self.missing()] == [old, ours]


def test_hours_are_filtered_by_person_structure_nature_period_and_confirmation():
    ors = a_house()
    aline, zoe = a_person("Aline E.", house=ors), a_person("Zoé H.")
    of_aline = some_hours(person=aline)
    of_zoe = some_hours(person=zoe, day=TODAY, nature=Hours.Nature.CREDITED)

    def hours(**filters):
        return list(queries.hours(HoursFilters(**filters)))

    assert hours() == [of_zoe, of_aline]
    assert hours(person_id=aline.id) == [of_aline]
    assert hours(house_ids=[ors.id]) == [of_aline]
    assert hours(nature="credited") == [of_zoe]
    assert hours(task="cooking", name="ALINE") == [of_aline]
    assert hours(state="withdrawn") == []
    assert hours(first=TODAY, last=TODAY) == [of_zoe]
    assert hours(state="confirmed") == []
    assert hours(state="to_confirm") == [of_zoe, of_aline]


def test_lists_cost_the_same_whatever_their_length(django_assert_num_queries):
    def read():
        for row in queries.interventions():
            str(row.commune), str(row.lead_house), str(row.partner)
        for row in queries.hours():
            str(row.person.house), str(row.intervention and row.intervention.commune), str(row.house)
        queries.incomplete_interventions()

    house = a_house()
    for minutes in range(1, 12):
        intervention = an_intervention(lead_house=house)
        some_hours(intervention=intervention, minutes=minutes)
    with django_assert_num_queries(3):
        read()
