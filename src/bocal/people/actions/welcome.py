"""Letting somebody in for the first time: her record when she has none, her account and her first role, at once."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from bocal.people.actions.access import give_role, open_access
from bocal.people.actions.persons import record_person
from bocal.people.models import Organisation, Person, Role


@transaction.atomic
def welcome(
    *,
    role_id: UUID,
    person: Person | None = None,
    name: str = "",
    email: str,
    role: str,
    since: date,
    until: date | None = None,
    house: Organisation | None = None,
    by: Person | None,
    at: datetime,
) -> Person:
    """Open the door to a person already known, or to a new one; the same role id twice welcomes once.

    A newcomer takes the id of her first role for her own, so that even two clicks at once make one person.
    """
    if given := Role.objects.select_related("person").filter(pk=role_id).first():
        return given.person
    if person is None:
        person = record_person(
            id=role_id, name=name, status=_status_of(role), house=house, email=email.strip(), by=by, at=at
        )
    open_access(person=person, email=email, by=by, at=at)
    give_role(id=role_id, person=person, name=role, house=house, since=since, until=until, by=by, at=at)
    return person


def _status_of(role: str) -> str:
    """What a newcomer most likely is, until somebody corrects her record."""
    volunteers = {Role.Name.VOLUNTEER, Role.Name.SHOP, Role.Name.TREASURER}
    return Person.Status.VOLUNTEER if role in volunteers else Person.Status.EMPLOYEE
