"""A collection is weighed once, corrected by a reversal, and never below what has already left."""

from datetime import timedelta

import pytest

from bocal.journal.actions import party_account
from bocal.journal.models import Lot, Transaction
from bocal.journal.queries import balance_of, differences, stock_of
from bocal.kitchen.actions import move_lot
from bocal.people.models import Organisation
from bocal.people.queries import NoCannery, system_person
from bocal.programme.models import Intervention
from bocal.surplus.actions import (
    CollectedLine,
    UnableToCorrectCollection,
    UnableToRecordCollection,
    cancel_collection_line,
    correct_collection_line,
    record_collection,
    relink_collection,
)
from bocal.surplus.models import Collection
from bocal.surplus.queries import collections, known_products
from bocal.territory.models import Place
from bocal.toolbox.acts import history_of
from bocal.toolbox.ids import new_id
from tests.programme.factories import NOW, an_intervention
from tests.surplus.factories import (
    COLLECTED_AT,
    a_collection,
    a_line,
    a_place,
    a_producer,
    an_organisation,
    the_cannery,
)

pytestmark = pytest.mark.django_db


def held(place):
    return {row.lot.label: row.quantity for row in stock_of(place)}


def corrected(line, grams, reason="mauvaise balance", id=None):
    return correct_collection_line(
        id=id or new_id(), line=line, grams=grams, reason=reason, by=system_person(), at=NOW
    )


def cancelled(line, reason="pesée deux fois"):
    return cancel_collection_line(id=new_id(), line=line, reason=reason, by=system_person(), at=NOW)


def test_each_weighing_is_a_lot_that_left_the_producer_for_the_place():
    collection = a_collection(
        CollectedLine(product=" courgette ", grams=40_000),
        CollectedLine(product="poivron", grams=8_500, nature=Lot.Nature.PURCHASE, motive="damaged"),
    )
    assert held(a_place()) == {"courgette": 40_000, "poivron": 8_500}
    assert sum(balance_of(party_account(organisation=a_producer())).values()) == -48_500
    gift, purchase = [line.lot for line in collection.lines.order_by("id")]
    assert (gift.nature, purchase.nature) == (Lot.Nature.GIFT, Lot.Nature.PURCHASE)
    assert gift.owner == purchase.owner == the_cannery()
    assert (gift.code, purchase.code) == ("L26-329-01", "L26-329-02")
    assert (collection.code, collections().get().grams) == ("C26-001", 48_500)


def test_a_collection_sent_twice_is_recorded_once():
    key = new_id()
    assert a_collection(id=key) == a_collection(id=key)
    assert Transaction.objects.count() == 1


def test_codes_go_on_and_imported_ones_stay():
    assert a_collection(code="R001").code == "R001"
    assert [a_collection().code, a_collection().code] == ["C26-001", "C26-002"]
    with pytest.raises(UnableToRecordCollection, match="R001"):
        a_collection(code="R001")


def test_produce_of_a_client_stays_hers():
    assert a_line(nature=Lot.Nature.CUSTOM).lot.owner == a_producer()
    client = an_organisation(Organisation.Kind.PARTNER, "Épicerie sociale")
    processing = an_intervention(kind=Intervention.Kind.PROCESSING, partner=client)
    assert a_line(nature=Lot.Nature.CUSTOM, intervention=processing).lot.owner == client


def test_without_a_legal_entity_nothing_is_owned():
    with pytest.raises(NoCannery):
        record_collection(
            id=new_id(), producer=a_producer(), collected_at=COLLECTED_AT, place=a_place(),
            lines=[CollectedLine(product="poire", grams=1_000)], by=system_person(), at=NOW,
        )  # fmt: skip
    assert not Collection.objects.exists()


@pytest.mark.parametrize(
    "line",
    [
        CollectedLine(product=" ", grams=1_000),
        CollectedLine(product="x" * 121, grams=1_000),
        CollectedLine(product="poire", grams=0),
        CollectedLine(product="poire", grams=-3_000),
        CollectedLine(product="poire", grams=10_000_000),
        CollectedLine(product="poire", grams=1_000, nature=Lot.Nature.MADE),
    ],
)
def test_a_weighing_that_cannot_be_is_refused_and_nothing_is_written(line):
    with pytest.raises(UnableToRecordCollection):
        a_collection(CollectedLine(product="courge", grams=2_000), line)
    assert not Lot.objects.exists()
    assert not Collection.objects.exists()


def test_a_collection_of_nothing_is_refused():
    the_cannery()
    with pytest.raises(UnableToRecordCollection, match="au moins une pesée"):
        record_collection(
            id=new_id(), producer=a_producer(), collected_at=COLLECTED_AT, place=a_place(), lines=[],
            by=system_person(), at=NOW,
        )  # fmt: skip


