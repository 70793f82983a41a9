"""One search box for everything: codes lead to their page, names to what one may open."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.people.factories import signed_in, somebody_who
from tests.programme.factories import a_house, a_person, an_intervention
from tests.shop.factories import a_voucher, free_jars

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_evening")]


def search(client: Client, text: str) -> Any:
    return client.get("/chercher", {"q": text}, follow=False)


def titles(client: Client, text: str) -> set[str]:
    return {row["title"] for kind in search(client, text).context["found"] for row in kind["rows"]}


def test_a_scanned_lot_opens_its_page(coordination: Client) -> None:
    lot = free_jars()
    for typed in (lot.code, f"  {lot.code.lower()} "):
        assert search(coordination, typed).headers["location"] == reverse("kitchen:lot", args=[lot.pk])


def test_a_voucher_opens_its_page_however_it_is_read_aloud(coordination: Client) -> None:
    voucher = a_voucher()
    for typed in (voucher.code, voucher.code.replace("-", " ").lower()):
        assert search(coordination, typed).headers["location"] == reverse("shop:voucher", args=[voucher.pk])


def test_a_code_whose_page_is_closed_is_not_opened() -> None:
    lot = free_jars()
    page = search(signed_in(somebody_who("volunteer")), lot.code)
    assert page.status_code == 200
    assert page.context["found"] == []


def test_names_are_found_without_accents_or_case(coordination: Client) -> None:
    a_person("Zoé L’Héritier")
    a_house("Maison de quartier des Ors")
    assert titles(coordination, "heritier") == {"Zoé L’Héritier"}
    assert "Maison de quartier des Ors" in titles(coordination, "DES ORS")


def test_an_intervention_is_found_by_its_code(coordination: Client) -> None:
    outing = an_intervention(title="Soupe au marché")
    assert "Soupe au marché" in titles(coordination, outing.code)


@pytest.mark.parametrize("typed", ["", "   ", "🫙", "'; DROP TABLE people_person; --", "%", "_", "a" * 5000])
def test_whatever_is_typed_is_answered(coordination: Client, typed: str) -> None:
    a_person("Aline E.")
    page = search(coordination, typed)
    assert page.status_code == 200
    assert page.context["found"] == []
