"""Where each entry of the menu leads; which entries a person has is said by `people.roles`."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bocal.parameters.queries import is_demonstration
from bocal.people.roles import landing_of, menu_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its name, the short one of the phone, its drawing, its page, and what stands under it."""

    label: str | Promise
    short: str | Promise
    icon: str
    page: str
    under: tuple[str, ...]


ENTRIES: dict[str, Entry] = {
    "week": Entry(_("La semaine"), _("Semaine"), "calendar3-week", "frontdoor:week", ("/",)),
    "surplus": Entry(_("Surplus"), _("Surplus"), "basket3", "surplus:home", ("/surplus/",)),
    "agenda": Entry(_("Agenda"), _("Agenda"), "calendar-event", "programme:agenda", ("/agenda/",)),
    "kitchen": Entry(_("Cuisine"), _("Cuisine"), "fire", "kitchen:home", ("/cuisine/",)),
    "stock": Entry(_("Stock"), _("Stock"), "box-seam", "kitchen:stock", ("/stock/",)),
    "shop": Entry(_("Boutique"), _("Boutique"), "shop", "shop:home", ("/boutique/",)),
    "team": Entry(_("Équipe"), _("Équipe"), "people", "people:team", ("/equipe/",)),
    "figures": Entry(_("Chiffres"), _("Chiffres"), "bar-chart-line", "impact:figures", ("/chiffres/",)),
    "hours": Entry(_("Mes heures"), _("Mes heures"), "clock", "programme:mine", ("/mes-heures/",)),
    "settings": Entry(_("Réglages"), _("Réglages"), "sliders", "frontdoor:settings", ("/reglages/",)),
}


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the menu of who asks, and whether this is a demonstration."""
    roles: frozenset[str] = getattr(request, "roles", frozenset())
    counts: dict[str, int] = getattr(request, "waiting", {})
    entries = [_shown(key, request.path, counts.get(key, 0)) for key in menu_of(roles)]
    return {
        "navigation": entries,
        "bottom_navigation": [{**entry, "label": entry["short"]} for entry in entries],
        "demonstration": is_demonstration(),
    }


def landing_page(request: HttpRequest) -> str | None:
    """The address where who asks begins; None for who holds no role today."""
    key = landing_of(getattr(request, "roles", frozenset()))
    return reverse(ENTRIES[key].page) if key else None


def _shown(key: str, path: str, count: int) -> dict[str, Any]:
    entry = ENTRIES[key]
    return {
        "key": key,
        "label": entry.label,
        "short": entry.short,
        "icon": entry.icon,
        "url": reverse(entry.page),
        "current": path == "/" if entry.under == ("/",) else path.startswith(entry.under),
        "count": count,
        "foot": key == "settings",
    }