def test_a_collection_to_come_is_an_offer_not_a_collection():
    with pytest.raises(UnableToRecordCollection) as refusal:
        a_collection(collected_at=NOW + timedelta(days=1))
    assert refusal.value.field == "day"


def test_a_corrected_weighing_counts_as_corrected_from_the_same_hour_on():
    line = a_line(40_000)
    wrong = line.transaction
    corrected(line, 38_500)
    assert held(a_place()) == {"courgette": 38_500}
    assert collections().get().grams == 38_500
    assert line.transaction != wrong
    assert {line.transaction.happened_at, wrong.happened_at, wrong.reversed_by.happened_at} == {COLLECTED_AT}
    assert differences() == []
    last = history_of(line.collection)[0]
    assert (last.reason, [(c.old, c.new) for c in last.changes]) == (
        "mauvaise balance",
        [("courgette (L26-329-01) : 40\u00a0kg", "courgette (L26-329-01) : 38,5\u00a0kg")],
    )


def test_a_correction_sent_twice_is_made_once():
    line, key = a_line(40_000), new_id()
    corrected(line, 38_500, id=key)
    corrected(line, 38_500, id=key)
    assert Transaction.objects.count() == 3


def test_a_weighing_is_not_corrected_below_what_has_left():
    line = a_line(40_000)
    move_lot(
        id=new_id(), lot=line.lot, quantity=30_000, source=a_place(), target=a_place("Réserve", Place.Kind.STORE),
        happened_at=NOW, by=system_person(), at=NOW,
    )  # fmt: skip
    with pytest.raises(
        UnableToCorrectCollection, match="30\u00a0kg de ce lot ont déjà quitté Camion"
    ) as refusal:
        corrected(line, 29_000)
    assert refusal.value.field == "grams"
    with pytest.raises(UnableToCorrectCollection):
        cancelled(line)
    corrected(line, 30_000)
    assert held(a_place("Réserve")) == {"courgette": 30_000}


@pytest.mark.parametrize("grams", [0, -1, 10_000_000])
def test_a_correction_weighs_something_believable(grams):
    with pytest.raises(UnableToCorrectCollection):
        corrected(a_line(), grams)


def test_a_correction_says_why():
    with pytest.raises(UnableToCorrectCollection) as refusal:
        corrected(a_line(), 1_000, reason=" ")
    assert refusal.value.field == "reason"


def test_a_cancelled_weighing_counts_no_more_and_stays_cancelled():
    line = a_line(40_000)
    cancelled(line)
    found = collections().get()
    assert (found.grams, found.weighings, found.lines.all()[0].cancelled) == (0, 0, True)
    assert not any(held(a_place()).values())
    with pytest.raises(UnableToCorrectCollection, match="déjà annulée"):
        corrected(line, 10_000)
    with pytest.raises(UnableToCorrectCollection, match="déjà annulée"):
        cancelled(line)


def test_a_collection_is_linked_to_another_intervention_with_its_history():
    collection, workshop = a_collection(), an_intervention()
    relink_collection(collection=collection, intervention=workshop, by=system_person(), at=NOW)
    relink_collection(collection=collection, intervention=workshop, by=system_person(), at=NOW)
    assert list(collections(intervention=workshop)) == [collection]
    assert history_of(collection)[0].changes[0].new == workshop.code
    assert len(history_of(collection)) == 2


def test_collections_are_filtered():
    bought = a_collection(CollectedLine(product="Poire", grams=9_000, nature=Lot.Nature.PURCHASE))
    given = a_collection(producer=a_producer("L'Épi d'Or"), collected_at=COLLECTED_AT - timedelta(days=3))
    assert list(collections()) == [bought, given]
    assert list(collections(nature=Lot.Nature.PURCHASE)) == [bought]
    assert list(collections(text="l'épi")) == [given]
    assert list(collections(text="POÎRE")) == [bought]
    assert list(collections(text=given.code)) == [given]
    assert list(collections(first=COLLECTED_AT.date())) == [bought]
    assert list(collections(last=COLLECTED_AT.date() - timedelta(days=1))) == [given]
    assert list(collections(producer=given.producer)) == [given]


def test_products_are_suggested_the_usual_ones_first():
    a_collection(
        CollectedLine(product="Courgette ronde", grams=1_000), CollectedLine(product="poire", grams=1_000)
    )
    a_collection(CollectedLine(product="poire", grams=1_000))
    suggested = known_products()
    assert suggested[:2] == ["poire", "Courgette ronde"]
    assert suggested.count("poire") == 1
    assert "aubergine" in suggested
