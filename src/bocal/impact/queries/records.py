"""The records behind each key figure.

Each function returns the records of one figure as a queryset whose rows carry `quantity`, in the unit the
figure is held in. A figure is the sum of its records (or the count of what they name), so the list a person
opens adds up to the figure she clicked. Corrected operations are left out with their corrections: together
they weigh nothing.
"""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import In, IsNull

from bocal.craft.figures import CHANNELS
from bocal.impact.queries.scope import Scope, as_read
from bocal.journal.models import Account, Lot, Movement, Transaction
from bocal.parameters.queries import reconstructed_periods
from bocal.people.models import Training
from bocal.programme.models import Attendance, Hours, Intervention

OUTINGS = (Intervention.Kind.COLLECTION, Intervention.Kind.GLEANING)
SERVICES = (Intervention.Kind.PROCESSING, Intervention.Kind.RENTAL)
IN_BATCH = "lot__batch__made_in__intervention"
OUT_OF_ITS_BATCH = Q(lot__batch=F("source"))


def interventions(scope: Scope) -> QuerySet[Intervention]:
    """Every intervention of the period, whatever became of it."""
    days = (scope.period.first, scope.period.last)
    return scope.interventions().filter(day__range=days).annotate(quantity=Value(1))


def workshops(scope: Scope) -> QuerySet[Intervention]:
    """Workshops carried out."""
    return interventions(scope).filter(WORKSHOP_DONE)


def workshops_cancelled(scope: Scope) -> QuerySet[Intervention]:
    """Workshops that did not take place."""
    return interventions(scope).filter(WORKSHOP_CANCELLED)


def services_done(scope: Scope) -> QuerySet[Intervention]:
    """Custom processing and rentals carried out."""
    return interventions(scope).filter(SERVICE_DONE)


def visits(scope: Scope) -> QuerySet[Intervention]:
    """What makes a commune visited: workshops and public outings carried out."""
    return interventions(scope).filter(VISIT)


def attendances(scope: Scope) -> QuerySet[Attendance]:
    """Head counts at workshops carried out."""
    workshops_held = workshops(scope).values("id")
    return Attendance.objects.filter(intervention__in=workshops_held).annotate(quantity=F("count"))


def hours(scope: Scope) -> QuerySet[Hours]:
    """Hours of every nature, those withdrawn left out."""
    return (
        Hours.objects.filter(day__range=(scope.period.first, scope.period.last), withdrawn_at=None)
        .filter(scope.through("intervention"))
        .annotate(quantity=F("minutes"))
    )


def volunteer_hours(scope: Scope) -> QuerySet[Hours]:
    """Hours of nature *bénévole*."""
    return hours(scope).filter(nature=Hours.Nature.VOLUNTEER)


def trained_volunteer_hours(scope: Scope) -> QuerySet[Hours]:
    """Volunteer hours of persons trained to workshops on or before the last day of the period."""
    return volunteer_hours(scope).filter(trained_by(scope.period.last))


def trained_by(day: date) -> Q:
    """The condition that the person of some hours was trained to workshops on or before `day`."""
    trained = Training.objects.filter(subject=Training.Subject.WORKSHOP, on__lte=day)
    return Q(person__in=trained.values("person"))


def collected(scope: Scope) -> QuerySet[Movement]:
    """Produce received in collections, by gift, glean, purchase or exchange."""
    received = _standing(scope, Transaction.Kind.COLLECTION).filter(_OWN_PRODUCE)
    if not scope.narrowed:
        return received
    cooked = Movement.objects.filter(
        scope.through("target__made_in__intervention"),
        _STANDING,
        lot=OuterRef("lot"),
        target__kind=Account.Kind.BATCH,
    )
    line = "transaction__collection_line__collection__intervention"
    return received.filter(scope.through(line) | Q(Exists(cooked), **{f"{line}__isnull": True}))


def transformed(scope: Scope) -> QuerySet[Movement]:
    """Collected produce that entered batches."""
    return batch_inputs(scope).filter(_OWN_PRODUCE)


def transformed_for_clients(scope: Scope) -> QuerySet[Movement]:
    """Clients' own produce that entered batches."""
    return batch_inputs(scope).filter(lot__kind=Lot.Kind.RAW, lot__nature=Lot.Nature.CUSTOM)


