"""No path lets an unreleased jar out: every state, every way out, past every action."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import transaction

from bocal.craft.journal import Leg, LotId, Portion, batch_outputs
from bocal.journal import actions
from bocal.journal.actions import UnableToDecide, UnableToRecord, UnableToRelease, UnableToReverse
from bocal.journal.models import Account, Decision, Lot
from bocal.journal.queries import is_free, jar_lots_kept, lot_state
from bocal.toolbox.ids import new_id
from tests.journal.attacks import bare_movement, refused
from tests.journal.factories import (
    BEFORE_OPENING,
    NOW,
    House,
    a_batch_account,
    a_lot_of,
    collect,
    cook,
    decide,
    give,
    move,
    prior_jars,
    record,
    release,
    released_jars,
    reverse,
    some_jars,
    start,
)
from tests.territory.factories import a_place

# How a lot comes to each state in which it may not go to people.
STORIES = {
    "start": ["start"],
    "block": ["start", "release", "block"],
    "withdraw": ["start", "release", "withdraw"],
    "recall": ["start", "release", "recall"],
    "destroy": ["start", "release", "destroy"],
    "blocked again": ["start", "block", "release", "block"],
    "recall lifted": ["start", "release", "recall", "block"],
}


def jars_everywhere(house: House, story: list[str]) -> Lot:
    """A lot with jars in a quarantine place, in the shop and at somebody's when its story allowed it to travel."""
    lot = some_jars(house)
    for kind in story[1:]:
        if is_free(lot) and kind != Decision.Kind.RELEASE:
            move(house, lot, 5, house.consigne, house.shop)
            give(house, lot, 5, house.consigne, house.anonymous)
        decide(house, lot, kind)
    return lot


def ways_out(house: House) -> list[Account]:
    return [
        house.shop, house.shelf, house.truck, house.anonymous, house.producer,
        actions.sink_account(Account.Sink.EATEN),
        actions.sink_account(Account.Sink.WASTE),
        actions.sink_account(Account.Sink.STOCKTAKE),
    ]  # fmt: skip


def safe_ways(house: House) -> list[Account]:
    return [
        house.consigne, a_batch_account(house),
        actions.sink_account(Account.Sink.SAMPLES),
        actions.sink_account(Account.Sink.BREAKAGE),
        actions.sink_account(Account.Sink.DESTRUCTION),
    ]  # fmt: skip


def sources(house: House, lot: Lot) -> list[Account]:
    assert lot.batch is not None
    return [
        lot.batch,
        house.consigne,
        house.shop,
        house.anonymous,
        actions.sink_account(Account.Sink.SAMPLES),
    ]


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_jars_that_are_not_free_go_nowhere_people_eat_them(house: House, story: list[str]) -> None:
    lot = jars_everywhere(house, story)
    for source, target in product(sources(house, lot), ways_out(house)):
        if source != target:
            with refused("bocal:unreleased_jar"):
                bare_movement(lot, 1, source, target)


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_jars_that_are_not_free_may_go_where_nobody_eats_them(house: House, story: list[str]) -> None:
    lot = jars_everywhere(house, story)
    for source, target in product(sources(house, lot), safe_ways(house)):
        if source != target:
            with transaction.atomic():
                assert bare_movement(lot, 1, source, target).pk
                transaction.set_rollback(True)


@pytest.mark.parametrize("target", ["shop", "consigne", "anonymous"])
def test_jars_nothing_was_decided_about_do_not_move_at_all(house: House, target: str) -> None:
    batch = a_batch_account(house)
    lot = a_lot_of(batch)
    with refused("bocal:jar_without_start"):
        bare_movement(lot, 1, batch, getattr(house, target))


def test_released_jars_go_anywhere(house: House) -> None:
    lot = released_jars(house)
    move(house, lot, 6, house.consigne, house.shop)
    give(house, lot, 2, house.shop, house.anonymous)
    assert is_free(lot)


def test_blocking_stops_what_was_free(house: House) -> None:
    lot = released_jars(house)
    move(house, lot, 6, house.consigne, house.shop)
    decide(house, lot, Decision.Kind.BLOCK)
    with pytest.raises(UnableToRecord, match=f"Pas libéré : {lot.code}"):
        give(house, lot, 1, house.shop, house.anonymous)
    move(house, lot, 6, house.shop, house.consigne)
    release(house, lot)
    give(house, lot, 1, house.consigne, house.anonymous)


def test_one_held_lot_among_free_ones_stops_the_whole_operation(house: House) -> None:
    free, held = released_jars(house), some_jars(house)
    legs = [Leg(LotId(lot.pk), 1, house.consigne.pk, house.shop.pk) for lot in (free, held)]
    with pytest.raises(UnableToRecord, match=held.code) as refusal:
        record(house, "transfer", *legs)
    assert free.code not in str(refusal.value)


