"""A real browser that complains: any console error, script error or breach of the content policy fails the test."""

import os
from collections.abc import Callable, Iterator
from shutil import which
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


class Complaints(list[str]):
    """What the browser complained about. A test that provokes a complaint says so: `complaints.expect("404")`."""

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.append(f"{message.text} ({message.location.get('url')})")

    def hear_error(self, error: WebError) -> None:
        self.append(str(error.error))

    def expect(self, text: str) -> None:
        matching = [complaint for complaint in self if text in complaint]
        assert matching, f"the browser did not complain about {text}: {self}"
        self[:] = [complaint for complaint in self if text not in complaint]


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    heard = Complaints()
    yield heard
    assert not heard, "the browser complained:\n" + "\n".join(heard)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("CHROMIUM") or which("chromium-headless-shell") or "/usr/bin/chromium"
    return {**browser_type_launch_args, "executable_path": chromium, "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "fr-FR", "timezone_id": "Europe/Paris", "viewport": LAPTOP}


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], complaints: Complaints
) -> Callable[..., BrowserContext]:
    """Playwright's, whose every page is listened to."""

    def listened_to(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.on("console", complaints.hear)
        context.on("weberror", complaints.hear_error)
        return context

    return listened_to


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    """`page.goto("/offres/")` goes to the server of the test."""
    return str(live_server.url)


@pytest.fixture
def enter(context: BrowserContext, base_url: str) -> Callable[[AbstractBaseUser], None]:
    """`enter(user)`: the browser of this test is signed in as that user."""

    def sign_in(user: AbstractBaseUser) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base_url}])

    return sign_in
