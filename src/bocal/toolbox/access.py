"""Who may open which page: every view says so with `allow`, and a test refuses a view that does not.

    @allow("coordination", "operator")   those roles, in writing and reading
    @allow.signed_in                     anyone with an account
    @allow.public                        everyone

Who comes by a read-only link reads and never writes, whatever her role. The middleware that knows who asks
sets `request.roles` and `request.link`; rows that only some may see are the view's own affair.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

View = Callable[..., HttpResponseBase]

PUBLIC = "public"
SIGNED_IN = "signed_in"
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class _Allow:
    """`allow` itself: a decorator that takes roles, with the two that need none beside it."""

    def __call__(self, *roles: str) -> Callable[[View], View]:
        if not roles or not all(isinstance(role, str) for role in roles):
            raise TypeError("allow names the roles: @allow('…'), or is @allow.signed_in or @allow.public")
        return lambda view: _guarded(view, frozenset(roles))

    def signed_in(self, view: View) -> View:
        return _guarded(view, frozenset({SIGNED_IN}))

    def public(self, view: View) -> View:
        return _guarded(view, frozenset({PUBLIC}))


allow = _Allow()


def roles_of(view: Any) -> frozenset[str] | None:
    """What `allow` said of this view; None when it said nothing."""
    return getattr(view, "allowed_roles", None)


def allowed(request: HttpRequest, *roles: str) -> bool:
    """Does the one who asks hold one of these roles? For what a page shows; `allow` guards the page."""
    return not _roles(request).isdisjoint(roles)


def _guarded(view: View, roles: frozenset[str]) -> View:
    """The view behind its door. The door also sends to sign in: a link opens pages without account."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if PUBLIC in roles:
            return view(request, *args, **kwargs)
        held = _held(request)
        if held.isdisjoint(roles):
            if not held:
                return _to_the_door(request)
            raise PermissionDenied(_why_not(request))
        if request.link and request.method not in READING:  # type: ignore[attr-defined]
            raise PermissionDenied(_("Ce lien permet de lire, pas d'écrire. Rien n'a été changé."))
        return view(request, *args, **kwargs)

    guarded.allowed_roles = roles  # type: ignore[attr-defined]
    return login_not_required(guarded)


def _held(request: HttpRequest) -> frozenset[str]:
    return _roles(request) | ({SIGNED_IN} if request.user.is_authenticated else set())


def _roles(request: HttpRequest) -> frozenset[str]:
    roles: frozenset[str] = request.roles  # type: ignore[attr-defined]
    return roles


def _why_not(request: HttpRequest) -> str:
    if request.link:  # type: ignore[attr-defined]
        return _("Votre lien n'ouvre pas cette page. Qui vous l'a donné peut vous en donner un autre.")
    return _("Cette page n'est pas ouverte à votre rôle. La coordination peut vous l'ouvrir.")


def _to_the_door(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, then back; HTMX, which asked for a fragment, moves the whole page there."""
    door = redirect_to_login(_page_of(request))
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=401, headers={"HX-Redirect": door.url})
    return door


def _page_of(request: HttpRequest) -> str:
    """The page the person is on, which is not the address of a fragment or of what she sends."""
    if request.headers.get("HX-Request") == "true":
        return request.headers.get("HX-Current-URL", "/")
    return request.get_full_path() if request.method in READING else request.headers.get("Referer", "/")
