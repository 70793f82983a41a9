"""Every read of the kitchen: batches, lots as they wait or are blocked, and what is where."""

from bocal.kitchen.queries.batches import (
    balance_of,
    batch_of,
    batches,
    contents_of,
    is_cancelled,
    jars_made,
    mass_balance,
)
from bocal.kitchen.queries.lots import (
    blocked_lots,
    decisions_on,
    default_quarantine,
    jar_lots_of,
    lot_with_batch,
    lots_collected_for,
    lots_to_release,
    may_release,
    produce_at_hand,
    producers_of,
    quarantine_places,
    storing_places,
)
from bocal.kitchen.queries.stock import Shelf, shelves, stock

__all__ = [
    "Shelf",
    "balance_of",
    "batch_of",
    "batches",
    "blocked_lots",
    "contents_of",
    "decisions_on",
    "default_quarantine",
    "is_cancelled",
    "jar_lots_of",
    "jars_made",
    "lot_with_batch",
    "lots_collected_for",
    "lots_to_release",
    "mass_balance",
    "may_release",
    "produce_at_hand",
    "producers_of",
    "quarantine_places",
    "shelves",
    "stock",
    "storing_places",
]
