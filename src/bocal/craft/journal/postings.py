"""Acts of the trade as legs: how much of what leaves which account and enters which.

A leg takes from one account exactly what it gives to another, so whatever is built here adds up to zero
over all accounts. Quantities are whole grams, millilitres, pieces, cents or minutes. Nothing is checked
here but what the words mean: whether an act may be recorded is for the journal, which knows the lots.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType
from uuid import UUID

LotId = NewType("LotId", UUID)


class Currency(StrEnum):
    """What is counted without being a lot. Cents and minutes are never added to each other."""

    EUR = "EUR"  # in cents
    MIN = "MIN"


Resource = LotId | Currency


@dataclass(frozen=True, slots=True)
class Leg:
    """A quantity of one resource leaving `source` and entering `target`."""

    resource: Resource
    quantity: int
    source: UUID
    target: UUID

    def crossed(self) -> "Leg":
        """The leg that undoes this one."""
        return Leg(self.resource, self.quantity, self.target, self.source)


Legs = tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Portion:
    """So much of one lot, and the account at its other end: where it was, or where it goes."""

    lot: LotId
    quantity: int
    account: UUID


def collection(*, portions: Iterable[Portion], producer: UUID) -> Legs:
    """A producer's lots, each weighed into the place of its portion."""
    return tuple(Leg(portion.lot, portion.quantity, producer, portion.account) for portion in portions)


def batch_inputs(*, batch: UUID, portions: Iterable[Portion]) -> Legs:
    """Lots taken from where they were kept into a batch."""
    return tuple(Leg(portion.lot, portion.quantity, portion.account, batch) for portion in portions)


def batch_outputs(*, batch: UUID, portions: Iterable[Portion]) -> Legs:
    """New lots leaving the batch that made them, for a place or a sink."""
    return tuple(Leg(portion.lot, portion.quantity, batch, portion.account) for portion in portions)


def transfer(*, lot: LotId, quantity: int, source: UUID, target: UUID) -> Legs:
    """A lot carried from one place to another."""
    return (Leg(lot, quantity, source, target),)


def exit_(*, lot: LotId, quantity: int, source: UUID, target: UUID) -> Legs:
    """A share, a sample, a breakage: a lot leaving a place for a party or a sink."""
    return (Leg(lot, quantity, source, target),)


def sale_in_euros(*, lot: LotId, jars: int, cents: int, place: UUID, buyer: UUID, till: UUID) -> Legs:
    """Jars to the buyer, euros to the till."""
    return (Leg(lot, jars, place, buyer), Leg(Currency.EUR, cents, buyer, till))


def sale_in_minutes(
    *, lot: LotId, jars: int, minutes: int, place: UUID, buyer: UUID, payer: UUID, payee: UUID
) -> Legs:
    """Jars to the buyer, minutes from the time account that pays (or the buyer, unknown) to the one paid."""
    return (Leg(lot, jars, place, buyer), Leg(Currency.MIN, minutes, payer, payee))


def crossed(legs: Iterable[Leg]) -> Legs:
    """The legs of the transaction that reverses these."""
    return tuple(leg.crossed() for leg in legs)


def holdings(legs: Iterable[Leg]) -> Mapping[tuple[UUID, Resource], int]:
    """What each account holds of each resource after these legs; accounts that hold nothing are left out."""
    held: Counter[tuple[UUID, Resource]] = Counter()
    for leg in legs:
        held[leg.source, leg.resource] -= leg.quantity
        held[leg.target, leg.resource] += leg.quantity
    return {key: quantity for key, quantity in held.items() if quantity}
