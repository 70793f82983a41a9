"""Spellings of commune names: what is the same, what is near, and what is neither."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bocal.craft.communes import Spoken, fold_name, nearest_names, spelling_distance, understand

TERRITORY = [
    fold_name(name)
    for name in (
        "Romans-sur-Isère",
        "Bourg-de-Péage",
        "Mours-Saint-Eusèbe",
        "Saint-Donat-sur-l'Herbasse",
        "Saint-Marcel-lès-Valence",
        "Saint-Bardoux",
        "Valence",
        "La Roche-de-Glun",
    )
]


@pytest.mark.parametrize(
    "spelling",
    [
        "Saint-Donat-sur-l'Herbasse",
        "Saint Donat sur l’Herbasse",
        "ST-DONAT-SUR-L'HERBASSE",
        "st. donat s/ l`herbasse",
        "  Saint‑Donat  s/l'Herbasse ",
        "SAINT–DONAT—SUR_L'HERBASSE",
    ],
)
def test_spellings_of_one_name_fold_alike(spelling: str) -> None:
    assert fold_name(spelling) == "saint donat sur l herbasse"


@pytest.mark.parametrize(
    ("spelling", "folded"),
    [
        ("Roche-de-Glun (La)", "la roche de glun"),
        ("Abergement-Clémenciat (L')", "l abergement clemenciat"),
        ("Ste-Eulalie-en-Royans", "sainte eulalie en royans"),
        ("Œuilly", "oeuilly"),
        ("Étoile-sur-Rhône", "etoile sur rhone"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("", ""),
        (" - ' ", ""),
    ],
)
def test_folding(spelling: str, folded: str) -> None:
    assert fold_name(spelling) == folded


def test_a_saint_inside_a_longer_word_is_left_alone() -> None:
    assert fold_name("Stenay") == "stenay"


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    folded = fold_name(text)
    assert fold_name(folded) == folded


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Romans-sur-Isère", Spoken("romans sur isere")),
        ("26100 Romans-sur-Isère", Spoken("romans sur isere", postcode="26100")),
        ("Romans-sur-Isère (26100)", Spoken("romans sur isere", postcode="26100")),
        ("Romans-sur-Isère, 26100", Spoken("romans sur isere", postcode="26100")),
        ("26102 ROMANS SUR ISERE CEDEX", Spoken("romans sur isere", postcode="26102")),
        ("Saint-Vallier (71)", Spoken("saint vallier", department="71")),
        ("Sainte-Lucie (2a)", Spoken("sainte lucie", department="2A")),
        ("Saint-Denis (974)", Spoken("saint denis", department="974")),
        ("Roche-de-Glun (La)", Spoken("la roche de glun")),
        ("26100", Spoken("", postcode="26100")),
        ("", Spoken("")),
    ],
)
def test_what_comes_with_the_name_is_set_apart(text: str, spoken: Spoken) -> None:
    assert understand(text) == spoken


def test_a_whole_novel_is_cut_before_it_is_read() -> None:
    assert len(understand("Romans " * 100_000).name) <= 120


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [
        ("peyrins", "peyrins", 0),
        ("peyrin", "peyrins", 1),
        ("peirins", "peyrins", 1),
        ("peyirns", "peyrins", 1),  # two letters swapped are one slip
        ("valence", "peyrins", None),
        ("", "ab", 2),
    ],
)
def test_spelling_distance(left: str, right: str, distance: int | None) -> None:
    assert spelling_distance(left, right, most=2) == distance


short = st.text(alphabet="abc ", max_size=8)


@given(short, short)
def test_distance_is_the_same_both_ways(left: str, right: str) -> None:
    assert spelling_distance(left, right, most=8) == spelling_distance(right, left, most=8)


@given(short, short)
def test_a_lower_ceiling_hides_but_never_changes_a_distance(left: str, right: str) -> None:
    distance = spelling_distance(left, right, most=8)
    assert distance is not None
    assert spelling_distance(left, right, most=2) == (distance if distance <= 2 else None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("roman sur isere", ["romans sur isere"]),
        ("romans", ["romans sur isere"]),
        ("bour de peage", ["bourg de peage"]),
        ("saint donat", ["saint donat sur l herbasse"]),
        ("roche de glun", ["la roche de glun"]),
        ("mours", ["mours saint eusebe"]),
        ("tombouctou", []),
        ("", []),
    ],
)
def test_the_name_that_was_meant(typed: str, meant: list[str]) -> None:
    assert nearest_names(typed, TERRITORY) == meant


def test_never_more_than_asked_and_in_the_order_given() -> None:
    assert nearest_names("saint", TERRITORY, most=2) == [
        "saint donat sur l herbasse",
        "saint marcel les valence",
    ]


def test_a_name_listed_twice_is_suggested_once() -> None:
    assert nearest_names("valance", ["valence", "valence"]) == ["valence"]
