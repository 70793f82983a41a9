"""What the screens of the shop share: whose jars one may touch, the tabs of the shop, pages made of one form."""

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from bocal.people import roles
from bocal.people.middleware import Request
from bocal.shop import queries
from bocal.shop.views import (
    EVERYWHERE,
    EXIT_READERS,
    GIVERS,
    SELLERS,
    TAKINGS_READERS,
    TILL_READERS,
    VOUCHER_READERS,
)
from bocal.territory.models import Place
from bocal.toolbox.access import allowed

R = TypeVar("R", bound=Model)


def reach(request: Request) -> set[UUID] | None:
    """The places whose jars the one who asks may give or hand over; None for all of them."""
    if request.roles & EVERYWHERE:
        return None
    places: set[UUID] = set()
    if roles.REFERENT in request.roles:
        places |= queries.shelves_of(request.house_ids)
    if roles.SHOP in request.roles:
        places |= {place.pk for place in queries.selling_places(shops_only=True)}
    return places


def houses_seen(request: Request) -> frozenset[UUID] | None:
    """The houses whose exits the one who asks may see; None for all of them."""
    return None if request.roles & EVERYWHERE else request.house_ids


def refuse_unless_within_reach(request: Request, *places: Place | None) -> None:
    """Jars of another place are for whoever keeps it."""
    within = reach(request)
    if within is not None and any(place is None or place.pk not in within for place in places):
        raise PermissionDenied(
            _("Ces pots sont gardés ailleurs que chez vous : la coordination peut le faire pour vous.")
        )


def tabs(request: Request, current: str) -> dict[str, Any]:
    """The pages of the shop that are open to the one who asks; nothing when there is only one."""
    first = _("Vendre") if allowed(request, *SELLERS) else _("Aujourd'hui")
    pages = (
        ("home", first, TILL_READERS),
        ("sales", _("Ventes"), TAKINGS_READERS),
        ("share", _("Partager"), GIVERS),
        ("vouchers", _("Bons de retrait"), VOUCHER_READERS),
        ("exits", _("Sorties"), EXIT_READERS),
    )
    open_pages = [
        {"label": label, "url": reverse(f"shop:{name}"), "current": name == current, "count": 0}
        for name, label, readers in pages
        if allowed(request, *readers)
    ]
    return {"tabs": open_pages if len(open_pages) > 1 else []}


def wanted_id(text: str | None) -> UUID | None:
    """The key an address or a form names; none for one that names nothing."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def wanted(records: QuerySet[R], text: str | None) -> R | None:
    """The record among these that an address names."""
    key = wanted_id(text)
    return records.filter(pk=key).first() if key else None
