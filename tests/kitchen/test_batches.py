"""A batch takes what there is, makes lots of what comes out, and never refuses a balance that does not add up."""

from datetime import timedelta

import pytest

from bocal.journal.actions import UnableToDecide, place_account, sink_account
from bocal.journal.models import Account, Decision, Lot, Transaction
from bocal.journal.queries import balance_of, differences, lot_state, stock_of
from bocal.kitchen.actions import UnableToRecordBatch, cancel_batch, move_lot
from bocal.kitchen.models import Batch
from bocal.kitchen.queries import batches, contents_of, mass_balance, workshops_without_batch
from bocal.people.queries import system_person
from bocal.recipes.models import JarFormat
from bocal.surplus.actions import CollectedLine
from bocal.territory.models import Place
from bocal.toolbox.ids import new_id
from tests.kitchen.factories import COOKED_AT, a_batch, some_produce, the_consigne, the_operator
from tests.programme.factories import NOW, TODAY, YESTERDAY, an_intervention
from tests.surplus.factories import COLLECTED_AT, a_collection, a_place, a_producer

pytestmark = pytest.mark.django_db


def sink(name):
    return sum(balance_of(sink_account(name)).values())


def test_everything_that_comes_out_is_a_lot_of_the_batch_in_its_place():
    produce = some_produce(40_000)
    batch = a_batch(
        inputs=[(produce, 25_400)], jars=[(385, 20, 1), (385, 12, 2), (720, 4, 1)],
        soup_ml=6_500, waste_grams=4_100, eaten_grams=1_500, semi_finished=[("jus de courge", 800)],
    )  # fmt: skip
    kept = {
        (row.lot.label, row.lot.capacity_ml, row.lot.thermal_load): row.quantity
        for row in stock_of(the_consigne())
    }
    assert kept == {
        ("Velouté de courge", 385, 1): 20,
        ("Velouté de courge", 385, 2): 12,
        ("Velouté de courge", 720, 1): 4,
        ("jus de courge", None, 1): 800,
    }
    assert balance_of(place_account(a_place())) == {produce.pk: 14_600}
    assert (sink(Account.Sink.WASTE), sink(Account.Sink.EATEN)) == (4_100, 1_500 + 6_500)
    assert batch.account.outputs.count() == 7
    assert differences() == []


def test_the_operator_begins_every_jar_lot():
    batch = a_batch(jars=[(385, 20, 1), (720, 4, 1)])
    starts = Decision.objects.filter(lot__batch=batch.account)
    assert {(each.kind, each.by, each.decided_at) for each in starts} == {
        (Decision.Kind.START, the_operator(), COOKED_AT)
    }


def test_a_batch_sent_twice_is_cooked_once():
    key, produce = new_id(), some_produce()
    assert a_batch(id=key, inputs=[(produce, 10_000)]) == a_batch(id=key, inputs=[(produce, 10_000)])
    assert Transaction.objects.filter(kind=Transaction.Kind.BATCH).count() == 1
    assert balance_of(place_account(a_place())) == {produce.pk: 30_000}


def test_codes_go_on_and_imported_ones_stay():
    assert [a_batch().code, a_batch(code="F001").code, a_batch().code] == ["F26-001", "F001", "F26-002"]
    with pytest.raises(UnableToRecordBatch, match="F001"):
        a_batch(code="F001")


def test_more_than_there_is_is_refused_and_says_what_remains():
    produce = some_produce(12_000)
    with pytest.raises(
        UnableToRecordBatch, match="il reste 12\u00a0kg, vous en mettez 15\u00a0kg"
    ) as refusal:
        a_batch(inputs=[(produce, 15_000)])
    assert refusal.value.field == f"input_{produce.pk}"
    assert not Batch.objects.exists()
    assert not Account.objects.filter(kind=Account.Kind.BATCH).exists()


