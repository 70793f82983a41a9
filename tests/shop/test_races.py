"""Two persons at the same moment: the last jar is sold once, promised once, handed over once, on either engine."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from bocal.people.queries import system_person
from bocal.shop import queries
from bocal.shop.actions import SaleLine, cancel_sale, redeem_voucher
from bocal.shop.models import Sale, Voucher
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused
from tests.programme.factories import NOW, TODAY
from tests.shop.factories import a_sale, a_voucher, an_exit, free_jars, the_shop
from tests.shop.test_exits import held

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Each act in a connection of its own, begun together: what it gave, or its refusal."""
    ready, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        ready.wait()
        try:
            results[place] = act()
        except Refused as refusal:
            results[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def refused(results: list[Any]) -> int:
    assert all(result is not None for result in results)
    return sum(isinstance(result, Refused) for result in results)


def test_the_last_jars_leave_once() -> None:
    lot = free_jars(5)
    the_shop(), system_person()
    results = at_once(
        lambda: a_sale(SaleLine(lot, 3, 750)),
        lambda: an_exit(lot, 3),
        lambda: a_voucher(lot, 3),
    )
    assert refused(results) == 2
    promised = queries.availability([lot], the_shop())[lot.pk].promised
    assert (held(lot, the_shop()), promised) in {(2, 0), (5, 3)}


def test_one_form_sent_twice_at_once_is_one_sale() -> None:
    lot, id = free_jars(5), new_id()
    first, second = at_once(*[lambda: a_sale(SaleLine(lot, 2, 500), id=id)] * 2)
    assert first == second
    assert queries.takings(TODAY, TODAY) == queries.Takings(sales=1, jars=2, cents=500)


def test_two_tills_never_give_one_number_twice() -> None:
    lots = [free_jars(5) for _till in range(3)]
    at_once(*[lambda lot=lot: a_sale(SaleLine(lot, 1, 250)) for lot in lots])
    assert sorted(Sale.objects.values_list("code", flat=True)) == ["V26-001", "V26-002", "V26-003"]


def test_a_voucher_is_handed_over_once() -> None:
    lot = free_jars(5)
    voucher = a_voucher(lot, 2)

    def hand_over() -> Voucher:
        return redeem_voucher(id=new_id(), voucher=voucher, happened_at=NOW, by=system_person(), at=NOW)

    assert refused(at_once(hand_over, hand_over)) == 0
    assert held(lot, the_shop()) == 3


def test_a_sale_is_cancelled_once() -> None:
    lot = free_jars(5)
    sale = a_sale(SaleLine(lot, 2, 500))

    def cancel() -> Sale:
        return cancel_sale(id=new_id(), sale=sale, reason="erreur", by=system_person(), at=NOW)

    assert refused(at_once(cancel, cancel)) == 1
    assert held(lot, the_shop()) == 5
