"""The till under a finger, in a real browser; and without any script at all."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AbstractBaseUser
from playwright.sync_api import BrowserContext, expect

from bocal.people.models import User
from bocal.shop import queries
from tests.people.factories import somebody_who
from tests.programme.factories import NOW, TODAY
from tests.shop.factories import free_jars
from tests.support.browser import PHONE, Complaints

pytestmark = pytest.mark.django_db(transaction=True)

Enter = Callable[[AbstractBaseUser], None]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def test_a_sale_on_a_phone(context: BrowserContext, enter: Enter, complaints: Complaints) -> None:
    free_jars(20)
    enter(User.objects.get(person=somebody_who("shop")))
    page = context.new_page()
    page.set_viewport_size(PHONE)
    page.goto("/boutique/")
    more = page.get_by_role("button", name="Un pot de plus")
    more.click()
    more.click()
    page.get_by_label("Prix d'un pot").fill("2,50")
    expect(page.locator("#total")).to_contain_text("5,00 €")
    page.get_by_role("link", name="En temps").click()
    expect(page.get_by_role("link", name="En temps")).to_have_attribute("aria-current", "true")
    expect(page.get_by_label("Pots de Velouté")).to_have_value("2")
    page.get_by_label("Prix d'un pot").fill("30")
    expect(page.locator("#total")).to_contain_text("1 h")
    page.get_by_role("button", name="Encaisser").click()
    expect(page.get_by_text("Vente V26-001 : 2 pots, 1 h.")).to_be_visible()
    assert queries.takings(TODAY, TODAY).minutes == 60
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_sale_without_script(
    new_context: Any, base_url: str, enter: Enter, context: BrowserContext
) -> None:
    free_jars(20)
    enter(User.objects.get(person=somebody_who("shop")))
    bare = new_context(java_script_enabled=False)
    bare.add_cookies(context.cookies())
    page = bare.new_page()
    page.goto("/boutique/")
    page.get_by_label("Pots de Velouté").fill("3")
    page.get_by_label("Prix d'un pot").fill("2,50")
    page.get_by_role("button", name="Faire le total").click()
    expect(page.locator("#total")).to_contain_text("7,50 €")
    page.get_by_role("button", name="Encaisser").click()
    expect(page.get_by_text("Vente V26-001 : 3 pots, 7,50 €.")).to_be_visible()
    page.get_by_role("link", name="Annuler la dernière vente").click()
    page.get_by_label("Pourquoi").fill("erreur de pots")
    page.get_by_role("button", name="Annuler la vente").click()
    expect(page.get_by_text("est annulée : rendez 7,50 €")).to_be_visible()
    assert queries.takings(TODAY, TODAY) == queries.Takings()
