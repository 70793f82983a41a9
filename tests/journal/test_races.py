"""Two people at the same moment, each with a connection of her own; what commits first holds for the other.

On SQLite there is one writer at a time from the first statement; on PostgreSQL the lot's row is locked, by the
actions and again by the triggers for programs that do not ask.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import IntegrityError, connections
from django.db.transaction import atomic

from bocal.craft.journal import Currency, Leg, LotId
from bocal.journal import actions
from bocal.journal.actions import UnableToDecide, UnableToRecord, UnableToReverse
from bocal.journal.models import Account, Decision, Lot, Movement, Transaction
from bocal.journal.queries import differences, lot_state
from bocal.toolbox.ids import new_id
from tests.journal.attacks import bare_movement, bare_transaction
from tests.journal.factories import (
    House,
    collect,
    decide,
    give,
    record,
    release,
    released_jars,
    reverse,
    some_jars,
)

pytestmark = pytest.mark.django_db(transaction=True)

LONG_ENOUGH = 0.3  # seconds for the other person to come to the locked door

Meanwhile = Callable[[Callable[[], object]], "Future[object]"]


@pytest.fixture
def meanwhile() -> Iterator[Meanwhile]:
    """`meanwhile(act)` lets somebody else act at once; her answer comes when she has it."""
    with ThreadPoolExecutor() as others:

        def elsewhere(act: Callable[[], object]) -> object:
            try:
                return act()
            finally:
                connections.close_all()

        def start(act: Callable[[], object]) -> "Future[object]":
            answer = others.submit(elsewhere, act)
            time.sleep(LONG_ENOUGH)
            return answer

        yield start


def bare_gift(house: House, lot: Lot) -> None:
    """A gift by a program that locks nothing and asks nobody."""
    key = new_id()
    with atomic():
        bare_movement(lot, 1, house.consigne, house.anonymous, transaction_id=key)
        bare_transaction(house, "to_house", id=key)


def test_jars_do_not_slip_out_while_somebody_blocks_them(house: House, meanwhile: Meanwhile) -> None:
    lot = released_jars(house)
    with atomic():
        decide(house, lot, Decision.Kind.BLOCK)
        gift = meanwhile(lambda: give(house, lot, 1, house.consigne, house.anonymous))
        assert not gift.done()
    with pytest.raises(UnableToRecord, match="Pas libéré"):
        gift.result(timeout=20)


def test_not_even_past_the_actions(house: House, meanwhile: Meanwhile) -> None:
    lot = released_jars(house)
    with atomic():
        Decision.objects.create(
            lot=lot, sequence=3, kind="block", decided_at="2026-11-24T10:00Z", recorded_at="2026-11-24T10:00Z",
            by=house.releaser, reason="couvercle bombé",
        )  # fmt: skip
        gift = meanwhile(lambda: bare_gift(house, lot))
        assert not gift.done()
    with pytest.raises(IntegrityError, match="bocal:unreleased_jar"):
        gift.result(timeout=20)


def test_a_block_waits_for_the_jars_that_are_leaving(house: House, meanwhile: Meanwhile) -> None:
    lot = released_jars(house)
    with atomic():
        give(house, lot, 1, house.consigne, house.anonymous)
        block = meanwhile(lambda: decide(house, lot, Decision.Kind.BLOCK))
        assert not block.done()
    block.result(timeout=20)
    assert lot_state(lot) == Decision.Kind.BLOCK
    assert differences() == []


def test_a_recall_wins_over_a_release_written_meanwhile(house: House, meanwhile: Meanwhile) -> None:
    lot = some_jars(house)
    with atomic():
        decide(house, lot, Decision.Kind.RECALL)
        answer = meanwhile(lambda: release(house, lot))
    with pytest.raises(UnableToDecide, match="ne peut pas suivre"):
        answer.result(timeout=20)
    assert lot_state(lot) == Decision.Kind.RECALL


def test_a_double_click_records_once(house: House, meanwhile: Meanwhile) -> None:
    lot, key = collect(house), new_id()

    def click() -> UUID:
        leg = Leg(LotId(lot.pk), 1_000, house.truck.pk, house.shelf.pk)
        return record(house, "transfer", leg, id=key).pk

    with atomic():
        assert click() == key
        second = meanwhile(click)
    assert second.result(timeout=20) == key
    assert Movement.objects.filter(transaction=key).count() == 1


def test_a_mistake_is_corrected_once(house: House, meanwhile: Meanwhile) -> None:
    mistake = give(house, released_jars(house), 2, house.consigne, house.anonymous)
    with atomic():
        reverse(house, mistake)
        second = meanwhile(lambda: reverse(house, mistake))
    with pytest.raises(UnableToReverse, match="déjà corrigée"):
        second.result(timeout=20)
    assert Transaction.objects.filter(reverses=mistake).count() == 1


def test_two_lots_of_one_day_have_two_codes(house: House, meanwhile: Meanwhile) -> None:
    with atomic():
        first = collect(house)
        answer = meanwhile(lambda: collect(house))
    second = answer.result(timeout=20)
    assert isinstance(second, Lot)
    assert first.code != second.code


def test_two_people_who_need_the_same_account_get_the_same(house: House, meanwhile: Meanwhile) -> None:
    with atomic():
        first = actions.sink_account(Account.Sink.EATEN)
        answer = meanwhile(lambda: actions.sink_account(Account.Sink.EATEN))
    assert answer.result(timeout=20) == first


def test_two_sales_into_one_till_add_up(house: House, meanwhile: Meanwhile) -> None:
    lot, till = released_jars(house), actions.till_account()

    def sale() -> Transaction:
        return record(
            house, "sale_euros",
            Leg(LotId(lot.pk), 1, house.consigne.pk, house.anonymous.pk),
            Leg(Currency.EUR, 350, house.anonymous.pk, till.pk),
        )  # fmt: skip

    with atomic():
        sale()
        answer = meanwhile(sale)
    answer.result(timeout=20)
    assert till.balances.get().quantity == 700
    assert differences() == []
