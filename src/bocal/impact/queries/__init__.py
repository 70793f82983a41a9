"""Reads of the impact app: the figures of a scope, the records behind each, tables by structure and by month."""

from bocal.impact.queries.choices import Choices, choices, common_communes
from bocal.impact.queries.figures import figures
from bocal.impact.queries.months import Slice, by_years, through_time
from bocal.impact.queries.pulse import Beat, pulse
from bocal.impact.queries.scope import Scope
from bocal.impact.queries.tables import CrossRow, cross_table

__all__ = [
    "Beat",
    "Choices",
    "CrossRow",
    "Scope",
    "Slice",
    "by_years",
    "choices",
    "common_communes",
    "cross_table",
    "figures",
    "pulse",
    "through_time",
]
