"""Screens of the shop: the till, what was sold, what became of the jars, what is promised.

Who sells sees the shop; a house sees its own shelf; the coordination and the operator see all.
"""

from bocal.people import roles

SELLERS = (roles.COORDINATION, roles.SHOP)
TAKINGS_READERS = (roles.COORDINATION, roles.DIRECTOR, roles.TREASURER)
TILL_READERS = (*TAKINGS_READERS, roles.SHOP)
GIVERS = (roles.COORDINATION, roles.OPERATOR, roles.REFERENT)
EXIT_READERS = (*GIVERS, roles.DIRECTOR, roles.TREASURER)
PROMISERS = (*GIVERS, roles.SHOP)
VOUCHER_READERS = (*PROMISERS, roles.DIRECTOR)
NAMES_READERS = (roles.COORDINATION, roles.DIRECTOR, roles.SHOP)

EVERYWHERE = frozenset({roles.COORDINATION, roles.DIRECTOR, roles.OPERATOR, roles.TREASURER})
"""Those who see the jars of every place."""
