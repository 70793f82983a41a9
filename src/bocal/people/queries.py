"""Reads of people: who may do what today, whom one may see, where a name leads, and what to warn about.

What is private to a person stays behind `visible_people`: a view shows nobody it did not get from there, or
from a list made for choosing (`holders_of`), which gives names alone.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from bocal.people import roles
from bocal.people.models import FormerIdentity, Organisation, Person, ReadOnlyLink, Role, Training, User
from bocal.people.names import fold, pseudonym_of
from bocal.toolbox.refusals import Refused

SYSTEM_PERSON_ID = UUID("00000000-0000-7000-8000-00000000b0ca")


class NoCannery(Refused):
    """The legal entity that signs, sells and owns the lots is not written down yet."""


class Asker(Protocol):
    """What `people.middleware` says of a request: enough to decide what it may see."""

    @property
    def person(self) -> Person | None: ...

    @property
    def roles(self) -> frozenset[str]: ...

    @property
    def house_ids(self) -> frozenset[UUID]: ...


@dataclass(frozen=True)
class Asked:
    """Somebody who asks without a browser."""

    person: Person | None
    roles: frozenset[str]
    house_ids: frozenset[UUID]


# --- Organisations ------------------------------------------------------------------------------


def cannery() -> Organisation:
    """The legal entity: it owns the lots, signs and sells."""
    entity = Organisation.objects.filter(kind=Organisation.Kind.LEGAL_ENTITY, active=True).first()
    if entity is None:
        raise NoCannery(
            _("L'entité qui signe et vend n'est pas encore écrite : notez-la dans Réglages › Structures.")
        )
    return entity


def houses() -> QuerySet[Organisation]:
    """The structures of the cooperation that are still in it, by name."""
    return organisations(Organisation.Kind.HOUSE).filter(active=True)


def producers() -> QuerySet[Organisation]:
    """Every producer still in touch, by name."""
    return organisations(Organisation.Kind.PRODUCER).filter(active=True)


def organisations(kind: str) -> QuerySet[Organisation]:
    """All organisations of a kind, former ones included, by name."""
    return (
        Organisation.objects.filter(kind=kind)
        .select_related("commune", "shelf")
        .order_by("search_name", "id")
    )


def find_organisation(kind: str, name: str) -> Organisation | None:
    """The organisation of that kind under that name, however it is typed."""
    return Organisation.objects.filter(kind=kind, search_name=fold(name)).first()


# --- Persons ------------------------------------------------------------------------------------


def system_person() -> Person:
    """The actor named « Bocal », for imports and the command line; written the first time it is asked for."""
    person, _created = Person.objects.get_or_create(
        id=SYSTEM_PERSON_ID,
        defaults={
            "name": "Bocal",
            "search_name": fold("Bocal"),
            "pseudonym": pseudonym_of(SYSTEM_PERSON_ID),
            "status": Person.Status.SYSTEM,
        },
    )
    return person


def everybody() -> QuerySet[Person]:
    """All persons but Bocal itself, by name."""
    return (
        Person.objects.exclude(status=Person.Status.SYSTEM)
        .select_related("house")
        .order_by("search_name", "id")
    )


def find_person(name: str) -> Person | None:
    """The person under that name, however it is typed."""
    return everybody().filter(search_name=fold(name)).first()


def visible_people(asker: Asker) -> QuerySet[Person]:
    """The persons whose page the asker may open: all, those of her houses, or herself."""
    if asker.roles & {roles.COORDINATION, roles.DIRECTOR}:
        return everybody()
    within = Q(pk=asker.person.pk) if asker.person else Q(pk__in=())
    if roles.REFERENT in asker.roles:
        within |= Q(house__in=asker.house_ids)
    return everybody().filter(within)


def team(
    asker: Asker,
    *,
    name: str = "",
    house: Organisation | None = None,
    status: str = "",
    trained: str = "",
    activity: str = "",
    on: date,
) -> QuerySet[Person]:
    """Those the asker may see, under the filters of the list; in activity unless `activity` looks further."""
    people = visible_people(asker).prefetch_related("trainings")
    if activity != "all":
        people = people.filter(active=activity != "gone")
    if name:
        people = people.filter(search_name__contains=fold(name))
    if house:
        people = people.filter(house=house)
    if status:
        people = people.filter(status=status)
    if trained:
        people = people.filter(pk__in=_valid_trainings(trained, on).values("person"))
    return people


def trained_to(subject: str, *, on: date) -> QuerySet[Person]:
    """Who is trained to that, on that day."""
    return everybody().filter(active=True, pk__in=_valid_trainings(subject, on).values("person"))


def _valid_trainings(subject: str, on: date) -> QuerySet[Training]:
    return Training.objects.filter(subject=subject, on__lte=on).filter(Q(until=None) | Q(until__gte=on))


def trainings_of(person: Person) -> QuerySet[Training]:
    """What a person was trained to, the newest first."""
    return person.trainings.order_by("-on", "subject", "id")


class Standing(StrEnum):
    """Whether a training still counts."""

    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    TO_COME = "to_come"


def standing_of(training: Training, *, on: date, notice_days: int) -> Standing:
    """How a training stands that day; its end is announced so many days before."""
    if training.on > on:
        return Standing.TO_COME
    if training.until is None:
        return Standing.VALID
    if training.until < on:
        return Standing.EXPIRED
    return Standing.EXPIRING if training.until <= on + timedelta(days=notice_days) else Standing.VALID


def former_identities(person: Person) -> list[FormerIdentity]:
    """What a person was called before, or how she was reached, the latest first."""
    return list(person.former_identities.order_by("-until", "-id"))


# --- Roles and access ---------------------------------------------------------------------------


def held_on(day: date) -> Q:
    """The condition for a role to be held that day."""
    return Q(withdrawn_at=None, since__lte=day) & (Q(until=None) | Q(until__gte=day))


def roles_held(person: Person, *, on: date) -> list[Role]:
    """The roles a person holds that day."""
    return list(person.roles.filter(held_on(on)).select_related("house").order_by("since", "name", "id"))


def names_and_houses_of_roles(person: Person, *, on: date) -> list[tuple[str, UUID | None]]:
    """What every request needs to know of the roles a person holds that day, and no more."""
    return list(person.roles.filter(held_on(on)).order_by().values_list("name", "house_id"))


def roles_ever(person: Person) -> list[Role]:
    """Every role a person was given, the newest first, those taken back at once included."""
    return list(person.roles.select_related("house").order_by("-since", "name", "id"))


def holders_of(*names: str, on: date) -> QuerySet[Person]:
    """Who holds one of these roles that day: names to choose from, nothing private."""
    held = Role.objects.filter(held_on(on), name__in=names)
    return everybody().filter(active=True, pk__in=held.values("person"))


def doors() -> QuerySet[User]:
    """Every access ever opened, with its person, by name."""
    return User.objects.select_related("person").order_by("person__search_name", "id")


def without_access() -> QuerySet[Person]:
    """Persons in activity who have no way in yet."""
    return everybody().filter(active=True).exclude(user__is_active=True)


def user_with_role(name: str, *, on: date) -> User | None:
    """Somebody who holds that role that day and may enter: the first by name."""
    held = Role.objects.filter(held_on(on), name=name)
    return doors().filter(is_active=True, person__active=True, person__in=held.values("person")).first()


def access_warnings(*, on: date) -> list[str]:
    """What to say on La semaine and where access is given, when fewer than two persons can do a thing."""
    warnings = []
    held = _held_by_who_can_enter(on)
    administrators, releasers = held.aggregate(
        administrators=_persons(Q(name__in=roles.ADMINISTRATORS)),
        releasers=_persons(Q(name__in=roles.RELEASERS)),
    ).values()
    if administrators < 2:
        warnings.append(
            _(
                "Une seule personne peut donner les accès : "
                "le jour où elle part, plus personne n'ouvre la porte."
            )
            if administrators
            else _(
                "Personne ne peut donner les accès : nommez une direction ou une administration technique."
            )
        )
    if releasers < 2:
        warnings.append(
            _("Une seule personne peut libérer un lot : si elle l'a fabriqué elle-même, il reste bloqué.")
            if releasers
            else _("Personne ne peut libérer un lot : donnez ce rôle à deux personnes.")
        )
    return warnings


def able(names: Collection[str], *, on: date) -> int:
    """How many persons hold one of these roles that day and can really enter."""
    persons: int = _held_by_who_can_enter(on).aggregate(persons=_persons(Q(name__in=names)))["persons"]
    return persons


def _held_by_who_can_enter(on: date) -> QuerySet[Role]:
    return Role.objects.filter(held_on(on), person__active=True, person__user__is_active=True)


def _persons(condition: Q) -> Count:
    return Count("person", filter=condition, distinct=True)


# --- Read-only links ----------------------------------------------------------------------------


def hash_of(token: str) -> str:
    """What is kept of a link's token: enough to recognise it, not to make it again."""
    return hashlib.sha256(token.encode()).hexdigest()


def living_links(*, at: datetime) -> QuerySet[ReadOnlyLink]:
    """The links that still open, at that moment."""
    return ReadOnlyLink.objects.filter(revoked_at=None, expires_at__gt=at)


def living_link(link_id: str, *, at: datetime) -> ReadOnlyLink | None:
    """The link a session came by, if it still opens."""
    return living_links(at=at).filter(pk=link_id).first()


def link_for(token: str, *, at: datetime) -> ReadOnlyLink | None:
    """The link this token opens, if it still opens; why it does not is nobody's business."""
    return living_links(at=at).filter(token_hash=hash_of(token)).first()


def links() -> QuerySet[ReadOnlyLink]:
    """Every link ever given, the newest first."""
    return ReadOnlyLink.objects.select_related("created_by").order_by("-created_at", "id")


# --- History ------------------------------------------------------------------------------------


def names_of(persons: Collection[UUID]) -> dict[UUID, str]:
    """The names behind these keys, lent to the history."""
    return dict(Person.objects.filter(pk__in=persons).values_list("pk", "name"))
