"""A real address for every route of the router, with a record of the demonstration in each of its parts.

A new part of an address (`<uuid:invoice_id>`) needs one line in `SAMPLES`.
"""

from collections.abc import Callable
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from bocal.craft.figures import CHANNELS
from bocal.frontdoor.views.helping import PAGES
from bocal.journal.models import Lot
from bocal.kitchen.models import Batch
from bocal.people import queries
from bocal.people.models import Organisation, Person, ReadOnlyLink, Role, Training
from bocal.people.routes import Route
from bocal.programme.models import Hours, Intervention, ResidentWord
from bocal.recipes.models import JarFormat, Recipe
from bocal.shop.models import Exit, Sale, Voucher
from bocal.surplus.models import Collection, CollectionLine, Offer
from bocal.territory.models import CommuneGroup, Place
from bocal.workbook.models import Import

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