def test_a_lot_can_be_shared_between_batches_to_the_last_gram():
    produce = some_produce(12_000)
    a_batch(inputs=[(produce, 7_500)])
    a_batch(inputs=[(produce, 4_500)])
    with pytest.raises(UnableToRecordBatch, match="il reste 0\u00a0kg"):
        a_batch(inputs=[(produce, 1)])


def test_a_lot_kept_in_two_places_is_taken_from_the_fullest_first():
    produce = some_produce(12_000)
    store = a_place("Réserve", Place.Kind.STORE)
    move_lot(
        id=new_id(), lot=produce, quantity=8_000, source=a_place(), target=store, happened_at=NOW,
        by=system_person(), at=NOW,
    )  # fmt: skip
    batch = a_batch(inputs=[(produce, 9_000)])
    assert [row.quantity for row in stock_of(store)] in ([], [0])
    assert balance_of(place_account(a_place()))[produce.pk] == 3_000
    assert contents_of(batch).inputs[0].grams == 9_000


def test_owners_are_never_mixed():
    ours = some_produce()
    theirs = a_collection(
        CollectedLine(product="courge", grams=9_000, nature=Lot.Nature.CUSTOM), producer=a_producer("L'Épi d'Or")
    ).lines.get().lot  # fmt: skip
    with pytest.raises(UnableToRecordBatch, match="L'Épi d'Or"):
        a_batch(inputs=[(ours, 1_000), (theirs, 1_000)])
    batch = a_batch(inputs=[(theirs, 9_000)])
    assert {(lot.owner.name, lot.nature) for lot in batch.account.outputs.all()} == {
        ("L'Épi d'Or", Lot.Nature.CUSTOM)
    }


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"inputs": []}, "ce qui est entré"),
        ({"made_at": NOW + timedelta(days=1)}, "à venir"),
        ({"made_at": COLLECTED_AT - timedelta(days=1)}, "ne peut pas être avant"),
        ({"jars": [(385, 0, 1)]}, "au moins un pot"),
        ({"jars": [(385, -3, 1)]}, "au moins un pot"),
        ({"jars": [(385, 10_000, 1)]}, "10\u00a0000 pots de 385 ml"),
        ({"jars": [(3, 10, 1)]}, "n'existe pas"),
        ({"jars": [(385, 10, 0)]}, "charges"),
        ({"jars": [(385, 10, 1), (385, 4, 1)]}, "comptés deux fois"),
        ({"soup_ml": 3_000_000}, "Soupe servie"),
        ({"waste_grams": -1}, "Entre 0"),
        ({"eaten_grams": 6_000_000}, "Entre 0"),
        ({"semi_finished": [(" ", 100)]}, "semi-fini"),
    ],
)
def test_what_cannot_be_true_is_refused_and_nothing_is_written(said, sentence):
    with pytest.raises(UnableToRecordBatch, match=sentence):
        a_batch(**said)
    assert not Batch.objects.exists()
    assert not Transaction.objects.filter(kind=Transaction.Kind.BATCH).exists()


def test_an_input_weighs_something_and_is_counted_once():
    produce = some_produce()
    for inputs in ([(produce, 0)], [(produce, -5)], [(produce, 5), (produce, 5)]):
        with pytest.raises(UnableToRecordBatch):
            a_batch(inputs=inputs)


def test_jars_are_not_cooked_again():
    batch = a_batch()
    with pytest.raises(UnableToRecordBatch, match="ne se pèse pas"):
        a_batch(inputs=[(batch.account.outputs.get(kind=Lot.Kind.JAR), 2)])


def test_what_is_half_made_can_be_cooked_again():
    first = a_batch(jars=[], semi_finished=[("jus de courge", 8_000)])
    second = a_batch(inputs=[(first.account.outputs.get(kind=Lot.Kind.SEMI_FINISHED), 8_000)])
    assert contents_of(second).inputs[0].lot.label == "jus de courge"


