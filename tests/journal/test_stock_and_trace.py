"""Where things are, what a batch did with its kilos, where a lot came from and went."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bocal.craft.journal import Leg, LotId, Portion, batch_inputs, batch_outputs
from bocal.journal import actions, queries
from bocal.journal.models import Account, Lot, Transaction
from tests.journal.factories import (
    NOW,
    House,
    a_batch_account,
    a_lot_of,
    collect,
    cook,
    give,
    move,
    record,
    release,
    released_jars,
    reverse,
    some_jars,
    start,
)


def held(account: Account) -> dict[str, tuple[int, str | None]]:
    """A place's stock as its page would show it."""
    assert account.place is not None
    return {row.lot.code: (row.quantity, row.state) for row in queries.stock_of(account.place)}


def test_stock_is_what_came_minus_what_left(house: House) -> None:
    jars = released_jars(house, jars=20)
    move(house, jars, 8, house.consigne, house.shelf)
    give(house, jars, 3, house.shelf, house.anonymous)
    assert held(house.shelf) == {jars.code: (5, "release")}
    assert held(house.consigne) == {jars.code: (12, "release")}


def test_an_emptied_place_holds_nothing(house: House) -> None:
    jars = released_jars(house, jars=2)
    move(house, jars, 2, house.consigne, house.shelf)
    assert held(house.consigne) == {}
    assert not house.consigne.balances.exists()


def test_stock_by_place_has_every_place_and_only_places(house: House) -> None:
    jars, raw = some_jars(house), collect(house, 5_000, "poires")
    rows = queries.stock_by_place()
    assert {(str(row.account.place), row.lot.code) for row in rows} >= {
        ("Consigne", jars.code),
        ("Camion", raw.code),
    }
    assert all(row.account.kind == Account.Kind.PLACE for row in rows)


def test_a_page_of_stock_is_one_query_however_long(house: House) -> None:
    for _time in range(3):
        some_jars(house)
    assert house.consigne.place is not None
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert (
            len(
                [
                    (row.lot.label, row.state, str(row.account))
                    for row in queries.stock_of(house.consigne.place)
                ]
            )
            == 3
        )
    assert len(captured) == 1


def test_what_a_place_gave_beyond_what_it_had_is_shown(house: House) -> None:
    lot = collect(house, 5_000)
    move(house, lot, 7_000, house.truck, house.shelf)
    assert [(str(row.account), row.quantity) for row in queries.negative_balances()] == [("Camion", -2_000)]


def test_the_balance_of_a_batch_says_where_the_kilos_went(house: House) -> None:
    batch = a_batch_account(house)
    raw = collect(house, 30_000)
    jars, waste, eaten = (a_lot_of(batch, kind) for kind in ("jar", "waste", "eaten"))
    soup = actions.create_lot(
        id=house.operator.pk, kind="bulk", unit="ml", label="soupe", nature="made", owner=house.owner,
        batch=batch, made_on=NOW.date(), at=NOW,
    )  # fmt: skip
    actions.start_lot(id=jars.pk, lot=jars, by=house.operator, decided_at=NOW, at=NOW)
    waste_sink, eaten_sink = actions.sink_account("waste"), actions.sink_account("eaten")
    out = [
        Portion(LotId(jars.pk), 20, house.consigne.pk),
        Portion(LotId(waste.pk), 4_000, waste_sink.pk),
        Portion(LotId(eaten.pk), 500, eaten_sink.pk),
        Portion(LotId(soup.pk), 10_000, eaten_sink.pk),
    ]
    taken = [Portion(LotId(raw.pk), 25_000, house.truck.pk)]
    cooked = record(
        house,
        "batch",
        *batch_inputs(batch=batch.pk, portions=taken),
        *batch_outputs(batch=batch.pk, portions=out),
    )
    balance = queries.batch_balance(batch)
    assert balance.inputs_grams == 25_000
    assert (balance.jars_ml, balance.soup_ml, balance.waste_grams, balance.eaten_grams) == (
        7_700,
        10_000,
        4_000,
        500,
    )
    assert balance.missing_grams == 25_000 - 7_700 - 10_000 - 4_000 - 500
    reverse(house, cooked)
    assert queries.batch_balance(batch).inputs_grams == 0


# --- Traces --------------------------------------------------------------------------------------------


def codes(trace: queries.Trace) -> set[str]:
    return {lot.code for lot in trace.lots}


def test_jars_of_mixed_origin_trace_to_every_origin(house: House) -> None:
    other = actions.party_account(organisation=house.client)
    ours = collect(house, 10_000, "carottes")
    theirs = actions.create_lot(
        id=house.releaser.pk, kind="raw", unit="g", label="navets", nature="gift", owner=house.owner,
        made_on=NOW.date(), at=NOW,
    )  # fmt: skip
    record(house, "collection", Leg(LotId(theirs.pk), 8_000, other.pk, house.truck.pk))
    jars = cook(house, (ours, 4_000), (theirs, 3_000))
    trace = queries.trace_back(jars)
    assert codes(trace) == {ours.code, theirs.code, jars.code}
    assert {(str(held.account), held.lot.label, held.quantity) for held in trace.origins} == {
        ("Ferme des Quatre Saules", "carottes", -10_000),
        ("Verger de la Galaure", "navets", -8_000),
    }
    assert {(held.lot.label, held.quantity) for held in trace.into_batches} == {
        ("carottes", 4_000),
        ("navets", 3_000),
    }


