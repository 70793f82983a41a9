"""What is recorded, corrected or taken back by the real actions moves each figure by exactly that, and no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bocal.craft.figures import Period
from bocal.impact.queries import Scope, cross_table, figures
from bocal.journal.models import Lot
from bocal.kitchen.actions import cancel_batch, correct_batch
from bocal.people.actions import record_training
from bocal.people.models import Organisation, Training
from bocal.people.queries import system_person
from bocal.programme.actions import (
    cancel_intervention,
    correct_hours,
    correct_intervention,
    record_attendance,
    reopen_intervention,
    withdraw_hours,
)
from bocal.programme.models import Hours, Intervention
from bocal.shop.actions import SaleLine, cancel_exit, cancel_sale, redeem_voucher
from bocal.shop.models import Sale
from bocal.surplus.actions import cancel_collection_line, correct_collection_line
from bocal.surplus.models import CollectionLine
from bocal.toolbox.ids import new_id
from bocal.toolbox.times import PARIS
from tests.kitchen.factories import (
    a_batch,
    a_jar_lot,
    released,
    some_produce,
    the_consigne,
    the_journal_is_open,
)
from tests.programme.factories import (
    NOW,
    YESTERDAY,
    a_commune,
    a_house,
    a_person,
    an_intervention,
    some_hours,
)
from tests.shop.factories import a_sale, a_voucher, an_exit, carry, free_jars, the_shop
from tests.surplus.factories import a_line

NOVEMBER = Scope(Period(date(2026, 11, 1), date(2026, 11, 30)))
OCTOBER = Scope(Period(date(2026, 10, 1), date(2026, 10, 31)))

pytestmark = pytest.mark.django_db


def told(scope: Scope = NOVEMBER) -> dict[str, int]:
    """Every figure, channels among them under their journal kind."""
    reckoned = figures(scope)
    return {**reckoned.quantities, **reckoned.jars_by_channel}


@contextmanager
def moves(scope: Scope = NOVEMBER, **expected: int) -> Iterator[None]:
    """What happens inside moves these figures by that much, and leaves every other as it was."""
    before = told(scope)
    yield
    after = told(scope)
    keys = before.keys() | after.keys()
    moved = {key: after.get(key, 0) - before.get(key, 0) for key in keys}
    assert {key: by for key, by in moved.items() if by} == {key: by for key, by in expected.items() if by}


def in_house(house: Organisation) -> Scope:
    return Scope(NOVEMBER.period, house_ids=frozenset({house.id}))


def said(**more: Any) -> dict[str, Any]:
    return {"by": system_person(), "at": NOW, **more}


def cancel_after_all(intervention: Intervention) -> None:
    """What was noted as done did not take place."""
    reopen_intervention(intervention=intervention, **said(reason="notée par erreur"))
    cancel_intervention(intervention=intervention, **said(reason="pluie"))


# --- Kilos ----------------------------------------------------------------------------------------


def test_a_weighing_corrected_then_cancelled() -> None:
    with moves(kg_collected=40_000):
        line = a_line(40_000)
    with moves(kg_collected=-15_500):
        correct_collection_line(id=new_id(), line=line, grams=24_500, **said(reason="lu à l'envers"))
    with moves(kg_collected=-24_500):
        cancel_collection_line(
            id=new_id(), line=CollectionLine.objects.get(pk=line.pk), **said(reason="comptée deux fois")
        )


def test_each_nature_is_shown_apart() -> None:
    a_line(10_000, nature=Lot.Nature.GIFT)
    a_line(7_000, nature=Lot.Nature.PURCHASE)
    a_line(3_000, nature=Lot.Nature.GLEAN)

    assert figures(NOVEMBER).grams_collected == {"gift": 10_000, "purchase": 7_000, "glean": 3_000}


def test_a_batch_corrected_then_cancelled() -> None:
    lot = some_produce(40_000)
    with moves(kg_transformed=10_000, jars_made=20, jars_in_stock=20, litres_of_soup=5_000):
        batch = a_batch(inputs=[(lot, 10_000)], jars=[(385, 20, 1)], soup_ml=5_000, waste_grams=2_000)
    with moves(kg_transformed=2_000, jars_made=-3, jars_in_stock=-3, litres_of_soup=-5_000):
        correct_batch(
            id=new_id(), batch=batch, inputs=[(lot, 12_000)], jars=[(385, 17, 1)], **said(reason="recompté")
        )
    with moves(kg_transformed=-12_000, jars_made=-17, jars_in_stock=-17):
        cancel_batch(id=new_id(), batch=batch, **said(reason="notée deux fois"))


def test_peelings_and_what_was_eaten_are_inside_the_kilos_transformed() -> None:
    lot = some_produce()
    with moves(kg_transformed=10_000, jars_made=20, jars_in_stock=20):
        a_batch(inputs=[(lot, 10_000)], waste_grams=4_000, eaten_grams=1_000)


def test_a_clients_own_produce_is_in_its_own_two_figures_and_nowhere_else() -> None:
    the_journal_is_open()
    processing = an_intervention(kind=Intervention.Kind.PROCESSING)
    with moves():
        lot = some_produce(30_000, nature=Lot.Nature.CUSTOM)
    with moves(kg_facon=9_000, jars_facon=20):
        a_batch(inputs=[(lot, 9_000)], intervention=processing)


# --- Jars and money -------------------------------------------------------------------------------


def test_an_exit_and_its_cancellation() -> None:
    lot = free_jars(20)
    with moves(on_the_spot=2, jars_in_stock=-2):
        gone = an_exit(lot, 2)
    with moves(on_the_spot=-2, jars_in_stock=2):
        cancel_exit(id=new_id(), exit=gone, **said(reason="rendu"))


def test_a_sale_in_euros_and_its_cancellation() -> None:
    lot = free_jars(20)
    with moves(sale_euros=3, jars_in_stock=-3, euros=750):
        sale = a_sale(SaleLine(lot, 3, 750))
    with moves(sale_euros=-3, jars_in_stock=3, euros=-750):
        cancel_sale(id=new_id(), sale=sale, **said(reason="rendue"))


def test_a_sale_in_time_moves_minutes_and_no_euro() -> None:
    lot = free_jars(20)
    with moves(sale_minutes=2, jars_in_stock=-2, minutes=60):
        a_sale(SaleLine(lot, 2, 60), currency=Sale.Currency.MINUTES, buyer_person=a_person())


def test_takings_are_of_the_sale_and_channels_of_the_batch() -> None:
    """Jars of October sold in November: the money is November's, the channel October's."""
    the_journal_is_open()
    october = datetime(2026, 10, 20, 12, tzinfo=PARIS)
    produce = some_produce(collected_at=datetime(2026, 10, 19, 8, tzinfo=PARIS))
    lot = free_jars(20, inputs=[(produce, 10_000)], made_at=october)
    whole_autumn = Scope(Period(date(2026, 10, 1), date(2026, 11, 30)))
    with (
        moves(euros=750),
        moves(OCTOBER, euros=0),
        moves(whole_autumn, euros=750, sale_euros=3, jars_in_stock=-3),
    ):
        a_sale(SaleLine(lot, 3, 750))


def test_a_voucher_counts_when_the_jars_are_handed_over() -> None:
    lot = free_jars(20)
    with moves():
        voucher = a_voucher(lot, jars=2)
    with moves(on_the_spot=2, jars_in_stock=-2):
        redeem_voucher(id=new_id(), voucher=voucher, happened_at=NOW, **said())


def test_jars_released_and_put_on_a_shelf_are_still_in_stock() -> None:
    lot = a_jar_lot()
    with moves():
        carry(released(lot), 20, the_consigne(), the_shop())


# --- Interventions, heads and hours ----------------------------------------------------------------


def test_a_workshop_cancelled_after_all() -> None:
    with moves(workshops=1, communes_visited=1):
        workshop = an_intervention()
    with moves(participants=12):
        record_attendance(intervention=workshop, counts={"adults": 7, "children": 5}, **said())
    with moves(participants=-4):
        record_attendance(intervention=workshop, counts={"adults": 7, "children": 1}, **said())
    another = an_intervention(commune=a_commune("Génissieux", "26139"))
    with moves(workshops=-1, workshops_cancelled=1, communes_visited=-1):
        cancel_after_all(another)


def test_hours_corrected_changed_of_nature_and_withdrawn() -> None:
    workshop = an_intervention()
    with moves(volunteer_hours=120):
        hours = some_hours(intervention=workshop)
    with moves(volunteer_hours=45):
        hours = correct_hours(
            hours=hours, minutes=165, task=Hours.Task.COOKING, nature=Hours.Nature.VOLUNTEER, **said()
        )
    with moves(volunteer_hours=-165):
        hours = correct_hours(
            hours=hours, minutes=165, task=Hours.Task.COOKING, nature=Hours.Nature.CREDITED, **said()
        )
    with moves(volunteer_hours=165):
        hours = correct_hours(
            hours=hours, minutes=165, task=Hours.Task.COOKING, nature=Hours.Nature.VOLUNTEER, **said()
        )
    with moves(volunteer_hours=-165):
        withdraw_hours(hours=hours, **said(reason="comptées deux fois"))


@pytest.mark.parametrize("nature", [Hours.Nature.CREDITED, Hours.Nature.PAID, Hours.Nature.PARTICIPANT])
def test_only_hours_given_are_volunteer_hours(nature: str) -> None:
    with moves():
        some_hours(nature=nature)


def test_trained_means_trained_on_or_before_the_last_day() -> None:
    aline = a_person("Aline E.")
    some_hours(person=aline)
    some_hours(person=aline, task=Hours.Task.CLEANING)
    last_day = NOVEMBER.period.last
    facts = {"person": aline, "subject": Training.Subject.WORKSHOP, **said()}
    with moves():
        record_training(id=new_id(), on=last_day + timedelta(days=1), **facts)
    with moves():
        record_training(id=new_id(), **{**facts, "subject": Training.Subject.HYGIENE}, on=YESTERDAY)
    with moves(trained_volunteers_involved=1):
        record_training(id=new_id(), on=last_day, **facts)


def test_an_intervention_moved_to_another_month_takes_its_hours_and_heads_along() -> None:
    workshop = an_intervention()
    some_hours(intervention=workshop)
    record_attendance(intervention=workshop, counts={"adults": 9}, **said())
    away = {"workshops": 1, "communes_visited": 1, "participants": 9, "volunteer_hours": 120}
    with moves(**{key: -by for key, by in away.items()}), moves(OCTOBER, **away):
        correct_intervention(intervention=workshop, day=date(2026, 10, 14), **said())


def test_an_intervention_moved_to_another_commune() -> None:
    genissieux = a_commune("Génissieux", "26139")
    an_intervention()
    workshop = an_intervention()
    with moves(communes_visited=1):
        correct_intervention(intervention=workshop, commune=genissieux, **said())
    there = Scope(NOVEMBER.period, commune_codes=frozenset({genissieux.code}))
    assert told(there)["workshops"] == 1


@pytest.mark.parametrize(
    ("kind", "public", "visited"),
    [
        (Intervention.Kind.COLLECTION, True, 1),
        (Intervention.Kind.COLLECTION, False, 0),
        (Intervention.Kind.GLEANING, True, 1),
        (Intervention.Kind.GLEANING, False, 0),
        (Intervention.Kind.MAINTENANCE, False, 0),
    ],
)
def test_a_public_outing_visits_its_commune_and_a_private_one_does_not(
    kind: str, public: bool, visited: int
) -> None:
    with moves(communes_visited=visited):
        an_intervention(kind=kind, open_to_public=public)


@pytest.mark.parametrize("kind", [Intervention.Kind.RENTAL, Intervention.Kind.PROCESSING])
def test_a_service_counts_as_such_and_visits_nothing(kind: str) -> None:
    with moves(services_done=1):
        service = an_intervention(kind=kind, open_to_public=False)
    with moves(services_done=-1):
        cancel_after_all(service)


# --- Filters --------------------------------------------------------------------------------------


def test_a_shared_intervention_counts_for_both_houses_and_once_in_the_table() -> None:
    leading, sharing, other = a_house("Les Ors"), a_house("Saint-Nicolas"), a_house("Accorderie")
    workshop = an_intervention(lead_house=leading, houses=[leading, sharing])
    some_hours(intervention=workshop)
    record_attendance(intervention=workshop, counts={"adults": 6}, **said())
    free = free_jars(20, intervention=workshop)
    a_sale(SaleLine(free, 3, 750))

    whole = told()
    assert told(in_house(leading)) == told(in_house(sharing))
    for key in (
        "workshops",
        "participants",
        "volunteer_hours",
        "kg_transformed",
        "jars_made",
        "euros",
        "sale_euros",
    ):
        assert told(in_house(sharing))[key] == whole[key] > 0, key
        assert told(in_house(other))[key] == 0, key
    [row] = cross_table(NOVEMBER)
    assert row.cell.house == leading.id
    assert (row.quantities["workshops"], row.quantities["participants"]) == (1, 6)


def test_what_follows_no_intervention_is_of_no_house_and_has_its_own_row() -> None:
    house = a_house()
    workshop = an_intervention(lead_house=house)
    some_hours(intervention=workshop, minutes=30)
    a_batch()
    some_hours()

    assert (told(in_house(house))["jars_made"], told(in_house(house))["volunteer_hours"]) == (0, 30)
    rows = {row.cell.house: row.quantities for row in cross_table(NOVEMBER)}
    assert (rows[None]["jars_made"], rows[None]["volunteer_hours"], rows[house.id]["workshops"]) == (
        20,
        120,
        1,
    )


def test_the_last_evening_and_the_first_morning_are_inside() -> None:
    the_journal_is_open()
    edge = Scope(Period(date(2026, 11, 24), date(2026, 11, 24)))
    for moment in (
        datetime(2026, 11, 23, 23, 59, tzinfo=PARIS),
        datetime(2026, 11, 24, 0, 0, tzinfo=PARIS),
        datetime(2026, 11, 24, 23, 59, tzinfo=PARIS),
        datetime(2026, 11, 25, 0, 0, tzinfo=PARIS),
    ):
        a_line(1_000, collected_at=moment)

    assert told(edge)["kg_collected"] == 2_000


def test_unused_filters_let_everything_through_and_an_empty_one_nothing() -> None:
    an_intervention()

    assert told(Scope(NOVEMBER.period, house_ids=frozenset()))["workshops"] == 0
    assert told(Scope(NOVEMBER.period))["workshops"] == 1
