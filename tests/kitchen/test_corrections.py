"""A batch is corrected by a reversal and a new record, as far as what left since allows."""

import pytest

from bocal.journal.actions import place_account
from bocal.journal.models import Lot, Transaction
from bocal.journal.queries import balance_of, differences, stock_of
from bocal.kitchen.actions import UnableToCorrectBatch, cancel_batch, correct_batch, move_lot, relink_batch
from bocal.kitchen.contents import Jars
from bocal.kitchen.queries import batches, contents_of, is_cancelled, lots_to_decide, mass_balance
from bocal.people.queries import system_person
from bocal.territory.models import Place
from bocal.toolbox.acts import history_of
from bocal.toolbox.ids import new_id
from tests.kitchen.factories import COOKED_AT, a_batch, released, some_produce, the_consigne
from tests.programme.factories import NOW, an_intervention
from tests.recipes.factories import a_version
from tests.surplus.factories import a_place

pytestmark = pytest.mark.django_db


def corrected(batch, *, id=None, reason="pots mal comptés", **said):
    facts = {
        "inputs": [(each.lot, each.grams) for each in contents_of(batch).inputs],
        "jars": [(385, 20, 1)],
    } | said
    return correct_batch(id=id or new_id(), batch=batch, reason=reason, by=system_person(), at=NOW, **facts)


def cancelled(batch, reason="notée deux fois"):
    return cancel_batch(id=new_id(), batch=batch, reason=reason, by=system_person(), at=NOW)


def jar_lot(batch):
    return batch.account.outputs.get(kind=Lot.Kind.JAR, capacity_ml=385)


def moved(lot, jars, target):
    move_lot(
        id=new_id(), lot=lot, quantity=jars, source=the_consigne(), target=target, happened_at=NOW,
        by=system_person(), at=NOW,
    )  # fmt: skip


def on_shelves():
    return {
        (row.account.place.name, row.lot.label): row.quantity
        for row in stock_of(the_consigne())
        if row.quantity
    }


def test_a_corrected_batch_counts_as_corrected_from_the_same_hour_on():
    produce = some_produce(40_000)
    batch = a_batch(inputs=[(produce, 10_000)], jars=[(385, 20, 1)], waste_grams=1_000)
    wrong, lot = batch.transaction, jar_lot(batch)
    corrected(
        batch, inputs=[(produce, 12_000)], jars=[(385, 18, 1), (720, 3, 1)], waste_grams=1_200, soup_ml=500
    )
    contents = contents_of(batch)
    assert contents.jars == (Jars(385, 18), Jars(720, 3))
    assert (contents.waste_grams, contents.soup_ml, mass_balance(batch).inputs_grams) == (1_200, 500, 12_000)
    assert balance_of(place_account(a_place())) == {produce.pk: 28_000}
    assert jar_lot(batch) == lot
    assert batch.transaction.happened_at == wrong.reversed_by.happened_at == COOKED_AT
    assert batches().get().jars == 21
    assert differences() == []
    last = history_of(batch)[0]
    assert last.reason == "pots mal comptés"
    assert ("20", "21") in [(change.old, change.new) for change in last.changes]


def test_a_correction_sent_twice_is_made_once():
    batch, key = a_batch(), new_id()
    corrected(batch, id=key, jars=[(385, 19, 1)])
    corrected(batch, id=key, jars=[(385, 19, 1)])
    assert Transaction.objects.filter(kind=Transaction.Kind.BATCH).count() == 3


def test_a_batch_may_take_again_what_it_had_taken():
    produce = some_produce(10_000)
    batch = a_batch(inputs=[(produce, 10_000)])
    corrected(batch, inputs=[(produce, 9_000)])
    corrected(batch, inputs=[(produce, 10_000)])
    with pytest.raises(UnableToCorrectBatch, match="il reste 10\u00a0kg, vous en mettez 11\u00a0kg"):
        corrected(batch, inputs=[(produce, 11_000)])
    assert mass_balance(batch).inputs_grams == 10_000
    assert differences() == []


def test_a_format_that_was_never_filled_leaves_an_empty_lot_nobody_waits_for():
    batch = a_batch(jars=[(385, 20, 1), (720, 4, 1)])
    corrected(batch, jars=[(385, 20, 1)])
    assert [lot.capacity_ml for lot in lots_to_decide().to_release] == [385]
    corrected(batch, jars=[(385, 20, 1), (720, 2, 1)])
    assert [lot.jars for lot in lots_to_decide().to_release] == [20, 2]


def test_jars_that_left_stay_counted():
    batch = a_batch(jars=[(385, 20, 1)])
    moved(jar_lot(batch), 15, a_place("Consigne du camion", Place.Kind.TRUCK, quarantine=True))
    with pytest.raises(UnableToCorrectBatch, match=r"15 pots du lot .* sont déjà partis") as refusal:
        corrected(batch, jars=[(385, 14, 1)])
    assert refusal.value.field == "jars_385_1"
    with pytest.raises(UnableToCorrectBatch, match="déjà partis"):
        cancelled(batch)
    corrected(batch, jars=[(385, 15, 1)])
    assert on_shelves() == {}


def test_nothing_is_added_to_a_released_lot():
    batch = a_batch(jars=[(385, 20, 1)])
    released(jar_lot(batch))
    with pytest.raises(UnableToCorrectBatch, match="on ne peut plus y en ajouter"):
        corrected(batch, jars=[(385, 21, 1)])
    corrected(batch, jars=[(385, 19, 1)])
    corrected(batch, jars=[(385, 19, 1), (385, 2, 2)])
    assert [lot.thermal_load for lot in lots_to_decide().to_release] == [2]


def test_half_made_things_already_used_stay_counted():
    first = a_batch(jars=[], semi_finished=[("jus", 8_000)])
    a_batch(inputs=[(first.account.outputs.get(), 6_000)])
    with pytest.raises(UnableToCorrectBatch, match="6\u00a0kg de jus ont déjà servi"):
        corrected(first, jars=[], semi_finished=[("jus", 5_000)])
    corrected(first, jars=[], semi_finished=[("jus", 6_000)])


def test_a_correction_says_why():
    with pytest.raises(UnableToCorrectBatch) as refusal:
        corrected(a_batch(), reason=" ")
    assert refusal.value.field == "reason"


def test_a_cancelled_batch_gives_everything_back_and_is_closed():
    produce = some_produce(10_000)
    batch = a_batch(inputs=[(produce, 10_000)], waste_grams=500)
    cancelled(batch)
    assert is_cancelled(batch)
    assert balance_of(place_account(a_place())) == {produce.pk: 10_000}
    assert on_shelves() == {}
    listed = batches().get()
    assert (listed.cancelled, listed.jars, listed.inputs_grams) == (True, 0, 0)
    assert contents_of(batch).inputs == ()
    for attempt in (lambda: corrected(batch, inputs=[(produce, 1_000)]), lambda: cancelled(batch)):
        with pytest.raises(UnableToCorrectBatch, match="est annulée"):
            attempt()


def test_what_a_batch_says_is_corrected_with_its_history():
    batch, workshop, other = a_batch(), an_intervention(), a_version("Soupe de courge")
    relink_batch(
        batch=batch, intervention=workshop, recipe_version=other, note="au four", by=system_person(), at=NOW
    )
    relink_batch(
        batch=batch, intervention=workshop, recipe_version=other, note="au four", by=system_person(), at=NOW
    )
    assert (batch.intervention, batch.recipe_version, batch.note) == (workshop, other, "au four")
    assert len(history_of(batch)) == 2
