"""What people type about the programme: an intervention, who came, the hours, what was said; filters of the lists."""

from bocal.programme.forms.hours import (
    CorrectHoursForm,
    HoursFilterForm,
    MyHoursForm,
    SharedHoursForm,
    WithdrawForm,
    complete_rows,
    hours_rows,
)
from bocal.programme.forms.interventions import (
    AttendanceForm,
    CancelForm,
    EvaluationForm,
    InterventionFilterForm,
    InterventionForm,
    NewInterventionForm,
    WordForm,
)

__all__ = [
    "AttendanceForm",
    "CancelForm",
    "CorrectHoursForm",
    "EvaluationForm",
    "HoursFilterForm",
    "InterventionFilterForm",
    "InterventionForm",
    "MyHoursForm",
    "NewInterventionForm",
    "SharedHoursForm",
    "WithdrawForm",
    "WordForm",
    "complete_rows",
    "hours_rows",
]
