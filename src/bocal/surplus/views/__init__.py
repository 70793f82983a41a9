"""Screens of the surplus: what is offered and waits for an answer, what was collected and weighed."""

from bocal.people import roles

READERS = (roles.COORDINATION, roles.DIRECTOR, roles.OPERATOR, roles.REFERENT)
WRITERS = (roles.COORDINATION, roles.OPERATOR)
