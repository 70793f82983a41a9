"""The family of a recipe, guessed from its title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bocal.craft.recipes.families import FAMILY_OF_WORD, OTHER, guess_family


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("Confiture de tomate verte", "jam"),
        ("CONFITURE DE PRUNE", "jam"),
        ("Compote de poire", "compote"),
        ("Chutney de courgette", "chutney"),
        ("Coulis de tomate", "sauce"),
        ("Soupe de légumes", "soup"),
        ("Velouté de courge", "soup"),
        ("Caviar d'aubergine", "spread"),
        ("Poivronnade", "spread"),
        ("Le velouté d’hiver", "soup"),
        ("Haricots verts au naturel", OTHER),
        ("🍅", OTHER),
        ("", OTHER),
    ],
)
def test_the_first_known_word_decides(title: str, family: str) -> None:
    assert guess_family(title) == family


@given(st.text())
def test_any_title_has_a_family(title: str) -> None:
    assert guess_family(title) in {*FAMILY_OF_WORD.values(), OTHER}
