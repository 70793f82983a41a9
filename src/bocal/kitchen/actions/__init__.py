"""Every write of the kitchen: batches recorded and corrected, lots released, blocked and carried about.

Each room holds one matter; `checks` and `outputs` are what recording and correcting a batch share.
"""

from bocal.kitchen.actions.batches import UnableToRecordBatch, record_batch
from bocal.kitchen.actions.corrections import UnableToCorrectBatch, cancel_batch, correct_batch, relink_batch
from bocal.kitchen.actions.moves import UnableToMove, move_lot
from bocal.kitchen.actions.release import block_lot, release_lot

__all__ = [
    "UnableToCorrectBatch",
    "UnableToMove",
    "UnableToRecordBatch",
    "block_lot",
    "cancel_batch",
    "correct_batch",
    "move_lot",
    "record_batch",
    "release_lot",
    "relink_batch",
]
