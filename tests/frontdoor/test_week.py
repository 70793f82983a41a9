"""*La semaine*: what waits, what happens, how we are doing; for those who run the cannery."""

from datetime import timedelta

import pytest
from django.test import Client

from bocal.kitchen.actions import block_lot
from bocal.people.models import Person
from bocal.people.queries import system_person
from bocal.programme.actions import validate_hours
from bocal.programme.models import Intervention
from bocal.toolbox.ids import new_id
from tests.kitchen.factories import a_jar_lot, some_produce
from tests.people.factories import link_client, signed_in, somebody_who
from tests.programme.factories import NOW, TODAY, a_house, a_person, an_intervention, some_hours
from tests.surplus.factories import an_offer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_evening")]


def decide(client: Client) -> list[tuple[str, str, str]]:
    """(title, word, kind of chip) of all that waits for a decision."""
    waiting = client.get("/semaine/").context["to_decide"]
    return [(row["title"].replace("\u00a0", " "), row["word"], row["kind"]) for row in waiting]


def confirm_one(person: Person) -> None:
    given = some_hours(person=person)
    validate_hours(hours=given, house=a_house(), by=system_person(), at=NOW)


def test_an_empty_house_says_so(coordination: Client) -> None:
    page = coordination.get("/semaine/")
    assert page.context["to_decide"] == []
    assert [day["number"] for day in page.context["days"]] == ["23", "24", "25", "26", "27", "28", "29"]


def test_an_offer_presses_when_its_day_is_near(coordination: Client) -> None:
    an_offer(available_until=NOW + timedelta(days=1))
    an_offer(available_until=NOW + timedelta(days=9), product="coing")
    assert [(word, kind) for _title, word, kind in decide(coordination)] == [
        ("1 jour", "hot"),
        ("9 jours", ""),
    ]


def test_lots_wait_for_a_release_or_for_a_decision(coordination: Client) -> None:
    waiting, stopped = a_jar_lot(), a_jar_lot()
    block_lot(
        id=new_id(), lot=stopped, by=system_person(), decided_at=NOW, at=NOW, reason="Un couvercle bombé"
    )
    assert decide(coordination) == [
        (f"Lot {waiting.code} à libérer", "à libérer", "wait"),
        (f"Lot {stopped.code} bloqué", "bloqué", "no"),
    ]
    menu = {entry["key"]: entry["count"] for entry in coordination.get("/semaine/").context["navigation"]}
    assert menu["kitchen"] == 2


def test_hours_to_confirm_are_one_line(coordination: Client) -> None:
    for name, minutes in (("Aline E.", 90), ("Zoé H.", 60)):
        some_hours(person=a_person(name), minutes=minutes)
    [(title, _word, _kind)] = decide(coordination)
    assert title == "2 h 30 à confirmer"
    [row] = coordination.get("/semaine/").context["to_decide"]
    assert row["text"] == "2 personnes"
    confirm_one(a_person("Déjà C."))
    assert len(coordination.get(row["url"]).context["page"].object_list) == 2
    assert len(coordination.get("/equipe/heures/").context["page"].object_list) == 3


def test_what_is_past_and_still_planned_asks_whether_it_was_held(coordination: Client) -> None:
    an_intervention(day=TODAY - timedelta(days=3), status=Intervention.Status.PLANNED, title="Soupe aux Ors")
    remembered = [
        row["title"].replace("\u00a0", " ") for row in coordination.get("/semaine/").context["to_remember"]
    ]
    assert any(
        title.startswith("Soupe aux Ors") and title.endswith("a-t-elle eu lieu ?") for title in remembered
    )


def test_a_workshop_whose_produce_was_cooked_by_nobody_asks_for_its_batch(coordination: Client) -> None:
    workshop = an_intervention(title="Coulis aux Ors")
    some_produce(intervention=workshop)
    asked = coordination.get("/semaine/").context["to_remember"]
    assert "Coulis aux Ors : il manque la fabrication" in [row["title"] for row in asked]


def test_whatever_waits_leads_to_a_page_that_its_reader_may_open(coordination: Client) -> None:
    """The director reads the week too, and notes nothing in the kitchen."""
    an_offer()
    a_jar_lot()
    some_hours(person=a_person())
    some_produce(intervention=an_intervention())
    director = signed_in(somebody_who("director"))
    for client in (coordination, director):
        week = client.get("/semaine/").context
        rows = [*week["to_decide"], *week["to_remember"]]
        assert len(rows) >= 5
        assert [row["url"] for row in rows if client.get(row["url"]).status_code != 200] == []


@pytest.mark.parametrize(("role", "leads_to"), [("operator", "/cuisine/"), ("shop", "/boutique/")])
def test_everybody_else_begins_elsewhere(role: str, leads_to: str) -> None:
    client = signed_in(somebody_who(role))
    assert client.get("/semaine/").status_code == 403
    assert client.get("/").headers["location"] == leads_to


def test_who_comes_by_a_link_is_shown_no_search_she_may_not_use() -> None:
    searching = 'action="/chercher"'
    page = link_client("funder").get("/chiffres/").content.decode()
    assert "<main" in page
    assert searching not in page
    person: Person = somebody_who("coordination")
    assert searching in signed_in(person).get("/chiffres/").content.decode()
