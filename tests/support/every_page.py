"""Every page of Bocal that somebody may read in the demonstration, with who reads it."""

from collections.abc import Iterator
from typing import NamedTuple

from bocal.people.roles import ROLES
from bocal.people.routes import Route, routes
from bocal.toolbox.access import PUBLIC
from tests.support.addresses import NOBODYS, address_of

NO_PAGES = {
    "people:open_link",  # opens a session and leads elsewhere
    "people:enter_demonstration",
    "toolbox:gallery",  # of developers, tried on its own
}


class PageOfRole(NamedTuple):
    """An address and the role that opens it; an empty role is anybody."""

    address: str
    role: str
    route: Route


def every_page() -> Iterator[PageOfRole]:
    """Each address of the trade once, as the first role in the order of the house that may open it."""
    for route in routes():
        if route.app == "admin" or route.name in NO_PAGES or NOBODYS & set(route.parts):
            continue
        readers = [role for role, rule in ROLES.items() if not rule.by_link and route.is_open_to(role)]
        if route.roles and PUBLIC in route.roles:
            readers = ["", *readers] if route.name.startswith("account") else ["coordination"]
        if readers:
            yield PageOfRole(address_of(route), readers[0], route)
