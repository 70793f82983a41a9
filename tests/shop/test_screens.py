"""Who opens which page of the shop, what becomes of jars on screen, exports, and what a page costs."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from bocal.journal.models import Account, Lot
from bocal.kitchen.actions import block_lot
from bocal.parameters.actions import note_reconstructed
from bocal.people.models import Person
from bocal.shop import queries
from bocal.shop.actions import SaleLine
from bocal.shop.models import Exit, Voucher
from bocal.toolbox.ids import new_id
from tests.kitchen.factories import a_jar_lot, released, the_consigne
from tests.people.factories import link_client, signed_in, somebody_who
from tests.programme.factories import NOW, TODAY, a_house, a_person, an_intervention
from tests.shop.factories import (
    a_sale,
    a_shelf,
    a_voucher,
    an_exit,
    carry,
    free_jars,
    the_shop,
    the_truck,
    waiting_jars,
)
from tests.shop.screens import line, page, send, words_of
from tests.shop.test_exits import a_client_lot, held

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_evening")]

MOST_QUERIES = 15


def receiver_of(left: Exit) -> Account:
    return left.transaction.movements.get(lot__isnull=False).target


# --- Who opens what ----------------------------------------------------------------------------------------------

PAGES = ("home", "sales", "share", "exits", "vouchers", "issue")
OPEN_TO = {
    "coordination": PAGES,
    "director": ("home", "sales", "exits", "vouchers"),
    "treasurer": ("home", "sales", "exits"),
    "operator": ("share", "exits", "vouchers", "issue"),
    "referent": ("share", "exits", "vouchers", "issue"),
    "shop": ("home", "vouchers"),
    "volunteer": (),
    "admin": (),
}


@pytest.mark.parametrize("role", OPEN_TO)
def test_each_role_opens_its_pages_and_no_other(role: str) -> None:
    the_shop(), a_shelf()
    client = signed_in(somebody_who(role))
    opened = [name for name in PAGES if client.get(reverse(f"shop:{name}")).status_code == 200]
    assert opened == list(OPEN_TO[role])


@pytest.mark.parametrize("audience", ["inspector", "funder"])
def test_a_link_opens_nothing_of_the_shop(audience: str) -> None:
    client = link_client(audience)
    assert {client.get(reverse(f"shop:{name}")).status_code for name in PAGES} == {403}


def test_who_only_reads_sells_cancels_and_hands_over_nothing() -> None:
    lot = free_jars(20)
    sale, left, voucher = a_sale(SaleLine(lot, 1, 250)), an_exit(lot), a_voucher(lot)
    writing = {
        "sell": [], "reckon": [], "share": [], "issue": [], "cancel_sale": [sale.pk], "correct_sale": [sale.pk],
        "cancel_exit": [left.pk], "correct_exit": [left.pk], "redeem_voucher": [voucher.pk],
        "fetch_jars": [voucher.pk], "cancel_voucher": [voucher.pk],
    }  # fmt: skip
    for role in ("director", "treasurer", "volunteer"):
        client = signed_in(somebody_who(role))
        for screen, arguments in writing.items():
            assert client.post(reverse(f"shop:{screen}", args=arguments)).status_code == 403, (role, screen)
    assert held(lot, the_shop()) == 17


def test_who_only_sells_sees_the_till_and_the_vouchers_of_the_shop() -> None:
    lot, shelf = free_jars(20), a_shelf()
    here, elsewhere = a_voucher(lot, 1), a_voucher(lot, 1, shelf)
    client = signed_in(somebody_who("shop"))
    assert "Ventes" not in words_of(page(client)).partition("Aujourd'hui")[0]
    listed = page(client, "vouchers")
    assert here.code in listed
    assert elsewhere.code not in listed
    assert client.get(reverse("shop:voucher", args=[elsewhere.pk])).status_code == 404


def test_the_treasurer_reads_takings_and_no_name_of_a_person() -> None:
    claude = a_person("Claude E.", status=Person.Status.ACCORDEUR)
    sale = a_sale(SaleLine(free_jars(), 2, 60), currency="MIN", buyer_person=claude)
    treasurer, coordination = signed_in(somebody_who("treasurer")), signed_in(somebody_who("coordination"))
    for screen, arguments in (("home", []), ("sales", []), ("sale", [sale.pk]), ("exits", [])):
        assert "Claude E." not in page(treasurer, screen, *arguments)
        if screen != "home":
            assert "Claude E." in page(coordination, screen, *arguments)
    assert "Encaisser" not in page(treasurer)


# --- Sharing -----------------------------------------------------------------------------------------------------


class TestSharing:
    def test_several_lots_leave_in_one_go(self, coordination: Client) -> None:
        soup, jam = free_jars(20), free_jars(10, title="Confiture de prune")
        shown = send(coordination, "share", channel="on_the_spot", **line(soup, 3), **line(jam, 2))
        assert "C'est noté : 5 pots de P'tite Coopé." in words_of(shown)
        assert (held(soup, the_shop()), held(jam, the_shop())) == (17, 8)

    def test_all_or_nothing(self, coordination: Client) -> None:
        soup, jam = free_jars(20), free_jars(10, title="Confiture de prune")
        shown = send(coordination, "share", channel="on_the_spot", **line(soup, 3), **line(jam, 11))
        assert f"Il y a 10 pots du lot {jam.code}" in words_of(shown)
        assert (held(soup, the_shop()), held(jam, the_shop())) == (20, 10)

    def test_a_double_click_shares_once(self, coordination: Client) -> None:
        lot, id = free_jars(20), new_id()
        for _click in range(2):
            send(coordination, "share", id=id, channel="on_the_spot", **line(lot, 3))
        assert held(lot, the_shop()) == 17

    def test_a_house_chosen_and_a_house_not_said(self, coordination: Client) -> None:
        lot, ors = free_jars(20), a_house()
        send(coordination, "share", channel="to_house", house=ors.pk, **line(lot, 1))
        send(coordination, "share", channel="to_house", **line(lot, 1))
        receivers = [str(receiver_of(left)) for left in Exit.objects.order_by("id")]
        assert sorted(receivers) == sorted([ors.name, "maison non précisée"])
        assert "maison non précisée" in page(coordination, "exits")

    def test_a_producer_by_name_and_an_association_nobody_knows(self, coordination: Client) -> None:
        lot = free_jars(20)
        send(coordination, "share", channel="to_producer", producer="les jardins de la huppe", **line(lot, 1))
        send(coordination, "share", channel="to_association", association="Épi’Scénique <b>", **line(lot, 1))
        shown = page(coordination, "exits")
        assert "Les Jardins de la Huppe" in shown
        assert "Épi’Scénique &lt;b&gt;" in shown

    def test_jars_not_released_are_shown_and_only_lost(self, coordination: Client) -> None:
        lot = waiting_jars()
        assert "pas libéré : ni donné ni vendu" in words_of(page(coordination, "share"))
        shown = send(coordination, "share", channel="on_the_spot", **line(lot, 1))
        assert f"Le lot {lot.code} n'est pas encore libéré" in words_of(shown)
        send(coordination, "share", channel="breakage", **line(lot, 1))
        assert held(lot, the_consigne()) == 19

    def test_a_client_s_jars_go_back_to_the_client(self, coordination: Client) -> None:
        lot = a_client_lot(10)
        shown = page(coordination, "share")
        assert "à Verger de la Mésange" in shown
        assert "Remise au client" in shown
        send(coordination, "share", channel="to_client", **line(lot, 10))
        assert held(lot, the_shop()) == 0

    def test_a_channel_that_does_not_exist(self, coordination: Client) -> None:
        lot = free_jars(20)
        assert "data-refused" in send(coordination, "share", channel="sale_euros", **line(lot, 1))
        assert held(lot, the_shop()) == 20

    def test_a_referent_shares_from_her_shelf_alone(self) -> None:
        ors = a_house()
        shelf, lot = a_shelf(ors), free_jars(20)
        carry(lot, 8, the_shop(), shelf)
        client = signed_in(somebody_who("referent", house=ors))
        assert "8 pots ici" in words_of(page(client, "share", lieu=the_shop().pk))
        send(client, "share", query=f"?lieu={the_shop().pk}", channel="on_the_spot", **line(lot, 3))
        assert (held(lot, shelf), held(lot, the_shop())) == (5, 12)

    def test_an_empty_shelf_says_so(self) -> None:
        client = signed_in(somebody_who("referent", house=a_house()))
        assert "L'étagère de votre structure est vide" in words_of(page(client, "share"))

    def test_from_an_intervention_its_jars_come_first(self, coordination: Client) -> None:
        other = free_jars(20, title="Abricots au sirop")
        hub = an_intervention(title="Soupe de Peyrins")
        lot = released(a_jar_lot(intervention=hub))
        carry(lot, 20, the_consigne(), the_shop())
        shown = page(coordination, "share", intervention=hub.pk)
        assert shown.index(lot.code) < shown.index(other.code)
        assert "fait pendant cette intervention" in shown
        done = send(
            coordination, "share", query=f"?intervention={hub.pk}", channel="on_the_spot", **line(lot, 4)
        )
        assert "<h1>Soupe de Peyrins</h1>" in done


class TestTheIntervention:
    def test_its_page_says_what_became_of_its_jars(self, coordination: Client) -> None:
        hub = an_intervention()
        lot = released(a_jar_lot(intervention=hub))
        carry(lot, 20, the_consigne(), the_shop())
        an_exit(lot, 4), an_exit(lot, 1, "sample")
        a_sale(SaleLine(lot, 3, 750))
        a_voucher(lot, 2)
        said = words_of(coordination.get(reverse("programme:intervention", args=[hub.pk])).content.decode())
        assert "20 pots faits 12 encore là 2 promis par bon" in said
        assert re.search(r"Sur place 4 Vente en euros 3 Échantillon témoin 1", said)
        assert "Partager des pots" in said

    def test_without_jars_it_says_nothing(self, coordination: Client) -> None:
        shown = coordination.get(
            reverse("programme:intervention", args=[an_intervention().pk])
        ).content.decode()
        assert "Ce que les pots sont devenus" not in shown


# --- Exits -------------------------------------------------------------------------------------------------------


class TestExits:
    def test_filters(self, coordination: Client) -> None:
        soup, jam = free_jars(20), free_jars(10, title="Confiture de prune")
        carry(jam, 5, the_shop(), the_truck())
        an_exit(soup, 3), an_exit(jam, 2, "breakage", source=the_truck())
        a_sale(SaleLine(soup, 1, 250))

        def codes(**query: Any) -> set[str]:
            rows = csv.reader(io.StringIO(page(coordination, "exits", format="csv", **query)), delimiter=";")
            return {row[4] for row in list(rows)[1:]}

        assert codes() == {soup.code, jam.code}
        assert codes(channel="breakage") == {jam.code}
        assert codes(channel="sale_euros") == {soup.code}
        assert codes(place=the_truck().pk) == {jam.code}
        assert codes(text="prune") == {jam.code}
        assert codes(**{"from": "2026-11-27"}) == set()
        assert codes(**{"from": "junk", "channel": "junk"}) == {soup.code, jam.code}

    def test_the_total_leaves_out_what_was_taken_back(self, coordination: Client) -> None:
        lot = free_jars(20)
        an_exit(lot, 3)
        wrong = an_exit(lot, 4)
        send(coordination, "cancel_exit", wrong.pk, reason="noté deux fois")
        said = words_of(page(coordination, "exits"))
        assert "3 pots sous ces filtres" in said
        assert "annulée" in said
        assert "2 lignes" in said

    def test_it_is_corrected_on_screen(self, coordination: Client) -> None:
        lot, ors = free_jars(20), a_house()
        left = an_exit(lot, 3)
        shown = page(coordination, "correct_exit", left.pk)
        assert re.search(r'name="jars" value="3"', shown)
        send(
            coordination, "correct_exit", left.pk, lot=lot.pk, jars="5", source=the_shop().pk, channel="to_house",
            house=ors.pk, reason="c'était pour la maison",
        )  # fmt: skip
        assert held(lot, the_shop()) == 15
        said = words_of(page(coordination, "exit", left.pk))
        assert "remplacée" in said
        assert "c'était pour la maison" in said

    def test_blocked_jars_do_not_come_back_and_the_sentence_is_shown(self, coordination: Client) -> None:
        lot = free_jars(20)
        left = an_exit(lot, 3)
        block_lot(id=new_id(), lot=lot, by=a_person("O."), decided_at=NOW, at=NOW, reason="analyse douteuse")
        assert f"Pas libéré : {lot.code}" in words_of(
            send(coordination, "cancel_exit", left.pk, reason="oups")
        )

    def test_a_house_sees_what_left_its_shelf_or_came_to_it(self) -> None:
        ors, other = a_house(), a_house("Accorderie")
        lot, shelf = free_jars(20), a_shelf(ors)
        carry(lot, 8, the_shop(), shelf)
        hers, given, others = (
            an_exit(lot, 1, source=shelf),
            an_exit(lot, 2, "to_house", organisation=ors),
            an_exit(lot, 3, "to_house", organisation=other),
        )
        client = signed_in(somebody_who("referent", house=ors))
        assert "3 pots sous ces filtres" in words_of(page(client, "exits"))
        assert client.get(reverse("shop:exit", args=[others.pk])).status_code == 404
        assert "Annuler cette sortie" not in page(client, "exit", given.pk)
        assert client.get(reverse("shop:cancel_exit", args=[given.pk])).status_code == 403
        assert "Annuler cette sortie" in page(client, "exit", hers.pk)

    def test_a_sale_is_corrected_as_a_sale(self, coordination: Client) -> None:
        sale = a_sale()
        shown = page(coordination, "exit", sale.lines.get().pk)
        assert "Annuler cette sortie" not in shown
        assert reverse("shop:sale", args=[sale.pk]) in shown

    def test_an_exit_nobody_knows(self, coordination: Client) -> None:
        assert coordination.get(reverse("shop:exit", args=[new_id()])).status_code == 404


class TestImported:
    """What came with a workbook says so; what was reconstructed says that."""

    def test_repris_d_un_classeur(self, coordination: Client) -> None:
        left = an_exit(imported=True)
        assert "repris d'un classeur" in words_of(page(coordination, "exits"))
        assert "repris d'un classeur" in words_of(page(coordination, "exit", left.pk))

    def test_ligne_reconstituee(self, coordination: Client) -> None:
        note_reconstructed(first=TODAY - timedelta(days=30), last=TODAY, source="plaquette", at=NOW)
        lot = free_jars()
        left, sale = an_exit(lot, imported=True), a_sale(SaleLine(lot, 1, 250), imported=True)
        for screen, arguments in (
            ("exits", []),
            ("exit", [left.pk]),
            ("sales", []),
            ("sale", [sale.pk]),
            ("home", []),
        ):
            assert "ligne reconstituée" in page(coordination, screen, *arguments), screen


# --- Sales -------------------------------------------------------------------------------------------------------


class TestSales:
    def test_filters_and_sums_follow_each_other(self, coordination: Client) -> None:
        lot = free_jars(20)
        a_sale(SaleLine(lot, 3, 750), buyer_organisation=a_house())
        a_sale(SaleLine(lot, 2, 60), currency="MIN")
        assert "7,50 € en euros 1 h en temps 5 pots vendus 2 ventes" in words_of(page(coordination, "sales"))
        only_time = words_of(page(coordination, "sales", currency="MIN"))
        assert "0,00 € en euros 1 h en temps 2 pots vendus" in only_time
        assert "7,50 € en euros 0 h en temps" in words_of(
            page(coordination, "sales", text="quartier des ors")
        )
        assert "Rien ne correspond" in words_of(page(coordination, "sales", to="2026-11-25"))

    def test_a_period_turned_round_is_said(self, coordination: Client) -> None:
        said = words_of(page(coordination, "sales", **{"from": "2026-11-27", "to": "2026-11-01"}))
        assert "La période finit avant de commencer" in said

    def test_the_whole_list_as_spreadsheets(self, coordination: Client) -> None:
        lot = free_jars(20)
        sale = a_sale(SaleLine(lot, 3, 750))
        answer = coordination.get(reverse("shop:sales"), {"format": "xlsx"})
        (row,) = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=2, values_only=True))
        assert (row[0], row[2], float(row[3]), row[4]) == (sale.code, 3, 7.5, None)
        assert ";3;7,5;" in page(coordination, "sales", format="csv")


# --- What pages cost ---------------------------------------------------------------------------------------------


def test_pages_cost_the_same_with_one_row_and_a_hundred(coordination: Client) -> None:
    hub = an_intervention()
    lot = free_jars(300, intervention=hub)
    many: list[Lot] = []

    def fill(start: int, stop: int) -> None:
        for number in range(start, stop):
            an_exit(lot, 1, imported=True)
            a_sale(SaleLine(lot, 1, 250), at=NOW + timedelta(seconds=number), imported=True)
            a_voucher(lot, 1)
        for number in range(start, stop, 9):
            many.append(free_jars(5, title=f"Recette {number}"))
            a_sale(SaleLine(many[-1], 1, 300))

    def costs() -> dict[str, int]:
        sale, left, voucher = queries.sales()[0], Exit.objects.filter(sale=None)[0], Voucher.objects.all()[0]
        paths = {
            **{name: reverse(f"shop:{name}") for name in PAGES},
            "voucher_sheet": f"{reverse('shop:voucher_sheet')}?lot={lot.pk}",
            "share_from": f"{reverse('shop:share')}?intervention={hub.pk}",
            **{name: reverse(f"shop:{name}", args=[sale.pk]) for name in ("sale", "correct_sale")},
            **{name: reverse(f"shop:{name}", args=[left.pk]) for name in ("exit", "correct_exit")},
            "voucher": reverse("shop:voucher", args=[voucher.pk]),
            "collect": reverse("shop:collect", args=[voucher.code]),
        }
        counted = {}
        for name, path in paths.items():
            with CaptureQueriesContext(connection) as asked:
                assert coordination.get(path, follow=True).status_code == 200
            counted[name] = len(asked)
        return counted

    fill(0, 1)
    one = costs()
    fill(1, 100)
    assert costs() == one
    # Following the code of a voucher opens two pages.
    assert {name: count for name, count in one.items() if count > MOST_QUERIES and name != "collect"} == {}
