"""Screens of the kitchen: what waits, batches, lots and their release, what is where."""

from uuid import UUID

from django.http import QueryDict

from bocal.people import roles

READERS = (roles.COORDINATION, roles.DIRECTOR, roles.OPERATOR, roles.REFERENT, roles.INSPECTOR)
LOT_READERS = (*READERS, roles.SHOP)
WRITERS = (roles.COORDINATION, roles.OPERATOR)
MOVERS = (*WRITERS, roles.REFERENT)
BLOCKERS = (*roles.RELEASERS, roles.OPERATOR)


def id_in(data: QueryDict) -> UUID | None:
    """The id a form carries: when its record exists, the form was sent twice and there is nothing left to check."""
    try:
        return UUID(data.get("id", ""))
    except ValueError:
        return None
