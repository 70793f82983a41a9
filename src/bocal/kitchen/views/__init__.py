"""Screens of the kitchen: what waits, batches, lots and their release, what is where."""

from bocal.people import roles

READERS = (roles.COORDINATION, roles.DIRECTOR, roles.OPERATOR, roles.REFERENT, roles.INSPECTOR)
LOT_READERS = (*READERS, roles.SHOP)
WRITERS = (roles.COORDINATION, roles.OPERATOR)
MOVERS = (*WRITERS, roles.REFERENT)
BLOCKERS = (*roles.RELEASERS, roles.OPERATOR)
