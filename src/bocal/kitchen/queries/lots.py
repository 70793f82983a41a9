"""Lots as the kitchen looks at them: what waits for a release, what is blocked, where one comes from and went.

States, traces and stocks are the journal's; here they meet the batch, the recipe and the intervention.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from bocal.journal.models import Account, Balance, Decision, Lot
from bocal.journal.queries import jar_lots_kept, with_state
from bocal.people import roles
from bocal.people.models import Organisation, Person, Training
from bocal.people.queries import everybody, holders_of, trained_to
from bocal.programme.models import Intervention
from bocal.surplus.models import CollectionLine
from bocal.territory.models import Place

TO_RELEASE = Decision.Kind.START
STOPPED = (Decision.Kind.BLOCK, Decision.Kind.WITHDRAW, Decision.Kind.RECALL)
FULL_PLACES = (Place.Kind.TRUCK, Place.Kind.STORE, Place.Kind.SHELF, Place.Kind.SHOP)


class LotsToDecide(NamedTuple):
    """Jar lots with jars somewhere that are not free, the oldest first, each with its `state` and its `jars`."""

    to_release: list[Lot]
    stopped: list[Lot]


def lots_to_decide(*, with_batch: bool = False) -> LotsToDecide:
    """What waits for a release, and what somebody stopped; if asked, with all that says where a batch was made."""
    lots: QuerySet[Any] = _with_jars(jar_lots_kept(TO_RELEASE, *STOPPED))
    found = list(lots.select_related(*_BATCH) if with_batch else lots)
    return LotsToDecide(
        [lot for lot in found if lot.state == TO_RELEASE], [lot for lot in found if lot.state != TO_RELEASE]
    )


def lot_with_batch(lot_id: UUID) -> Lot | None:
    """One lot with all its page says of it first."""
    lots = with_state(Lot.objects.filter(pk=lot_id))
    return lots.select_related("owner", *_BATCH, "collection_line__collection__producer__commune").first()


def jar_lots_of(account: Account) -> QuerySet[Lot]:
    """The jar lots of one batch, each with its `state` and the `jars` that are somewhere."""
    return with_state(_with_jars(account.outputs.filter(kind=Lot.Kind.JAR))).order_by(
        "capacity_ml", "thermal_load"
    )


def decisions_on(lot: Lot) -> QuerySet[Decision]:
    """What was decided on a lot, the first decision first."""
    return lot.decisions.select_related("by").order_by("sequence")


def produce_at_hand() -> QuerySet[Lot]:
    """Lots that can go into a batch, the oldest first, each with the grams that `remain` at the places."""
    weighed = Lot.objects.filter(unit=Lot.Unit.GRAM).exclude(kind__in=[Lot.Kind.WASTE, Lot.Kind.EATEN])
    return (
        weighed.annotate(remain=_kept())
        .filter(remain__gt=0)
        .select_related("owner")
        .order_by("made_on", "code")
    )


def lots_collected_for(intervention: Intervention) -> set[UUID]:
    """The lots that were collected for an intervention: offered first when a batch is made there."""
    lines = CollectionLine.objects.filter(collection__intervention=intervention)
    return set(lines.values_list("lot_id", flat=True))


def producers_of(lots: Iterable[Lot]) -> dict[UUID, Organisation]:
    """Who each collected lot came from."""
    lines = CollectionLine.objects.filter(lot__in=list(lots)).select_related("collection__producer__commune")
    return {line.lot_id: line.collection.producer for line in lines}


def default_quarantine() -> Place | None:
    """Where jars wait when nobody says where: the first quarantine place by name."""
    return quarantine_places().first()


def quarantine_places() -> QuerySet[Place]:
    """The places where jars that are not released may wait."""
    return Place.objects.filter(quarantine=True, active=True).order_by("name", "id")


def storing_places() -> QuerySet[Place]:
    """The places that hold things: truck, stores, shelves, shop."""
    return Place.objects.filter(kind__in=FULL_PLACES, active=True).order_by("name", "id")


def operators(on: date) -> QuerySet[Person]:
    """Who may conduct a batch: who holds the role that day, or is trained to the autoclave."""
    trained = trained_to(Training.Subject.AUTOCLAVE, on=on)
    holding = holders_of(roles.OPERATOR, roles.COORDINATION, on=on)
    return everybody().filter(Q(pk__in=trained.values("pk")) | Q(pk__in=holding.values("pk")))


def releasers(on: date, *, but: Person) -> QuerySet[Person]:
    """Who else could release a lot that day."""
    return holders_of(*roles.RELEASERS, on=on).exclude(pk=but.pk)


def may_release(lot: Lot, person: Person) -> bool:
    """Is this person another one than whoever began the lot? The journal says it again when she tries."""
    return not lot.decisions.filter(kind=Decision.Kind.START, by=person).exists()


_BATCH = (
    "batch__made_in__recipe_version__recipe",
    "batch__made_in__intervention__commune",
    "batch__made_in__operator",
)


def _with_jars(lots: QuerySet[Lot]) -> QuerySet[Lot]:
    return lots.annotate(jars=_kept())


def _kept() -> Subquery:
    """What all places together hold of the lot."""
    held = Balance.objects.filter(lot=OuterRef("pk"), account__kind=Account.Kind.PLACE).order_by()
    return Subquery(held.values("lot").annotate(total=Sum("quantity")).values("total"))
