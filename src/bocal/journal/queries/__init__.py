"""Every read of the journal: where things are, what state a lot is in, where it came from and went."""

from bocal.journal.queries.balances import (
    Difference,
    balance_of,
    batch_balance,
    differences,
)
from bocal.journal.queries.lots import (
    is_free,
    lot_state,
    movements_of,
    with_state,
)
from bocal.journal.queries.stock import jar_lots_kept, negative_balances, stock_by_place, stock_of
from bocal.journal.queries.trace import Holding, Trace, trace_back, trace_forward

__all__ = [
    "Difference",
    "Holding",
    "Trace",
    "balance_of",
    "batch_balance",
    "differences",
    "is_free",
    "jar_lots_kept",
    "lot_state",
    "movements_of",
    "negative_balances",
    "stock_by_place",
    "stock_of",
    "trace_back",
    "trace_forward",
    "with_state",
]
