"""One table of roles: the menu each one lives in, where it lands, and what it may decide.

Navigation, the tests of every route and `docs/reference/access.md` read this table and no other. The keys of
the menu are the house's eight entries, *Réglages* and *Mes heures*; the front door knows their addresses.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COORDINATION = "coordination"
OPERATOR = "operator"
REFERENT = "referent"
VOLUNTEER = "volunteer"
SHOP = "shop"
TREASURER = "treasurer"
DIRECTOR = "director"
ADMIN = "admin"
INSPECTOR = "inspector"
FUNDER = "funder"

MENU = ("week", "surplus", "agenda", "kitchen", "stock", "shop", "team", "figures", "hours", "settings")


@dataclass(frozen=True)
class RoleRule:
    """What one role sees and may decide."""

    label: Promise | str
    menu: tuple[str, ...]
    sees: Promise | str
    releases: bool = False
    administers: bool = False
    by_link: bool = False

    @property
    def landing(self) -> str:
        return self.menu[0]


# In order of precedence: who holds several roles lands where the first of them lives.
ROLES: dict[str, RoleRule] = {
    COORDINATION: RoleRule(
        _("coordination"),
        ("week", "surplus", "agenda", "kitchen", "stock", "shop", "team", "figures", "settings"),
        _("tout ce qui touche au métier"),
        releases=True,
    ),
    DIRECTOR: RoleRule(
        _("direction"),
        ("week", "surplus", "agenda", "kitchen", "stock", "shop", "team", "figures", "settings"),
        _("lit tout ; donne les rôles et les accès"),
        releases=True,
        administers=True,
    ),
    OPERATOR: RoleRule(
        _("opérateur·rice"), ("kitchen", "stock", "agenda"), _("la cuisine, les stocks et l'agenda du camion")
    ),
    SHOP: RoleRule(_("boutique"), ("shop",), _("la caisse et les pots de la boutique")),
    REFERENT: RoleRule(
        _("référent·e alimentation"),
        ("agenda", "stock", "team"),
        _("l'agenda, les stocks, et les personnes de sa structure"),
        releases=True,
    ),
    TREASURER: RoleRule(
        _("trésorerie"), ("figures", "shop"), _("les recettes de la boutique, les chiffres, les exports")
    ),
    ADMIN: RoleRule(
        _("administration technique"),
        ("settings",),
        _("les accès et la technique, rien du métier"),
        administers=True,
    ),
    VOLUNTEER: RoleRule(_("bénévole"), ("hours",), _("ses propres heures et ses prochains rendez-vous")),
    INSPECTOR: RoleRule(
        _("contrôle (DDPP)"),
        ("kitchen", "stock"),
        _("les lots, les fabrications et leurs traces, en lecture"),
        by_link=True,
    ),
    FUNDER: RoleRule(
        _("financeur"), ("figures",), _("les chiffres et la plaquette, en lecture"), by_link=True
    ),
}

HELD = tuple(name for name, rule in ROLES.items() if not rule.by_link)
BY_LINK = tuple(name for name, rule in ROLES.items() if rule.by_link)
RELEASERS = tuple(name for name, rule in ROLES.items() if rule.releases)
ADMINISTRATORS = tuple(name for name, rule in ROLES.items() if rule.administers)


def menu_of(roles: Iterable[str]) -> tuple[str, ...]:
    """The entries of somebody's menu, in the order of the house."""
    held = set(roles)
    seen = {key for name, rule in ROLES.items() if name in held for key in rule.menu}
    return tuple(key for key in MENU if key in seen)


def landing_of(roles: Iterable[str]) -> str | None:
    """The entry where somebody arrives; none for who holds no role today."""
    held = set(roles)
    return next((rule.landing for name, rule in ROLES.items() if name in held), None)
