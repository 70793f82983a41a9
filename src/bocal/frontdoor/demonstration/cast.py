"""The persons and places of the demonstration: invented, and looking it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bocal.people.actions import (
    correct_organisation,
    give_role,
    make_link,
    open_access,
    record_organisation,
    record_person,
    record_training,
)
from bocal.people.models import Organisation, Person, ReadOnlyLink, Role, Training
from bocal.people.queries import find_organisation
from bocal.territory.actions import record_place
from bocal.territory.models import Place
from bocal.territory.queries import find_commune
from bocal.toolbox.ids import new_id

CANNERY = "Coopération de l'Exemple"
HOME = "Romans-sur-Isère"
SHOP = "P'tite Coopé"
LINK_LASTS = timedelta(days=30)

ROLES: dict[str, tuple[str, str, str]] = {
    Role.Name.COORDINATION: ("Nadia Exemple", Person.Status.EMPLOYEE, "Maison de quartier Saint-Nicolas"),
    Role.Name.OPERATOR: ("Omar Exemple", Person.Status.EMPLOYEE, "Maison de quartier Saint-Nicolas"),
    Role.Name.REFERENT: ("Rosa Exemple", Person.Status.EMPLOYEE, "Maison de quartier des Ors"),
    Role.Name.VOLUNTEER: ("Violette Exemple", Person.Status.VOLUNTEER, "Maison de quartier des Ors"),
    Role.Name.SHOP: ("Basile Exemple", Person.Status.ACCORDEUR, "Accorderie"),
    Role.Name.TREASURER: ("Thaïs Exemple", Person.Status.VOLUNTEER, "Accorderie"),
    Role.Name.DIRECTOR: ("Diane Exemple", Person.Status.EMPLOYEE, "Maison de quartier Saint-Nicolas"),
    Role.Name.ADMIN: ("Adam Exemple", Person.Status.VOLUNTEER, "Accorderie"),
}
TRAINED: dict[str, tuple[str, ...]] = {
    Role.Name.OPERATOR: (Training.Subject.AUTOCLAVE, Training.Subject.HYGIENE, Training.Subject.DRIVING),
    Role.Name.COORDINATION: (Training.Subject.HYGIENE, Training.Subject.DRIVING),
    Role.Name.REFERENT: (Training.Subject.WORKSHOP, Training.Subject.HYGIENE),
    Role.Name.VOLUNTEER: (Training.Subject.WORKSHOP,),
}
SHELVES = {
    "Maison de quartier des Ors": "Étagère des Ors",
    "Maison de quartier Saint-Nicolas": "Étagère de Saint-Nicolas",
    "Maison Citoyenne Noël Guichard": "Étagère Noël Guichard",
    "Accorderie": "Étagère de l'Accorderie",
}
SHELF_OF_THE_FORTNIGHT = "Étagère des Ors"


@dataclass(slots=True)
class Cast:
    """Who and where, once recorded."""

    people: dict[str, Person] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)


def record_cannery(*, by: Person, at: datetime) -> Organisation:
    """The legal entity, which must be there before anything has an owner."""
    kind = Organisation.Kind.LEGAL_ENTITY
    home = find_commune(HOME)
    return record_organisation(id=new_id(), kind=kind, name=CANNERY, commune=home, by=by, at=at)


def record_cast(*, since: date, by: Person, at: datetime) -> Cast:
    """Persons with their roles and trainings, places with their shelves."""
    cast = Cast()
    for role, (name, status, house) in ROLES.items():
        cast.people[role] = _record_holder(role, name, status, house, since=since, by=by, at=at)
    for name, kind, quarantine in (
        ("Camion", Place.Kind.TRUCK, False),
        ("Consigne du camion", Place.Kind.TRUCK, True),
        ("Chambre froide des Ors", Place.Kind.STORE, False),
        ("Garage municipal", Place.Kind.GARAGE, False),
    ):
        cast.places[name] = _record_place(name, kind, quarantine, by=by, at=at)
    for house, shelf in SHELVES.items():
        cast.places[shelf] = _record_place(shelf, Place.Kind.SHELF, False, by=by, at=at)
        found = find_organisation(Organisation.Kind.HOUSE, house)
        if found:
            correct_organisation(organisation=found, shelf=cast.places[shelf], by=by, at=at)
    make_link(
        id=new_id(), audience=ReadOnlyLink.Audience.FUNDER, label="Région (exemple)", expires_at=at + LINK_LASTS,
        by=cast.people[Role.Name.DIRECTOR], at=at,
    )  # fmt: skip
    cast.places[SHOP] = Place.objects.get(kind=Place.Kind.SHOP)
    return cast


def _record_holder(
    role: str, name: str, status: str, house: str, *, since: date, by: Person, at: datetime
) -> Person:
    organisation = find_organisation(Organisation.Kind.HOUSE, house)
    person = record_person(id=new_id(), name=name, status=status, house=organisation, by=by, at=at)
    of_a_house = organisation if role == Role.Name.REFERENT else None
    give_role(id=new_id(), person=person, name=role, since=since, house=of_a_house, by=by, at=at)
    open_access(person=person, email=f"{role}@bocal.example", by=by, at=at)
    for subject in TRAINED.get(role, ()):
        record_training(id=new_id(), person=person, subject=subject, on=since, by=by, at=at)
    return person


def _record_place(name: str, kind: str, quarantine: bool, *, by: Person, at: datetime) -> Place:
    home = find_commune(HOME)
    return record_place(id=new_id(), name=name, kind=kind, commune=home, quarantine=quarantine, by=by, at=at)
