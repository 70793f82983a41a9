"""Who acts and when, in the tests of the ground; communes are the real ones, every database has them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from bocal.territory import actions
from bocal.territory.models import Commune, CommuneGroup, Place
from bocal.toolbox.ids import new_id

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass
class Somebody:
    """Whoever acts, as far as the ground knows persons."""

    id: UUID = field(default_factory=new_id)
    pseudonym: str = "p-1234567890"


SOMEBODY = Somebody()


def a_commune(name: str = "Romans-sur-Isère") -> Commune:
    return Commune.objects.get(name=name, department__in=["26", "07", "38"])


def a_group(name: str = "Pays de Romans", **fields: Any) -> CommuneGroup:
    return actions.record_group(**{"id": new_id(), "name": name, "by": SOMEBODY, "at": NOW} | fields)


def a_place(name: str = "Étagère des Ors", kind: str = "shelf", **fields: Any) -> Place:
    return actions.record_place(
        **{"id": new_id(), "name": name, "kind": kind, "by": SOMEBODY, "at": NOW} | fields
    )
