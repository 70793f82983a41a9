"""Jars leave by every way out, only when they may, once; an exit is taken back or corrected, never lost."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bocal.journal.actions import UnableToReverse
from bocal.journal.models import Account, Balance, Lot, Transaction
from bocal.kitchen.actions import block_lot
from bocal.people.models import Organisation
from bocal.people.queries import system_person
from bocal.shop.actions import (
    CHANNELS,
    UnableToCancelExit,
    UnableToTakeOut,
    cancel_exit,
    correct_exit,
    record_exit,
)
from bocal.shop.models import Exit
from bocal.territory.models import Place
from bocal.toolbox.acts import history_of
from bocal.toolbox.ids import new_id
from bocal.toolbox.times import PARIS
from tests.kitchen.factories import a_jar_lot, released, some_produce, the_consigne
from tests.programme.factories import NOW, a_house, a_person
from tests.shop.factories import an_exit, carry, free_jars, the_shop, waiting_jars
from tests.surplus.factories import a_place, a_producer

pytestmark = pytest.mark.django_db

Kind = Transaction.Kind


def held(lot: Lot, place: Place) -> int:
    row = Balance.objects.filter(lot=lot, account__place=place).first()
    return row.quantity if row else 0


def target_of(left: Exit) -> Account:
    return left.transaction.movements.get(lot__isnull=False).target


def cancel(left: Exit, reason: str = "noté deux fois", **said: Any) -> Exit:
    return cancel_exit(
        **{"id": new_id(), "exit": left, "reason": reason, "by": system_person(), "at": NOW} | said
    )


def correct(left: Exit, **said: Any) -> Exit:
    moved = left.transaction.movements.get()
    facts: dict[str, Any] = {
        "id": new_id(),
        "channel": left.transaction.kind,
        "lot": moved.lot,
        "jars": moved.quantity,
        "source": moved.source.place,
        "happened_at": left.transaction.happened_at,
        "reason": "mal compté",
    }
    return correct_exit(exit=left, by=system_person(), at=NOW, **(facts | said))


def a_client_lot(jars: int = 10) -> Lot:
    """Released jars made of the pears of the farm they belong to, in the shop."""
    produce = some_produce(20_000, "poire", nature="custom", producer=a_producer("Verger de la Mésange"))
    lot = released(a_jar_lot(inputs=[(produce, 10_000)], jars=[(385, jars, 1)]))
    carry(lot, jars, the_consigne(), the_shop())
    return lot


class TestLeaving:
    def test_jars_leave_by_every_channel(self) -> None:
        lot = free_jars(20)
        ours = [kind for kind in CHANNELS if kind != Kind.TO_CLIENT]
        assert [an_exit(lot, 1, kind).transaction.kind for kind in ours] == ours
        assert held(lot, the_shop()) == 20 - len(ours)

    def test_a_house_receives_in_its_own_name(self) -> None:
        ors = a_house()
        assert target_of(an_exit(channel="to_house", organisation=ors)).organisation == ors

    def test_who_is_not_named_is_said_so(self) -> None:
        lot = free_jars(20)
        unnamed = {
            "to_house": "maison non précisée",
            "to_producer": "producteur non précisé",
            "to_association": "association non précisée",
            "on_the_spot": "anonyme",
        }
        assert {kind: str(target_of(an_exit(lot, 1, kind))) for kind in unnamed} == unnamed

    def test_a_name_nobody_knows_is_kept_as_it_was_written(self) -> None:
        left = an_exit(channel="to_association", recipient="  L’Épi   d’Or 🍲 ")
        assert left.recipient == "L’Épi d’Or 🍲"

    def test_sent_twice_it_leaves_once(self) -> None:
        lot, id = free_jars(), new_id()
        first, second = an_exit(lot, 2, id=id), an_exit(lot, 5, id=id)
        assert first == second
        assert held(lot, the_shop()) == 18

    def test_the_history_says_who_took_them_out(self) -> None:
        left = an_exit()
        assert "a noté la sortie de pots" in history_of(left)[0].sentence


class TestRefusals:
    def refusal(self, **said: Any) -> UnableToTakeOut:
        with pytest.raises(UnableToTakeOut) as caught:
            an_exit(**said)
        assert not Exit.objects.exists()
        return caught.value

    @pytest.mark.parametrize("jars", [0, -1])
    def test_no_jars(self, jars: int) -> None:
        assert "Dites combien de pots." in self.refusal(jars=jars).sentences

    def test_more_than_there_are_says_how_many_and_where_the_others_are(self) -> None:
        lot = free_jars(20)
        carry(lot, 5, the_shop(), a_place("Camion"))
        refused = self.refusal(lot=lot, jars=10_000)
        assert refused.field == "jars"
        assert str(refused) == (
            f"Il y a 15 pots du lot {lot.code} à P'tite Coopé, pas plus. "
            "Il y en a à Camion (5) : déplacez-les d'abord (Stock)."
        )

    def test_tomorrow(self) -> None:
        refused = self.refusal(happened_at=NOW + timedelta(days=1))
        assert "vendredi 27 novembre 2026 est à venir" in str(refused)

    def test_before_they_were_made(self) -> None:
        lot = free_jars()
        refused = self.refusal(lot=lot, happened_at=datetime(2026, 11, 24, 9, tzinfo=PARIS))
        assert f"Le lot {lot.code} n'a été fait que le mercredi 25 novembre 2026." in refused.sentences

    def test_before_they_were_released(self) -> None:
        """The lot is free today; on the day that is said, it was not."""
        lot = free_jars()
        refused = self.refusal(lot=lot, happened_at=datetime(2026, 11, 25, 18, tzinfo=PARIS))
        assert "n'a été libéré que le jeudi 26 novembre 2026" in str(refused)

    def test_not_released(self) -> None:
        lot = waiting_jars()
        assert f"Le lot {lot.code} n'est pas encore libéré" in str(
            self.refusal(lot=lot, source=the_consigne())
        )

    def test_blocked_since(self) -> None:
        lot = free_jars()
        block_lot(id=new_id(), lot=lot, by=a_person("O."), decided_at=NOW, at=NOW, reason="couvercle bombé")
        assert "est bloqué" in str(self.refusal(lot=lot))

    def test_jars_of_a_client_go_to_the_client(self) -> None:
        lot = a_client_lot()
        assert "sont à Verger de la Mésange (travail à façon) : rendez-les-lui" in str(self.refusal(lot=lot))

    def test_jars_of_ours_have_no_client(self) -> None:
        assert "pas du travail à façon" in str(self.refusal(channel="to_client"))

    def test_produce_is_no_jar(self) -> None:
        lot = some_produce()
        assert "n'est pas un lot de pots" in str(
            self.refusal(lot=lot, channel="breakage", source=a_place("Camion"))
        )

    def test_a_name_without_end(self) -> None:
        assert self.refusal(channel="to_association", recipient="a" * 121).field == "recipient"

    @pytest.mark.parametrize("channel", ["sale_euros", "transfer"])
    def test_a_channel_that_is_no_exit_is_a_mistake_of_the_program(self, channel: str) -> None:
        with pytest.raises(ValueError, match="no way"):
            an_exit(channel=channel)


def test_where_nobody_eats_them_jars_may_go_before_their_release_whoever_owns_them() -> None:
    lot, client_lot = waiting_jars(20), a_client_lot(10)
    for channel in ("sample", "breakage", "destruction"):
        an_exit(lot, 1, channel, source=the_consigne())
        an_exit(client_lot, 1, channel)
    assert (held(lot, the_consigne()), held(client_lot, the_shop())) == (17, 7)


def test_a_client_is_given_her_jars_back() -> None:
    lot = a_client_lot(10)
    left = record_exit(
        id=new_id(),
        channel="to_client",
        lot=lot,
        jars=10,
        source=the_shop(),
        happened_at=NOW,
        by=system_person(),
        at=NOW,
    )
    assert left.transaction.kind == "to_client"
    assert target_of(left).organisation == Organisation.objects.get(name="Verger de la Mésange")


class TestCancelling:
    def test_the_jars_are_again_where_they_were(self) -> None:
        lot = free_jars(20)
        left = an_exit(lot, 3)
        cancel(left, "noté deux fois")
        assert held(lot, the_shop()) == 20
        assert history_of(left)[0].reason == "noté deux fois"

    def test_sent_twice_it_is_cancelled_once(self) -> None:
        lot, id = free_jars(20), new_id()
        left = an_exit(lot, 3)
        cancel(left, id=id), cancel(left, id=id)
        assert held(lot, the_shop()) == 20

    def test_it_is_cancelled_once_by_two_persons_too(self) -> None:
        left = an_exit()
        cancel(left)
        with pytest.raises(UnableToReverse, match="déjà corrigée"):
            cancel(left)

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_a_reason_is_asked(self, reason: str) -> None:
        left = an_exit()
        with pytest.raises(UnableToCancelExit) as caught:
            cancel(left, reason)
        assert caught.value.field == "reason"

    def test_it_never_puts_blocked_jars_back_on_a_shelf(self) -> None:
        lot = free_jars(20)
        left = an_exit(lot, 3)
        block_lot(id=new_id(), lot=lot, by=a_person("O."), decided_at=NOW, at=NOW, reason="analyse douteuse")
        with pytest.raises(UnableToReverse, match=f"Pas libéré : {lot.code}"):
            cancel(left)
        assert held(lot, the_shop()) == 17


class TestCorrecting:
    def test_it_is_cancelled_and_recorded_anew(self) -> None:
        lot = free_jars(20)
        left = an_exit(lot, 3)
        ors = a_house()
        new = correct(left, jars=5, channel="to_house", organisation=ors, reason="c'était pour la maison")
        assert held(lot, the_shop()) == 15
        assert new.replaces == left
        assert target_of(new).organisation == ors
        assert "a corrigé la sortie de pots" in history_of(left)[0].sentence

    def test_all_the_jars_may_be_corrected_to_another_channel(self) -> None:
        """What the wrong exit took is there again for the right one."""
        lot = free_jars(20)
        left = an_exit(lot, 20)
        correct(left, channel="breakage")
        assert held(lot, the_shop()) == 0

    def test_it_may_have_been_another_lot(self) -> None:
        lot, other = free_jars(20), free_jars(20)
        correct(an_exit(lot, 3), lot=other)
        assert (held(lot, the_shop()), held(other, the_shop())) == (20, 17)

    def test_a_correction_that_is_refused_changes_nothing(self) -> None:
        lot = free_jars(20)
        left = an_exit(lot, 3)
        with pytest.raises(UnableToTakeOut):
            correct(left, jars=21)
        assert held(lot, the_shop()) == 17
        assert not Transaction.objects.filter(reverses=left.transaction).exists()

    def test_sent_twice_it_is_corrected_once(self) -> None:
        lot, id = free_jars(20), new_id()
        left = an_exit(lot, 3)
        assert correct(left, id=id, jars=4) == correct(left, id=id, jars=4)
        assert held(lot, the_shop()) == 16

    def test_a_reason_is_asked(self) -> None:
        with pytest.raises(UnableToCancelExit):
            correct(an_exit(), reason=" ")
