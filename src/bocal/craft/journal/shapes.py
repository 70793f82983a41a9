"""Which legs each kind of transaction may have.

Figures read what became of a jar from the kind of its transaction, so a kind must mean what it says: a
« casse » goes to the breakage sink and nowhere else. An account is seen here by its kind alone, sinks by
their name (`sink:samples`).
"""

from collections.abc import Mapping
from uuid import UUID

from bocal.craft.journal.postings import Currency, Leg

PLACE, PARTY, BATCH, TILL, TIME = "place", "party", "batch", "till", "time"
SINKS = ("waste", "eaten", "breakage", "samples", "destruction", "stocktake")


def sink(name: str) -> str:
    """How a sink is seen in a shape."""
    return f"sink:{name}"


Way = tuple[str, str]

_TO_PARTY: frozenset[Way] = frozenset({(PLACE, PARTY)})

LOT_WAYS: Mapping[str, frozenset[Way]] = {
    "collection": frozenset({(PARTY, PLACE)}),
    "batch": frozenset(
        {(PLACE, BATCH), (BATCH, PLACE), (BATCH, BATCH)}
        | {(BATCH, sink(name)) for name in SINKS if name != "stocktake"}
    ),
    "transfer": frozenset({(PLACE, PLACE)}),
    "on_the_spot": _TO_PARTY | {(PLACE, sink("eaten"))},
    "to_house": _TO_PARTY,
    "to_producer": _TO_PARTY,
    "to_association": _TO_PARTY,
    "to_client": _TO_PARTY,
    "sale_euros": _TO_PARTY,
    "sale_minutes": _TO_PARTY,
    "sample": frozenset({(PLACE, sink("samples"))}),
    "breakage": frozenset({(PLACE, sink("breakage"))}),
    "destruction": frozenset({(PLACE, sink("destruction")), (PLACE, sink("waste"))}),
    "stocktake": frozenset({(PLACE, sink("stocktake")), (sink("stocktake"), PLACE)}),
}

CURRENCY_WAYS: Mapping[tuple[str, Currency], frozenset[Way]] = {
    ("sale_euros", Currency.EUR): frozenset({(PARTY, TILL)}),
    ("sale_minutes", Currency.MIN): frozenset({(PARTY, TIME), (TIME, TIME)}),
}


def fits(kind: str, leg: Leg, seen: Mapping[UUID, str]) -> bool:
    """Does this leg belong in a transaction of this kind? `seen` is how each account is seen."""
    way = (seen[leg.source], seen[leg.target])
    if isinstance(leg.resource, Currency):
        return way in CURRENCY_WAYS.get((kind, leg.resource), frozenset())
    return way in LOT_WAYS.get(kind, frozenset())
