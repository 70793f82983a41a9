"""Recording, correcting, and the sentences of what cannot be recorded."""

import pytest
from django.db.transaction import atomic

from bocal.craft.journal import Currency, Leg, LotId, Portion, batch_inputs, batch_outputs, sale_in_minutes
from bocal.journal import actions
from bocal.journal.actions import (
    UnableToCreateLot,
    UnableToOpenJournal,
    UnableToRecord,
    UnableToReverse,
    open_journal,
)
from bocal.journal.actions.transactions import legs_of
from bocal.journal.models import Account, Lot, Movement, Opening, Transaction
from bocal.journal.queries import balance_of, differences, movements_of
from bocal.toolbox.ids import new_id
from tests.journal.attacks import bare_movement, bare_transaction, refused
from tests.journal.factories import (
    BEFORE_OPENING,
    NOW,
    OPENED_ON,
    House,
    a_batch_account,
    a_lot_of,
    collect,
    cook,
    give,
    move,
    record,
    released_jars,
    reverse,
    some_jars,
    start,
)


def test_what_was_recorded_is_what_moved(house: House) -> None:
    lot = collect(house, 60_000)
    assert balance_of(house.truck) == {LotId(lot.pk): 60_000}
    assert balance_of(house.producer) == {LotId(lot.pk): -60_000}
    [movement] = movements_of(lot)
    assert (movement.transaction.by, movement.transaction.happened_at) == (house.operator, NOW)


def test_sent_twice_is_recorded_once(house: House) -> None:
    lot, key = collect(house), new_id()
    for grams in (1_000, 2_000):
        record(house, "transfer", Leg(LotId(lot.pk), grams, house.truck.pk, house.shelf.pk), id=key)
    assert balance_of(house.shelf) == {LotId(lot.pk): 1_000}


def test_a_sale_in_time_moves_jars_and_minutes(house: House) -> None:
    lot = released_jars(house)
    buyer, shop = actions.time_account(person=house.releaser), actions.time_account(organisation=house.owner)
    party = actions.party_account(person=house.releaser)
    record(
        house, "sale_minutes",
        *sale_in_minutes(
            lot=LotId(lot.pk), jars=2, minutes=30, place=house.consigne.pk,
            buyer=party.pk, payer=buyer.pk, payee=shop.pk,
        ),
    )  # fmt: skip
    assert balance_of(shop) == {Currency.MIN: 30}
    assert balance_of(buyer) == {Currency.MIN: -30}
    assert balance_of(party) == {LotId(lot.pk): 2}


def test_a_place_may_give_more_than_it_had(house: House) -> None:
    lot = collect(house, 5_000)
    move(house, lot, 7_000, house.truck, house.shelf)
    assert balance_of(house.truck) == {LotId(lot.pk): -2_000}


# --- What cannot be recorded ---------------------------------------------------------------------------


@pytest.mark.parametrize("quantity", [0, -1, 10**13])
def test_a_quantity_is_believable(house: House, quantity: int) -> None:
    lot = collect(house)
    with pytest.raises(UnableToRecord, match="quantité"):
        move(house, lot, quantity, house.truck, house.shelf)


def test_nothing_is_not_an_operation(house: House) -> None:
    with pytest.raises(UnableToRecord, match="Rien ne bouge"):
        record(house, "transfer")


def test_an_operation_means_what_it_says(house: House) -> None:
    lot = collect(house)
    with pytest.raises(UnableToRecord, match="« casse » ne va pas de Camion à anonyme"):
        give(house, lot, 1, house.truck, house.anonymous, kind="breakage")


def test_nothing_moves_to_where_it_is(house: House) -> None:
    lot = collect(house)
    with pytest.raises(UnableToRecord):
        move(house, lot, 1, house.truck, house.truck)


@pytest.mark.parametrize(
    ("lot", "currency", "source", "target"),
    [
        (True, "", "truck", "till"),
        (True, "", "time", "truck"),
        (False, "EUR", "truck", "till"),
        (False, "EUR", "anonymous", "time"),
        (False, "MIN", "anonymous", "till"),
        (False, "MIN", "time", "till"),
        (False, "EUR", "anonymous", "batch"),
        (True, "EUR", "truck", "shelf"),
        (False, "", "truck", "shelf"),
        (False, "BTC", "anonymous", "till"),
    ],
)
def test_each_resource_keeps_to_its_accounts(
    house: House, lot: bool, currency: str, source: str, target: str
) -> None:
    """Jars are not in a till, euros are not on a shelf, and minutes never meet euros."""
    accounts = {
        "till": actions.till_account(), "time": actions.time_account(), "batch": a_batch_account(house),
        "truck": house.truck, "shelf": house.shelf, "anonymous": house.anonymous,
    }  # fmt: skip
    with refused("bocal:wrong_kind_of_account"):
        bare_movement(
            collect(house) if lot else None, 1, accounts[source], accounts[target], currency=currency
        )


# --- Batches -------------------------------------------------------------------------------------------


