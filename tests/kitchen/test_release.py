"""A second person releases a lot with her written reason; until then its jars stay in a quarantine place."""

from datetime import timedelta

import pytest

from bocal.journal.actions import UnableToDecide, UnableToRelease
from bocal.journal.models import Decision
from bocal.journal.queries import lot_state, stock_of
from bocal.kitchen.actions import UnableToMove, block_lot, cancel_batch, move_lot, release_lot
from bocal.kitchen.queries import jar_lots_of, lots_to_decide, may_release
from bocal.people.queries import system_person
from bocal.recipes.models import Recipe
from bocal.territory.models import Place
from bocal.toolbox.ids import new_id
from tests.kitchen.factories import (
    COOKED_AT,
    a_batch,
    a_jar_lot,
    released,
    some_produce,
    the_consigne,
    the_operator,
)
from tests.programme.factories import NOW, a_person
from tests.surplus.factories import a_place

pytestmark = pytest.mark.django_db


def release(lot, *, by=None, reason="Couvercles vérifiés", id=None, decided_at=NOW):
    return release_lot(
        id=id or new_id(),
        lot=lot,
        by=by or a_person("Coordinatrice C."),
        decided_at=decided_at,
        at=NOW,
        reason=reason,
    )


def block(lot, reason="Un couvercle bombé"):
    return block_lot(id=new_id(), lot=lot, by=the_operator(), decided_at=NOW, at=NOW, reason=reason)


def move(lot, quantity, target, source=None, id=None):
    return move_lot(
        id=id or new_id(), lot=lot, quantity=quantity, source=source or the_consigne(), target=target,
        happened_at=NOW, by=system_person(), at=NOW,
    )  # fmt: skip


def shelf():
    return a_place("Étagère des Ors", Place.Kind.SHELF)


def test_a_lot_waits_for_a_second_person():
    lot = a_jar_lot()
    assert [(each, each.jars) for each in lots_to_decide().to_release] == [(lot, 20)]
    assert not may_release(lot, the_operator())
    with pytest.raises(UnableToRelease, match="une autre personne"):
        release(lot, by=the_operator())
    assert may_release(lot, a_person("Coordinatrice C."))
    release(lot)
    assert lot_state(lot) == Decision.Kind.RELEASE
    assert not lots_to_decide().to_release


def test_a_release_sent_twice_is_one_decision():
    lot, key = a_jar_lot(), new_id()
    assert release(lot, id=key) == release(lot, id=key)
    assert lot.decisions.count() == 2


def test_a_release_says_what_was_checked():
    with pytest.raises(UnableToRelease) as refusal:
        release(a_jar_lot(), reason="  ")
    assert refusal.value.field == "reason"


def test_a_release_is_not_older_than_the_batch():
    with pytest.raises(UnableToRelease, match="datée d'avant"):
        release(a_jar_lot(), decided_at=COOKED_AT - timedelta(hours=1))


def test_jars_of_a_recipe_on_trial_do_not_leave():
    from tests.recipes.factories import a_version

    lot = a_jar_lot(recipe_version=a_version("Pesto de fanes", status=Recipe.Status.TRIAL))
    with pytest.raises(UnableToRelease, match="encore à l'essai"):
        release(lot)


def test_only_jars_are_released():
    with pytest.raises(UnableToRelease, match="ce lot n'en est pas un"):
        release(some_produce())


def test_an_empty_lot_is_not_released():
    batch = a_batch()
    lot = batch.account.outputs.get(kind="jar")
    cancel_batch(id=new_id(), batch=batch, reason="erreur", by=system_person(), at=NOW)
    with pytest.raises(UnableToRelease, match="aucun pot"):
        release(lot)


def test_a_blocked_lot_is_listed_and_goes_nowhere_until_it_is_released_again():
    lot = released(a_jar_lot())
    block(lot)
    assert [(each, each.jars) for each in lots_to_decide().stopped] == [(lot, 20)]
    with pytest.raises(UnableToMove, match="n'est pas libéré"):
        move(lot, 2, shelf())
    release(lot, reason="Analyse revenue bonne")
    move(lot, 2, shelf())
    assert not lots_to_decide().stopped


def test_a_block_says_why():
    with pytest.raises(UnableToDecide):
        block(a_jar_lot(), reason=" ")


def test_one_load_is_blocked_alone():
    batch = a_batch(jars=[(385, 20, 1), (385, 12, 2)])
    block(jar_lots_of(batch.account).last())
    assert [(lot.thermal_load, lot.state, lot.jars) for lot in jar_lots_of(batch.account)] == [
        (1, Decision.Kind.START, 20),
        (2, Decision.Kind.BLOCK, 12),
    ]


def test_jars_that_are_not_released_only_go_from_consigne_to_consigne():
    lot = a_jar_lot()
    with pytest.raises(UnableToMove, match="lieu de consigne") as refusal:
        move(lot, 2, shelf())
    assert refusal.value.field == "target"
    move(lot, 5, a_place("Consigne du camion", Place.Kind.TRUCK, quarantine=True))
    released(lot)
    move(lot, 15, shelf())
    assert [row.quantity for row in stock_of(shelf())] == [15]


@pytest.mark.parametrize("quantity", [0, -1, 21])
def test_one_moves_what_is_there(quantity):
    with pytest.raises(UnableToMove) as refusal:
        move(released(a_jar_lot()), quantity, shelf())
    assert refusal.value.field == "quantity"


def test_nothing_moves_to_where_it_already_is():
    with pytest.raises(UnableToMove, match="déjà là"):
        move(a_jar_lot(), 2, the_consigne())


def test_a_move_sent_twice_is_made_once():
    lot, key = released(a_jar_lot()), new_id()
    assert move(lot, 5, shelf(), id=key) == move(lot, 5, shelf(), id=key)
    assert [row.quantity for row in stock_of(shelf())] == [5]


def test_produce_moves_without_ceremony():
    produce = some_produce(9_000)
    move(produce, 4_000, shelf(), source=a_place())
    assert [row.quantity for row in stock_of(shelf())] == [4_000]