def test_a_trace_goes_through_semi_finished_and_jars_cooked_again(house: House) -> None:
    raw = collect(house, 20_000)
    batch = a_batch_account(house)
    pulp = a_lot_of(batch, "semi_finished")
    record(
        house, "batch",
        *batch_inputs(batch=batch.pk, portions=[Portion(LotId(raw.pk), 10_000, house.truck.pk)]),
        *batch_outputs(batch=batch.pk, portions=[Portion(LotId(pulp.pk), 7_000, house.truck.pk)]),
    )  # fmt: skip
    first = cook(house, (pulp, 7_000))
    second = cook(house, (first, 5), source=house.consigne)
    release(house, second)
    give(house, second, 2, house.consigne, house.anonymous)

    back, forward = queries.trace_back(second), queries.trace_forward(raw)
    assert codes(back) == codes(forward) == {raw.code, pulp.code, first.code, second.code}
    assert [str(held.account) for held in back.origins] == ["Ferme des Quatre Saules"]
    assert {(held.lot.code, str(held.account), held.quantity) for held in forward.destinations} == {
        (raw.code, "Camion", 10_000),
        (first.code, "Consigne", 15),
        (second.code, "Consigne", 18),
        (second.code, "anonyme", 2),
    }


def test_a_lot_does_not_descend_from_what_was_corrected_away(house: House) -> None:
    wrong, right = collect(house, 5_000, "poires"), collect(house, 5_000, "pommes")
    jars = cook(house, (wrong, 4_000))
    mistake = Transaction.objects.filter(kind="batch").get()
    reverse(house, mistake)
    assert jars.batch is not None
    record(
        house, "batch",
        *batch_inputs(batch=jars.batch.pk, portions=[Portion(LotId(right.pk), 4_000, house.truck.pk)]),
        *batch_outputs(batch=jars.batch.pk, portions=[Portion(LotId(jars.pk), 20, house.consigne.pk)]),
    )  # fmt: skip
    assert codes(queries.trace_back(jars)) == {right.code, jars.code}
    assert codes(queries.trace_forward(wrong)) == {wrong.code}
    assert codes(queries.trace_forward(right)) == {right.code, jars.code}


def test_what_a_correction_puts_back_into_a_batch_did_not_go_into_it(house: House) -> None:
    """Jars and peelings of a corrected batch went back into its account: neither is made of the other."""
    raw, batch = collect(house), a_batch_account(house)
    jars, peelings = a_lot_of(batch), a_lot_of(batch, Lot.Kind.WASTE)
    start(house, jars)
    legs = (
        *batch_inputs(batch=batch.pk, portions=[Portion(LotId(raw.pk), 4_000, house.truck.pk)]),
        Leg(LotId(jars.pk), 20, batch.pk, house.consigne.pk),
        Leg(LotId(peelings.pk), 900, batch.pk, actions.sink_account("waste").pk),
    )
    reverse(house, record(house, "batch", *legs))
    record(house, "batch", *legs)
    assert codes(queries.trace_back(jars)) == {raw.code, jars.code}
    assert codes(queries.trace_forward(raw)) == {raw.code, jars.code, peelings.code}


def test_sister_lots_are_not_each_others_ancestors(house: House) -> None:
    raw = collect(house)
    one, other = cook(house, (raw, 1_000)), cook(house, (raw, 1_000))
    assert other.code not in codes(queries.trace_back(one))
    assert codes(queries.trace_forward(raw)) == {raw.code, one.code, other.code}


def test_batches_that_feed_each_other_do_not_trace_for_ever(house: House) -> None:
    """Nobody cooks so, but somebody may record so."""
    raw = collect(house)
    first = cook(house, (raw, 1_000))
    second = cook(house, (first, 5), source=house.consigne)
    assert first.batch is not None
    record(house, "batch", Leg(LotId(second.pk), 5, house.consigne.pk, first.batch.pk))
    assert (
        codes(queries.trace_back(first))
        == codes(queries.trace_back(second))
        == {raw.code, first.code, second.code}
    )


@pytest.mark.parametrize("made", [1, 4])
def test_a_trace_takes_three_queries_however_large_the_family(house: House, made: int) -> None:
    raw = collect(house)
    for _time in range(made):
        cook(house, (raw, 1_000))
    with CaptureQueriesContext(connection) as captured:
        assert len(queries.trace_forward(raw).lots) == 1 + made
    assert len(captured) == 3


def test_a_lot_nothing_happened_to_traces_to_itself(house: House) -> None:
    lot = a_lot_of(a_batch_account(house), Lot.Kind.WASTE)
    assert queries.trace_back(lot) == queries.Trace(lots=(lot,), holdings=())
