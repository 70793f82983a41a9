"""A voucher promises jars at a place, before their release too; it is no exit until they are handed over."""

from typing import Any

import pytest

from bocal.journal.models import Lot
from bocal.kitchen.actions import block_lot
from bocal.people.queries import system_person
from bocal.recipes.models import Recipe
from bocal.shop import queries
from bocal.shop.actions import (
    UnableToCancelExit,
    UnableToCancelVoucher,
    UnableToIssueVoucher,
    UnableToRedeemVoucher,
    UnableToTakeOut,
    cancel_exit,
    cancel_voucher,
    correct_exit,
    redeem_voucher,
)
from bocal.shop.models import Exit, Voucher
from bocal.shop.queries import code_typed, overpromised, promisable_lots
from bocal.territory.models import Place
from bocal.toolbox.acts import history_of
from bocal.toolbox.ids import new_id
from tests.kitchen.factories import released, the_consigne
from tests.programme.factories import NOW, a_person
from tests.recipes.factories import a_version
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
from tests.shop.test_exits import a_client_lot, held
from tests.surplus.factories import a_place

pytestmark = pytest.mark.django_db


def redeem(voucher: Voucher, **said: Any) -> Voucher:
    facts = {"id": new_id(), "voucher": voucher, "happened_at": NOW, "by": system_person(), "at": NOW}
    return redeem_voucher(**(facts | said))


def cancel(voucher: Voucher, reason: str = "plus de pots") -> Voucher:
    return cancel_voucher(voucher=voucher, reason=reason, by=system_person(), at=NOW)


def block(lot: Lot) -> None:
    block_lot(id=new_id(), lot=lot, by=a_person("O."), decided_at=NOW, at=NOW, reason="couvercle bombé")


class TestIssuing:
    def test_jars_are_promised_before_their_release(self) -> None:
        voucher = a_voucher(waiting_jars(), 2, the_shop(), holder="  Zélie ")
        assert (voucher.status, voucher.holder) == ("waiting", "Zélie")
        assert not Exit.objects.exists()

    def test_its_code_is_said_aloud_without_mistake(self) -> None:
        codes = {a_voucher(lot, 1).code for lot in [waiting_jars(20)] for _one in range(10)}
        assert len(codes) == 10
        assert not set("".join(codes)) & set("BIOSZ01258")

    def test_sent_twice_it_promises_once(self) -> None:
        lot, id = waiting_jars(), new_id()
        assert a_voucher(lot, id=id) == a_voucher(lot, id=id)
        assert Voucher.objects.count() == 1

    def test_no_more_is_promised_than_there_is(self) -> None:
        lot = waiting_jars(20)
        a_voucher(lot, 15)
        with pytest.raises(UnableToIssueVoucher, match=f"Il reste 5 pots du lot {lot.code} à promettre"):
            a_voucher(lot, 6)

    @pytest.mark.parametrize("jars", [0, -1, 10_000])
    def test_a_number_that_cannot_be(self, jars: int) -> None:
        with pytest.raises(UnableToIssueVoucher) as caught:
            a_voucher(jars=jars)
        assert caught.value.field == "jars"

    def test_not_of_a_lot_that_is_blocked(self) -> None:
        lot = waiting_jars()
        block(lot)
        with pytest.raises(UnableToIssueVoucher, match="est bloqué"):
            a_voucher(lot)

    def test_not_of_a_recipe_on_trial(self) -> None:
        lot = waiting_jars(recipe_version=a_version("Ketchup de betterave", status=Recipe.Status.TRIAL))
        with pytest.raises(UnableToIssueVoucher, match="encore à l'essai"):
            a_voucher(lot)

    def test_not_of_a_client_s_jars(self) -> None:
        with pytest.raises(UnableToIssueVoucher, match="travail à façon"):
            a_voucher(a_client_lot())

    def test_not_where_nobody_collects_anything(self) -> None:
        garage = a_place("Garage Morel", Place.Kind.GARAGE)
        for place in (the_consigne(), garage):
            with pytest.raises(UnableToIssueVoucher, match=f"à {place.name}"):
                a_voucher(place=place)

    def test_lots_to_choose_from(self) -> None:
        on_the_way, free, blocked = waiting_jars(), free_jars(), free_jars()
        a_voucher(on_the_way, 3)
        a_voucher(free, 20)
        block(blocked), a_client_lot()
        waiting_jars(recipe_version=a_version("Ketchup de betterave", status=Recipe.Status.TRIAL))
        assert [(lot.code, lot.to_promise) for lot in promisable_lots()] == [(on_the_way.code, 17)]


