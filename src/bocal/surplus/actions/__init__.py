"""Every write of the surplus: what was offered (`offers`), and what was really weighed (`collections`)."""

from bocal.surplus.actions.collections import (
    CollectedLine,
    UnableToCorrectCollection,
    UnableToRecordCollection,
    cancel_collection_line,
    correct_collection_line,
    grams_of,
    record_collection,
    relink_collection,
)
from bocal.surplus.actions.offers import (
    UnableToAnswerOffer,
    UnableToRecordOffer,
    answer_offer,
    correct_offer,
    record_offer,
    reopen_offer,
)
from bocal.surplus.actions.producers import UnknownProducer, find_or_record_producer

__all__ = [
    "CollectedLine",
    "UnableToAnswerOffer",
    "UnableToCorrectCollection",
    "UnableToRecordCollection",
    "UnableToRecordOffer",
    "UnknownProducer",
    "answer_offer",
    "cancel_collection_line",
    "correct_collection_line",
    "correct_offer",
    "find_or_record_producer",
    "grams_of",
    "record_collection",
    "record_offer",
    "relink_collection",
    "reopen_offer",
]
