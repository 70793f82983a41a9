"""Sales in euros or in minutes: recorded once, refused with a sentence, cancelled whole, corrected with both kept."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bocal.craft.figures import Period
from bocal.impact.queries import Scope, figures
from bocal.journal.models import Account, Balance, Lot, Movement
from bocal.journal.queries.verification import faults
from bocal.kitchen.actions import block_lot
from bocal.people.queries import system_person
from bocal.shop import queries
from bocal.shop.actions import (
    SaleLine,
    UnableToCancelExit,
    UnableToCancelSale,
    UnableToSell,
    cancel_exit,
    cancel_sale,
    correct_sale,
)
from bocal.shop.models import Exit, Sale
from bocal.toolbox.acts import history_of
from bocal.toolbox.ids import new_id
from tests.programme.factories import NOW, TODAY, a_house, a_person
from tests.shop.factories import a_sale, a_voucher, carry, free_jars, the_shop, the_truck, waiting_jars
from tests.shop.test_exits import a_client_lot, held

pytestmark = pytest.mark.django_db


def balance(kind: str, **owner: Any) -> int:
    row = Balance.objects.filter(account__kind=kind, lot=None, **owner).first()
    return row.quantity if row else 0


def cancel(sale: Sale, reason: str = "erreur de pots", **said: Any) -> Sale:
    return cancel_sale(
        **{"id": new_id(), "sale": sale, "reason": reason, "by": system_person(), "at": NOW} | said
    )


def correct(sale: Sale, *lines: SaleLine, **said: Any) -> Sale:
    facts: dict[str, Any] = {
        "id": new_id(),
        "currency": sale.currency,
        "sold_at": sale.sold_at,
        "reason": "erreur de prix",
    }
    return correct_sale(sale=sale, lines=lines, by=system_person(), at=NOW, **(facts | said))


class TestSelling:
    def test_euros_enter_the_till_of_the_shop(self) -> None:
        lot = free_jars(20)
        sale = a_sale(SaleLine(lot, 3, 750))
        assert sale.code == "V26-001"
        assert held(lot, the_shop()) == 17
        assert balance(Account.Kind.TILL, account__place=the_shop()) == 750

    def test_minutes_leave_the_time_account_of_the_buyer(self) -> None:
        claude = a_person("Claude E.", status="accordeur")
        a_sale(SaleLine(free_jars(), 2, 60), currency="MIN", buyer_person=claude)
        assert balance(Account.Kind.TIME, account__person=claude) == -60
        assert balance(Account.Kind.TIME, account__name="temps") == 60

    def test_a_house_pays_in_time_too(self) -> None:
        ors = a_house()
        a_sale(SaleLine(free_jars(), 2, 60), currency="MIN", buyer_organisation=ors)
        assert balance(Account.Kind.TIME, account__organisation=ors) == -60

    def test_an_anonymous_buyer_pays_in_time(self) -> None:
        a_sale(SaleLine(free_jars(), 2, 60), currency="MIN")
        assert balance(Account.Kind.TIME) == 60

    def test_several_lots_in_one_sale(self) -> None:
        soup, jam = free_jars(20), free_jars(10, title="Confiture de prune")
        sale = a_sale(SaleLine(soup, 2, 500), SaleLine(jam, 1, 350))
        assert sale.lines.count() == 2
        assert balance(Account.Kind.TILL) == 850

    def test_what_is_offered_has_no_price(self) -> None:
        lot = free_jars(20)
        sale = a_sale(SaleLine(lot, 1, 0))
        assert held(lot, the_shop()) == 19
        assert not Movement.objects.filter(transaction__exit__sale=sale, lot=None).exists()

    def test_jars_of_the_truck_are_sold_at_the_market(self) -> None:
        lot = free_jars(20)
        carry(lot, 5, the_shop(), the_truck())
        a_sale(SaleLine(lot, 5, 1250), place=the_shop(), source=the_truck())
        assert (held(lot, the_truck()), held(lot, the_shop())) == (0, 15)

    def test_sent_twice_it_is_sold_once(self) -> None:
        lot, id = free_jars(20), new_id()
        assert a_sale(SaleLine(lot, 1, 250), id=id) == a_sale(SaleLine(lot, 1, 250), id=id)
        assert held(lot, the_shop()) == 19
        assert balance(Account.Kind.TILL) == 250

    def test_each_sale_has_the_next_number(self) -> None:
        lot = free_jars(20)
        assert [a_sale(SaleLine(lot, 1, 250)).code for _sale in range(3)] == ["V26-001", "V26-002", "V26-003"]

    def test_the_journal_holds_after_all_of_this(self) -> None:
        lot = free_jars(20)
        sold = a_sale(SaleLine(lot, 3, 750))
        correct(sold, SaleLine(lot, 2, 500))
        cancel(a_sale(SaleLine(lot, 1, 30), currency="MIN"))
        assert not list(faults())


class TestRefusals:
    def refusal(self, *lines: SaleLine, **said: Any) -> UnableToSell:
        with pytest.raises(UnableToSell) as caught:
            a_sale(*lines, **said)
        assert not Sale.objects.exists()
        return caught.value

    def test_nothing(self) -> None:
        from bocal.shop.actions import record_sale

        with pytest.raises(UnableToSell, match="Rien n'est vendu"):
            record_sale(
                id=new_id(),
                lines=[],
                currency="EUR",
                place=the_shop(),
                sold_at=NOW,
                by=system_person(),
                at=NOW,
            )

    def test_a_price_below_zero(self) -> None:
        assert self.refusal(SaleLine(free_jars(), 1, -1)).field == "amount"

    @pytest.mark.parametrize("jars", [0, -3])
    def test_no_jars(self, jars: int) -> None:
        assert "Dites combien de pots." in self.refusal(SaleLine(free_jars(), jars, 250)).sentences

    def test_ten_thousand_jars(self) -> None:
        lot = free_jars(20)
        assert f"Il y a 20 pots du lot {lot.code} à P'tite Coopé" in str(
            self.refusal(SaleLine(lot, 10_000, 250))
        )

    def test_the_same_lot_on_two_lines_counts_once(self) -> None:
        lot = free_jars(20)
        assert "Il y a 20 pots" in str(self.refusal(SaleLine(lot, 15, 250), SaleLine(lot, 15, 250)))

    def test_tomorrow_and_before_they_were_made(self) -> None:
        lot = free_jars()
        assert "est à venir" in str(self.refusal(SaleLine(lot, 1, 250), sold_at=NOW + timedelta(days=1)))
        assert "n'a été fait que" in str(self.refusal(SaleLine(lot, 1, 250), sold_at=NOW - timedelta(days=3)))

    def test_jars_not_released_or_blocked(self) -> None:
        assert "n'est pas encore libéré" in str(self.refusal(SaleLine(waiting_jars(), 1, 250)))
        lot = free_jars()
        block_lot(id=new_id(), lot=lot, by=a_person("O."), decided_at=NOW, at=NOW, reason="couvercle bombé")
        assert "est bloqué" in str(self.refusal(SaleLine(lot, 1, 250)))

    def test_jars_of_a_client(self) -> None:
        assert "travail à façon" in str(self.refusal(SaleLine(a_client_lot(), 1, 250)))

    def test_two_buyers(self) -> None:
        refused = self.refusal(buyer_person=a_person("Claude E."), buyer_organisation=a_house())
        assert "un seul acheteur" in str(refused)

    def test_jars_promised_to_somebody(self) -> None:
        lot = free_jars(20)
        a_voucher(lot, 18)
        assert "18 pots du lot" in str(self.refusal(SaleLine(lot, 3, 750)))
        a_sale(SaleLine(lot, 2, 500))

    def test_another_currency_is_a_mistake_of_the_program(self) -> None:
        with pytest.raises(ValueError, match="USD"):
            a_sale(currency="USD")
        with pytest.raises(IntegrityError), transaction.atomic():
            Sale.objects.filter(pk=a_sale().pk).update(currency="USD")


class TestCancelling:
    def test_jars_come_back_and_the_money_is_given_back(self) -> None:
        lot = free_jars(20)
        sale = a_sale(SaleLine(lot, 3, 750))
        cancel(sale)
        assert held(lot, the_shop()) == 20
        assert balance(Account.Kind.TILL) == 0
        assert queries.is_cancelled(sale)
        assert history_of(sale)[0].reason == "erreur de pots"

    def test_sent_twice_it_is_cancelled_once(self) -> None:
        lot, id = free_jars(20), new_id()
        sale = a_sale(SaleLine(lot, 3, 750), SaleLine(lot, 1, 0))
        cancel(sale, id=id), cancel(sale, id=id)
        assert held(lot, the_shop()) == 20

    def test_two_persons_cancel_it_once(self) -> None:
        sale = a_sale()
        cancel(sale)
        with pytest.raises(UnableToCancelSale, match="La vente V26-001 est déjà annulée"):
            cancel(sale)

    def test_a_reason_is_asked(self) -> None:
        with pytest.raises(UnableToCancelSale) as caught:
            cancel(a_sale(), "  ")
        assert caught.value.field == "reason"

    def test_a_line_is_not_cancelled_alone(self) -> None:
        sale = a_sale()
        with pytest.raises(UnableToCancelExit, match="annulez la vente V26-001"):
            cancel_exit(id=new_id(), exit=sale.lines.get(), reason="non", by=system_person(), at=NOW)

    def test_blocked_jars_do_not_come_back_on_the_shelf(self) -> None:
        lot = free_jars()
        sale = a_sale(SaleLine(lot, 3, 750))
        block_lot(id=new_id(), lot=lot, by=a_person("O."), decided_at=NOW, at=NOW, reason="analyse douteuse")
        with pytest.raises(Exception, match=f"Pas libéré : {lot.code}"):
            cancel(sale)
        assert not queries.is_cancelled(sale)


class TestCorrecting:
    def test_it_is_cancelled_and_sold_anew(self) -> None:
        lot, other = free_jars(20), free_jars(20, title="Chutney de poire")
        sale = a_sale(SaleLine(lot, 3, 750))
        new = correct(sale, SaleLine(lot, 2, 500), SaleLine(other, 1, 300))
        assert (held(lot, the_shop()), held(other, the_shop())) == (18, 19)
        assert balance(Account.Kind.TILL) == 800
        assert (new.replaces, new.code) == (sale, "V26-002")
        assert "a corrigé la vente" in history_of(sale)[0].sentence

    def test_euros_may_have_been_minutes(self) -> None:
        lot = free_jars(20)
        correct(a_sale(SaleLine(lot, 3, 750)), SaleLine(lot, 3, 90), currency="MIN")
        assert (balance(Account.Kind.TILL), balance(Account.Kind.TIME)) == (0, 90)

    def test_jars_come_from_where_they_came(self) -> None:
        lot = free_jars(20)
        carry(lot, 5, the_shop(), the_truck())
        sale = a_sale(SaleLine(lot, 5, 1250), source=the_truck())
        correct(sale, SaleLine(lot, 4, 1000))
        assert (held(lot, the_truck()), held(lot, the_shop())) == (1, 15)

    def test_a_correction_that_is_refused_changes_nothing(self) -> None:
        lot = free_jars(20)
        sale = a_sale(SaleLine(lot, 3, 750))
        with pytest.raises(UnableToSell):
            correct(sale, SaleLine(lot, 21, 750))
        assert held(lot, the_shop()) == 17
        assert not queries.is_cancelled(sale)

    def test_a_cancelled_sale_is_not_corrected(self) -> None:
        sale = a_sale()
        cancel(sale)
        with pytest.raises(UnableToCancelSale):
            correct(sale, SaleLine(free_jars(), 1, 250))

    def test_sent_twice_it_is_corrected_once(self) -> None:
        lot, id = free_jars(20), new_id()
        sale = a_sale(SaleLine(lot, 3, 750))
        assert correct(sale, SaleLine(lot, 2, 500), id=id) == correct(sale, SaleLine(lot, 2, 500), id=id)
        assert held(lot, the_shop()) == 18


class TestTakings:
    def test_euros_and_minutes_stand_apart_and_cancelled_sales_bring_nothing(self) -> None:
        lot = free_jars(20)
        a_sale(SaleLine(lot, 3, 750))
        a_sale(SaleLine(lot, 2, 60), currency="MIN")
        a_sale(SaleLine(lot, 1, 0))
        cancel(a_sale(SaleLine(lot, 4, 1000)))
        taken = queries.takings(TODAY, TODAY)
        assert taken == queries.Takings(sales=3, jars=6, cents=750, minutes=60)

    def test_they_are_those_of_the_key_figures(self) -> None:
        lot = free_jars(20)
        correct(a_sale(SaleLine(lot, 3, 750)), SaleLine(lot, 2, 510))
        a_sale(SaleLine(lot, 2, 45), currency="MIN")
        found = figures(Scope(Period(date(2026, 1, 1), TODAY)))
        taken = queries.takings(date(2026, 1, 1), TODAY)
        assert (
            (taken.cents, taken.minutes)
            == (found.quantities["euros"], found.quantities["minutes"])
            == (510, 45)
        )

    def test_each_shop_has_its_own(self) -> None:
        lot = free_jars(20)
        market = the_shop("Marché")
        carry(lot, 5, the_shop(), market)
        a_sale(SaleLine(lot, 3, 750)), a_sale(SaleLine(lot, 5, 1000), place=market)
        assert queries.takings(TODAY, TODAY, place=market).cents == 1000

    def test_nothing_was_sold(self) -> None:
        assert queries.takings(TODAY, TODAY) == queries.Takings()


class TestLastPrices:
    def test_the_last_price_of_a_jar_of_each_recipe_and_format(self) -> None:
        lot, jam = free_jars(20), free_jars(20, title="Confiture de prune")
        a_sale(SaleLine(lot, 2, 600), sold_at=NOW - timedelta(hours=2))
        a_sale(SaleLine(lot, 3, 500), sold_at=NOW - timedelta(hours=1))
        a_sale(SaleLine(jam, 2, 60), currency="MIN")
        assert queries.last_prices("EUR") == {("Velouté de courge", 385): 167}
        assert queries.last_prices("MIN") == {("Confiture de prune", 385): 30}

    def test_what_was_offered_or_cancelled_is_no_price(self) -> None:
        lot = free_jars(20)
        a_sale(SaleLine(lot, 2, 600), sold_at=NOW - timedelta(hours=2))
        a_sale(SaleLine(lot, 1, 0))
        cancel(a_sale(SaleLine(lot, 1, 900)))
        assert queries.last_prices("EUR") == {("Velouté de courge", 385): 300}


def test_exits_of_a_sale_are_in_the_list_of_what_became_of_the_jars() -> None:
    lot: Lot = free_jars(20)
    sale = a_sale(SaleLine(lot, 3, 750))
    assert [row.transaction.exit.sale for row in queries.exits(channel="sale_euros")] == [sale]
    assert Exit.objects.get(sale=sale).imported is False
