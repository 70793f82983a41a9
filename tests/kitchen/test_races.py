"""Two fingers, two phones, one instant: what is sent twice is recorded once, and numbers never collide."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from bocal.journal.actions import place_account
from bocal.journal.queries import balance_of
from bocal.kitchen.actions import UnableToRecordBatch
from bocal.kitchen.models import Batch
from bocal.surplus.models import Collection, Offer
from bocal.toolbox.ids import new_id
from tests.kitchen.factories import a_batch, some_produce, the_consigne
from tests.recipes.factories import a_version
from tests.surplus.factories import a_collection, a_place, a_producer, an_offer, the_cannery

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4


def together(act: Callable[[int], Any]) -> list[Any]:
    """What each thread got from doing it at the same time; what one of them raises is raised here."""

    def alone(number: int) -> Any:
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(alone, range(AT_ONCE)))


def test_an_offer_sent_twice_in_the_same_instant_is_one_offer():
    producer, key = a_producer(), new_id()
    assert len({offer.pk for offer in together(lambda _n: an_offer(id=key, producer=producer))}) == 1
    assert Offer.objects.count() == 1


def test_a_batch_sent_twice_in_the_same_instant_is_one_batch():
    produce, key = some_produce(40_000), new_id()
    version, consigne = a_version(), the_consigne()
    facts = {"inputs": [(produce, 30_000)], "recipe_version": version, "kept_at": consigne}
    a_batch(inputs=[(produce, 100)], recipe_version=version, kept_at=consigne)
    assert len({batch.pk for batch in together(lambda _n: a_batch(id=key, **facts))}) == 1
    assert Batch.objects.count() == 2


def test_two_batches_at_once_do_not_take_the_same_kilos():
    produce = some_produce(40_000)
    facts = {"inputs": [(produce, 25_000)], "recipe_version": a_version(), "kept_at": the_consigne()}
    a_batch(inputs=[(produce, 100)], recipe_version=facts["recipe_version"], kept_at=the_consigne())

    def cook(_number):
        try:
            return a_batch(**facts)
        except UnableToRecordBatch:
            return None

    assert len([batch for batch in together(cook) if batch]) == 1
    assert sum(balance_of(place_account(a_place())).values()) == 14_900


def test_two_collections_at_once_have_two_numbers():
    the_cannery()
    producer, place = a_producer(), a_place()
    made = together(lambda _n: a_collection(producer=producer, place=place))
    assert len({collection.code for collection in made}) == AT_ONCE
    assert Collection.objects.count() == AT_ONCE
