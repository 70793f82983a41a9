"""How are we doing: six figures of the year so far beside the same days of the year before, in four reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from django.db.models import Count, Q, Sum

from bocal.craft.figures import Period
from bocal.impact.queries import records
from bocal.impact.queries.scope import Scope

PULSE = ("workshops", "kg_transformed", "jars_made", "participants", "volunteer_hours", "communes_visited")


@dataclass(frozen=True, slots=True)
class Beat:
    """One figure now and a year earlier."""

    key: str
    now: int
    before: int

    @property
    def change(self) -> int:
        """More (or less) than the year before."""
        return self.now - self.before


def pulse(period: Period) -> list[Beat]:
    """The six figures of `period`, each beside that of a year earlier."""
    sides = {"now": Scope(period), "before": Scope(period.a_year_earlier())}
    both = Scope(Period(sides["before"].period.first, period.last))
    outings = records.interventions(both).aggregate(
        **{
            f"workshops_{side}": Count("id", filter=records.WORKSHOP_DONE & _on("day", scope))
            for side, scope in sides.items()
        },
        **{
            f"communes_visited_{side}": Count(
                "commune", filter=records.VISIT & _on("day", scope), distinct=True
            )
            for side, scope in sides.items()
        },
    )
    sums = outings | {
        f"{key}_{side}": total or 0
        for key, rows, condition in (
            ("participants", records.attendances(both), partial(_on, "intervention__day")),
            ("volunteer_hours", records.volunteer_hours(both), partial(_on, "day")),
        )
        for side, total in rows.aggregate(
            **{side: Sum("quantity", filter=condition(scope)) for side, scope in sides.items()}
        ).items()
    }
    sums |= _cooked(both, sides)
    return [Beat(key, sums[f"{key}_now"], sums[f"{key}_before"]) for key in PULSE]


def _cooked(both: Scope, sides: Mapping[str, Scope]) -> dict[str, int]:
    """What entered batches and what came out of them, on both sides, in one read."""
    parts = {"kg_transformed": records.PRODUCE_ENTERED, "jars_made": records.JARS_CAME_OUT}
    sums = records.batch_movements(both).aggregate(
        **{
            f"{key}_{side}": Sum("quantity", filter=part & _moved(scope))
            for key, part in parts.items()
            for side, scope in sides.items()
        }
    )
    return {name: total or 0 for name, total in sums.items()}


def _on(path: str, scope: Scope) -> Q:
    return Q(**{f"{path}__range": (scope.period.first, scope.period.last)})


def _moved(scope: Scope) -> Q:
    start, end = scope.instants
    return Q(transaction__happened_at__gte=start, transaction__happened_at__lt=end)
