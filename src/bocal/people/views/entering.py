"""Entering and leaving: a code by e-mail or a passkey, a link that reads, one click in the demonstration.

allauth does the ceremony; these views say to whom its pages are open, under the addresses of the house. What
Bocal does not offer (passwords, signing up alone, changing one's own address) has no address at all.
"""

from typing import Any

from allauth.account import views as account
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bocal.parameters.queries import is_demonstration
from bocal.people import actions, queries, roles
from bocal.people.middleware import LINK_SESSION_KEY, Request
from bocal.toolbox.access import allow

HOME = "/"


# --- With an account ------------------------------------------------------------------------------


class EnterView(account.LoginView):
    """The sign-in page: an address to send a code to, a passkey, and in the demonstration one click per role."""

    template_name = "people/enter.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        doors = roles.ROLES.items() if is_demonstration() else ()
        return {**super().get_context_data(**kwargs), "demonstration_roles": list(doors)}


enter = allow.public(EnterView.as_view())
send_code = allow.public(account.request_login_code)
confirm_code = allow.public(account.confirm_login_code)
enter_with_passkey = allow.public(webauthn.login_webauthn)
closed_account = allow.public(account.account_inactive)


@allow.public
def leave(request: HttpRequest) -> HttpResponse:
    """The way out, for an account and for a link: by a button, never by following an address."""
    if request.method == "POST":
        logout(request)
        messages.success(request, _("Vous êtes sorti·e. À bientôt."))
        return redirect("account_login")
    return redirect(HOME)


# --- One's own access -----------------------------------------------------------------------------


@allow.signed_in
@require_safe
def my_access(request: Request) -> HttpResponse:
    """What I am here, and the keys that let me in."""
    return render(
        request,
        "people/my_access.html",
        {
            "held": queries.roles_held(request.person, on=timezone.localdate()),
            "passkeys": Authenticator.objects.filter(user=request.user).count(),
        },
    )


my_passkeys = allow.signed_in(webauthn.list_webauthn)
add_passkey = allow.signed_in(webauthn.add_webauthn)
rename_passkey = allow.signed_in(webauthn.edit_webauthn)
remove_passkey = allow.signed_in(webauthn.remove_webauthn)


# --- By a link that reads -------------------------------------------------------------------------


@allow.public
@never_cache
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """A read-only link makes a session of its own; a link that opens nothing never says why."""
    at = timezone.now()
    link = queries.link_for(token, at=at)
    if link is None:
        response = render(request, "people/link_closed.html", status=404)
    else:
        logout(request)
        request.session[LINK_SESSION_KEY] = str(link.pk)
        if request.method == "GET":
            actions.note_visit(link=link, at=at)
        response = redirect(HOME)
    response["Referrer-Policy"] = "no-referrer"  # the address is the key: it follows nobody out
    return response


# --- In the demonstration -------------------------------------------------------------------------


@allow.public
def enter_demonstration(request: HttpRequest, role: str) -> HttpResponse:
    """One click per role, in a database marked as a demonstration; anywhere else there is no such page."""
    if not is_demonstration() or role not in roles.ROLES:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if roles.ROLES[role].by_link:
        link = actions.link_of_the_demonstration(audience=role, at=timezone.now())
        logout(request)
        request.session[LINK_SESSION_KEY] = str(link.pk)
    else:
        user = queries.user_with_role(role, on=timezone.localdate())
        if user is None:
            raise Http404
        logout(request)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(HOME)
