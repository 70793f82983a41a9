"""Every write of the journal, as verbs. The database has the last word; its refusals come back in French."""

from bocal.journal.actions.accounts import (
    ANONYMOUS,
    open_batch_account,
    party_account,
    place_account,
    sink_account,
    till_account,
    time_account,
)
from bocal.journal.actions.balances import rebuild_balances
from bocal.journal.actions.decisions import (
    UnableToDecide,
    UnableToRelease,
    block_lot,
    decide,
    mark_prior,
    release_lot,
    start_lot,
)
from bocal.journal.actions.lots import UnableToCreateLot, create_lot
from bocal.journal.actions.opening import UnableToOpenJournal, open_journal
from bocal.journal.actions.transactions import (
    UnableToRecord,
    UnableToReverse,
    record_transaction,
    reverse_transaction,
)

__all__ = [
    "ANONYMOUS",
    "UnableToCreateLot",
    "UnableToDecide",
    "UnableToOpenJournal",
    "UnableToRecord",
    "UnableToRelease",
    "UnableToReverse",
    "block_lot",
    "create_lot",
    "decide",
    "mark_prior",
    "open_batch_account",
    "open_journal",
    "party_account",
    "place_account",
    "rebuild_balances",
    "record_transaction",
    "release_lot",
    "reverse_transaction",
    "sink_account",
    "start_lot",
    "till_account",
    "time_account",
]
