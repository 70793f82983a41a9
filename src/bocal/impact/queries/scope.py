"""What a reckoning covers: a period of whole days, and the interventions it is narrowed to.

Filters by structure or commune follow the intervention, for every figure, hours and sales included. A
structure is concerned by the interventions it leads and by those it shares.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import In

from bocal.craft.figures import Period
from bocal.programme.models import Intervention
from bocal.toolbox.times import paris_day_bounds


@dataclass(frozen=True, slots=True)
class Scope:
    """A period and its filters; a filter that is None lets everything through."""

    period: Period
    house_ids: frozenset[UUID] | None = None
    commune_codes: frozenset[str] | None = None

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """The first instant of the period and the first one after it."""
        return paris_day_bounds(self.period.first, self.period.last)

    @property
    def narrowed(self) -> bool:
        """Whether a filter narrows the interventions."""
        return self.house_ids is not None or self.commune_codes is not None

    def interventions(self) -> QuerySet[Intervention]:
        """The interventions the filters let through, of any day: what other facts are matched against."""
        chosen = Intervention.objects.all()
        if self.house_ids is not None:
            sharing = Intervention.houses.through.objects.filter(organisation__in=self.house_ids)
            chosen = chosen.filter(
                Q(In(as_read("lead_house"), self.house_ids))
                | Q(Exists(sharing.filter(intervention=OuterRef("pk"))))
            )
        if self.commune_codes is not None:
            chosen = chosen.filter(In(as_read("commune"), self.commune_codes))
        return chosen

    def through(self, path: str) -> Q:
        """The condition that `path`, leading to an intervention, is let through; nothing when not narrowed."""
        return Q(Exists(self.interventions().filter(pk=OuterRef(path)))) if self.narrowed else Q()


def as_read(path: str) -> Coalesce:
    """A value to compare once its row is read, not to search by.

    SQLite keeps no statistics here and takes any index for a good start: that of corrections holds nearly every
    operation ever written, that of a structure all its years. The period is the good start.
    """
    return Coalesce(F(path), F(path))
