"""Whatever is built adds up to zero, says nothing twice, and can be undone."""

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bocal.craft.journal import (
    Currency,
    Leg,
    LotId,
    Portion,
    batch_inputs,
    batch_outputs,
    collection,
    crossed,
    exit_,
    holdings,
    sale_in_euros,
    sale_in_minutes,
    transfer,
)

PRODUCER, TRUCK, SHELF, BATCH, BUYER, TILL, TIME, WASTE = (UUID(int=n) for n in range(1, 9))
ACCOUNTS = st.sampled_from([PRODUCER, TRUCK, SHELF, BATCH, BUYER, TILL, TIME, WASTE])
LOTS = st.integers(100, 105).map(lambda n: LotId(UUID(int=n)))
QUANTITIES = st.integers(1, 10**9)
PORTIONS = st.lists(
    st.builds(Portion, lot=LOTS, quantity=QUANTITIES, account=st.sampled_from([TRUCK, SHELF]))
)

JAR, CARROT = LotId(UUID(int=100)), LotId(UUID(int=101))


@st.composite
def acts(draw: st.DrawFn) -> tuple[Leg, ...]:
    """The legs of any one act of the trade."""
    lot, quantity, price = draw(LOTS), draw(QUANTITIES), draw(QUANTITIES)
    return draw(
        st.sampled_from(
            [
                collection(portions=draw(PORTIONS), producer=PRODUCER),
                batch_inputs(batch=BATCH, portions=draw(PORTIONS)),
                batch_outputs(batch=BATCH, portions=draw(PORTIONS)),
                transfer(lot=lot, quantity=quantity, source=TRUCK, target=SHELF),
                exit_(lot=lot, quantity=quantity, source=SHELF, target=BUYER),
                sale_in_euros(lot=lot, jars=quantity, cents=price, place=SHELF, buyer=BUYER, till=TILL),
                sale_in_minutes(
                    lot=lot, jars=quantity, minutes=price, place=SHELF, buyer=BUYER, payer=BUYER, payee=TIME
                ),
            ]
        )
    )


@given(st.lists(acts()))
def test_every_resource_sums_to_zero_over_all_accounts(done: list[tuple[Leg, ...]]) -> None:
    sums: Counter[object] = Counter()
    for (_account, resource), quantity in holdings(leg for legs in done for leg in legs).items():
        sums[resource] += quantity

    assert not any(sums.values())


@given(st.lists(acts()), acts())
def test_an_act_and_its_reversal_leave_everything_as_it_was(
    done: list[tuple[Leg, ...]], mistake: tuple[Leg, ...]
) -> None:
    before = [leg for legs in done for leg in legs]

    assert holdings([*before, *mistake, *crossed(mistake)]) == holdings(before)


@given(acts())
def test_crossing_twice_changes_nothing(legs: tuple[Leg, ...]) -> None:
    assert crossed(crossed(legs)) == legs


def test_what_is_collected_leaves_the_producer_for_the_places_it_is_kept_in() -> None:
    portions = [Portion(CARROT, 12_500, TRUCK), Portion(CARROT, 500, SHELF)]

    assert holdings(collection(portions=portions, producer=PRODUCER)) == {
        (PRODUCER, CARROT): -13_000,
        (TRUCK, CARROT): 12_500,
        (SHELF, CARROT): 500,
    }


def test_a_batch_takes_lots_in_and_gives_new_ones_out() -> None:
    legs = (
        *batch_inputs(batch=BATCH, portions=[Portion(CARROT, 10_000, TRUCK)]),
        *batch_outputs(batch=BATCH, portions=[Portion(JAR, 20, SHELF)]),
    )

    assert holdings(legs) == {
        (TRUCK, CARROT): -10_000,
        (BATCH, CARROT): 10_000,
        (BATCH, JAR): -20,
        (SHELF, JAR): 20,
    }


def test_a_sale_in_euros_crosses_jars_and_cents() -> None:
    legs = sale_in_euros(lot=JAR, jars=3, cents=1_050, place=SHELF, buyer=BUYER, till=TILL)

    assert holdings(legs) == {
        (SHELF, JAR): -3,
        (BUYER, JAR): 3,
        (BUYER, Currency.EUR): -1_050,
        (TILL, Currency.EUR): 1_050,
    }


def test_a_sale_in_minutes_moves_minutes_and_no_euros() -> None:
    legs = sale_in_minutes(lot=JAR, jars=1, minutes=15, place=SHELF, buyer=BUYER, payer=TIME, payee=TILL)

    assert {leg.resource for leg in legs} == {JAR, Currency.MIN}
