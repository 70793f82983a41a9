"""The suite is as hostile as it claims to be."""

import socket
import warnings
from datetime import datetime

import pytest
from django.template import Context, Engine, Template
from django.template.base import Origin
from playwright.sync_api import BrowserContext, Page

from tests.support.browser import Complaints
from tests.support.network import NetworkForbidden
from tests.support.pages import inline_code
from tests.support.templates import HOUSE, UndefinedVariable


def template_of_ours(source: str) -> Template:
    return Template(
        source, origin=Origin(str(HOUSE / "toolbox" / "templates" / "x.html")), engine=Engine.get_default()
    )


def test_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning, match="vraiment"):
        warnings.warn("vraiment ?", stacklevel=1)


@pytest.mark.django_db
def test_a_naive_datetime_is_an_error() -> None:
    from bocal.toolbox.models import Act

    with pytest.raises(RuntimeWarning, match="naive datetime"):
        Act.objects.filter(at=datetime(2026, 11, 26)).exists()  # noqa: DTZ001


def test_the_network_is_out_of_reach() -> None:
    with socket.socket() as somewhere, pytest.raises(NetworkForbidden):
        somewhere.connect(("192.0.2.1", 80))


def test_an_undefined_variable_fails() -> None:
    with pytest.raises(UndefinedVariable, match="kilso"):
        template_of_ours("{{ kilso }}").render(Context({"kilos": 60}))


@pytest.mark.parametrize("source", ['{{ kind|default:"rien" }}', "{% if kind %}{% else %}rien{% endif %}"])
def test_a_variable_that_may_be_missing_says_so(source: str) -> None:
    assert template_of_ours(source).render(Context()) == "rien"


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        '<p style="color: red">',
        '<p onclick="x()">',
        '<p hx-on:click="x()">',
        '<a href="javascript:x()">',
    ],
)
def test_inline_code_is_seen(html: str) -> None:
    assert inline_code(html)


def test_data_and_files_are_not_inline_code() -> None:
    assert not inline_code(
        '<script type="application/json">{}</script><script src="/static/bocal.js"></script>'
    )


def test_the_browser_hears_errors_and_breaches_of_the_policy(
    context: BrowserContext, complaints: Complaints
) -> None:
    page = context.new_page()
    page.set_content(
        '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'"><script>1</script>'
    )
    page.evaluate("console.error('le pot est ouvert')")
    page.wait_for_timeout(50)

    complaints.expect("Content Security Policy")
    complaints.expect("le pot est ouvert")


def test_the_sign_in_page_opens_in_a_real_browser(page: Page) -> None:
    page.goto("/entrer/")

    assert page.locator("html").get_attribute("lang") == "fr"
