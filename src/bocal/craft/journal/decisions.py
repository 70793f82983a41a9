"""Positive release: how a lot's state follows from the decisions taken on it, one after the other.

The last decision is the state. A jar lot whose state is not free may only go where nobody eats it. Any state
may be made stricter; only what was just started or is blocked can be released, so that a release written
while somebody recalls the lot never wins: lifting a withdrawal or a recall takes a block first, then a
release. Destruction is final. The database's triggers are generated from these tables.
"""

from collections.abc import Mapping

FREE_STATES = frozenset({"release", "prior"})
FIRST_DECISIONS = frozenset({"start", "prior"})

# Where a jar that is not free may still go, besides a quarantine place and a batch.
SAFE_SINKS = frozenset({"samples", "breakage", "destruction"})

_STRICTER = frozenset({"block", "withdraw", "recall", "destroy"})

NEXT_DECISIONS: Mapping[str, frozenset[str]] = {
    "start": _STRICTER | {"release"},
    "prior": _STRICTER,
    "release": _STRICTER,
    "block": (_STRICTER - {"block"}) | {"release"},
    "withdraw": _STRICTER - {"withdraw"},
    "recall": frozenset({"block", "destroy"}),
    "destroy": frozenset(),
}


def is_free(state: str | None) -> bool:
    """May jars in this state go to people? None is a lot nothing was decided about."""
    return state in FREE_STATES


def may_follow(state: str | None, kind: str) -> bool:
    """May this kind of decision be taken on a lot in this state?"""
    return kind in (FIRST_DECISIONS if state is None else NEXT_DECISIONS[state])
