"""What each act of the trade moves: the journal's rules that need no database.

`postings` turns an act (a collection, a batch, a sale…) into legs, `shapes` says which legs each kind of
transaction may have, `decisions` how the state of a lot follows from what was decided about it.
"""

from bocal.craft.journal.decisions import FIRST_DECISIONS, FREE_STATES, SAFE_SINKS, is_free, may_follow
from bocal.craft.journal.postings import (
    Currency,
    Leg,
    LotId,
    Portion,
    Resource,
    batch_inputs,
    batch_outputs,
    collection,
    crossed,
    exit_,
    holdings,
    sale_in_euros,
    sale_in_minutes,
    transfer,
)
from bocal.craft.journal.shapes import fits

__all__ = [
    "FIRST_DECISIONS",
    "FREE_STATES",
    "SAFE_SINKS",
    "Currency",
    "Leg",
    "LotId",
    "Portion",
    "Resource",
    "batch_inputs",
    "batch_outputs",
    "collection",
    "crossed",
    "exit_",
    "fits",
    "holdings",
    "is_free",
    "may_follow",
    "sale_in_euros",
    "sale_in_minutes",
    "transfer",
]
