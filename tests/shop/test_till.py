"""The till as whoever sells sees it: the shelf, the sum, the sale recorded once, what is missing said."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from bocal.shop import queries
from bocal.shop.actions import SaleLine
from bocal.shop.models import Sale
from bocal.toolbox.ids import new_id
from tests.people.factories import signed_in, somebody_who
from tests.programme.factories import NOW, TODAY, a_house, a_person
from tests.shop.factories import a_sale, a_voucher, carry, free_jars, the_shop, the_truck, waiting_jars
from tests.shop.screens import line, page, send, words_of
from tests.shop.test_exits import held

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_evening")]


@pytest.fixture
def seller() -> Client:
    return signed_in(somebody_who("shop", "Simone S."))


def sell(client: Client, screen: str = "sell", *args: Any, currency: str = "EUR", **typed: Any) -> str:
    """A sale sent in that currency."""
    return send(client, screen, *args, query=f"?paiement={currency}", currency=currency, **typed)


class TestTheShelf:
    def test_what_may_be_sold_stands_there_with_how_many(self, seller: Client) -> None:
        lot = free_jars(20)
        a_voucher(lot, 5)
        said = words_of(page(seller))
        assert f"Velouté de courge, 385 ml {lot.code}" in said
        assert "15 pots à vendre, 5 promis" in said

    def test_what_may_not_is_not_offered(self, seller: Client) -> None:
        waiting, elsewhere = waiting_jars(), free_jars(at=the_truck())
        the_shop()
        shown = page(seller)
        assert waiting.code not in shown
        assert elsewhere.code not in shown
        assert "Rien à vendre ici" in shown

    def test_the_last_price_is_suggested_in_each_currency(self, seller: Client) -> None:
        lot = free_jars(20)
        a_sale_of_that = {"sold_at": NOW - timedelta(hours=1)}
        a_sale(SaleLine(lot, 2, 700), **a_sale_of_that)
        a_sale(SaleLine(lot, 2, 60), currency="MIN", **a_sale_of_that)
        price = re.compile(rf'name="price_{lot.pk}" value="([^"]*)"')
        assert price.findall(page(seller)) == ["3,50"]
        assert price.findall(page(seller, paiement="MIN")) == ["30"]

    def test_a_house_without_shop_says_what_to_do(self, seller: Client) -> None:
        assert "La coordination peut noter la boutique" in words_of(page(seller))
        coordination = signed_in(somebody_who("coordination"))
        assert "Ajouter un lieu" in words_of(page(coordination))

    def test_the_coordination_sells_from_the_truck_too(self) -> None:
        lot = free_jars(20, at=the_truck())
        the_shop()
        client = signed_in(somebody_who("coordination"))
        assert lot.code not in page(client)
        assert lot.code in page(client, lieu=the_truck().pk)

    @pytest.mark.parametrize("junk", [{"lieu": "ailleurs"}, {"lieu": new_id()}, {"paiement": "USD"}])
    def test_junk_in_the_address_shows_the_shop(self, seller: Client, junk: dict[str, Any]) -> None:
        lot = free_jars()
        assert lot.code in page(seller, **junk)


class TestSelling:
    def test_jars_at_a_price_each(self, seller: Client) -> None:
        lot, jam = free_jars(20), free_jars(10, title="Confiture de prune")
        shown = sell(seller, **line(lot, "2", "2,50"), **line(jam, "1", "4"))
        assert "Vente V26-001 : 3 pots, 9,00 €." in words_of(shown)
        assert queries.takings(TODAY, TODAY) == queries.Takings(sales=1, jars=3, cents=900)
        assert Sale.objects.get().recorded_by.name == "Simone S."

    def test_a_sum_for_the_whole_is_shared_out(self, seller: Client) -> None:
        lot, jam = free_jars(20), free_jars(10, title="Confiture de prune")
        sell(seller, **line(lot, "1"), **line(jam, "2"), whole="5")
        (lines,) = queries.lines_of([Sale.objects.get()]).values()
        assert sorted(row.amount for row in lines) == [167, 333]

    def test_minutes_for_somebody_s_time_account(self, seller: Client) -> None:
        lot, claude = free_jars(20), a_person("Claude E.", status="accordeur")
        shown = sell(seller, currency="MIN", **line(lot, "2", "30"), buyer="claude e")
        assert "2 pots, 1 h." in words_of(shown)
        assert Sale.objects.get().buyer_person == claude

    def test_a_structure_buys(self, seller: Client) -> None:
        ors = a_house()
        sell(seller, **line(free_jars(), "1", "3"), buyer="maison de quartier des ors")
        assert Sale.objects.get().buyer_organisation == ors

    def test_what_is_offered_says_so(self, seller: Client) -> None:
        assert "1 pot, offert." in words_of(sell(seller, **line(free_jars(), "1", "0")))

    def test_a_double_click_sells_once(self, seller: Client) -> None:
        lot, id = free_jars(20), new_id()
        for _click in range(2):
            shown = sell(seller, id=id, **line(lot, "2", "2,50"))
            assert "Vente V26-001 : 2 pots" in words_of(shown)
        assert held(lot, the_shop()) == 18

    def test_another_sale_from_a_page_already_used_is_not_lost_in_silence(self, seller: Client) -> None:
        lot, id = free_jars(20), new_id()
        sell(seller, id=id, **line(lot, "2", "2,50"))
        shown = sell(seller, id=id, **line(lot, "5", "2,50"))
        assert "avait déjà noté la vente V26-001" in words_of(shown)
        assert held(lot, the_shop()) == 18

    def test_a_sale_of_yesterday_is_at_the_end_of_that_day(self) -> None:
        lot = free_jars(20)
        with time_machine.travel(NOW + timedelta(days=1), tick=False):
            client = signed_in(somebody_who("shop"))
            sell(client, **line(lot, "1", "2,50"), day=TODAY)
        assert Sale.objects.get().sold_at == NOW

    def test_the_page_is_not_kept_by_the_browser(self, seller: Client) -> None:
        free_jars()
        assert "no-store" in seller.get(reverse("shop:home"))["Cache-Control"]


class TestMissing:
    """Nothing is recorded, what was typed is kept, and a sentence says what is missing."""

    def refused(self, client: Client, *sentences: str, kept: bool = True, **typed: Any) -> str:
        shown = sell(client, **typed)
        assert not Sale.objects.exists()
        assert ("data-refused" in shown) == kept
        for sentence in sentences:
            assert sentence in words_of(shown)
        return shown

    def test_no_jar(self, seller: Client) -> None:
        free_jars()
        self.refused(seller, "Dites combien de pots : au moins un.")

    def test_no_price(self, seller: Client) -> None:
        self.refused(seller, "Dites le prix d'un pot, ou 0 s'il est offert.", **line(free_jars(), "2"))

    def test_more_than_there_are(self, seller: Client) -> None:
        lot = free_jars(20)
        shown = self.refused(seller, f"Il y a 20 pots du lot {lot.code}", **line(lot, "21", "2,50"))
        assert 'value="21"' in shown
        assert 'value="2,50"' in shown

    def test_a_number_of_jars_that_is_none(self, seller: Client) -> None:
        lot = free_jars()
        for jars in ("10 000", "-3", "2,5", "beaucoup", "🍲", "1e9", "9" * 60):
            self.refused(seller, **line(lot, jars, "2,50"))

    def test_a_price_that_is_none(self, seller: Client) -> None:
        lot = free_jars()
        for price in ("-1", "100,01", "cher", "2,505", "1 h"):
            self.refused(seller, **line(lot, "1", price))
        for price in ("25 h", "-5", "1 h 75"):
            self.refused(seller, currency="MIN", **line(lot, "1", price))

    def test_somebody_unknown_is_suggested(self, seller: Client) -> None:
        a_person("Claude E.", status="accordeur")
        typed = line(free_jars(), "1", "3") | {"buyer": "Claud E."}
        self.refused(
            seller, "Nous ne connaissons pas « Claud E. »", "Vouliez-vous dire « Claude E. » ?", **typed
        )

    def test_a_day_that_cannot_be(self, seller: Client) -> None:
        lot = free_jars()
        for day in ("", "2026-11-27", "2026-11-24", "1917-11-07", "demain"):
            self.refused(seller, **line(lot, "1", "3"), day=day)

    def test_a_torn_page(self, seller: Client) -> None:
        lot = free_jars()
        for id in ("", "pas-un-numéro"):
            self.refused(seller, "La page s'est abîmée en route", **line(lot, "1", "3"), id=id)

    def test_jars_that_left_the_shelf_meanwhile_are_not_left_out_in_silence(self, seller: Client) -> None:
        lot, gone = free_jars(), free_jars(at=the_truck())
        gone_sentence = "ne sont plus sur cette étagère"
        self.refused(seller, gone_sentence, **line(lot, "1", "3"), **line(gone, "2", "3"))
        carry(lot, 20, the_shop(), the_truck())
        self.refused(seller, gone_sentence, kept=False, **line(lot, "1", "3"))
        assert held(gone, the_truck()) == 20


class TestReckoning:
    def test_the_total_is_said_and_nothing_recorded(self, seller: Client) -> None:
        shown = sell(seller, "reckon", **line(free_jars(), "3", "2,50"))
        assert "7,50 € 3 pots" in words_of(shown)
        assert not Sale.objects.exists()

    def test_the_fragment_alone_is_sent_while_one_types(self, seller: Client) -> None:
        lot = free_jars()
        response = seller.post(
            f"{reverse('shop:reckon')}?paiement=EUR",
            {"id": new_id(), "currency": "EUR", **line(lot, "3", "2,50")},
            headers={"HX-Request": "true", "HX-Target": "total"},
        )
        assert words_of(response.content.decode()) == "7,50 € 3 pots"

    def test_a_missing_price_gives_no_sum(self, seller: Client) -> None:
        shown = sell(seller, "reckon", **line(free_jars(), "3"))
        assert re.search(r'<p id="sum"><span>3\xa0pots</span></p>', shown)

    def test_the_other_currency_keeps_the_jars_and_not_the_prices(self, seller: Client) -> None:
        lot = free_jars()
        address = f"{reverse('shop:reckon')}?paiement=MIN"
        shown = seller.post(
            address, {"currency": "EUR", **line(lot, "3", "2,50"), "whole": "7"}
        ).content.decode()
        assert re.search(rf'name="jars_{lot.pk}" value="3"', shown)
        assert "2,50" not in shown
        assert not re.search(r'name="whole" value=', shown)


class TestToday:
    def test_euros_and_minutes_side_by_side_and_the_last_sale_to_undo(self, seller: Client) -> None:
        lot = free_jars(20)
        a_sale(SaleLine(lot, 3, 750))
        a_sale(SaleLine(lot, 2, 60), currency="MIN", at=NOW + timedelta(minutes=1))
        said = words_of(page(seller))
        assert "7,50 € en euros" in said
        assert "1 h en temps" in said
        assert "5 pots" in said
        assert "Annuler la dernière vente (V26-002)" in said

    def test_undoing_asks_why_not_whether(self, seller: Client) -> None:
        lot = free_jars(20)
        sale = a_sale(SaleLine(lot, 3, 750))
        assert "Pourquoi" in page(seller, "cancel_sale", sale.pk)
        shown = sell(seller, "cancel_sale", sale.pk, reason="le client a changé d'avis")
        assert "rendez 7,50 €, reprenez les pots" in words_of(shown)
        assert held(lot, the_shop()) == 20
        assert "Annuler la dernière vente" not in shown

    def test_without_reason_it_stands(self, seller: Client) -> None:
        sale = a_sale()
        assert "data-error" in sell(seller, "cancel_sale", sale.pk, reason=" ")
        assert not queries.is_cancelled(sale)

    def test_a_sale_is_corrected(self, seller: Client) -> None:
        lot = free_jars(20)
        sale = a_sale(SaleLine(lot, 20, 5000))
        shown = page(seller, "correct_sale", sale.pk)
        assert re.search(rf'name="jars_{lot.pk}" value="20"', shown)
        assert "20 pots à vendre" in words_of(shown)
        assert "pas libéré" not in shown
        shown = sell(seller, "correct_sale", sale.pk, **line(lot, "2", "2,50"), reason="une seule caisse")
        assert "La vente V26-001 est remplacée par V26-002" in words_of(shown)
        assert held(lot, the_shop()) == 18
        assert "remplacée" in page(seller, "sale", sale.pk)

    def test_a_sum_that_was_shared_out_is_shown_as_it_was_given(self, seller: Client) -> None:
        sale = a_sale(SaleLine(free_jars(), 3, 500))
        assert re.search(r'name="whole" value="5,00"', page(seller, "correct_sale", sale.pk))

    def test_a_correction_that_is_refused_keeps_what_was_typed(self, seller: Client) -> None:
        lot = free_jars(20)
        sale = a_sale(SaleLine(lot, 3, 750))
        shown = sell(seller, "correct_sale", sale.pk, **line(lot, "21", "2,50"), reason="oups")
        assert f"Il y a 20 pots du lot {lot.code}" in words_of(shown)
        assert not queries.is_cancelled(sale)

    def test_who_only_sells_leaves_older_sales_to_the_coordination(self) -> None:
        sale = a_sale()
        with time_machine.travel(NOW + timedelta(days=1), tick=False):
            client = signed_in(somebody_who("shop"))
            assert "Annuler cette vente" not in page(client, "sale", sale.pk)
            for screen in ("cancel_sale", "correct_sale"):
                assert client.get(reverse(f"shop:{screen}", args=[sale.pk])).status_code == 403
            coordination = signed_in(somebody_who("coordination"))
            assert "Annuler cette vente" in page(coordination, "sale", sale.pk)

    def test_sales_of_another_shop_are_counted_there(self, seller: Client) -> None:
        lot, market = free_jars(20), the_shop("Marché")
        carry(lot, 5, the_shop(), market)
        a_sale(SaleLine(lot, 5, 1500), place=market)
        assert "15,00 €" not in words_of(page(seller, lieu=the_shop().pk))
        assert "15,00 € en euros" in words_of(page(seller, lieu=market.pk))
