"""What a reckoning covers: a period of whole days, and the interventions it is narrowed to.

Filters by structure or commune follow the intervention, for every figure, hours and sales included. A
structure is concerned by the interventions it leads and by those it shares.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

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
            shared = Intervention.houses.through.objects.filter(organisation__in=self.house_ids)
            chosen = chosen.filter(
                Q(lead_house__in=self.house_ids) | Q(id__in=shared.values("intervention_id"))
            )
        if self.commune_codes is not None:
            chosen = chosen.filter(commune__in=self.commune_codes)
        return chosen

    def through(self, path: str) -> Q:
        """The condition that `path`, leading to an intervention, is let through; nothing when not narrowed."""
        return Q(**{f"{path}__in": self.interventions().values("id")}) if self.narrowed else Q()
