"""The night check finds what the triggers would have refused, had they been there."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from bocal.craft.journal import Leg, LotId
from bocal.journal import actions, triggers
from bocal.journal.models import Balance, Decision, Lot, Movement, Transaction
from bocal.journal.queries import differences
from bocal.toolbox.ids import new_id
from tests.journal.attacks import bare_movement, bare_transaction, settle
from tests.journal.factories import (
    NOW,
    House,
    collect,
    give,
    move,
    prior_jars,
    record,
    released_jars,
    reverse,
    some_jars,
)


@pytest.fixture
def tampered(house: House) -> House:
    """A house with a little of everything, whose guards are down."""
    lot = released_jars(house)
    reverse(house, give(house, lot, 2, house.consigne, house.anonymous))
    prior_jars(house)
    some_jars(house)
    settle()
    triggers.drop()
    return house


def verdict() -> str:
    """What `bocal verify` says, its guards apart."""
    out = StringIO()
    with pytest.raises(CommandError, match="pas en ordre"):
        call_command("verify", stdout=out)
    return out.getvalue()


def test_a_sound_journal_is_said_to_be_sound(house: House) -> None:
    reverse(house, give(house, released_jars(house), 2, house.consigne, house.anonymous))
    prior_jars(house)
    out = StringIO()
    call_command("verify", stdout=out)
    assert out.getvalue().startswith("Le journal est en ordre : ")
    assert "À regarder" not in out.getvalue()


def test_a_place_below_zero_is_shown_and_is_no_fault(house: House) -> None:
    move(house, collect(house, 5_000), 7_000, house.truck, house.shelf)
    out = StringIO()
    call_command("verify", stdout=out)
    assert "Camion : −2\u00a0000" in out.getvalue()


def touch_a_balance(house: House) -> None:
    Balance.objects.filter(account=house.consigne).update(quantity=999)


def forget_a_balance(house: House) -> None:
    Balance.objects.filter(account=house.consigne).delete()


def touch_a_movement(house: House) -> None:
    Movement.objects.filter(transaction__reverses__isnull=False).update(quantity=1)


def lose_the_movements(house: House) -> None:
    Movement.objects.filter(transaction__kind="collection").delete()


def release_alone(house: House) -> None:
    Decision.objects.filter(kind="release").update(by=house.operator)


def skip_a_rank(house: House) -> None:
    Decision.objects.filter(kind="release").update(sequence=7)


def release_what_was_destroyed(house: House) -> None:
    lot = Lot.objects.filter(decisions__kind="release").get()
    for sequence, kind in ((3, "destroy"), (4, "release")):
        lot.decisions.create(
            sequence=sequence, kind=kind, by=house.releaser, decided_at=NOW, recorded_at=NOW, reason="?"
        )  # fmt: skip


def make_prior_jars_young(house: House) -> None:
    Lot.objects.filter(decisions__kind="prior").update(made_on=NOW.date())


def let_jars_out(house: House) -> None:
    lot = Lot.objects.filter(kind="jar").exclude(decisions__kind__in=["release", "prior"]).get()
    key = new_id()
    bare_movement(lot, 1, house.consigne, house.shop, transaction_id=key)
    bare_transaction(house, "transfer", id=key)


def open_the_quarantine(house: House) -> None:
    assert house.consigne.place is not None
    house.consigne.place.quarantine = False
    house.consigne.place.save()


def conjure_jars(house: House) -> None:
    lot = Lot.objects.filter(decisions__kind="release").get()
    key = new_id()
    bare_movement(lot, 50, house.producer, house.shelf, transaction_id=key)
    bare_transaction(house, "transfer", id=key)


TAMPERINGS: list[tuple[str, Callable[[House], None]]] = [
    ("Soldes différents des mouvements", touch_a_balance),
    ("Soldes différents des mouvements", forget_a_balance),
    ("Sommes qui ne sont pas nulles", touch_a_balance),
    ("Corrections qui ne défont pas ce qu'elles corrigent", touch_a_movement),
    ("Opérations sans mouvement", lose_the_movements),
    ("Décisions qui ne se suivent pas", release_alone),
    ("Décisions qui ne se suivent pas", skip_a_rank),
    ("Décisions qui ne se suivent pas", release_what_was_destroyed),
    ("Lots « antérieurs à Bocal » trop récents", make_prior_jars_young),
    ("Pots sortis sans avoir jamais été libérés", let_jars_out),
    ("Consignes qui ne sont pas celles de leur lieu", open_the_quarantine),
    ("Pots venus de nulle part", conjure_jars),
]


@pytest.mark.parametrize(("title", "tamper"), TAMPERINGS, ids=lambda part: getattr(part, "__name__", ""))
def test_tampering_is_found_after_the_guards_are_back(
    tampered: House, title: str, tamper: Callable[[House], None]
) -> None:
    tamper(tampered)
    if tamper is conjure_jars:  # whoever does this keeps the balances in step
        actions.rebuild_balances()
    settle()
    triggers.install()
    said = verdict()
    assert title in said
    assert "Protections" not in said


def test_rebuilding_makes_balances_right_again(house: House) -> None:
    released_jars(house)
    right = list(
        Balance.objects.order_by("account", "lot").values_list("account", "lot", "currency", "quantity")
    )
    assert actions.rebuild_balances() == len(right)
    Balance.objects.filter(account=house.truck).update(quantity=1)
    Balance.objects.filter(account=house.consigne).delete()
    assert {one.kept for one in differences()} == {1, None}
    out = StringIO()
    call_command("rebuild_balances", stdout=out)
    assert out.getvalue() == "2 soldes étaient faux.\n"
    assert differences() == []
    after = Balance.objects.order_by("account", "lot").values_list("account", "lot", "currency", "quantity")
    assert list(after) == right
    call_command("rebuild_balances", stdout=out)
    assert out.getvalue().endswith("Les soldes étaient justes.\n")


def test_balances_go_on_from_rebuilt_ones(house: House) -> None:
    lot = collect(house)
    actions.rebuild_balances()
    record(house, "transfer", Leg(LotId(lot.pk), 10, house.truck.pk, house.shelf.pk))
    assert differences() == []
    assert Transaction.objects.count() == 2
