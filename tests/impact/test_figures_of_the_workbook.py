"""The figures of the imported season, against the published totals and against the workbook's own rows."""

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from bocal.craft.figures import Period
from bocal.impact.presentation import as_json
from bocal.impact.queries import Scope, cross_table, figures, through_time
from bocal.impact.queries.tables import COUNTED
from bocal.impact.registers import REGISTERS, channel_register
from bocal.people.models import Organisation
from bocal.people.queries import find_organisation
from bocal.territory.queries import find_commune
from tests.impact.workbook_rows import TEMPTING, Ask, Workbook, reckon

pytestmark = pytest.mark.usefixtures("demonstration")

EXPECTED = json.loads((Path(__file__).parent / "classeur-2017-2018.expected.json").read_text())
FIRST, LAST = date(2017, 7, 1), date(2018, 12, 31)


@pytest.fixture(scope="module")
def book() -> Workbook:
    return Workbook.read()


def scope_of(ask: Ask) -> Scope:
    house = find_organisation(Organisation.Kind.HOUSE, ask.house) if ask.house else None
    communes = frozenset({find_commune(ask.commune).code}) if ask.commune else None
    return Scope(Period(ask.first, ask.last), frozenset({house.id}) if house else None, communes)


@cache  # the database is the same for the whole module, and Bocal is asked the same again and again
def answer(ask: Ask) -> dict[str, Any]:
    return as_json(figures(scope_of(ask)), Period(ask.first, ask.last))


@pytest.mark.parametrize("key", [key for key in EXPECTED if key not in ("rows", "period")])
def test_every_published_figure(key: str) -> None:
    assert answer(Ask(FIRST, LAST))[key] == EXPECTED[key]


def test_the_command_line_says_the_same() -> None:
    out = StringIO()
    call_command("figures", "--from", "2017-07-01", "--to", "2018-12-31", "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert {key: said[key] for key in EXPECTED if key != "rows"} == {
        key: value for key, value in EXPECTED.items() if key != "rows"
    }


def asks(book: Workbook, how_many: int) -> list[Ask]:
    """Sub-periods of the season, with and without a structure or a commune; always the same ones."""
    dice = random.Random(1917)  # noqa: S311
    houses = sorted({row["Maison référente"] for row in book.interventions.values()})
    communes = sorted({row["Commune"] for row in book.interventions.values()})
    chosen = [Ask(FIRST, LAST, house=house) for house in houses]
    chosen += [Ask(FIRST, LAST, commune=commune) for commune in communes]
    for _turn in range(how_many):
        first = FIRST + timedelta(days=dice.randrange(540))
        last = first + timedelta(days=dice.randrange(1, 300))
        chosen.append(
            Ask(first, last, dice.choice([None, *houses]), dice.choice([None, None, None, *communes]))
        )
    return chosen


def compare(book: Workbook, ask: Ask) -> None:
    ours, theirs = answer(ask), reckon(book, ask)
    for key, value in theirs.items():
        assert ours[key] == value, (key, ask)


def test_any_sub_period_structure_or_commune(book: Workbook) -> None:
    for ask in asks(book, 20):
        compare(book, ask)


@pytest.mark.campaign
def test_a_thousand_sub_periods(book: Workbook) -> None:
    for ask in asks(book, 1000):
        compare(book, ask)


@pytest.mark.parametrize("tempting", TEMPTING, ids=lambda reading: reading.__name__)
def test_tempting_wrong_readings_are_told_apart(
    book: Workbook, tempting: Callable[[Workbook], tuple[str, float]]
) -> None:
    """Each would give another number, so a reckoning that made that mistake would be seen."""
    key, wrong = tempting(book)
    assert wrong != EXPECTED[key]
    assert answer(Ask(FIRST, LAST))[key] == EXPECTED[key]


@pytest.mark.parametrize(
    "ask",
    [
        Ask(FIRST, LAST),
        Ask(FIRST, LAST, house="Accorderie"),
        Ask(date(2018, 2, 1), date(2018, 9, 30), commune="Génissieux"),
        Ask(date(2018, 3, 10), date(2018, 10, 20), house="Maison de quartier des Ors"),
    ],
)
def test_every_list_adds_up_to_its_figure(ask: Ask) -> None:
    scope = scope_of(ask)
    reckoned = figures(scope)
    for key, register in REGISTERS.items():
        if key in reckoned:
            assert sum(row_quantity(row) for row in register.rows(scope)) == reckoned[key], key
            assert register.total(scope) == reckoned[key], key
    for kind, jars in reckoned.jars_by_channel.items():
        assert channel_register(kind).total(scope) == jars
    assert REGISTERS["jars_by_channel"].total(scope) == sum(reckoned.jars_by_channel.values())


def row_quantity(row: Any) -> int:
    return int(row["quantity"] if isinstance(row, dict) else row.quantity)


@pytest.mark.parametrize("house", [None, "Maison de quartier Saint-Nicolas"])
def test_the_table_and_the_months_add_up_to_the_figures(house: str | None) -> None:
    scope = scope_of(Ask(FIRST, LAST, house=house))
    rows, months, reckoned = cross_table(scope), through_time(scope), figures(scope)
    for key in COUNTED:
        assert sum(row.quantities[key] for row in rows) == reckoned[key], key
        assert sum(month.quantities[key] for month in months) == reckoned[key], key
    assert len(months) == 18
    assert len({row.cell.house for row in rows}) == (4 if house is None else 1)


def test_a_long_period_is_told_by_years() -> None:
    scope = Scope(Period(date(2015, 7, 1), LAST))
    years = through_time(scope)
    assert [year.period.first.year for year in years] == [2015, 2016, 2017, 2018]
    assert years[0].period == Period(date(2015, 7, 1), date(2015, 12, 31))
    assert sum(year.quantities["jars_made"] for year in years) == EXPECTED["jars_made"]


def test_channels_and_stock_add_up_to_the_jars_made(book: Workbook) -> None:
    for ask in asks(book, 20):
        said = answer(ask)
        assert sum(said["jars_by_channel"].values()) + said["jars_in_stock"] == said["jars_made"]


def test_what_nobody_counted_is_absent_not_zero() -> None:
    """Four clients' produce was processed, and nobody weighed it: that is not zero kilo."""
    said = answer(Ask(FIRST, LAST))
    assert "kg_facon" not in said
    assert "jars_facon" not in said
    assert answer(Ask(date(2019, 1, 1), date(2019, 1, 31)))["kg_facon"] == 0


@pytest.mark.parametrize("when", [date(2001, 1, 1), date(2030, 1, 1)])
def test_a_period_without_anything_is_zeros(when: date) -> None:
    said = answer(Ask(when, when))
    assert said["workshops"] == 0
    assert said["jars_by_channel"]["sur place"] == 0
