"""Key figures of a scope, reckoned from the records the database holds, in six reads."""

from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Sum, Value, When

from bocal.craft.figures import Facts, Figures, reckon
from bocal.impact.queries import records
from bocal.impact.queries.scope import Scope
from bocal.journal.models import Lot, Movement
from bocal.programme.models import Hours, Intervention

_PROCESSED = (Lot.Kind.RAW, Lot.Nature.CUSTOM, "in")


def figures(scope: Scope) -> Figures:
    """The key figures of `scope`."""
    outings, given, moved = _outings(scope), _hours(scope), _moved_in_batches(scope)
    received = _sums(records.all_takings(scope), "currency")
    return reckon(
        Facts(
            workshops=outings["workshops"],
            workshops_cancelled=outings["cancelled"],
            services_done=outings["services"],
            volunteer_minutes=given["minutes"] or 0,
            hours_counted=_counted(outings["workshops"], given["rows"] > 0),
            participants=outings["heads"] or 0,
            attendances_counted=_counted(outings["workshops"], outings["head_counts"] > 0),
            trained_volunteers_involved=given["trained"],
            communes_visited=outings["communes"],
            grams_collected=_sums(records.collected(scope), "lot__nature"),
            grams_transformed={
                nature: quantity
                for (kind, nature, way), quantity in moved.items()
                if (kind, way) == (Lot.Kind.RAW, "in") and nature != Lot.Nature.CUSTOM
            },
            millilitres_of_soup=moved.get((Lot.Kind.BULK, Lot.Nature.MADE, "out"), 0),
            jars_made=moved.get((Lot.Kind.JAR, Lot.Nature.MADE, "out"), 0),
            exits=_sums(records.exits(scope), "transaction__kind"),
            cents=received.get(Movement.Currency.EUR, 0),
            minutes=received.get(Movement.Currency.MIN, 0),
            grams_facon=moved.get(_PROCESSED, 0),
            jars_facon=moved.get((Lot.Kind.JAR, Lot.Nature.CUSTOM, "out"), 0),
            facon_recorded=_counted(outings["processings"], _PROCESSED in moved),
        )
    )


def _counted(occasions: int, noted: bool) -> bool | None:
    """None when there was nothing to count; else whether anybody counted."""
    return noted if occasions or noted else None


def _outings(scope: Scope) -> dict[str, Any]:
    """Interventions and the heads counted at them. The head counts multiply the rows: ids are counted once."""

    def count(condition: Q) -> Count:
        return Count("id", filter=condition, distinct=True)

    processing = records.DONE & Q(kind=Intervention.Kind.PROCESSING)
    return records.interventions(scope).aggregate(
        workshops=count(records.WORKSHOP_DONE),
        cancelled=count(records.WORKSHOP_CANCELLED),
        services=count(records.SERVICE_DONE),
        processings=count(processing),
        communes=Count("commune", filter=records.VISIT, distinct=True),
        heads=Sum("attendances__count", filter=records.WORKSHOP_DONE),
        head_counts=Count("attendances", filter=records.WORKSHOP_DONE),
    )


def _hours(scope: Scope) -> dict[str, Any]:
    volunteer = Q(nature=Hours.Nature.VOLUNTEER)
    trained = volunteer & records.trained_by(scope.period.last)
    return records.hours(scope).aggregate(
        rows=Count("id"),
        minutes=Sum("minutes", filter=volunteer),
        trained=Count("person", filter=trained, distinct=True),
    )


def _sums(movements: QuerySet[Movement], by: str) -> dict[str, int]:
    return dict(movements.order_by().values_list(by).annotate(sum=Sum("quantity")))


def _moved_in_batches(scope: Scope) -> dict[tuple[str, str, str], int]:
    """(kind and nature of the lot, in or out) -> quantity that entered batches or came out of them."""
    way = Case(
        When(records.OUT_OF_ITS_BATCH, then=Value("out")), default=Value("in"), output_field=CharField()
    )
    sums = (
        records.batch_movements(scope)
        .order_by()
        .annotate(way=way)
        .values_list("lot__kind", "lot__nature", "way")
        .annotate(sum=Sum(F("quantity")))
    )
    return {(kind, nature, way): quantity for kind, nature, way, quantity in sums}