# --- Corrections ---------------------------------------------------------------------------------------


def test_a_correction_that_would_put_blocked_jars_back_on_a_shelf_is_refused(house: House) -> None:
    lot = released_jars(house)
    move(house, lot, 6, house.consigne, house.shop)
    sale = give(house, lot, 2, house.shop, house.anonymous)
    decide(house, lot, Decision.Kind.RECALL)
    with pytest.raises(UnableToReverse, match=f"Pas libéré : {lot.code}"):
        reverse(house, sale)


def test_a_correction_that_brings_blocked_jars_back_to_quarantine_is_welcome(house: House) -> None:
    lot = released_jars(house)
    moved = move(house, lot, 6, house.consigne, house.shop)
    decide(house, lot, Decision.Kind.BLOCK)
    reverse(house, moved)


def test_jars_cannot_leave_through_another_batch(house: House) -> None:
    lot = some_jars(house)
    other = a_batch_account(house)
    move_into = new_id()
    with transaction.atomic():
        bare_movement(lot, 5, house.consigne, other, transaction_id=move_into)
        with refused("bocal:unreleased_jar"):
            bare_movement(lot, 5, other, house.shop, transaction_id=move_into)
        transaction.set_rollback(True)


def test_a_batch_of_held_jars_makes_jars_that_are_held(house: House) -> None:
    again = cook(house, (some_jars(house), 5), source=house.consigne)
    with refused("bocal:unreleased_jar"):
        bare_movement(again, 1, house.consigne, house.shop)


# --- Decisions -----------------------------------------------------------------------------------------


def bare_decision(lot: Lot, kind: str, sequence: int, by: object, **fields: object) -> Decision:
    facts: dict[str, object] = {
        "decided_at": NOW,
        "recorded_at": NOW,
        "reason": "sans passer par l'action",
    } | fields
    return Decision.objects.create(lot=lot, kind=kind, sequence=sequence, by=by, **facts)


def test_whoever_cooked_does_not_release(house: House) -> None:
    lot = some_jars(house)
    with refused("bocal:release_needs_a_second_person"):
        bare_decision(lot, "release", 2, house.operator)
    with pytest.raises(UnableToRelease, match="une autre personne"):
        decide(house, lot, Decision.Kind.RELEASE, by=house.operator)


def test_whoever_cooked_does_not_release_after_a_block_either(house: House) -> None:
    lot = some_jars(house)
    decide(house, lot, Decision.Kind.BLOCK)
    with refused("bocal:release_needs_a_second_person"):
        bare_decision(lot, "release", 3, house.operator)


def test_a_release_is_not_dated_before_the_start(house: House) -> None:
    lot = some_jars(house)
    with refused("bocal:release_before_start"):
        bare_decision(lot, "release", 2, house.releaser, decided_at=NOW - timedelta(seconds=1))
    with pytest.raises(UnableToRelease, match="datée d'avant"):
        decide(house, lot, Decision.Kind.RELEASE, decided_at=NOW - timedelta(days=1))


@pytest.mark.parametrize("rank", [0, 1, 3, 7])
def test_a_decision_takes_the_next_rank_and_no_other(house: House, rank: int) -> None:
    lot = some_jars(house)
    with refused("decision_out_of_rank|one_decision_per_lot_and_rank"):
        bare_decision(lot, "block", rank, house.releaser)


@pytest.mark.parametrize("kind", ["release", "block", "withdraw", "recall", "destroy", "RELEASE", "ouvert"])
def test_a_story_does_not_begin_in_the_middle(house: House, kind: str) -> None:
    lot = a_lot_of(a_batch_account(house))
    with refused("bocal:decision_out_of_order"):
        bare_decision(lot, kind[:8], 1, house.releaser)


@pytest.mark.parametrize("kind", sorted(Decision.Kind.values))
def test_nothing_comes_after_destruction(house: House, kind: str) -> None:
    lot = jars_everywhere(house, STORIES["destroy"])
    with refused("bocal:decision_out_of_order"):
        bare_decision(lot, kind, 4, house.releaser)
    with pytest.raises(UnableToDecide, match="ne peut pas suivre"):
        decide(house, lot, kind)


def test_a_recall_is_lifted_by_a_block_and_then_a_release(house: House) -> None:
    lot = jars_everywhere(house, STORIES["recall"])
    with pytest.raises(UnableToRelease):
        release(house, lot)
    decide(house, lot, Decision.Kind.BLOCK)
    release(house, lot)
    assert lot_state(lot) == Decision.Kind.RELEASE


