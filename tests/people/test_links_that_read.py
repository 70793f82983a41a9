"""Read-only links for an inspector or a funder, and the one-click doors of the demonstration."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bocal.parameters.actions import mark_demonstration
from bocal.people import actions, roles
from bocal.people.models import ReadOnlyLink
from bocal.toolbox.ids import new_id
from tests.people.factories import NOW, TODAY, a_person, link_client, signed_in, somebody_who

pytestmark = pytest.mark.django_db


def a_link(audience: str = "inspector", days: int = 7) -> tuple[ReadOnlyLink, str]:
    now = timezone.now()
    return actions.make_link(
        id=new_id(),
        audience=audience,
        label="DDPP",
        expires_at=now + timedelta(days=days),
        by=a_person("Qui donne"),
        at=now,
    )


def session_link(client: Client) -> object:
    return client.session.get("read_only_link")


def test_a_link_opens_a_session_of_its_own() -> None:
    """It leads home under its own role, leaves no trace of the token in the address, and notes the visit."""
    link, token = a_link()
    client = Client()
    response = client.get(f"/lien/{token}")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert session_link(client) == str(link.pk)
    link.refresh_from_db()
    assert link.last_used_at is not None


def test_a_link_that_opens_nothing_never_says_why() -> None:
    """Unknown, cut, past its day: the same page, byte for byte, and the same code."""
    cut, cut_token = a_link()
    actions.cut_link(link=cut, by=cut.created_by, at=timezone.now())
    with time_machine.travel(NOW, tick=False):
        _past, past_token = actions.make_link(
            id=new_id(),
            audience="funder",
            label="CAF",
            expires_at=NOW + timedelta(days=1),
            by=cut.created_by,
            at=NOW,
        )
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        answers = [
            Client().get(f"/lien/{token}") for token in (cut_token, past_token, "jamais-donné", "x" * 2000)
        ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert (
        "Ce lien n&#x27;ouvre rien" in answers[0].content.decode()
        or "n'ouvre rien" in answers[0].content.decode()
    )


def test_a_link_that_is_cut_closes_the_sessions_it_opened() -> None:
    """At the next click the visitor is at the door."""
    client = link_client("inspector")
    link = ReadOnlyLink.objects.get()
    assert client.get(reverse("people:team")).status_code == 403
    actions.cut_link(link=link, by=link.created_by, at=timezone.now())
    assert client.get(reverse("people:team")).status_code == 302
    assert session_link(client) is None


def test_a_link_does_not_mix_with_an_account() -> None:
    """Whoever tries the link while signed in is let out first: the link never adds to what she may do."""
    client = signed_in(somebody_who("coordination"))
    _link, token = a_link()
    client.get(f"/lien/{token}")
    assert client.get(reverse("mfa_index")).status_code == 403
    assert client.get(reverse("people:team")).status_code == 403


@pytest.mark.parametrize("audience", roles.BY_LINK)
def test_a_link_writes_nowhere(audience: str) -> None:
    """Nor does it open what asks for an account."""
    client = link_client(audience)
    for name in ("people:new_person", "people:open_access", "people:new_link"):
        assert client.post(reverse(name), {}).status_code == 403
    assert client.get(reverse("mfa_index")).status_code in {302, 403}


def test_a_visitor_by_link_can_leave() -> None:
    """The way out is the same button."""
    client = link_client("funder")
    client.post("/sortir/")
    assert session_link(client) is None


def test_following_a_link_by_head_is_no_visit() -> None:
    """A mail program that looks before the person does is not counted."""
    link, token = a_link()
    Client().head(f"/lien/{token}")
    link.refresh_from_db()
    assert link.last_used_at is None
    assert Client().post(f"/lien/{token}").status_code == 405


@pytest.mark.parametrize("role", roles.ROLES)
def test_a_real_cannery_has_no_door_without_key(role: str) -> None:
    """Without the mark of a demonstration there is no such page, whoever asks and however."""
    if role in roles.HELD:
        somebody_who(role)
    client = Client()
    address = f"/entrer/demonstration/{role}"
    assert client.post(address).status_code == 404
    assert client.get(address).status_code == 404
    assert "demonstration" not in client.get("/entrer/").content.decode()
    assert client.get(reverse("mfa_index")).status_code == 302


@pytest.mark.parametrize("role", roles.ROLES)
def test_the_demonstration_lets_in_by_one_click(role: str) -> None:
    """One button per role on the sign-in page; behind it, exactly that role."""
    mark_demonstration(since=TODAY, at=NOW)
    if role in roles.HELD:
        somebody_who(role)
    client = Client()
    page = client.get("/entrer/").content.decode()
    assert f'action="/entrer/demonstration/{role}"' in page
    assert client.get(f"/entrer/demonstration/{role}").status_code == 405
    response = client.post(f"/entrer/demonstration/{role}")
    assert (response.status_code, response["Location"]) == (302, "/")
    seen = client.get("/entrer/ferme/").wsgi_request
    assert seen.roles == {role}  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", ["roi", "public", "system"])
def test_the_demonstration_knows_its_roles_only(role: str) -> None:
    """A role nobody has opens nothing."""
    mark_demonstration(since=TODAY, at=NOW)
    assert Client().post(f"/entrer/demonstration/{role}").status_code == 404
