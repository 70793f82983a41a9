"""Screens of the kitchen: what waits, batches, lots and their release, what is where."""

from uuid import UUID

from bocal.people import roles
from bocal.people.middleware import Request

READERS = (roles.COORDINATION, roles.DIRECTOR, roles.OPERATOR, roles.REFERENT, roles.INSPECTOR)
LOT_READERS = (*READERS, roles.SHOP)
WRITERS = (roles.COORDINATION, roles.OPERATOR)
MOVERS = (*WRITERS, roles.REFERENT)
BLOCKERS = (*roles.RELEASERS, roles.OPERATOR)


def sent_id(request: Request) -> UUID | None:
    """The id a form was sent with: when its record exists, the form was sent twice and there is nothing to check."""
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        return None