def test_a_decision_says_why(house: House) -> None:
    lot = some_jars(house)
    with pytest.raises(UnableToRelease, match="motif"):
        actions.release_lot(id=new_id(), lot=lot, by=house.releaser, decided_at=NOW, at=NOW, reason="  ")
    with refused("a_decision_says_why"):
        bare_decision(lot, "release", 2, house.releaser, reason="")


def test_a_decision_sent_twice_is_taken_once(house: House) -> None:
    lot, key = some_jars(house), new_id()
    for _time in range(2):
        actions.release_lot(id=key, lot=lot, by=house.releaser, decided_at=NOW, at=NOW, reason="pH 3,9")
    assert Decision.objects.filter(lot=lot).count() == 2


def test_what_waits_for_release_is_what_was_started_and_is_still_there(house: House) -> None:
    waiting, free = some_jars(house), released_jars(house)
    held = some_jars(house)
    decide(house, held, Decision.Kind.BLOCK)
    broken = some_jars(house, jars=1)
    sink = actions.sink_account(Account.Sink.BREAKAGE)
    record(house, "breakage", Leg(LotId(broken.pk), 1, house.consigne.pk, sink.pk))
    assert list(jar_lots_kept(Decision.Kind.START)) == [waiting]
    assert list(jar_lots_kept(Decision.Kind.BLOCK)) == [held]
    assert is_free(free)


# --- « Antérieur à Bocal » ------------------------------------------------------------------------------


def test_prior_jars_are_free(house: House) -> None:
    lot = prior_jars(house)
    give(house, lot, 3, house.shelf, house.anonymous)


def test_jars_made_since_the_opening_are_not_prior(house: House) -> None:
    lot = a_lot_of(a_batch_account(house))
    with refused("bocal:prior_is_before_opening"):
        bare_decision(lot, "prior", 1, house.operator)
    with pytest.raises(UnableToDecide, match="après l'ouverture"):
        decide(house, lot, Decision.Kind.PRIOR)


def test_a_started_lot_does_not_become_prior(house: House) -> None:
    lot = some_jars(house)
    with refused("bocal:decision_out_of_order|a_lot_starts_once_or_is_prior"):
        bare_decision(lot, "prior", 2, house.releaser)


def test_prior_jars_leave_their_batch_before_the_opening(house: House) -> None:
    """Lying about the day a lot was made does not help: the operation is dated too."""
    batch = a_batch_account(house)
    lot = a_lot_of(batch, made_on=BEFORE_OPENING.date())
    decide(house, lot, Decision.Kind.PRIOR)
    legs = batch_outputs(batch=batch.pk, portions=[Portion(LotId(lot.pk), 5, house.shelf.pk)])
    with pytest.raises(UnableToRecord, match="plus récente"):
        record(house, "batch", *legs, happened_at=NOW)
    record(house, "batch", *legs, happened_at=BEFORE_OPENING)


def test_prior_jars_can_be_recalled(house: House) -> None:
    lot = prior_jars(house)
    decide(house, lot, Decision.Kind.RECALL)
    with refused("bocal:unreleased_jar"):
        bare_movement(lot, 1, house.shelf, house.anonymous)


# --- Jars under another name ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["semi_finished", "bulk", "waste", "eaten"])
def test_jars_are_not_called_something_else(house: House, kind: str) -> None:
    batch = a_batch_account(house)
    for unit, capacity in (("piece", None), ("g", 385)):
        with refused("only_jars_leave_a_batch_in_pieces|bocal:lot_is_not_what_it_says"):
            Lot.objects.create(
                code="L-faux", kind=kind, unit=unit, label="soupe", nature="made", owner=house.owner,
                batch=batch, capacity_ml=capacity, made_on=NOW.date(), recorded_at=NOW,
            )  # fmt: skip


def test_a_shelf_is_not_called_a_quarantine(house: House) -> None:
    plain = a_place("Rayon", "shelf")
    with refused("bocal:quarantine_is_for_good"):
        Account.objects.create(kind="place", place=plain, quarantine=True)


def test_a_place_that_has_an_account_keeps_its_quarantine(house: House) -> None:
    place = house.consigne.place
    assert place is not None
    with refused("bocal:quarantine_is_for_good"):
        type(place).objects.filter(pk=place.pk).update(quarantine=False)
    type(place).objects.filter(pk=place.pk).update(name="Réserve du camion")


def test_raw_produce_needs_no_release(house: House) -> None:
    assert is_free(collect(house))


def test_started_lots_can_be_started_once(house: House) -> None:
    lot = some_jars(house)
    with pytest.raises(UnableToDecide):
        start(house, lot)
