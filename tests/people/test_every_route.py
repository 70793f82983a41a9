"""Every address of the router × every role: a door opens to those it says, and to nobody else, and never breaks.

The demonstration stands behind the doors, so that there is something to see. A new part of an address
(`<uuid:invoice_id>`) needs one line in `SAMPLES`; a view without `allow` fails by its own name.
"""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from bocal.craft.figures import CHANNELS
from bocal.frontdoor.demonstration import load_demonstration
from bocal.frontdoor.views.helping import PAGES
from bocal.journal.models import Lot
from bocal.kitchen.models import Batch
from bocal.people import queries, roles
from bocal.people.models import Organisation, Person, ReadOnlyLink, Role, Training
from bocal.people.routes import Route, UnguardedRoute, routes
from bocal.programme.models import Hours, Intervention, ResidentWord
from bocal.recipes.models import JarFormat, Recipe
from bocal.shop.models import Exit, Sale, Voucher
from bocal.surplus.models import Collection, CollectionLine, Offer
from bocal.territory.models import CommuneGroup, Place
from bocal.toolbox.access import PUBLIC
from bocal.workbook.models import Import
from tests.people.factories import signed_in

ACCESS_TABLE = Path(__file__).parents[2] / "docs" / "reference" / "access.md"

Sample = Callable[[], Any]


def key_of(model: Any, **where: Any) -> Sample:
    """The key of some record of the demonstration."""
    return lambda: model._default_manager.filter(**where).values_list("pk", flat=True).order_by("pk").first()


# What to put in each part of an address; under "route name:part" where one name means different things.
SAMPLES: dict[str, Sample] = {
    "person_id": lambda: queries.user_with_role("volunteer", on=timezone.localdate()).person_id,  # type: ignore[union-attr]
    "training_id": key_of(Training, person__roles__name="volunteer"),
    "role_id": key_of(Role, name="shop"),
    "link_id": key_of(ReadOnlyLink),
    "slug": lambda: "structures",
    "organisation_id": key_of(Organisation, kind=Organisation.Kind.HOUSE),
    "group_id": key_of(CommuneGroup),
    "place_id": key_of(Place),
    "people:enter_demonstration:role": lambda: "shop",
    "token": lambda: "jamais-donné",
    "pk": lambda: 1,
    "parameters:setting:key": lambda: "link_days",
    "impact:records:key": lambda: "workshops",
    "kind": lambda: next(iter(CHANNELS)),
    "frontdoor:help_page:slug": lambda: next(iter(PAGES)),
    "recipe_id": key_of(Recipe),
    "format_id": key_of(JarFormat),
    "intervention_id": key_of(Intervention, status="done", kind="workshop"),
    "word_id": key_of(ResidentWord),
    "hours_id": key_of(Hours),
    "offer_id": key_of(Offer),
    "collection_id": key_of(Collection),
    "line_id": key_of(CollectionLine),
    "batch_id": key_of(Batch),
    "lot_id": key_of(Lot, kind="jar"),
    "import_id": key_of(Import),
    "exit_id": key_of(Exit),
    "sale_id": key_of(Sale),
    "voucher_id": key_of(Voucher),
    "shop:collect:code": lambda: Voucher.objects.values_list("code", flat=True).order_by("pk").first(),
}
# What some pages want to be asked, behind the `?` of their address.
ASKED: dict[str, Callable[[], dict[str, Any]]] = {
    "shop:voucher_sheet": lambda: {"lot": SAMPLES["lot_id"]()},
}
NOBODYS = {"pk"}  # nobody of the demonstration has a passkey: whoever may ask is told it is not there
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


@pytest.fixture
def _bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages that refuse are tested elsewhere; drawing them thousands of times would say nothing more."""
    for code in (403, 404):
        bare = HttpResponse(status=code)
        monkeypatch.setattr(
            f"bocal.urls.handler{code}", lambda request, exception, bare=bare: bare, raising=False
        )


@pytest.mark.usefixtures("_bare_refusals")
@pytest.mark.django_db
def test_every_door_opens_to_those_it_says_and_to_nobody_else() -> None:
    """Everybody reads every address, some send it an empty form: open doors answer, closed ones refuse."""
    load_demonstration(at=timezone.now())
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


def address_of(route: Route) -> str:
    """A real address, with a record of the demonstration in each of its parts."""
    if route.app == "admin":
        return technical_address_of(route)
    parts = {part: sample(route, part) for part in route.parts}
    asked = ASKED[route.name]() if route.name in ASKED else {}
    return reverse(route.name, kwargs=parts, query=asked)


def sample(route: Route, part: str) -> Any:
    found = SAMPLES.get(f"{route.name}:{part}") or SAMPLES.get(part)
    assert found, f"{route.path}: say in SAMPLES what to put in <{part}>"
    value = found()
    assert value is not None, f"{route.path}: the demonstration has nothing for <{part}>"
    return value


def technical_address_of(route: Route) -> str:
    """Django's administration names its parts alike: any key, any app."""
    parts = {"object_id": key_of(Person)(), "content_type_id": 1, "app_label": "people", "url": "nulle-part"}
    try:
        return reverse(route.name, kwargs={part: parts[part] for part in route.parts})
    except NoReverseMatch:
        return "/technique/nulle-part/"


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
