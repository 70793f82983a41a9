"""The gallery in a real browser: every component, both widths, both themes; and what JavaScript adds."""

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django import Settings

from tests.support.browser import LAPTOP, PHONE

Theme = Literal["light", "dark"]
NARROWEST = {"width": 320, "height": 640}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _gallery_is_open(settings: Settings) -> None:
    settings.DEBUG = True


def _problems(page: Page, part: str = "html") -> list[str]:
    found = Axe().run(page, context=part).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


def _overflow(page: Page) -> int:
    wider: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return wider


def _check_everything(page: Page, size: dict[str, int], theme: Theme, address: str) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.emulate_media(color_scheme=theme)
    page.goto(address)
    assert _problems(page) == []
    assert _overflow(page) <= 0


@pytest.mark.parametrize(
    ("size", "theme", "address"),
    [(PHONE, "light", "/galerie/?cuisine"), (LAPTOP, "dark", "/galerie/")],
    ids=["phone in the kitchen", "laptop at night"],
)
def test_every_component_is_accessible_and_fits(
    page: Page, size: dict[str, int], theme: Theme, address: str
) -> None:
    _check_everything(page, size, theme, address)


@pytest.mark.campaign
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP, NARROWEST], ids=["phone", "laptop", "narrowest"])
@pytest.mark.parametrize("address", ["/galerie/", "/galerie/?cuisine"], ids=["house", "kitchen"])
def test_every_component_at_every_width_in_every_theme(
    page: Page, size: dict[str, int], theme: Theme, address: str
) -> None:
    _check_everything(page, size, theme, address)


def test_a_refused_form_keeps_what_was_typed_and_goes_to_the_first_error(page: Page) -> None:
    page.goto("/galerie/")
    page.get_by_label("Produit", exact=True).first.fill("Courges d'hiver 🎃")
    page.get_by_label("Poids net").first.fill("douze")
    page.get_by_role("button", name="Noter la collecte").click()

    expect(page.get_by_label("Producteur")).to_be_focused()
    expect(page.get_by_label("Produit", exact=True).first).to_have_value("Courges d'hiver 🎃")
    expect(page.get_by_text("« douze » n'est pas un nombre")).to_be_visible()
    assert _problems(page, "form.form") == []


def test_a_half_filled_form_is_found_again_with_its_record_and_its_lines(page: Page) -> None:
    page.goto("/galerie/")
    page.get_by_role("button", name="Ajouter une ligne").click()
    page.locator("#id_lines-2-produce").fill("coings")
    page.get_by_label("Glanage").check()
    record = page.locator("#id_id").input_value()

    page.goto("about:blank")
    page.goto("/galerie/")
    expect(page.locator("#id_lines-2-produce")).to_have_value("coings")
    expect(page.get_by_label("Glanage")).to_be_checked()
    expect(page.locator("#id_id")).to_have_value(record)

    page.get_by_role("button", name="Repartir de zéro").click()
    expect(page.get_by_label("Glanage")).not_to_be_checked()
    expect(page.locator("#id_lines-2-produce")).to_have_count(0)


def test_added_lines_are_records_of_their_own(page: Page) -> None:
    page.goto("/galerie/")
    for _ in range(2):
        page.get_by_role("button", name="Ajouter une ligne").click()
    expect(page.locator("#id_lines-3-produce")).to_be_focused()
    ids = [page.locator(f"#id_lines-{number}-id").input_value() for number in range(4)]
    assert len(set(ids)) == 4


def test_an_impatient_hand_sends_once_and_is_told_to_wait(page: Page) -> None:
    sent: list[Route] = []
    page.goto("/galerie/")
    page.route("**/galerie/", lambda route: sent.append(route))
    locked, told = page.get_by_role("button", name="Noter la collecte").evaluate(
        """async (button) => {
            button.click();
            button.click();
            await new Promise((later) => setTimeout(later, 2300));
            return [button.disabled, document.body.innerText.includes("Bocal travaille")];
        }"""
    )
    assert locked
    assert told
    assert len(sent) == 1
    sent[0].abort()


def test_the_menu_of_the_phone_opens_and_closes_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.goto("/galerie/")
    more = page.get_by_text("Plus", exact=True)
    settings_link = page.get_by_role("navigation", name="Raccourcis").get_by_role("link", name="Réglages")
    expect(settings_link).to_be_hidden()
    more.focus()
    page.keyboard.press("Enter")
    expect(settings_link).to_be_visible()
    assert _problems(page, ".bottom") == []
    page.keyboard.press("Escape")
    expect(settings_link).to_be_hidden()


def test_the_first_key_press_offers_to_skip_the_navigation(page: Page) -> None:
    page.goto("/galerie/")
    page.evaluate("document.activeElement.blur()")
    page.evaluate(
        "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')"
    )
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()


def test_without_javascript_filters_and_menu_still_serve(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.goto("/galerie/")
    page.get_by_label("Nature").first.select_option("gift")
    page.locator(".filters").get_by_role("button", name="Filtrer").click()
    assert "nature=gift" in page.url
    page.get_by_text("Plus", exact=True).click()
    expect(
        page.get_by_role("navigation", name="Raccourcis").get_by_role("link", name="Réglages")
    ).to_be_visible()


def test_paper_is_black_on_white_and_holds_the_content_alone(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("/galerie/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    expect(page.get_by_role("navigation", name="Principale")).to_be_hidden()
    expect(page.get_by_role("heading", name="Bonjour Nadia")).to_be_visible()