def test_a_balance_that_does_not_add_up_is_shown_and_never_refused():
    batch = a_batch(inputs=[(some_produce(), 1_000)], jars=[(720, 30, 1)], waste_grams=20_000)
    balance = mass_balance(batch)
    assert (balance.inputs_grams, balance.jars_ml, balance.excess_grams) == (1_000, 21_600, 40_600)


def test_a_batch_of_which_nothing_came_out_is_still_a_batch():
    batch = a_batch(jars=[], kept_at=None)
    assert mass_balance(batch).missing_grams == 10_000
    assert batch.kept_at is None


def test_jars_wait_in_a_quarantine_place():
    with pytest.raises(UnableToRecordBatch, match="n'est pas un lieu de consigne") as refusal:
        a_batch(kept_at=a_place("Étagère", Place.Kind.SHELF))
    assert refusal.value.field == "kept_at"
    assert a_batch(kept_at=the_consigne()).kept_at == the_consigne()


def test_the_first_quarantine_place_is_the_usual_one():
    with pytest.raises(UnableToRecordBatch, match="pas encore de lieu de consigne"):
        a_batch(kept_at=None)
    the_consigne()
    assert a_batch(kept_at=None).kept_at == the_consigne()


def test_history_older_than_the_journal_needs_no_release_nor_quarantine():
    produce = some_produce(collected_at=COLLECTED_AT.replace(year=2018))
    shelf = a_place("Étagère", Place.Kind.SHELF)
    batch = a_batch(
        inputs=[(produce, 10_000)], made_at=COOKED_AT.replace(year=2018), kept_at=shelf, prior=True
    )
    lot = batch.account.outputs.get(kind=Lot.Kind.JAR)
    assert lot_state(lot) == Decision.Kind.PRIOR
    assert [row.quantity for row in stock_of(shelf)] == [20]


def test_what_is_recent_cannot_pass_for_history():
    with pytest.raises(UnableToDecide, match="après l'ouverture du journal"):
        a_batch(prior=True)
    assert not Batch.objects.exists()


def test_a_format_nobody_wrote_down_is_added_when_it_was_filled():
    a_batch(jars=[(324, 8, 1)])
    assert JarFormat.objects.filter(capacity_ml=324).exists()


def test_batches_are_listed_with_what_went_in_and_came_out():
    workshop = an_intervention()
    batch = a_batch(
        intervention=workshop, inputs=[(some_produce(), 4_000), (some_produce(product="oignon"), 500)],
        jars=[(385, 6, 1), (385, 2, 2)], soup_ml=1_000, waste_grams=300, eaten_grams=50,
    )  # fmt: skip
    found = batches().get()
    assert (found.inputs_grams, found.jars, found.soup_ml, found.waste_grams, found.eaten_grams, found.cancelled) == (
        4_500, 8, 1_000, 300, 50, False,
    )  # fmt: skip
    lot = batch.account.outputs.filter(kind=Lot.Kind.JAR).first()
    for said in (
        {"text": "VELOUTE"}, {"text": batch.code}, {"text": lot.code}, {"intervention": workshop},
        {"recipe": batch.recipe_version.recipe}, {"first": COOKED_AT.date(), "last": COOKED_AT.date()},
    ):  # fmt: skip
        assert list(batches(**said)) == [batch]
    assert not batches(last=COOKED_AT.date() - timedelta(days=1)).exists()


def test_a_workshop_that_had_produce_and_no_batch_is_missing_one():
    def missing():
        return list(workshops_without_batch(YESTERDAY, TODAY))

    an_intervention()
    workshop = an_intervention()
    produce = some_produce(intervention=workshop)
    assert missing() == [workshop]
    batch = a_batch(intervention=workshop, inputs=[(produce, 1_000)])
    assert missing() == []
    cancel_batch(id=new_id(), batch=batch, reason="notée ailleurs", by=system_person(), at=NOW)
    assert missing() == [workshop]
    assert not workshops_without_batch(TODAY, TODAY)
