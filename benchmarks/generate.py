"""A cannery that works for many years in a minute: rows written in bulk, at a density that stays the same.

One year is about 185 batches and 5 700 movements, some twelve times the season of 2017-2018: per batch two
collections, three lots put in (every fifth batch also pulp of an earlier one), two lots of jars, peelings, a
tasting, soup every fourth time; a start, a release, the way to the shelf; then gifts, sales in euros and in time, a
sample, now and then a breakage; one operation in fifty is corrected. The shelf always holds 200 live lots. So
10 000 movements are two years and a million are 175: the years grow, the density stays.

The triggers are lifted while the rows go in, balances are rebuilt and the triggers put back. What else belongs to
a batch (its kitchen row, its intervention, the hours) is added by whoever needs it: see `each_batch`.
"""

import random
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.transaction import atomic

from bocal.craft.journal import (
    Currency,
    Leg,
    LotId,
    Portion,
    batch_inputs,
    batch_outputs,
    collection,
    crossed,
    exit_,
    sale_in_euros,
    sale_in_minutes,
    transfer,
)
from bocal.journal import actions, triggers
from bocal.journal.models import Account, Decision, Lot, Movement, Transaction
from bocal.people.actions import record_organisation, record_person
from bocal.people.models import Organisation, Person
from bocal.territory.actions import record_place
from bocal.territory.models import Place
from bocal.toolbox.ids import new_id

FIRST_DAY = datetime(2000, 1, 3, 7, 0, tzinfo=UTC)
BETWEEN_BATCHES = timedelta(days=365.25) / 185
LIVE_LOTS = 200
EXITS_PER_BATCH = 11
PRODUCERS, HOUSES, BUYERS = 30, 4, 40
PRODUCE = ["courgettes", "tomates", "carottes", "poires", "pommes", "courges", "abricots", "oignons"]
ROWS_AT_ONCE = 20_000


@dataclass
class Cooked:
    """What one batch is made of, for those who hang more rows on it."""

    account_id: UUID
    transaction_id: UUID
    code: str
    made_at: datetime
    operator: Person


@dataclass
class Rows:
    """Rows waiting to be written, table by table, in the order in which the tables depend on each other."""

    waiting: dict[type[models.Model], list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, model: type[models.Model], **values: Any) -> None:
        self.waiting.setdefault(model, []).append(values)

    def write(self) -> None:
        database = connections[DEFAULT_DB_ALIAS]  # not the proxy: it would be asked millions of times
        for model, rows in self.waiting.items():
            fields = [model._meta.get_field(name) for name in rows[0]]
            columns = ", ".join(database.ops.quote_name(each.column) for each in fields)
            places = ", ".join(["%s"] * len(fields))
            prepared = [
                [
                    each.get_db_prep_save(value, database)
                    for each, value in zip(fields, row.values(), strict=True)
                ]
                for row in rows
            ]
            with database.cursor() as cursor:
                cursor.executemany(
                    f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})",  # noqa: S608
                    prepared,
                )
        self.waiting.clear()


