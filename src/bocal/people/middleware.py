"""Who asks: every request knows its person, her roles today and her houses, or the link it came by.

A person is whoever signed in and may still enter. A read-only link makes a session of its own, which
`toolbox.access` lets read and never write; it is looked up again at each request, so that a link that is cut
closes at once.
"""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bocal.people import queries
from bocal.people.models import Person, ReadOnlyLink

LINK_SESSION_KEY = "read_only_link"


class Request(HttpRequest):
    """A request as views receive it. By a link or without account `person` is None, and nothing is written."""

    person: Person
    roles: frozenset[str]
    house_ids: frozenset[UUID]
    link: ReadOnlyLink | None


def who_asks(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Sets `request.person`, `request.roles`, `request.house_ids` and `request.link`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        identify(cast(Request, request))
        return get_response(request)

    return middleware


def identify(request: Request) -> None:
    """Reads the session once and says who asks."""
    request.person, request.link = cast(Person, None), None
    request.roles, request.house_ids = frozenset(), frozenset()
    if request.user.is_authenticated:
        request.person = request.user.person
        held = queries.names_and_houses_of_roles(request.person, on=timezone.localdate())
        request.roles = frozenset(name for name, _house in held)
        request.house_ids = frozenset(house for _name, house in held if house)
    elif LINK_SESSION_KEY in request.session:
        _identify_link(request)


def _identify_link(request: Request) -> None:
    link = queries.living_link(request.session[LINK_SESSION_KEY], at=timezone.now())
    if link is None:
        del request.session[LINK_SESSION_KEY]
        return
    request.link = link
    request.roles = frozenset({link.audience})
