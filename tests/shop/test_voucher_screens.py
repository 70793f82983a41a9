"""Vouchers on screen and on paper: made by the sheet, found by their code, handed over, taken back."""

import pytest
from django.test import Client
from django.urls import reverse

from bocal.shop.models import Voucher
from bocal.toolbox.ids import new_id
from tests.kitchen.factories import released, the_consigne
from tests.people.factories import signed_in, somebody_who
from tests.programme.factories import a_house
from tests.shop.factories import (
    a_shelf,
    a_voucher,
    an_exit,
    carry,
    free_jars,
    the_shop,
    the_truck,
    waiting_jars,
)
from tests.shop.screens import page, send, words_of
from tests.shop.test_exits import held

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_evening")]


class TestVouchers:
    def test_a_sheet_of_them_for_a_workshop(self, coordination: Client) -> None:
        lot = waiting_jars(20)
        shown = send(coordination, "issue", lot=lot.pk, jars="1", count="12", place=the_shop().pk)
        codes = set(Voucher.objects.values_list("code", flat=True))
        assert len(codes) == 12
        assert all(code in shown for code in codes)
        assert shown.count('class="qr"') == 12

    def test_a_double_click_makes_them_once(self, coordination: Client) -> None:
        lot, id = waiting_jars(20), new_id()
        for _click in range(2):
            send(coordination, "issue", id=id, lot=lot.pk, jars="2", count="3", place=the_shop().pk)
        assert Voucher.objects.count() == 3

    def test_more_than_there_are_makes_none(self, coordination: Client) -> None:
        lot = waiting_jars(20)
        shown = send(coordination, "issue", lot=lot.pk, jars="2", count="11", place=the_shop().pk)
        assert "Il reste 0 pot" in words_of(shown)
        assert not Voucher.objects.exists()

    def test_a_name_goes_on_one_voucher(self, coordination: Client) -> None:
        typed = {"lot": waiting_jars().pk, "jars": "1", "place": the_shop().pk, "holder": "Zélie"}
        assert "Un nom va sur un seul bon" in words_of(send(coordination, "issue", count="2", **typed))
        assert "Zélie" in send(coordination, "issue", count="1", **typed)

    def test_numbers_that_cannot_be(self, coordination: Client) -> None:
        lot = waiting_jars()
        for jars, count in (("0", "1"), ("1", "0"), ("1", "61"), ("10000", "1"), ("deux", "1")):
            shown = send(coordination, "issue", lot=lot.pk, jars=jars, count=count, place=the_shop().pk)
            assert "data-error" in shown or "data-refused" in shown
        assert not Voucher.objects.exists()

    def test_it_is_found_by_its_code_and_handed_over(self, coordination: Client) -> None:
        voucher = a_voucher(free_jars(20), 2)
        found = coordination.get(reverse("shop:vouchers"), {"text": voucher.code.lower()}, follow=True)
        assert found.redirect_chain == [(reverse("shop:voucher", args=[voucher.pk]), 302)]
        assert "Remettre 2 pots" in words_of(found.content.decode())
        said = words_of(send(coordination, "redeem_voucher", voucher.pk))
        assert "2 pots remis" in said
        assert held(voucher.lot, the_shop()) == 18

    def test_not_released_it_offers_nothing_and_refuses(self, coordination: Client) -> None:
        voucher = a_voucher(waiting_jars())
        shown = page(coordination, "voucher", voucher.pk)
        assert "ses pots ne sortent pas encore" in words_of(shown)
        assert "Remettre" not in shown
        assert "n'est pas encore libéré" in words_of(send(coordination, "redeem_voucher", voucher.pk))

    def test_jars_elsewhere_are_brought_first(self) -> None:
        lot = free_jars(20, at=the_truck())
        voucher = a_voucher(lot, 3)
        client = signed_in(somebody_who("shop"))
        said = words_of(page(client, "voucher", voucher.pk))
        assert "Il manque 3 pots à P'tite Coopé pour ce bon." in said
        assert "Camion (20)" in said
        said = words_of(send(client, "fetch_jars", voucher.pk, source=the_truck().pk))
        assert "3 pots de Camion sont maintenant à P'tite Coopé" in said
        assert "Remettre 3 pots" in said
        assert held(lot, the_shop()) == 3

    def test_it_is_cancelled_with_its_reason(self, coordination: Client) -> None:
        voucher = a_voucher()
        assert "data-error" in send(coordination, "cancel_voucher", voucher.pk, reason="")
        said = words_of(send(coordination, "cancel_voucher", voucher.pk, reason="plus de pots"))
        assert "est annulé" in said
        assert "plus de pots" in said

    def test_what_cannot_be_kept_is_announced(self, coordination: Client) -> None:
        lot = free_jars(20)
        a_voucher(lot, 20), an_exit(lot, 2, "breakage")
        assert "20 pots promis, il n'en reste que 18" in words_of(page(coordination, "vouchers"))

    def test_a_referent_promises_at_her_shelf_alone(self) -> None:
        ors = a_house()
        shelf, lot = a_shelf(ors), waiting_jars()
        client = signed_in(somebody_who("referent", house=ors))
        typed = {"lot": lot.pk, "jars": "1", "count": "1"}
        assert "data-error" in send(client, "issue", place=the_shop().pk, **typed)
        send(client, "issue", place=shelf.pk, **typed)
        assert Voucher.objects.get().place == shelf

    def test_a_sheet_of_nothing(self, coordination: Client) -> None:
        lot = waiting_jars()
        assert "Aucun bon n'attend" in words_of(page(coordination, "voucher_sheet", lot=lot.pk))
        assert coordination.get(reverse("shop:voucher_sheet"), {"lot": "junk"}).status_code == 404


class TestThePaper:
    """What the one who holds a voucher sees, without any account."""

    def answer(self, voucher: Voucher) -> str:
        return words_of(page(Client(), "collect", voucher.code))

    def test_not_yet_then_ready_then_handed_over(self, coordination: Client) -> None:
        lot = waiting_jars()
        voucher = a_voucher(lot, holder="Zélie")
        assert "pas encore" in self.answer(voucher)
        released(lot)
        carry(lot, 5, the_consigne(), the_shop())
        assert "peuvent être retirés à P'tite Coopé" in self.answer(voucher)
        send(coordination, "redeem_voucher", voucher.pk)
        assert "Bon appétit" in self.answer(voucher)
        assert "Zélie" not in self.answer(voucher)

    def test_cancelled(self, coordination: Client) -> None:
        voucher = a_voucher()
        send(coordination, "cancel_voucher", voucher.pk, reason="plus de pots")
        said = self.answer(voucher)
        assert "Ce bon ne vaut plus" in said
        assert "plus de pots" not in said

    def test_whoever_keeps_the_shelf_goes_on_to_the_voucher(self) -> None:
        voucher = a_voucher()
        answer = signed_in(somebody_who("shop")).get(reverse("shop:collect", args=[voucher.code]))
        assert answer["Location"] == reverse("shop:voucher", args=[voucher.pk])

    @pytest.mark.parametrize("code", ["ACDE-FGHJ", "a", "1' OR 1=1"])
    def test_a_code_that_is_none(self, code: str) -> None:
        assert Client().get(f"/bon/{code}/").status_code == 404
