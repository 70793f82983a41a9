"""The door of every view: who enters, who is sent to sign in, who is told no, and why."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.views.decorators.http import require_POST

from bocal.toolbox.access import PUBLIC, SIGNED_IN, allow, allowed, roles_of


def page(request: HttpRequest, word: str = "entrez") -> HttpResponse:
    return HttpResponse(word)


def ask(
    *roles: str, method: str = "GET", signed_in: bool = True, link: object = None, **headers: str
) -> HttpRequest:
    """A request as the middleware hands it on."""
    request = RequestFactory().generic(method, "/stock/?page=2", headers=headers)
    request.user = SimpleNamespace(is_authenticated=True) if signed_in else AnonymousUser()  # type: ignore[assignment]
    request.roles, request.link = frozenset(roles), link  # type: ignore[attr-defined]
    return request


def by_link(role: str, method: str = "GET") -> HttpRequest:
    return ask(role, method=method, signed_in=False, link=object())


def test_who_holds_one_of_the_roles_enters_and_the_address_is_handed_on() -> None:
    view = allow("coordination", "operator")(page)
    assert view(ask("operator", "referent"), word="bonjour").content == b"bonjour"
    assert view(ask("coordination", method="POST")).status_code == 200


def test_who_holds_another_role_is_told_so_kindly() -> None:
    with pytest.raises(PermissionDenied, match="n'est pas ouverte à votre rôle"):
        allow("treasurer")(page)(ask("operator"))


def test_who_has_an_account_but_no_role_today_is_told_so_too() -> None:
    with pytest.raises(PermissionDenied, match="coordination"):
        allow("treasurer")(page)(ask())


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back() -> None:
    answer = allow("operator")(page)(ask(signed_in=False))
    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/stock/%3Fpage%3D2")


def test_what_was_sent_by_somebody_signed_out_leads_back_to_the_page_it_was_sent_from() -> None:
    answer = allow("operator")(page)(ask(signed_in=False, method="POST", Referer="/lots/?vue=tout"))
    assert answer["Location"].endswith("?next=/lots/%3Fvue%3Dtout")


def test_a_fragment_asked_by_somebody_signed_out_moves_the_whole_page() -> None:
    request = ask(signed_in=False, **{"HX-Request": "true", "HX-Current-URL": "/lots/"})
    answer = allow("operator")(page)(request)
    assert answer.status_code == 401
    assert answer["HX-Redirect"].endswith("?next=/lots/")


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_link_reads(method: str) -> None:
    assert allow("coordination", "inspector")(page)(by_link("inspector", method)).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_link_never_writes(method: str) -> None:
    with pytest.raises(PermissionDenied, match="lire, pas d'écrire"):
        allow("coordination", "inspector")(page)(by_link("inspector", method))


def test_a_link_opens_only_what_it_is_for() -> None:
    with pytest.raises(PermissionDenied, match="lien n'ouvre pas"):
        allow("coordination", "inspector")(page)(by_link("funder"))
    with pytest.raises(PermissionDenied, match="lien n'ouvre pas"):
        allow.signed_in(page)(by_link("funder"))


def test_signed_in_is_anyone_with_an_account() -> None:
    assert allow.signed_in(page)(ask()).status_code == 200
    assert allow.signed_in(page)(ask(signed_in=False)).status_code == 302


def test_public_is_everyone_even_before_anyone_knows_who_asks() -> None:
    assert allow.public(page)(RequestFactory().get("/")).status_code == 200


@pytest.mark.parametrize("view", [allow("shop")(page), allow.signed_in(page), allow.public(page)])
def test_the_door_stands_in_for_the_login_middleware(view: object) -> None:
    """Which would send a visitor by link away."""
    assert view.login_required is False  # type: ignore[attr-defined]


def test_a_view_says_who_may_open_it_through_other_decorators() -> None:
    assert roles_of(require_POST(allow("shop", "treasurer")(page))) == {"shop", "treasurer"}
    assert roles_of(allow.signed_in(page)) == {SIGNED_IN}
    assert roles_of(login_not_required(allow.public(page))) == {PUBLIC}
    assert roles_of(lambda request: HttpResponse()) is None


def test_a_door_without_a_role_is_a_mistake_seen_at_once() -> None:
    with pytest.raises(TypeError, match="allow names the roles"):
        allow()
    with pytest.raises(TypeError, match="allow names the roles"):
        allow(page)  # type: ignore[arg-type]


def test_a_page_shows_to_whom_it_concerns() -> None:
    assert allowed(ask("shop"), "shop", "treasurer")
    assert not allowed(ask("operator"), "shop", "treasurer")
    template = Template("{% load access %}{% allowed 'shop' 'treasurer' as sells %}{{ sells }}")
    assert template.render(Context({"request": ask("shop")})) == "True"
