"""What the pages of the programme cost the database."""

from datetime import date

import pytest
from django.urls import reverse

from bocal.programme.actions import record_attendance, record_evaluation, record_word
from bocal.toolbox.ids import new_id
from tests.programme.factories import (
    NOW,
    YESTERDAY,
    a_house,
    a_person,
    an_intervention,
    planned,
    send,
    some_hours,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_evening")]


def test_pages_cost_the_same_with_one_row_and_a_hundred_and_never_much(
    coordination, django_assert_max_num_queries
):
    """Sections lent by the apps above are inside: theirs are counted with the page they stand on."""
    ors = a_house()
    aline = a_person("Aline E.", house=ors)
    hub = planned(day=YESTERDAY, title="Soupe", lead_house=ors, houses=[a_house("Accorderie")])
    send(coordination, "hold", hub.id, total="12", children="5")

    def fill(start, stop):
        for number in range(start, stop):
            planned(lead_house=ors), an_intervention(lead_house=ors)
            some_hours(person=a_person(f"Personne {number}", house=ors), intervention=hub, minutes=30)
            some_hours(person=aline, day=date(2026, 1, 1 + number % 28), minutes=5 + number)
            record_word(id=new_id(), intervention=hub, text="Bon", may_be_quoted=False, by=aline, at=NOW)
        record_evaluation(intervention=hub, unhappy=0, neutral=0, happy=stop, by=aline, at=NOW)
        record_attendance(intervention=hub, counts={"children": stop}, by=aline, at=NOW)

    def costs():
        paths = {
            name: reverse(f"programme:{name}")
            for name in ("agenda", "past", "hours", "mine", "declare", "new", "day_hours")
        }
        paths["intervention"] = reverse("programme:intervention", args=[hub.id])
        paths["history"] = reverse("programme:history", args=[hub.id])
        paths["crew_hours"] = reverse("programme:crew_hours", args=[hub.id])
        paths["correct"] = reverse("programme:correct", args=[hub.id])
        counted = {}
        for name, path in paths.items():
            with django_assert_max_num_queries(15) as captured:
                assert coordination.get(path).status_code == 200
            counted[name] = len(captured)
        return counted

    fill(0, 1)
    one = costs()
    fill(1, 100)
    assert costs() == one
