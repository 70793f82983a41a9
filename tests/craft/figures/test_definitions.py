"""Every key says what it is; the reference page says the same."""

import re
from pathlib import Path

import pytest

from bocal.craft.figures import CHANNELS, DEFINITIONS, KeyFigure, Unit

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "figures.md"
LEAFLET = {
    "workshops",
    "volunteer_hours",
    "participants",
    "trained_volunteers_involved",
    "communes_visited",
    "kg_transformed",
    "litres_of_soup",
    "jars_made",
}  # fmt: skip


@pytest.mark.parametrize("figure", DEFINITIONS.values(), ids=lambda figure: figure.key)
def test_a_figure_says_what_it_counts_and_by_which_day(figure: KeyFigure) -> None:
    assert figure.label
    assert figure.label_of_one
    assert figure.definition.endswith(".")
    assert figure.dated_by


def test_the_leaflet_prints_eight() -> None:
    assert {key for key, figure in DEFINITIONS.items() if figure.leaflet} == LEAFLET


@pytest.mark.parametrize(
    ("unit", "quantity", "said"),
    [
        (Unit.COUNT, 844, 844),
        (Unit.MINUTES, 1065, 1065),
        (Unit.HOURS, 96_000, 1600.0),
        (Unit.HOURS, 90, 1.5),
        (Unit.KILOS, 1_990_500, 1990.5),
        (Unit.LITRES, 100_000, 100.0),
        (Unit.EUROS, 41_000, 410.0),
    ],
)
def test_what_is_held_in_small_units_is_said_in_those_of_people(
    unit: Unit, quantity: int, said: float
) -> None:
    assert unit.for_people(quantity) == said


@pytest.mark.parametrize(
    ("key", "quantity", "label"),
    [
        ("workshops", 0, "animation"),
        ("workshops", 1, "animation"),
        ("workshops", 2, "animations"),
        ("volunteer_hours", 119, "heure de bénévolat"),
        ("volunteer_hours", 120, "heures de bénévolat"),
        ("litres_of_soup", 1_500, "litre de soupes et veloutés"),
        ("kg_transformed", 1_900_000, "kilos de fruits et légumes récupérés puis transformés"),
    ],
)
def test_the_plural_begins_at_two(key: str, quantity: int, label: str) -> None:
    assert DEFINITIONS[key].label_for(quantity) == label


def rows_of_the_reference(title: str) -> dict[str, list[str]]:
    """The table under a heading of the page: first cell -> the others."""
    section = REFERENCE.read_text("utf-8").split(f"## {title}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \|(.*)\|$", section, flags=re.MULTILINE)
    return {key: [cell.strip() for cell in rest.split("|")] for key, rest in rows}


def test_the_reference_defines_every_key_in_the_same_words() -> None:
    assert rows_of_the_reference("Every key") == {
        key: [
            figure.label,
            figure.unit.value,
            figure.definition,
            figure.dated_by,
            "yes" if figure.leaflet else "",
        ]
        for key, figure in DEFINITIONS.items()
    }


def test_the_reference_names_every_channel() -> None:
    assert rows_of_the_reference("Channels") == {kind: [label] for kind, label in CHANNELS.items()}
