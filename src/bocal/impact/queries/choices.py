"""What the figures can be narrowed to: structures, communes, groups of communes; and since when there are any."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Min

from bocal.people.models import Organisation
from bocal.people.queries import organisations
from bocal.programme.models import Intervention
from bocal.territory.models import CommuneGroup


class Choices:
    """Key and name of each choice, by name. Each list is read when somebody first looks at it."""

    @cached_property
    def houses(self) -> list[tuple[str, str]]:
        rows = organisations(Organisation.Kind.HOUSE).values_list("id", "name")
        return [(str(id), name) for id, name in rows]

    @cached_property
    def communes(self) -> list[tuple[str, str]]:
        return [(code, name) for code, name, _search_name, _first in self._gone_to]

    @cached_property
    def groups(self) -> list[tuple[str, str]]:
        rows = CommuneGroup.objects.order_by("name").values_list("id", "name")
        return [(str(id), name) for id, name in rows]

    @cached_property
    def first_day(self) -> date | None:
        return min((first for *_names, first in self._gone_to), default=None)

    @cached_property
    def _gone_to(self) -> list[tuple[str, str, str, date]]:
        """Every commune where something happened, and since when."""
        return list(
            Intervention.objects.values_list("commune", "commune__name", "commune__search_name")
            .annotate(first=Min("day"))
            .order_by("commune__search_name", "commune")
        )


def choices() -> Choices:
    """Every structure, every commune where something happened, every group."""
    return Choices()


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
