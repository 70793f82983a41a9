"""Any story at all: whatever is done, in whatever order, what must hold holds.

A story is a list of acts; each takes its lots and places by number, so that shrinking leaves the shortest
story that breaks something. Beside the database a model keeps, in plain Python, the legs that hold and the
decisions taken; at the end the two are compared.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import TypeVar
from uuid import UUID

import pytest
from django.db import transaction as database
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bocal.craft.journal import (
    SAFE_SINKS,
    Currency,
    Leg,
    LotId,
    Portion,
    Resource,
    batch_inputs,
    batch_outputs,
    exit_,
    holdings,
    is_free,
    may_follow,
    sale_in_euros,
    sale_in_minutes,
    transfer,
)
from bocal.journal import actions, queries
from bocal.journal.actions.transactions import legs_of
from bocal.journal.models import Account, Balance, Lot, Movement, Transaction
from bocal.journal.queries.verification import faults
from bocal.toolbox.refusals import Refused
from tests.journal.factories import House, a_batch_account, a_lot_of, collect, decide, record, reverse, start

Steps = list[tuple[str, tuple[int, int, int, int]]]
One = TypeVar("One")

EXITS = ("to_house", "to_producer", "to_association", "on_the_spot")
SINK_OF = {"sample": "samples", "breakage": "breakage", "destruction": "destruction", "on_the_spot": "eaten"}
DECISIONS = ["release", "release", "release", "block", "withdraw", "recall", "destroy", "start"]


@dataclass
class Story:
    """What was done so far, as the model remembers it."""

    house: House
    lots: list[Lot] = field(default_factory=list)
    holding: dict[UUID, tuple[Transaction, tuple[Leg, ...]]] = field(default_factory=dict)
    decisions: dict[UUID, list[str]] = field(default_factory=dict)

    # --- acts: the four numbers choose what they are about ---

    def collect(self, grams: int, *_numbers: int) -> None:
        lot = collect(self.house, grams)
        self.lots.append(lot)
        self._holds(Transaction.objects.get(movements__lot=lot))

    def cook(self, first: int, count: int, grams: int, jars: int) -> None:
        inputs = list(islice(cycle(self.lots), first, first + 1 + count % 3)) if self.lots else []
        inputs = list(dict.fromkeys(inputs))
        batch = a_batch_account(self.house)
        made, waste = a_lot_of(batch), a_lot_of(batch, Lot.Kind.WASTE)
        start(self.house, made)
        self.lots.append(made)
        self.decisions[made.pk] = ["start"]
        taken = [Portion(LotId(lot.pk), grams, self._place(first + n).pk) for n, lot in enumerate(inputs)]
        out = [
            Portion(LotId(made.pk), jars, self.house.consigne.pk),
            Portion(LotId(waste.pk), grams, actions.sink_account("waste").pk),
        ]
        self._record(
            "batch",
            *batch_inputs(batch=batch.pk, portions=taken),
            *batch_outputs(batch=batch.pk, portions=out),
        )

    def decide(self, lot: int, kind: int, by: int, _number: int) -> None:
        if not (jars := self._jars()):
            return
        one, what = self._pick(jars, lot), self._pick(DECISIONS, kind)
        taken = self.decisions[one.pk]
        alone = by % 4 == 0
        allowed = may_follow(taken[-1], what) and not (what == "release" and alone)
        with self._refused_unless(allowed):
            decide(self.house, one, what, by=self.house.operator if alone else self.house.releaser)
            taken.append(what)

    def move(self, lot: int, quantity: int, source: int, target: int) -> None:
        if self.lots and source % 4 != target % 4:
            leg = transfer(
                lot=self._lot(lot),
                quantity=quantity,
                source=self._place(source).pk,
                target=self._place(target).pk,
            )
            self._record("transfer", *leg)

    def give(self, lot: int, quantity: int, source: int, kind: int) -> None:
        if self.lots:
            target = self._pick([self.house.anonymous, self.house.producer], source)
            self._record(
                self._pick(EXITS, kind),
                *exit_(
                    lot=self._lot(lot), quantity=quantity, source=self._place(source).pk, target=target.pk
                ),
            )

    def lose(self, lot: int, quantity: int, source: int, kind: int) -> None:
        if self.lots:
            what = self._pick(list(SINK_OF), kind)
            sink = actions.sink_account(SINK_OF[what])
            self._record(
                what,
                *exit_(lot=self._lot(lot), quantity=quantity, source=self._place(source).pk, target=sink.pk),
            )

    def sell(self, lot: int, jars: int, source: int, price: int) -> None:
        if not self.lots:
            return
        sold = {
            "lot": self._lot(lot),
            "jars": jars,
            "place": self._place(source).pk,
            "buyer": self.house.anonymous.pk,
        }
        if price % 2:
            self._record("sale_euros", *sale_in_euros(**sold, cents=price, till=actions.till_account().pk))
        else:
            payee = actions.time_account().pk
            self._record(
                "sale_minutes",
                *sale_in_minutes(**sold, minutes=price + 1, payer=self.house.anonymous.pk, payee=payee),
            )

    def count(self, lot: int, quantity: int, place: int, way: int) -> None:
        if self.lots:
            ends = [self._place(place).pk, actions.sink_account("stocktake").pk]
            source, target = ends if way % 2 else reversed(ends)
            self._record("stocktake", Leg(self._lot(lot), quantity, source, target))

    def correct(self, which: int, *_numbers: int) -> None:
        if not self.holding:
            return
        key = self._pick(list(self.holding), which)
        done, legs = self.holding[key]
        with self._refused_unless(all(self._allowed(leg.crossed()) for leg in legs)):
            reverse(self.house, done)
            del self.holding[key]

    def slip(self, lot: int, quantity: int, source: int, target: int) -> None:
        """Record and correct at once: everything is as before."""
        before, known = balances(), set(self.holding)
        self.move(lot, quantity, source, target)
        for key in set(self.holding) - known:
            done, legs = self.holding[key]
            if all(self._allowed(leg.crossed()) for leg in legs):
                reverse(self.house, done)
                del self.holding[key]
                assert balances() == before

    # --- what the model knows ---

    def live_legs(self) -> list[Leg]:
        return [leg for _done, legs in self.holding.values() for leg in legs]

    def ancestors(self, lot: Lot) -> set[UUID]:
        """By walking the batches that hold, in Python."""
        entered: dict[UUID, set[UUID]] = {}
        batches = {one.batch_id for one in Lot.objects.filter(batch__isnull=False)}
        for leg in self.live_legs():
            if leg.target in batches:
                entered.setdefault(leg.target, set()).add(leg.resource)  # type: ignore[arg-type]
        made_in = dict(Lot.objects.values_list("pk", "batch"))
        found, to_walk = {lot.pk}, [lot.pk]
        while to_walk:
            for parent in entered.get(made_in[to_walk.pop()], set()) - found:
                found.add(parent)
                to_walk.append(parent)
        return found

    def _record(self, kind: str, *legs: Leg) -> None:
        with self._refused_unless(all(self._allowed(leg) for leg in legs)):
            self._holds(record(self.house, kind, *legs))

    def _holds(self, done: Transaction) -> None:
        self.holding[done.pk] = (done, legs_of(done))

    def _allowed(self, leg: Leg) -> bool:
        """Positive release, said once more in other words."""
        taken = self.decisions.get(leg.resource) if not isinstance(leg.resource, Currency) else None
        target = Account.objects.get(pk=leg.target)
        safe = target.kind == "batch" or target.quarantine or target.sink in SAFE_SINKS
        return taken is None or is_free(taken[-1]) or safe

    def _refused_unless(self, allowed: bool) -> "database.Atomic | pytest.RaisesExc[Refused]":
        return database.atomic() if allowed else pytest.raises(Refused)

    def _jars(self) -> list[Lot]:
        return [lot for lot in self.lots if lot.pk in self.decisions]

    def _lot(self, number: int) -> LotId:
        return LotId(self._pick(self.lots, number).pk)

    def _place(self, number: int) -> Account:
        return self._pick([self.house.truck, self.house.consigne, self.house.shelf, self.house.shop], number)

    @staticmethod
    def _pick(things: Sequence[One], number: int) -> One:
        return things[number % len(things)]


ACTS = [
    "collect", "cook", "cook", "decide", "decide", "decide", "move", "give", "lose", "sell", "count", "correct",
    "slip",
]  # fmt: skip
NUMBERS = st.tuples(*[st.integers(1, 40)] * 4)
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), NUMBERS), min_size=8, max_size=20)
BEGINNING: Steps = [("collect", (30, 1, 1, 1)), ("cook", (1, 1, 10, 20)), ("decide", (1, 0, 1, 1))]
PER_STORY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def balances() -> dict[tuple[UUID, Resource], int]:
    return {
        (account, LotId(lot) if lot else Currency(currency)): quantity
        for account, lot, currency, quantity in Balance.objects.values_list(
            "account", "lot", "currency", "quantity"
        )
    }


def tell(house: House, steps: Steps, check: Callable[[Story], None]) -> None:
    """Live the story, check, and forget it."""
    with database.atomic():
        story = Story(house)
        for act, numbers in [*BEGINNING, *steps]:
            getattr(story, act)(*numbers)
        check(story)
        database.set_rollback(True)


def everything_holds(story: Story) -> None:
    assert balances() == dict(holdings(story.live_legs()))
    assert list(faults()) == []
    sums: Counter[Resource] = Counter()
    for (_account, resource), quantity in balances().items():
        sums[resource] += quantity
    assert not any(sums.values())
    every_jar_is_in_exactly_one_place(story)
    every_lot_traces_to_all_it_came_from(story)


def every_jar_is_in_exactly_one_place(story: Story) -> None:
    for lot in story._jars():
        out = (
            Movement.objects.filter(lot=lot, source=lot.batch_id).aggregate(jars=Sum("quantity"))["jars"] or 0
        )
        back = (
            Movement.objects.filter(lot=lot, target=lot.batch_id).aggregate(jars=Sum("quantity"))["jars"] or 0
        )
        elsewhere = lot.balances.exclude(account=lot.batch_id).aggregate(jars=Sum("quantity"))["jars"] or 0
        assert elsewhere == out - back


def every_lot_traces_to_all_it_came_from(story: Story) -> None:
    back = {lot.pk: {one.pk for one in queries.trace_back(lot).lots} for lot in story.lots}
    for lot in story.lots:
        assert back[lot.pk] == story.ancestors(lot)
        forward = {one.pk for one in queries.trace_forward(lot).lots}
        assert forward & back.keys() == {other for other in back if lot.pk in back[other]}


@given(STEPS)
@settings(max_examples=12, deadline=None, suppress_health_check=PER_STORY)
def test_whatever_is_done_what_must_hold_holds(house: House, steps: Steps) -> None:
    tell(house, steps, everything_holds)


@pytest.mark.campaign
@given(st.lists(st.tuples(st.sampled_from(ACTS), NUMBERS), min_size=8, max_size=60))
@settings(max_examples=1_000, deadline=None, suppress_health_check=PER_STORY)
def test_a_thousand_long_stories(house: House, steps: Steps) -> None:
    tell(house, steps, everything_holds)
