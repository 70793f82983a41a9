"""Django's administration, for the technical administrator only: to look, never to write.

Its pages stand behind `allow` like every other, so that the table of routes and roles covers them, and it has
no door of its own. It shows the tables registered as `LookOnly`: what is written has its action and its act.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _

from bocal.people import roles
from bocal.toolbox.access import allow

OWN_DOORS = {"login", "logout", "password_change", "password_change_done"}


class LookOnly(ModelAdmin):
    """A table to read: nothing is added, changed or deleted here."""

    def has_add_permission(self, request: HttpRequest, *anything: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, *anything: Any) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, *anything: Any) -> bool:
        return False


class TechnicalSite(AdminSite):
    """The technical pages."""

    site_header = site_title = _("Bocal, technique")
    index_title = _("Regarder sous le capot")
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Keep what can only be looked at; tables that other packages offer to edit stay out."""
        if admin_class and issubclass(admin_class, LookOnly):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return roles.ADMIN in request.roles  # type: ignore[attr-defined]  # set by people.middleware

    def get_urls(self) -> list[URLPattern | URLResolver]:
        routes = [route for route in super().get_urls() if getattr(route, "name", None) not in OWN_DOORS]
        _put_behind_the_door(routes)
        return routes


def _put_behind_the_door(routes: Iterable[URLPattern | URLResolver]) -> None:
    for route in routes:
        if isinstance(route, URLResolver):
            _put_behind_the_door(route.url_patterns)
        else:
            route.callback = allow(roles.ADMIN)(route.callback)
