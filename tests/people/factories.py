"""Three recurring persons and their houses, made through the real actions."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client

from bocal.people import actions
from bocal.people.models import Organisation, Person, User
from bocal.toolbox.ids import new_id

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
LONG_AGO = date(2017, 7, 1)


def a_house(name: str = "Maison de quartier Saint-Nicolas", **fields: Any) -> Organisation:
    return actions.record_organisation(
        id=new_id(), kind=Organisation.Kind.HOUSE, name=name, by=None, at=NOW, **fields
    )


def a_producer(name: str = "Ferme des Quatre Saules", **fields: Any) -> Organisation:
    return actions.record_organisation(
        id=new_id(), kind=Organisation.Kind.PRODUCER, name=name, by=None, at=NOW, **fields
    )


def the_cannery(name: str = "Coopération des maisons de quartier") -> Organisation:
    return actions.record_organisation(
        id=new_id(), kind=Organisation.Kind.LEGAL_ENTITY, name=name, by=None, at=NOW
    )


def a_person(name: str = "Michel Roux", *, status: str = "volunteer", **fields: Any) -> Person:
    return actions.record_person(id=new_id(), name=name, status=status, by=None, at=NOW, **fields)


def somebody_who(role: str, name: str = "", house: Organisation | None = None, **fields: Any) -> Person:
    """A person with that role and an open access."""
    person = a_person(name or f"Personne {role}", house=house, **fields)
    if role == "referent" and house is None:
        house = a_house()
    actions.give_role(id=new_id(), person=person, name=role, house=house, since=LONG_AGO, by=None, at=NOW)
    actions.open_access(person=person, email=f"{person.pseudonym}@exemple.fr", by=None, at=NOW)
    return person


def signed_in(person: Person, client: Client | None = None) -> Client:
    client = client or Client()
    client.force_login(User.objects.get(person=person))
    return client


def link_client(audience: str, *, days: int = 7, at: datetime | None = None) -> Client:
    """A browser that came by a fresh read-only link."""
    from django.utils import timezone

    now = at or timezone.now()
    _link, token = actions.make_link(
        id=new_id(),
        audience=audience,
        label="DDPP de la Drôme",
        expires_at=now + timedelta(days=days),
        by=a_person(f"Qui donne le lien {audience}"),
        at=now,
    )
    client = Client()
    client.get(f"/lien/{token}")
    return client
