"""Where the kilos of a batch went."""

from hypothesis import given
from hypothesis import strategies as st

from bocal.craft.recipes.mass_balance import MassBalance

amounts = st.integers(0, 10_000_000)
balances = st.builds(MassBalance, amounts, amounts, amounts, amounts, amounts, amounts)


def test_what_is_found_nowhere_is_missing() -> None:
    balance = MassBalance(inputs_grams=42_000, jars_ml=15 * 385, waste_grams=11_500, eaten_grams=20_000)
    assert balance.outputs_grams == 37_275
    assert (balance.missing_grams, balance.excess_grams) == (4_725, 0)


def test_water_and_sugar_make_an_excess() -> None:
    balance = MassBalance(inputs_grams=10_000, soup_ml=15_000)
    assert (balance.missing_grams, balance.excess_grams) == (0, 5_000)


def test_shares_of_nothing_are_nothing() -> None:
    assert MassBalance(inputs_grams=0).share_of_inputs(500) == 0


@given(balances)
def test_inputs_and_excess_equal_outputs_and_what_is_missing(balance: MassBalance) -> None:
    assert balance.inputs_grams + balance.excess_grams == balance.outputs_grams + balance.missing_grams
    assert balance.missing_grams == 0 or balance.excess_grams == 0
