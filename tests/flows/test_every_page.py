"""Every page in a real browser: nothing said in the console, nothing for axe to find, nothing wider than the screen.

`make test` opens each page once, on a phone; `make check` at both widths, light and dark.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.support.browser import LAPTOP, PHONE, Complaints
from tests.support.every_page import every_page
from tests.support.live import As

Theme = Literal["light", "dark"]


def what_is_wrong(page: Page, address: str) -> Iterator[str]:
    """What a person would stumble over at this address; what only receives forms or gives files is no page."""
    answer = page.request.get(address, max_redirects=0)
    if answer.status >= 500:
        yield f"{address} answers {answer.status}"
    if (
        answer.status != 200
        or "text/html" not in answer.headers["content-type"]
        or "<main" not in answer.text()
    ):
        return
    page.goto(address)
    for violation in Axe().run(page).response["violations"]:
        yield f"{address}: {violation['id']}: {violation['nodes'][0]['html'][:160]}"
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wider > 0:
        yield f"{address} is {wider} px wider than the screen"


def stumbles(as_role: As, size: Any, theme: Theme) -> list[str]:
    """Everything wrong on every page, at one width and in one theme."""
    found: list[str] = []
    now_as = None
    for address, role, _route in sorted(every_page(), key=lambda page: page.role):
        if role != now_as:
            page, now_as = as_role(role), role
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=theme)
        found += what_is_wrong(page, address)
    return found


def test_every_page_on_a_phone(as_role: As, complaints: Complaints) -> None:
    assert stumbles(as_role, PHONE, "light") == []
    assert complaints == []


@pytest.mark.campaign
@pytest.mark.parametrize(("size", "theme"), list(product((PHONE, LAPTOP), ("light", "dark"))))
def test_every_page_at_both_widths_and_in_both_themes(as_role: As, size: Any, theme: Theme) -> None:
    assert stumbles(as_role, size, theme) == []
