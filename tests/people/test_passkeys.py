"""The whole passkey ceremony in a real browser: a key is added, opens the door alone, is renamed, is taken away.

Chromium lends a virtual authenticator over its debugging protocol; everything else is real.
"""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from bocal.people import actions
from bocal.people.models import User
from tests.people.factories import NOW, somebody_who

pytestmark = pytest.mark.django_db(transaction=True)

PHONE_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def authenticator(context: BrowserContext, page: Page) -> tuple[CDPSession, str]:
    """A phone that recognises its owner's finger."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_KEY})
    return session, made["authenticatorId"]


@pytest.fixture
def nadia(transactional_db: None) -> User:
    return User.objects.get(person=somebody_who("coordination", "Nadia Benali"))


def add_a_key(page: Page, name: str) -> None:
    page.goto("/mon-acces/cles/ajouter/")
    page.get_by_label("Son nom").fill(name)
    page.get_by_role("button", name="Enregistrer cet appareil").click()
    expect(page.get_by_role("heading", name="Mon accès")).to_be_visible()


def leave(page: Page, context: BrowserContext) -> None:
    context.clear_cookies()
    page.goto("/entrer/")


def test_a_passkey_from_first_to_last_day(
    page: Page,
    context: BrowserContext,
    nadia: User,
    enter: Callable[[AbstractBaseUser], None],
    authenticator: tuple[CDPSession, str],
) -> None:
    """Added while signed in, it then opens the door without any address; removed, it opens nothing."""
    session, device = authenticator
    enter(nadia)
    add_a_key(page, "téléphone du camion")
    kept = Authenticator.objects.get(user=nadia)
    assert kept.wrap().is_passwordless
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1

    leave(page, context)
    page.get_by_role("button", name="Entrer avec une clé d'accès").click()
    page.wait_for_url(lambda url: "/entrer" not in url)
    page.goto("/mon-acces/")
    expect(page.get_by_text("Nadia Benali").first).to_be_visible()

    page.goto("/mon-acces/cles/")
    page.get_by_role("link", name="Renommer").click()
    page.get_by_role("textbox").last.fill("vieux téléphone")
    page.get_by_role("button", name="Garder ce nom").click()
    expect(page.get_by_text("vieux téléphone")).to_be_visible()
    page.get_by_role("link", name="Retirer").click()
    page.get_by_role("button", name="Retirer la clé").click()
    assert not Authenticator.objects.exists()

    leave(page, context)
    page.get_by_role("button", name="Entrer avec une clé d'accès").click()
    expect(page.get_by_text("Cette clé n'ouvre plus Bocal")).to_be_visible()


def test_the_key_of_a_closed_access_opens_nothing(
    page: Page,
    context: BrowserContext,
    nadia: User,
    enter: Callable[[AbstractBaseUser], None],
    authenticator: tuple[CDPSession, str],
) -> None:
    """Closing an access forgets its keys; opening it again does not bring them back."""
    enter(nadia)
    add_a_key(page, "mon téléphone")
    actions.close_access(person=nadia.person, by=None, at=NOW)
    actions.open_access(person=nadia.person, email=nadia.email, by=None, at=NOW)
    leave(page, context)
    page.get_by_role("button", name="Entrer avec une clé d'accès").click()
    expect(page.get_by_text("Cette clé n'ouvre plus Bocal")).to_be_visible()


def test_a_device_that_gives_no_key_gets_a_sentence(
    page: Page, nadia: User, authenticator: tuple[CDPSession, str]
) -> None:
    """A phone that never saw Bocal: the page says what to do, and the code by e-mail is still there."""
    session, device = authenticator
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto("/entrer/")
    page.get_by_role("button", name="Entrer avec une clé d'accès").click()
    expect(page.get_by_text("L'appareil n'a pas donné la clé")).to_be_visible()
    expect(page.get_by_role("button", name="Recevoir un code")).to_be_visible()
