"""Reads of the impact app: the figures of a scope and the records behind each."""

from bocal.impact.queries.figures import figures
from bocal.impact.queries.scope import Scope

__all__ = ["Scope", "figures"]
