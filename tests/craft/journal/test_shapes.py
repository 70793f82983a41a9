"""A kind of transaction means what it says."""

from uuid import UUID

import pytest

from bocal.craft.journal import Currency, Leg, LotId, fits
from bocal.craft.journal.shapes import CURRENCY_WAYS, LOT_WAYS, PARTY, PLACE, SINKS, TILL, TIME, sink

HERE, THERE = UUID(int=1), UUID(int=2)
JARS = Leg(LotId(UUID(int=9)), 3, HERE, THERE)
CENTS = Leg(Currency.EUR, 350, HERE, THERE)
MINUTES = Leg(Currency.MIN, 15, HERE, THERE)


def goes(kind: str, leg: Leg, source: str, target: str) -> bool:
    return fits(kind, leg, {HERE: source, THERE: target})


def test_a_breakage_goes_to_the_breakage_sink_and_nowhere_else() -> None:
    assert goes("breakage", JARS, PLACE, sink("breakage"))
    assert not any(goes("breakage", JARS, PLACE, sink(name)) for name in SINKS if name != "breakage")
    assert not goes("breakage", JARS, PLACE, PARTY)


def test_a_sample_is_not_a_gift() -> None:
    assert goes("sample", JARS, PLACE, sink("samples"))
    assert not goes("sample", JARS, PLACE, PARTY)


@pytest.mark.parametrize("kind", ["to_house", "to_producer", "to_association", "to_client", "on_the_spot"])
def test_a_share_goes_from_a_place_to_a_party(kind: str) -> None:
    assert goes(kind, JARS, PLACE, PARTY)
    assert not goes(kind, JARS, PLACE, PLACE)
    assert not goes(kind, JARS, PARTY, PLACE)


def test_euros_go_to_a_till_and_minutes_to_a_time_account() -> None:
    assert goes("sale_euros", CENTS, PARTY, TILL)
    assert goes("sale_minutes", MINUTES, TIME, TIME)
    assert goes("sale_minutes", MINUTES, PARTY, TIME)


@pytest.mark.parametrize("kind", sorted(LOT_WAYS))
def test_euros_and_minutes_never_meet(kind: str) -> None:
    assert not goes(kind, CENTS, PARTY, TIME)
    assert not goes(kind, MINUTES, PARTY, TILL)
    assert not ((kind, Currency.EUR) in CURRENCY_WAYS and (kind, Currency.MIN) in CURRENCY_WAYS)


def test_a_stocktake_goes_both_ways() -> None:
    assert goes("stocktake", JARS, PLACE, sink("stocktake"))
    assert goes("stocktake", JARS, sink("stocktake"), PLACE)


def test_an_unknown_kind_moves_nothing() -> None:
    assert not goes("vol", JARS, PLACE, PARTY)
    assert not goes("vol", CENTS, PARTY, TILL)
