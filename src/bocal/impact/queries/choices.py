"""What the figures can be narrowed to: structures, communes, groups of communes; and since when there are any."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Min

from bocal.people.models import Organisation
from bocal.people.queries import organisations
from bocal.programme.models import Intervention
from bocal.territory.models import CommuneGroup


@dataclass(frozen=True, slots=True)
class Choices:
    """Key and name of each choice, by name."""

    houses: list[tuple[str, str]]
    communes: list[tuple[str, str]]
    groups: list[tuple[str, str]]
    first_day: date | None


def choices() -> Choices:
    """Every structure, every commune where something happened, every group, in three reads."""
    gone_to = list(
        Intervention.objects.values_list("commune", "commune__name", "commune__search_name")
        .annotate(first=Min("day"))
        .order_by("commune__search_name", "commune")
    )
    houses = organisations(Organisation.Kind.HOUSE).values_list("id", "name")
    groups = CommuneGroup.objects.order_by("name").values_list("id", "name")
    return Choices(
        houses=[(str(id), name) for id, name in houses],
        communes=[(code, name) for code, name, _search_name, _first in gone_to],
        groups=[(str(id), name) for id, name in groups],
        first_day=min((first for *_names, first in gone_to), default=None),
    )


def common_communes(codes: Iterable[str], groups: Collection[UUID]) -> frozenset[str] | None:
    """The communes that are among `codes` and in one of the groups; None when neither narrows anything.

    What is empty does not narrow. Nothing in common narrows to no commune at all.
    """
    chosen = frozenset(codes)
    if not groups:
        return chosen or None
    members = CommuneGroup.communes.through.objects.filter(communegroup__in=groups)
    in_groups = frozenset(members.values_list("commune", flat=True))
    return chosen & in_groups if chosen else in_groups
