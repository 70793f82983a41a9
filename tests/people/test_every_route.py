"""Every address of the router × every role: a door opens to those it says, and to nobody else, and never breaks.

The demonstration stands behind the doors, so that there is something to see. A view without `allow` fails by
its own name; a new part of an address asks for one line in `tests/support/addresses.py`.
"""

from copy import deepcopy
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from bocal.frontdoor.navigation import ENTRIES
from bocal.people import queries, roles
from bocal.people.routes import Route, UnguardedRoute, routes
from bocal.toolbox.access import PUBLIC, roles_of
from tests.people.factories import signed_in
from tests.support.addresses import NOBODYS, address_of

ACCESS_TABLE = Path(__file__).parents[2] / "docs" / "reference" / "access.md"

MENUS = {
    "coordination": ("week", "surplus", "agenda", "kitchen", "stock", "shop", "team", "figures", "settings"),
    "director": ("week", "surplus", "agenda", "kitchen", "stock", "shop", "team", "figures", "settings"),
    "operator": ("agenda", "kitchen", "stock"),
    "referent": ("agenda", "stock", "team"),
    "shop": ("shop",),
    "treasurer": ("shop", "figures"),
    "volunteer": ("hours",),
    "admin": ("settings",),
    "inspector": ("kitchen", "stock"),
    "funder": ("figures",),
}
ANSWERS = {200, 302, 405}
REFUSALS = {302, 403, 404}


def test_every_view_says_who_may_open_it() -> None:
    """A view without `allow` is a view nobody decided about."""
    assert [route.path for route in routes() if route.roles is None] == []


def test_the_table_of_the_reference_is_up_to_date(tmp_path: Path) -> None:
    """`bocal access-table -o docs/reference/access.md` writes it anew."""
    written = tmp_path / "access.md"
    call_command("access_table", output=written)
    assert written.read_text() == ACCESS_TABLE.read_text(), (
        "run: bocal access-table -o docs/reference/access.md"
    )


def test_a_route_that_nobody_decided_about_is_not_in_the_table() -> None:
    """Reckoning the table refuses to guess."""
    unguarded = Route("oubli/", "oubli", (), None, None)
    with pytest.raises(UnguardedRoute, match="oubli"):
        unguarded.is_open_to("coordination")


@pytest.mark.parametrize("role", roles.ROLES)
def test_each_role_has_the_menu_it_lives_in(role: str) -> None:
    """The operator three entries, the shop one, a référent·e three; every entry opens, the landing is among them."""
    menu = roles.menu_of([role])
    assert menu == MENUS[role]
    assert roles.landing_of([role]) in menu
    for key in menu:
        assert role in (roles_of(resolve(reverse(ENTRIES[key].page)).func) or ()) or key == "hours"


def test_who_holds_several_roles_sees_the_menus_of_all() -> None:
    """In the order of the house, landing where the first of them lives."""
    assert roles.menu_of(["volunteer", "operator", "shop"]) == ("agenda", "kitchen", "stock", "shop", "hours")
    assert roles.landing_of(["volunteer", "operator", "shop"]) == "kitchen"
    assert (roles.menu_of([]), roles.landing_of([])) == ((), None)


@pytest.fixture
def _bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages that refuse are tested elsewhere; drawing them thousands of times would say nothing more."""
    for code in (403, 404):
        bare = HttpResponse(status=code)
        monkeypatch.setattr(
            f"bocal.urls.handler{code}", lambda request, exception, bare=bare: bare, raising=False
        )


@pytest.mark.usefixtures("demonstration", "_bare_refusals")
@pytest.mark.django_db
def test_every_door_opens_to_those_it_says_and_to_nobody_else() -> None:
    """Everybody reads every address, some send it an empty form: open doors answer, closed ones refuse."""
    visitors = everybody()
    wrong: list[str] = []
    for route in routes():
        address = address_of(route)
        answers = {role: read(client, route, address) for role, client in visitors.items()}
        sent = {
            role: write(client, address) for role, client in visitors.items() if tries_to_write(role, route)
        }
        wrong += [
            f"{method} {address} ({route.name}) answers {status} to {role or 'anybody'}"
            for method, statuses, welcomes in (("GET", answers, may_read), ("POST", sent, may_write))
            for role, status in statuses.items()
            if not (status < 500 if welcomes(role, route) else status in REFUSALS)
        ]
        if not (answers_somebody(route, answers) or NOBODYS & set(route.parts) or is_no_page(route)):
            wrong.append(f"GET {address} ({route.name}) answers none of those it is open to: {answers}")
    assert not wrong, "\n".join(wrong)


# --- Helpers ----------------------------------------------------------------------------------------


def everybody() -> dict[str, Client]:
    """A browser for nobody in particular, one per role, one per kind of link."""
    visitors = {"": Client(raise_request_exception=False)}
    for role in roles.ROLES:
        if roles.ROLES[role].by_link:
            visitors[role] = Client(raise_request_exception=False)
            visitors[role].post(reverse("people:enter_demonstration", args=[role]))
        else:
            user = queries.user_with_role(role, on=timezone.localdate())
            assert user, f"the demonstration has nobody with the role {role}"
            visitors[role] = signed_in(user.person, Client(raise_request_exception=False))
    return visitors


def read(client: Client, route: Route, address: str) -> int:
    """The answer to reading a page; with an address that would end the session, by somebody else."""
    if route.name == "people:open_link":
        client = Client(raise_request_exception=False)
    response = client.get(address)
    if response.streaming:
        b"".join(response.streaming_content)  # type: ignore[arg-type]
    return response.status_code


def write(client: Client, address: str) -> int:
    """The answer to an empty form; whatever it writes is undone, and who was let out is back inside."""
    inside = deepcopy(client.cookies)
    with transaction.atomic():
        status = client.post(address, {}).status_code
        transaction.set_rollback(True)
    client.cookies = inside
    return status


def may_read(role: str, route: Route) -> bool:
    return route.is_open_to(role)


def may_write(role: str, route: Route) -> bool:
    """Roles that come by a link write nowhere, but where everybody may."""
    by_link = role in roles.BY_LINK
    return route.is_open_to(role) and (not by_link or PUBLIC in (route.roles or ()))


def tries_to_write(role: str, route: Route) -> bool:
    """The first who may; of those who may not, somebody without account, by a link, and the first with an account."""
    everyone = ("", *roles.ROLES)
    may = [other for other in everyone if may_write(other, route)][:1]
    may_not = [other for other in roles.HELD if not may_write(other, route)][:1]
    return role in {*may, *may_not, "", *roles.BY_LINK}


def answers_somebody(route: Route, answers: dict[str, int]) -> bool:
    """Does the page really answer one of those it is open to, or say that it wants a form?"""
    return any(status in ANSWERS for role, status in answers.items() if may_read(role, route))


def is_no_page(route: Route) -> bool:
    """Doors that answer to nobody here: a link needs its token, the gallery a developer, Django has a catch-all."""
    return route.name in {"people:open_link", "gallery"} or route.app == "admin"