def soup(scope: Scope) -> QuerySet[Movement]:
    """Soup made in bulk."""
    return batch_outputs(scope).filter(lot__kind=Lot.Kind.BULK, lot__nature=Lot.Nature.MADE)


def jars_made(scope: Scope) -> QuerySet[Movement]:
    """Jars filled, closed and kept."""
    return batch_outputs(scope).filter(lot__kind=Lot.Kind.JAR, lot__nature=Lot.Nature.MADE)


def jars_made_for_clients(scope: Scope) -> QuerySet[Movement]:
    """Jars made of clients' own produce."""
    return batch_outputs(scope).filter(lot__kind=Lot.Kind.JAR, lot__nature=Lot.Nature.CUSTOM)


def exits(scope: Scope) -> QuerySet[Movement]:
    """What became, up to the last day, of the jars made in the period."""
    start, end = scope.instants
    made = "lot__batch__made_in__transaction"
    return Movement.objects.filter(
        _STANDING,
        In(as_read("transaction__kind"), list(CHANNELS)),
        scope.through(IN_BATCH),
        lot__kind=Lot.Kind.JAR,
        lot__nature=Lot.Nature.MADE,
        transaction__happened_at__lt=end,
        **{
            f"{made}__kind": Transaction.Kind.BATCH,
            f"{made}__happened_at__gte": start,
            f"{made}__happened_at__lt": end,
        },
    )


def takings(scope: Scope, currency: str) -> QuerySet[Movement]:
    """Euros or minutes received for jars sold in the period, whatever their batch."""
    return all_takings(scope).filter(currency=currency)


def all_takings(scope: Scope) -> QuerySet[Movement]:
    """What the till and the time accounts received for jars sold in the period."""
    received = _standing(scope, *_SALES).exclude(currency="")
    if not scope.narrowed:
        return received
    sold = Movement.objects.filter(
        scope.through(IN_BATCH), transaction=OuterRef("transaction"), lot__isnull=False
    )
    return received.filter(Exists(sold))


def reconstructed(scope: Scope) -> bool:
    """Whether some lines of the period were reconstructed from published totals."""
    period = scope.period
    return any(first <= period.last and period.first <= last for first, last in reconstructed_periods())


def total(records: QuerySet[Movement]) -> int:
    """The sum of `quantity`, zero when there is no record."""
    return int(records.aggregate(total=Coalesce(Sum("quantity"), 0))["total"])


DONE = Q(status=Intervention.Status.DONE)
WORKSHOP_DONE = DONE & Q(kind=Intervention.Kind.WORKSHOP)
WORKSHOP_CANCELLED = Q(kind=Intervention.Kind.WORKSHOP, status=Intervention.Status.CANCELLED)
SERVICE_DONE = DONE & Q(kind__in=SERVICES)
VISIT = WORKSHOP_DONE | DONE & Q(kind__in=OUTINGS, open_to_public=True)


# Neither a correction nor corrected.
_STANDING = Q(IsNull(as_read("transaction__reverses"), True), transaction__reversed_by=None)
_SALES = (Transaction.Kind.SALE_EUROS, Transaction.Kind.SALE_MINUTES)
_OWN_PRODUCE = Q(lot__kind=Lot.Kind.RAW) & ~Q(lot__nature=Lot.Nature.CUSTOM)
PRODUCE_ENTERED = _OWN_PRODUCE & ~OUT_OF_ITS_BATCH
JARS_CAME_OUT = Q(lot__kind=Lot.Kind.JAR, lot__nature=Lot.Nature.MADE) & OUT_OF_ITS_BATCH


def _standing(scope: Scope, *kinds: str) -> QuerySet[Movement]:
    start, end = scope.instants
    return Movement.objects.filter(
        _STANDING,
        transaction__kind__in=kinds,
        transaction__happened_at__gte=start,
        transaction__happened_at__lt=end,
    )


def batch_movements(scope: Scope) -> QuerySet[Movement]:
    """What entered batches of the period and what came out of them."""
    return _standing(scope, Transaction.Kind.BATCH).filter(scope.through("transaction__batch__intervention"))


def batch_inputs(scope: Scope) -> QuerySet[Movement]:
    """What entered batches of the period."""
    return batch_movements(scope).exclude(OUT_OF_ITS_BATCH)


def batch_outputs(scope: Scope) -> QuerySet[Movement]:
    """What came out of batches of the period."""
    return batch_movements(scope).filter(OUT_OF_ITS_BATCH)
