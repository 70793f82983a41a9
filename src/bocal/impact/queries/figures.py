"""Key figures of a scope, reckoned from the records the database holds."""

from django.db.models import Count, Q, QuerySet, Sum

from bocal.craft.figures import Facts, Figures, reckon
from bocal.impact.queries import records
from bocal.impact.queries.scope import Scope
from bocal.journal.models import Lot, Movement
from bocal.programme.models import Attendance, Hours, Intervention


def figures(scope: Scope) -> Figures:
    """The key figures of `scope`."""
    outings = _outings(scope)
    minutes, hours_noted = _hours(scope)
    heads, heads_noted = _heads(scope)
    moved = _moved_in_batches(scope)
    facon = (Lot.Kind.RAW, Lot.Nature.CUSTOM)
    return reckon(
        Facts(
            workshops=outings["workshops"],
            workshops_cancelled=outings["cancelled"],
            services_done=outings["services"],
            volunteer_minutes=minutes,
            hours_counted=_counted(outings["workshops"], hours_noted),
            participants=heads,
            attendances_counted=_counted(outings["workshops"], heads_noted),
            trained_volunteers_involved=_trained_volunteers(scope),
            communes_visited=outings["communes"],
            grams_collected=_by_nature(records.collected(scope)),
            grams_transformed={
                nature: quantity
                for (kind, nature), quantity in moved.items()
                if kind == Lot.Kind.RAW and nature != Lot.Nature.CUSTOM
            },
            millilitres_of_soup=moved.get((Lot.Kind.BULK, Lot.Nature.MADE), 0),
            jars_made=moved.get((Lot.Kind.JAR, Lot.Nature.MADE), 0),
            exits=_exits(scope),
            **_takings(scope),
            grams_facon=moved.get(facon, 0),
            jars_facon=moved.get((Lot.Kind.JAR, Lot.Nature.CUSTOM), 0),
            facon_recorded=_counted(outings["processings"], facon in moved),
        )
    )


def _counted(occasions: int, noted: bool) -> bool | None:
    """None when there was nothing to count; else whether anybody counted."""
    return noted if occasions or noted else None


def _outings(scope: Scope) -> dict[str, int]:
    processing = records.DONE & Q(kind=Intervention.Kind.PROCESSING)
    return records.interventions(scope).aggregate(
        workshops=Count("id", filter=records.WORKSHOP_DONE),
        cancelled=Count("id", filter=records.WORKSHOP_CANCELLED),
        services=Count("id", filter=records.SERVICE_DONE),
        processings=Count("id", filter=processing),
        communes=Count("commune", filter=records.VISIT, distinct=True),
    )


def _hours(scope: Scope) -> tuple[int, bool]:
    noted = records.hours(scope).aggregate(
        rows=Count("id"),
        minutes=Sum("minutes", filter=Q(nature=Hours.Nature.VOLUNTEER)),
    )
    return noted["minutes"] or 0, noted["rows"] > 0


def _heads(scope: Scope) -> tuple[int, bool]:
    noted = Attendance.objects.filter(id__in=records.attendances(scope).values("id")).aggregate(
        rows=Count("id"), heads=Sum("count")
    )
    return noted["heads"] or 0, noted["rows"] > 0


def _trained_volunteers(scope: Scope) -> int:
    return records.trained_volunteer_hours(scope).values("person").distinct().count()


def _by_nature(movements: QuerySet[Movement]) -> dict[str, int]:
    sums = movements.values("lot__nature").order_by().annotate(sum=Sum("quantity"))
    return {row["lot__nature"]: row["sum"] for row in sums}


def _moved_in_batches(scope: Scope) -> dict[tuple[str, str], int]:
    """(kind, nature) of lot -> quantity that entered batches (raw) or left them (the rest)."""
    sums: dict[tuple[str, str], int] = {}
    for movements in (
        records.batch_inputs(scope).filter(lot__kind=Lot.Kind.RAW),
        records.batch_outputs(scope),
    ):
        for kind, nature, quantity in (
            movements.order_by().values_list("lot__kind", "lot__nature").annotate(sum=Sum("quantity"))
        ):
            sums[(kind, nature)] = quantity
    return sums


def _exits(scope: Scope) -> dict[str, int]:
    sums = records.exits(scope).order_by().values_list("transaction__kind").annotate(sum=Sum("quantity"))
    return dict(sums)


def _takings(scope: Scope) -> dict[str, int]:
    return {
        "cents": records.total(records.takings(scope, Movement.Currency.EUR)),
        "minutes": records.total(records.takings(scope, Movement.Currency.MIN)),
    }
