"""Reads of the impact app: the figures of a scope, the records behind each, the table by structure."""

from bocal.impact.queries.figures import figures
from bocal.impact.queries.pulse import Beat, pulse
from bocal.impact.queries.scope import Scope
from bocal.impact.queries.tables import CrossRow, cross_table

__all__ = ["Beat", "CrossRow", "Scope", "cross_table", "figures", "pulse"]
