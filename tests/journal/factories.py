"""A small cannery to play in: two persons, an owner and a client, four places, and the acts of the trade.

Everything goes through the journal's own actions, so what a test sets up is what the house would have written.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from bocal.craft.journal import Leg, LotId, Portion, batch_inputs, batch_outputs, collection, exit_, transfer
from bocal.journal import actions
from bocal.journal.models import Account, Decision, Lot, Transaction
from bocal.people.models import Organisation, Person
from bocal.territory.models import Place
from bocal.toolbox.ids import new_id
from tests.people.factories import a_person, a_producer, the_cannery
from tests.territory.factories import a_place

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
OPENED_ON = date(2026, 1, 1)
BEFORE_OPENING = datetime(2018, 6, 5, 10, 0, tzinfo=UTC)


@dataclass(frozen=True)
class House:
    """Who and where; made once per test."""

    owner: Organisation
    client: Organisation
    producer: Account
    operator: Person
    releaser: Person
    truck: Account
    consigne: Account
    shelf: Account
    shop: Account
    anonymous: Account


def the_house() -> House:
    producer = a_producer()
    return House(
        owner=the_cannery(),
        client=a_producer("Verger de la Galaure"),
        producer=actions.party_account(organisation=producer),
        operator=a_person("Odile Perrin"),
        releaser=a_person("Raymond Faure"),
        truck=an_account("Camion", Place.Kind.TRUCK),
        consigne=an_account("Consigne", Place.Kind.STORE, quarantine=True),
        shelf=an_account("Étagère des Ors", Place.Kind.SHELF),
        shop=an_account("P'tite Coopé", Place.Kind.SHOP),
        anonymous=actions.party_account(),
    )


def an_account(name: str, kind: str, *, quarantine: bool = False) -> Account:
    return actions.place_account(a_place(name, kind, quarantine=quarantine))


def record(
    house: House, kind: str, *legs: Leg, happened_at: datetime = NOW, id: UUID | None = None
) -> Transaction:
    return actions.record_transaction(
        id=id or new_id(), kind=kind, legs=legs, happened_at=happened_at, by=house.operator, at=NOW
    )


def reverse(house: House, transaction: Transaction, reason: str = "noté par erreur") -> Transaction:
    return actions.reverse_transaction(
        id=new_id(), transaction=transaction, by=house.operator, at=NOW, reason=reason
    )


def collect(
    house: House, grams: int = 60_000, label: str = "courgettes", *, owner: Organisation | None = None
) -> Lot:
    """A weighed lot of produce, in the truck."""
    lot = actions.create_lot(
        id=new_id(), kind=Lot.Kind.RAW, unit=Lot.Unit.GRAM, label=label,
        nature=Lot.Nature.CUSTOM if owner else Lot.Nature.GIFT, owner=owner or house.owner, made_on=TODAY, at=NOW,
    )  # fmt: skip
    weighed = Portion(LotId(lot.pk), grams, house.truck.pk)
    record(house, Transaction.Kind.COLLECTION, *collection(portions=[weighed], producer=house.producer.pk))
    return lot


def a_batch_account(house: House, *, owner: Organisation | None = None) -> Account:
    return actions.open_batch_account(owner=owner or house.owner, name=f"F-{new_id()}")


def a_lot_of(
    batch: Account, kind: str = Lot.Kind.JAR, *, made_on: date = TODAY, capacity_ml: int = 385
) -> Lot:
    """A lot the batch makes, not yet out of it."""
    jar = kind == Lot.Kind.JAR
    return actions.create_lot(
        id=new_id(), kind=kind, unit=Lot.Unit.PIECE if jar else Lot.Unit.GRAM, label="soupe de courgettes",
        nature=Lot.Nature.MADE, owner=batch.owner, batch=batch, capacity_ml=capacity_ml if jar else None,
        made_on=made_on, at=NOW,
    )  # fmt: skip


def cook(
    house: House,
    *inputs: tuple[Lot, int],
    jars: int = 20,
    source: Account | None = None,
    kept_at: Account | None = None,
) -> Lot:
    """A batch of these lots into one lot of started jars, kept in quarantine."""
    batch = a_batch_account(house)
    lot = a_lot_of(batch)
    start(house, lot)
    source = source or house.truck
    taken = [Portion(LotId(lot.pk), quantity, source.pk) for lot, quantity in inputs]
    made = [Portion(LotId(lot.pk), jars, (kept_at or house.consigne).pk)]
    record(
        house, Transaction.Kind.BATCH,
        *batch_inputs(batch=batch.pk, portions=taken), *batch_outputs(batch=batch.pk, portions=made),
    )  # fmt: skip
    return lot


def some_jars(house: House, jars: int = 20) -> Lot:
    """Started jars in the quarantine place, from sixty kilos of courgettes."""
    return cook(house, (collect(house), 30_000), jars=jars)


def released_jars(house: House, jars: int = 20) -> Lot:
    """The same, released; they are still in the quarantine place."""
    lot = some_jars(house, jars)
    release(house, lot)
    return lot


def prior_jars(house: House, jars: int = 20) -> Lot:
    """Jars of before the journal, on the shelf."""
    batch = a_batch_account(house)
    lot = a_lot_of(batch, made_on=BEFORE_OPENING.date())
    actions.mark_prior(id=new_id(), lot=lot, by=house.operator, decided_at=BEFORE_OPENING, at=NOW)
    made = [Portion(LotId(lot.pk), jars, house.shelf.pk)]
    record(
        house, Transaction.Kind.BATCH, *batch_outputs(batch=batch.pk, portions=made), happened_at=BEFORE_OPENING
    )  # fmt: skip
    return lot


def start(house: House, lot: Lot) -> Decision:
    return actions.start_lot(id=new_id(), lot=lot, by=house.operator, decided_at=NOW, at=NOW)


def decide(
    house: House, lot: Lot, kind: str, *, by: Person | None = None, decided_at: datetime = NOW
) -> Decision:
    return actions.decide(
        id=new_id(), lot=lot, kind=kind, by=by or house.releaser, decided_at=decided_at, at=NOW, reason="vu en réunion"
    )  # fmt: skip


def release(house: House, lot: Lot) -> Decision:
    return decide(house, lot, Decision.Kind.RELEASE)


def move(house: House, lot: Lot, quantity: int, source: Account, target: Account) -> Transaction:
    return record(
        house, Transaction.Kind.TRANSFER,
        *transfer(lot=LotId(lot.pk), quantity=quantity, source=source.pk, target=target.pk),
    )  # fmt: skip


def give(
    house: House, lot: Lot, quantity: int, source: Account, target: Account, kind: str = "to_house"
) -> Transaction:
    return record(
        house, kind, *exit_(lot=LotId(lot.pk), quantity=quantity, source=source.pk, target=target.pk)
    )