def test_a_batch_never_mixes_owners(house: House) -> None:
    ours, theirs = collect(house), collect(house, owner=house.client)
    batch = a_batch_account(house)
    portions = [Portion(LotId(lot.pk), 1_000, house.truck.pk) for lot in (ours, theirs)]
    with pytest.raises(UnableToRecord, match="deux propriétaires"):
        record(house, "batch", *batch_inputs(batch=batch.pk, portions=portions))
    with pytest.raises(UnableToCreateLot, match="deux propriétaires"):
        actions.create_lot(
            id=new_id(), kind="jar", unit="piece", label="soupe", nature="custom", owner=house.client,
            made_on=NOW.date(), at=NOW, batch=batch, capacity_ml=385,
        )  # fmt: skip


def test_what_a_batch_makes_comes_out_of_it_first(house: House) -> None:
    batch = a_batch_account(house)
    lot = a_lot_of(batch)
    start(house, lot)
    with refused("bocal:lot_comes_out_of_its_batch"):
        bare_movement(lot, 5, house.consigne, a_batch_account(house))


def test_produce_comes_from_somebody_first(house: House) -> None:
    lot = actions.create_lot(
        id=new_id(), kind="raw", unit="g", label="poires", nature="gift", owner=house.owner,
        made_on=NOW.date(), at=NOW,
    )  # fmt: skip
    with pytest.raises(UnableToRecord, match="venir de quelqu'un"):
        move(house, lot, 1_000, house.truck, house.shelf)
    found = actions.sink_account(Account.Sink.STOCKTAKE)
    record(house, "stocktake", Leg(LotId(lot.pk), 1_000, found.pk, house.truck.pk))


def test_what_entered_a_batch_leaves_it_only_by_a_correction(house: House) -> None:
    raw = collect(house)
    jars = cook(house, (raw, 10_000))
    assert jars.batch is not None
    with pytest.raises(UnableToRecord, match="n'en ressort que par une correction"):
        record(house, "batch", Leg(LotId(raw.pk), 1_000, jars.batch.pk, house.truck.pk))
    with pytest.raises(UnableToRecord, match="reprendre ce qu'elle a fait"):
        record(house, "batch", Leg(LotId(jars.pk), 1, house.consigne.pk, jars.batch.pk))
    reverse(house, Transaction.objects.filter(kind="batch").get())
    assert balance_of(house.truck) == {LotId(raw.pk): 60_000}
    assert balance_of(jars.batch) == {}


def test_a_batch_gives_no_format_and_load_twice(house: House) -> None:
    batch = a_batch_account(house)
    a_lot_of(batch)
    with pytest.raises(UnableToCreateLot, match="déjà un lot de ce format"):
        a_lot_of(batch)
    a_lot_of(batch, capacity_ml=720)


# --- Corrections ---------------------------------------------------------------------------------------


def test_a_correction_undoes_and_is_dated_like_what_it_corrects(house: House) -> None:
    lot = released_jars(house)
    before = balance_of(house.consigne)
    mistake = give(house, lot, 2, house.consigne, house.anonymous)
    correction = reverse(house, mistake)
    assert balance_of(house.consigne) == before
    assert (correction.kind, correction.happened_at) == (mistake.kind, mistake.happened_at)
    assert correction.reverses == mistake
    assert correction.note == "noté par erreur"
    assert legs_of(correction) == tuple(leg.crossed() for leg in legs_of(mistake))


def test_a_correction_says_why_and_happens_once(house: House) -> None:
    moved = move(house, collect(house), 1, house.truck, house.shelf)
    with pytest.raises(UnableToReverse, match="pourquoi"):
        reverse(house, moved, reason=" ")
    correction = reverse(house, moved)
    with pytest.raises(UnableToReverse, match="déjà corrigée"):
        reverse(house, moved)
    with pytest.raises(UnableToReverse, match="ne se corrige pas"):
        reverse(house, correction)


def test_a_correction_sent_twice_is_made_once(house: House) -> None:
    moved, key = move(house, collect(house), 1, house.truck, house.shelf), new_id()
    for _time in range(2):
        actions.reverse_transaction(id=key, transaction=moved, by=house.operator, at=NOW, reason="oubli")
    assert Movement.objects.filter(transaction=key).count() == 1


@pytest.mark.parametrize(
    ("answer", "legs", "fields"),
    [
        ("reversal_is_not_the_mirror", [("shelf", "truck", 9)], {}),
        ("reversal_is_not_the_mirror", [("truck", "shelf", 10)], {}),
        ("reversal_is_not_the_mirror", [("shelf", "truck", 10), ("shelf", "truck", 10)], {}),
        ("reversal_is_not_the_mirror", [("shelf", "truck", 10), ("shop", "truck", 10)], {}),
        ("reversal_unlike", [("shelf", "truck", 10)], {"kind": "stocktake"}),
        ("reversal_unlike", [("shelf", "truck", 10)], {"happened_at": BEFORE_OPENING}),
        ("transaction_moves_nothing", [], {}),
    ],
)
def test_a_correction_is_the_exact_mirror(
    house: House, answer: str, legs: list[tuple[str, str, int]], fields: dict[str, object]
) -> None:
    lot, key = collect(house), new_id()
    moved = move(house, lot, 10, house.truck, house.shelf)
    with refused(f"bocal:{answer}"):
        for source, target, quantity in legs:
            bare_movement(lot, quantity, getattr(house, source), getattr(house, target), transaction_id=key)
        bare_transaction(house, id=key, **{"kind": "transfer", "reverses": moved, "note": "oups"} | fields)


