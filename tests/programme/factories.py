"""What the tests of the programme start from, written down by the real actions."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bocal.people.actions import record_organisation, record_person
from bocal.people.models import Organisation, Person
from bocal.people.queries import system_person
from bocal.programme.actions import plan_intervention, record_hours
from bocal.programme.models import Hours, Intervention
from bocal.territory.models import Commune
from bocal.toolbox.ids import new_id
from bocal.toolbox.times import PARIS

NOW = datetime(2026, 11, 26, 18, 0, tzinfo=PARIS)
TODAY = NOW.date()
YESTERDAY = date(2026, 11, 25)
TOMORROW = date(2026, 11, 27)


def a_commune(name: str = "Peyrins", code: str = "26231") -> Commune:
    commune, _created = Commune.objects.get_or_create(
        code=code,
        defaults={"name": name, "search_name": name.lower(), "department": "26", "in_territory": True},
    )
    return commune


def a_house(name: str = "Maison de quartier des Ors") -> Organisation:
    known = Organisation.objects.filter(kind=Organisation.Kind.HOUSE, name=name).first()
    return known or record_organisation(
        id=new_id(), kind=Organisation.Kind.HOUSE, name=name, by=system_person(), at=NOW
    )


def a_person(name: str = "Aline E.", *, house: Organisation | None = None, **said: Any) -> Person:
    known = Person.objects.filter(name=name).first()
    status = said.pop("status", Person.Status.VOLUNTEER)
    return known or record_person(
        id=new_id(), name=name, status=status, house=house, by=system_person(), at=NOW, **said
    )


def an_intervention(**said: Any) -> Intervention:
    """A workshop of yesterday that was held, unless said otherwise."""
    facts: dict[str, Any] = {
        "id": new_id(),
        "kind": Intervention.Kind.WORKSHOP,
        "status": Intervention.Status.DONE,
        "day": YESTERDAY,
        "at": NOW,
    } | said
    facts.setdefault("commune", None)
    facts["commune"] = facts["commune"] or a_commune()
    return plan_intervention(**facts, by=system_person())


def some_hours(**said: Any) -> Hours:
    """Two hours of cooking of a volunteer, yesterday, unless said otherwise."""
    facts: dict[str, Any] = {
        "id": new_id(),
        "minutes": 120,
        "task": Hours.Task.COOKING,
        "nature": Hours.Nature.VOLUNTEER,
        "at": NOW,
    } | said
    if "person" not in facts:
        facts["person"] = a_person()
    if "intervention" not in facts:
        facts.setdefault("day", YESTERDAY)
    return record_hours(**facts, by=system_person())


def planned(**said: Any) -> Intervention:
    """A workshop of tomorrow, unless said otherwise."""
    return an_intervention(**{"status": Intervention.Status.PLANNED, "day": TOMORROW} | said)


def page(client: Client, screen: str, *args: Any, **query: Any) -> str:
    """What a screen shows, opened."""
    response = client.get(reverse(f"programme:{screen}", args=args), query)
    assert response.status_code == 200, (screen, response.status_code)
    return response.content.decode()


def send(client: Client, screen: str, *args: Any, **typed: Any) -> HttpResponse:
    """The answer to a form that was sent."""
    return client.post(reverse(f"programme:{screen}", args=args), typed)
