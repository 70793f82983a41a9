"""Names, as people type them."""

import unicodedata
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bocal.people.names import fold, pseudonym_of, tidy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’Épi d’Or", "l'epi d'or"),
        ("Maison de quartier Saint-Nicolas", "MAISON DE QUARTIER SAINT NICOLAS"),
        ("Les Cœurs verts", "les coeurs  verts "),
        ("Noe\u0308l Guichard", "Noël\u00a0Guichard"),
        ("La\u200bFerme", "LaFerme"),
    ],
)
def test_two_spellings_of_a_name_are_one_name(one: str, other: str) -> None:
    """Accents, case, apostrophes, hyphens and odd spaces make no second name."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Les Ors", "Les Or"), ("Jeanne 🍅", "Jeanne 🥕"), ("Ferme 1", "Ferme 2")]
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    """Letters, figures and emoji tell names apart."""
    assert fold(one) != fold(other)


@pytest.mark.parametrize("empty", ["", "   ", "\u200b", "’ ' -"])
def test_a_name_without_a_letter_is_empty(empty: str) -> None:
    """Spaces, invisible characters and bare marks are no name."""
    assert fold(empty) == ""


def test_tidying_keeps_what_was_typed() -> None:
    """Apostrophes, accents and composed emoji stay; doubled spaces and invisible characters go."""
    assert tidy("  Aïcha  d’Albon\u200b 👩\u200d🍳 ") == "Aïcha d’Albon 👩\u200d🍳"


@given(st.text())
def test_folding_is_stable(text: str) -> None:
    """Folding what is folded changes nothing, and what was tidied folds the same."""
    assert fold(fold(text)) == fold(text)
    assert fold(tidy(text)) == fold(text)


@given(st.text())
def test_nothing_invisible_is_written_down(text: str) -> None:
    """A name to write down holds no control character and no doubled space."""
    kept = tidy(text)
    assert "  " not in kept
    assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in kept)


def test_a_pseudonym_is_the_same_each_time_and_says_nothing() -> None:
    """The pseudonym follows from the key alone."""
    key = UUID("01990000-0000-7000-8000-000000000001")
    assert pseudonym_of(key) == pseudonym_of(key)
    assert len(pseudonym_of(key)) == 12
