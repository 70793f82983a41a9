"""Every write of the programme: interventions, who came, the hours given, what people said of it.

Each room holds one matter: `interventions` (planned, held, cancelled, reopened), `attendance` (heads by age band),
`hours` (recorded, corrected, withdrawn, confirmed by a house) and `evaluations` (smileys and residents' words).
"""

from bocal.programme.actions.attendance import UnableToCountAttendance, head_count, record_attendance
from bocal.programme.actions.evaluations import (
    UnableToRecordEvaluation,
    UnableToRecordWord,
    correct_word,
    record_evaluation,
    record_word,
    restore_word,
    withdraw_word,
)
from bocal.programme.actions.hours import (
    UnableToRecordHours,
    UnableToValidateHours,
    correct_hours,
    record_hours,
    restore_hours,
    undo_validation,
    validate_hours,
    withdraw_hours,
)
from bocal.programme.actions.interventions import (
    UnableToChangeIntervention,
    UnableToPlan,
    cancel_intervention,
    correct_intervention,
    hold_intervention,
    partner_named,
    plan_intervention,
    reopen_intervention,
)

__all__ = [
    "UnableToChangeIntervention",
    "UnableToCountAttendance",
    "UnableToPlan",
    "UnableToRecordEvaluation",
    "UnableToRecordHours",
    "UnableToRecordWord",
    "UnableToValidateHours",
    "cancel_intervention",
    "correct_hours",
    "correct_intervention",
    "correct_word",
    "head_count",
    "hold_intervention",
    "partner_named",
    "plan_intervention",
    "record_attendance",
    "record_evaluation",
    "record_hours",
    "record_word",
    "reopen_intervention",
    "restore_hours",
    "restore_word",
    "undo_validation",
    "validate_hours",
    "withdraw_hours",
    "withdraw_word",
]