class TestPromisesAreKept:
    def test_what_is_promised_is_not_given_to_others(self) -> None:
        lot = free_jars(20)
        a_voucher(lot, 18)
        with pytest.raises(UnableToTakeOut, match="à P'tite Coopé, il en reste 2 à donner ou à vendre"):
            an_exit(lot, 3)
        an_exit(lot, 2)

    def test_jars_are_kept_where_they_are_to_be_collected(self) -> None:
        """Fifteen jars wait elsewhere; the five of this shelf are promised all the same."""
        lot, shelf = free_jars(20), a_shelf()
        carry(lot, 5, the_shop(), shelf)
        a_voucher(lot, 5, shelf)
        with pytest.raises(UnableToTakeOut, match="il en reste 0"):
            an_exit(lot, 1, source=shelf)
        an_exit(lot, 15)

    def test_jars_still_to_be_carried_are_kept_in_the_lot(self) -> None:
        lot, shelf = free_jars(20), a_shelf()
        a_voucher(lot, 5, shelf)
        with pytest.raises(UnableToTakeOut, match="il en reste 15"):
            an_exit(lot, 16)

    def test_a_broken_jar_breaks_its_promise_and_that_is_said(self) -> None:
        lot = free_jars(20)
        a_voucher(lot, 20)
        an_exit(lot, 2, "breakage")
        assert [(each.lot, each.promised, each.left) for each in overpromised()] == [(lot, 20, 18)]

    def test_promises_that_can_be_kept_are_not_announced(self) -> None:
        a_voucher(waiting_jars(20), 20)
        assert not list(overpromised())


class TestRedeeming:
    def test_the_jars_count_as_given_when_they_are_handed_over(self) -> None:
        lot = free_jars(20)
        voucher = redeem(a_voucher(lot, 2))
        assert voucher.status == "redeemed"
        assert held(lot, the_shop()) == 18
        assert Exit.objects.get(transaction=voucher.transaction).transaction.kind == "on_the_spot"

    def test_not_before_the_lot_is_released(self) -> None:
        lot = waiting_jars()
        voucher = a_voucher(lot)
        with pytest.raises(UnableToRedeemVoucher, match="n'est pas encore libéré"):
            redeem(voucher)
        released(lot)
        carry(lot, 5, the_consigne(), the_shop())
        assert redeem(voucher).status == "redeemed"

    def test_not_of_a_lot_blocked_since(self) -> None:
        lot = free_jars()
        voucher = a_voucher(lot)
        block(lot)
        with pytest.raises(UnableToRedeemVoucher, match="est bloqué"):
            redeem(voucher)

    def test_where_the_jars_are_is_said(self) -> None:
        lot = free_jars(20, at=the_truck())
        voucher = a_voucher(lot, 2, the_shop())
        with pytest.raises(UnableToRedeemVoucher, match=r"Il y en a à Camion \(20\)"):
            redeem(voucher)

    def test_all_that_was_promised_can_be_collected(self) -> None:
        lot = free_jars(20)
        for voucher in [a_voucher(lot, 10), a_voucher(lot, 10)]:
            redeem(voucher)
        assert held(lot, the_shop()) == 0

    def test_twice_it_is_handed_over_once(self) -> None:
        lot = free_jars(20)
        voucher = a_voucher(lot, 2)
        redeem(voucher), redeem(voucher)
        assert held(lot, the_shop()) == 18

    def test_a_cancelled_one_gives_nothing(self) -> None:
        voucher = cancel(a_voucher(free_jars()))
        with pytest.raises(UnableToRedeemVoucher, match="a été annulé"):
            redeem(voucher)


class TestTakingBack:
    def test_a_promise_is_taken_back_with_its_reason(self) -> None:
        lot = free_jars(20)
        voucher = cancel(a_voucher(lot, 20))
        assert voucher.status == "cancelled"
        assert history_of(voucher)[0].reason == "plus de pots"
        an_exit(lot, 20)

    def test_a_reason_is_asked(self) -> None:
        with pytest.raises(UnableToCancelVoucher) as caught:
            cancel(a_voucher(), " ")
        assert caught.value.field == "reason"

    def test_twice_is_once(self) -> None:
        voucher = a_voucher()
        cancel(voucher), cancel(voucher)
        assert len(history_of(voucher)) == 2

    def test_not_once_the_jars_are_gone(self) -> None:
        voucher = redeem(a_voucher(free_jars()))
        with pytest.raises(UnableToCancelVoucher, match="déjà remis"):
            cancel(voucher)

    def test_a_handing_over_noted_by_mistake_makes_it_wait_again(self) -> None:
        lot = free_jars(20)
        voucher = redeem(a_voucher(lot, 2))
        left = Exit.objects.get(transaction=voucher.transaction)
        with pytest.raises(UnableToCancelExit, match=f"bon {voucher.code}"):
            correct_exit(
                id=new_id(), exit=left, channel="on_the_spot", lot=lot, jars=1, source=the_shop(), happened_at=NOW,
                reason="un seul", by=system_person(), at=NOW,
            )  # fmt: skip
        cancel_exit(id=new_id(), exit=left, reason="pas venue", by=system_person(), at=NOW)
        voucher.refresh_from_db()
        assert (voucher.status, held(lot, the_shop())) == ("waiting", 20)
        assert redeem(voucher).status == "redeemed"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ACDE-FGHJ", "ACDE-FGHJ"),
        (" acde fghj ", "ACDE-FGHJ"),
        ("acdefghj", "ACDE-FGHJ"),
        ("ACDE", ""),
        ("", ""),
        ("💥💥💥💥💥💥💥💥", ""),
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed: str, code: str) -> None:
    assert code_typed(typed) == code


def test_a_voucher_is_found_by_its_code() -> None:
    voucher = a_voucher()
    assert queries.voucher_of_code(voucher.code.lower().replace("-", " ")) == voucher
    assert queries.voucher_of_code("ACDE-FGHJ") is None