class Cannery:
    """Works from the day it opened; `work_until` takes up where the last call ended."""

    def __init__(
        self, seed: int = 1, each_batch: Callable[[Rows, Cooked], None] = lambda rows, cooked: None
    ) -> None:
        self.dice = random.Random(seed)
        self.each_batch = each_batch
        self.rows = Rows()
        self.now = FIRST_DAY
        self.batches = self.movements = 0
        self.remains: deque[tuple[LotId, int]] = deque()  # produce kept in the truck
        self.pulp: LotId | None = None
        self.live: deque[list[Any]] = deque()  # [lot, jars left on the shelf]
        self.jar_lots: list[UUID] = []
        self.raw_lots: list[UUID] = []
        self._settle_in()

    def work_until(self, movements: int) -> None:
        """Cook, share and sell until the journal has that many movements."""
        with in_bulk():
            while self.movements < movements:
                self._one_batch()
                if len(self.rows.waiting.get(Movement, ())) > ROWS_AT_ONCE:
                    self._write()
            self._write()
            actions.rebuild_balances()

    def _write(self) -> None:
        with atomic():
            self.rows.write()

    # --- the house ---

    def _settle_in(self) -> None:
        with atomic():
            actions.open_journal(opened_on=FIRST_DAY.date(), at=FIRST_DAY)
            kinds = Organisation.Kind
            self.owner = self._organisation(kinds.LEGAL_ENTITY, "Coopération")
            self.operator, self.releaser = self._person("Odile"), self._person("Raymond")
            self.producers = [self._party(kinds.PRODUCER, f"Ferme {n}") for n in range(PRODUCERS)]
            self.houses = [self._party(kinds.HOUSE, f"Maison {n}") for n in range(HOUSES)]
            self.buyers = [
                actions.party_account(person=self._person(f"Client {n}")).pk for n in range(BUYERS)
            ]
            self.truck = self._place("Camion", Place.Kind.TRUCK)
            self.consigne = self._place("Consigne", Place.Kind.STORE, quarantine=True)
            self.shelf = self._place("Étagère", Place.Kind.SHELF)
            self.till, self.time = actions.till_account().pk, actions.time_account().pk
            self.sinks = {sink: actions.sink_account(sink).pk for sink in Account.Sink.values}

    def _organisation(self, kind: str, name: str) -> Organisation:
        return record_organisation(id=new_id(), kind=kind, name=name, by=None, at=FIRST_DAY)

    def _party(self, kind: str, name: str) -> UUID:
        return actions.party_account(organisation=self._organisation(kind, name)).pk

    def _person(self, name: str) -> Person:
        return record_person(id=new_id(), name=name, status=Person.Status.VOLUNTEER, by=None, at=FIRST_DAY)

    def _place(self, name: str, kind: str, *, quarantine: bool = False) -> UUID:
        place = record_place(
            id=new_id(), name=name, kind=kind, quarantine=quarantine, by=self.operator, at=FIRST_DAY
        )
        return actions.place_account(place).pk

    # --- one batch and what follows from it ---

    def _one_batch(self) -> None:
        self.now += BETWEEN_BATCHES
        for _time in range(2):
            self._collect()
        jars = self._cook()
        for lot, count in jars:
            self._decide(lot, 2, Decision.Kind.RELEASE, self.releaser)
            self._record(
                "sample", exit_(lot=lot, quantity=1, source=self.consigne, target=self.sinks["samples"])
            )
            self._record(
                "transfer", transfer(lot=lot, quantity=count - 1, source=self.consigne, target=self.shelf)
            )
            self.live.append([lot, count - 1])
            self.jar_lots.append(lot)
        for _time in range(EXITS_PER_BATCH):
            self._let_go(self.dice.choice(self.live), self.dice.randint(1, 3))
        while len(self.live) > LIVE_LOTS:
            oldest = self.live.popleft()
            if oldest[1]:
                self._give(oldest[0], oldest[1], "to_association", self.dice.choice(self.houses))

    def _collect(self) -> None:
        lot, grams = LotId(new_id()), self.dice.randint(8, 60) * 1_000
        nature = self.dice.choice([Lot.Nature.GIFT, Lot.Nature.GIFT, Lot.Nature.GLEAN, Lot.Nature.PURCHASE])
        self._lot(lot, Lot.Kind.RAW, Lot.Unit.GRAM, nature=nature)
        weighed = [Portion(lot, grams, self.truck)]
        self._record("collection", collection(portions=weighed, producer=self.dice.choice(self.producers)))
        self.remains.append((lot, grams))
        self.raw_lots.append(lot)

    def _cook(self) -> list[tuple[LotId, int]]:
        self.batches += 1
        batch, code = new_id(), f"F{self.batches:06}"
        self.rows.add(
            Account, id=batch, kind="batch", name=code, place=None, quarantine=False, organisation=None,
            person=None, sink="", owner=self.owner.pk,
        )  # fmt: skip
        taken = []
        for _time in range(min(3, len(self.remains))):
            lot, grams = self.remains.popleft()
            used = grams if self.dice.random() < 0.7 else grams // 2
            taken.append(Portion(lot, used, self.truck))
            if used < grams:
                self.remains.append((lot, grams - used))
        if self.pulp and self.batches % 5 == 2:
            taken.append(Portion(self.pulp, 3_000, self.truck))
        jars = [(self._jar_lot(batch, capacity), self.dice.randint(15, 30)) for capacity in (385, 720)]
        made = [Portion(lot, count, self.consigne) for lot, count in jars]
        made.append(Portion(self._output(batch, Lot.Kind.WASTE), 4_000, self.sinks["waste"]))
        made.append(Portion(self._output(batch, Lot.Kind.EATEN), 800, self.sinks["eaten"]))
        if self.batches % 4 == 0:
            made.append(
                Portion(self._output(batch, Lot.Kind.BULK, Lot.Unit.MILLILITRE), 9_000, self.sinks["eaten"])
            )
        if self.batches % 5 == 0:
            self.pulp = self._output(batch, Lot.Kind.SEMI_FINISHED)
            made.append(Portion(self.pulp, 3_000, self.truck))
        legs = (*batch_inputs(batch=batch, portions=taken), *batch_outputs(batch=batch, portions=made))
        key = self._record("batch", legs)
        self.each_batch(self.rows, Cooked(batch, key, code, self.now, self.operator))
        return jars

    def _let_go(self, lot: list[Any], jars: int) -> None:
        key, left = lot
        if left <= jars:  # the last jars stay until the lot is cleared: it is one of the live ones
            return
        lot[1] -= jars
        what = self.dice.random()
        sold = {"lot": key, "jars": jars, "place": self.shelf, "buyer": self.dice.choice(self.buyers)}
        if what < 0.05:
            self._record(
                "breakage", exit_(lot=key, quantity=jars, source=self.shelf, target=self.sinks["breakage"])
            )
        elif what < 0.30:
            self._record("sale_euros", sale_in_euros(**sold, cents=350 * jars, till=self.till))
        elif what < 0.45:
            self._record(
                "sale_minutes",
                sale_in_minutes(**sold, minutes=15 * jars, payer=sold["buyer"], payee=self.time),
            )
        elif what < 0.75:
            self._give(key, jars, "to_house", self.dice.choice(self.houses))
        else:
            self._give(key, jars, "to_producer", self.dice.choice(self.producers))

    def _give(self, lot: LotId, jars: int, kind: str, target: UUID) -> None:
        self._record(kind, exit_(lot=lot, quantity=jars, source=self.shelf, target=target), may_be_wrong=True)

    # --- rows ---

    def _record(self, kind: str, legs: tuple[Leg, ...], *, may_be_wrong: bool = False) -> UUID:
        key = self._transaction(kind, legs)
        if may_be_wrong and self.dice.random() < 0.05:
            self._transaction(kind, crossed(legs), reverses=key)
            self._transaction(kind, legs)
        return key

    def _transaction(self, kind: str, legs: tuple[Leg, ...], reverses: UUID | None = None) -> UUID:
        key = new_id()
        self.rows.add(
            Transaction, id=key, kind=kind, happened_at=self.now, recorded_at=self.now, by=self.operator.pk,
            note="repris" if reverses else "", reverses=reverses,
        )  # fmt: skip
        for leg in legs:
            money = isinstance(leg.resource, Currency)
            self.rows.add(
                Movement, id=new_id(), transaction=key, lot=None if money else leg.resource,
                currency=leg.resource if money else "", quantity=leg.quantity, source=leg.source, target=leg.target,
            )  # fmt: skip
        self.movements += len(legs)
        return key

    def _jar_lot(self, batch: UUID, capacity_ml: int) -> LotId:
        lot = self._output(batch, Lot.Kind.JAR, Lot.Unit.PIECE, capacity_ml=capacity_ml)
        self._decide(lot, 1, Decision.Kind.START, self.operator)
        return lot

    def _output(self, batch: UUID, kind: str, unit: str = Lot.Unit.GRAM, **fields: Any) -> LotId:
        lot = LotId(new_id())
        self._lot(lot, kind, unit, nature=Lot.Nature.MADE, batch=batch, **fields)
        return lot

    def _lot(
        self,
        key: LotId,
        kind: str,
        unit: str,
        *,
        nature: str,
        batch: UUID | None = None,
        capacity_ml: int | None = None,
    ) -> None:
        self.rows.add(
            Lot, id=key, code=f"L{key.hex[-20:]}", kind=kind, unit=unit, label=self.dice.choice(PRODUCE), nature=nature,
            owner=self.owner.pk, batch=batch, capacity_ml=capacity_ml, thermal_load=1, made_on=self._today(),
            recorded_at=self.now,
        )  # fmt: skip

    def _decide(self, lot: LotId, sequence: int, kind: str, by: Person) -> None:
        self.rows.add(
            Decision, id=new_id(), lot=lot, sequence=sequence, kind=kind, decided_at=self.now, recorded_at=self.now,
            by=by.pk, reason="engendré",
        )  # fmt: skip

    def _today(self) -> date:
        return self.now.date()


@contextmanager
def in_bulk() -> Iterator[None]:
    """Without triggers, and on SQLite with room for the indexes; as it was afterwards, whatever happens."""
    database = connections[DEFAULT_DB_ALIAS]
    with triggers.lifted(database):
        if database.vendor == "sqlite":
            database.cursor().execute("PRAGMA cache_size = -1000000")
        yield
    database.close()  # its successor has the settings of the house again