def test_a_correction_is_not_corrected_past_the_actions(house: House) -> None:
    lot = collect(house)
    correction = reverse(house, move(house, lot, 10, house.truck, house.shelf))
    key = new_id()
    with refused("bocal:reversal_of_reversal"):
        bare_movement(lot, 10, house.truck, house.shelf, transaction_id=key)
        bare_transaction(house, "transfer", id=key, reverses=correction, note="oups")


def test_a_correction_crosses_every_leg(house: House) -> None:
    lot, key = collect(house), new_id()
    legs = [Leg(LotId(lot.pk), 10, house.truck.pk, target.pk) for target in (house.shelf, house.shop)]
    moved = record(house, "transfer", *legs)
    with refused("bocal:reversal_is_not_the_mirror"):
        bare_movement(lot, 10, house.shelf, house.truck, transaction_id=key)
        bare_transaction(house, "transfer", id=key, reverses=moved, note="à moitié")


def test_a_correction_of_two_equal_legs_crosses_both(house: House) -> None:
    lot = collect(house)
    leg = Leg(LotId(lot.pk), 10, house.truck.pk, house.shelf.pk)
    reverse(house, record(house, "transfer", leg, leg))
    assert balance_of(house.truck) == {LotId(lot.pk): 60_000}
    assert differences() == []


# --- Accounts, lots, opening ---------------------------------------------------------------------------


def test_accounts_are_made_once(house: House) -> None:
    assert house.truck.place is not None
    assert actions.place_account(house.truck.place) == house.truck
    assert actions.party_account() == house.anonymous
    assert actions.party_account(name="anonyme") == house.anonymous
    assert actions.party_account(name="Mme R.") != house.anonymous
    assert actions.till_account() == actions.till_account()
    assert actions.till_account(house.shop.place) != actions.till_account()
    assert actions.time_account() == actions.time_account()
    assert actions.time_account(person=house.operator) != actions.party_account(person=house.operator)
    assert actions.sink_account("waste") == actions.sink_account(Account.Sink.WASTE)


def test_an_account_is_called_what_it_stands_for(house: House) -> None:
    names = [
        house.truck,
        house.producer,
        house.anonymous,
        actions.sink_account("breakage"),
        actions.till_account(),
    ]
    assert [str(account) for account in names] == [
        "Camion",
        "Ferme des Quatre Saules",
        "anonyme",
        "casse",
        "caisse",
    ]


def test_the_code_of_a_lot_says_the_day_and_the_rank(house: House) -> None:
    assert [collect(house).code for _time in range(3)] == ["L26-328-01", "L26-328-02", "L26-328-03"]


def test_a_lot_may_bring_its_own_code(house: House) -> None:
    facts = {
        "kind": "raw",
        "unit": "g",
        "label": "poires",
        "nature": "gift",
        "made_on": NOW.date(),
        "at": NOW,
    }
    lot = actions.create_lot(id=new_id(), owner=house.owner, code="R-017", **facts)
    assert lot.code == "R-017"
    with pytest.raises(UnableToCreateLot, match="porte déjà ce numéro"):
        actions.create_lot(id=new_id(), owner=house.owner, code="R-017", **facts)
    assert actions.create_lot(id=lot.pk, owner=house.owner, code="R-018", **facts) == lot
    assert Lot.objects.count() == 1


def test_the_journal_opens_once(house: House) -> None:
    assert open_journal(opened_on=OPENED_ON, at=NOW).opened_on == OPENED_ON
    with pytest.raises(UnableToOpenJournal, match="jeudi 1er janvier 2026"):
        open_journal(opened_on=NOW.date(), at=NOW)
    assert Opening.objects.count() == 1


def test_nothing_half_recorded_remains(house: House) -> None:
    """The second leg is refused: neither the first nor the operation is there."""
    free, held = released_jars(house), some_jars(house)
    before = (Movement.objects.count(), Transaction.objects.count(), balance_of(house.consigne))
    legs = [Leg(LotId(lot.pk), 1, house.consigne.pk, house.shop.pk) for lot in (free, held)]
    with pytest.raises(UnableToRecord), atomic():
        record(house, "transfer", *legs)
    assert (Movement.objects.count(), Transaction.objects.count(), balance_of(house.consigne)) == before


def test_jars_found_later_join_their_lot(house: House) -> None:
    jars = cook(house, (collect(house), 10_000))
    assert jars.batch is not None
    more = batch_outputs(batch=jars.batch.pk, portions=[Portion(LotId(jars.pk), 2, house.consigne.pk)])
    record(house, "batch", *more)
    assert balance_of(house.consigne) == {LotId(jars.pk): 22}
