"""A card for one kilo becomes a list for the kilos at hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bocal.craft.recipes.scaling import Ingredient, Portion, scale

ingredients = st.lists(st.builds(Ingredient, st.text(min_size=1), st.integers(0, 5_000)), max_size=8)
grams = st.integers(0, 5_000_000)


def test_a_card_for_one_kilo_is_scaled_to_twenty_five() -> None:
    card = [Ingredient("sucre", 650), Ingredient("jus de citron", 25)]
    assert scale(card, produce_grams=25_000) == [Portion("sucre", 16_250), Portion("jus de citron", 625)]


def test_half_a_gram_is_rounded_up() -> None:
    assert scale([Ingredient("sel", 1)], produce_grams=1_500) == [Portion("sel", 2)]


def test_less_than_nothing_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="less than nothing"):
        scale([], produce_grams=-1)


@given(ingredients, grams)
def test_the_order_and_the_names_are_those_of_the_card(card: list[Ingredient], produce: int) -> None:
    assert [portion.name for portion in scale(card, produce_grams=produce)] == [each.name for each in card]


@given(ingredients, grams)
def test_no_portion_is_more_than_half_a_gram_away(card: list[Ingredient], produce: int) -> None:
    for portion, each in zip(scale(card, produce_grams=produce), card, strict=True):
        assert abs(1000 * portion.grams - each.grams_per_kilo * produce) <= 500


@given(ingredients, grams, grams)
def test_more_produce_never_asks_for_less(card: list[Ingredient], less: int, more: int) -> None:
    less, more = sorted((less, more))
    for small, large in zip(scale(card, produce_grams=less), scale(card, produce_grams=more), strict=True):
        assert small.grams <= large.grams
