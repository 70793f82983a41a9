"""An offer is noted, answered with words, corrected, and counted nowhere."""

from datetime import timedelta

import pytest

from bocal.journal.models import Lot, Movement
from bocal.people.models import Organisation
from bocal.people.queries import system_person
from bocal.programme.actions import cancel_intervention
from bocal.programme.models import Intervention
from bocal.surplus.actions import (
    UnableToAnswerOffer,
    UnableToRecordOffer,
    answer_offer,
    correct_offer,
    find_or_record_producer,
    record_offer,
    reopen_offer,
)
from bocal.surplus.actions.producers import UnknownProducer
from bocal.surplus.models import Offer
from bocal.surplus.queries import offers, offers_waiting
from bocal.toolbox.acts import history_of
from bocal.toolbox.ids import new_id
from tests.programme.factories import NOW, TOMORROW, an_intervention
from tests.surplus.factories import a_collection, a_producer, an_offer

pytestmark = pytest.mark.django_db


def answered(offer, *, accepted, **said):
    return answer_offer(offer=offer, accepted=accepted, by=system_person(), at=NOW, **said)


def test_an_offer_moves_nothing():
    an_offer()
    assert not Movement.objects.exists()
    assert not Lot.objects.exists()


def test_an_offer_sent_twice_is_noted_once():
    key = new_id()
    assert an_offer(id=key) == an_offer(id=key)
    assert Offer.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"product": "  "}, "product"),
        ({"product": "c" * 81}, "product"),
        ({"grams": 0}, "grams"),
        ({"grams": -60_000}, "grams"),
        ({"grams": 10_000_000}, "grams"),
        ({"available_from": NOW + timedelta(days=2)}, "available_until"),
        ({"nature": Lot.Nature.MADE}, "nature"),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field(said, field):
    with pytest.raises(UnableToRecordOffer) as refusal:
        an_offer(**said)
    assert refusal.value.field == field
    assert not Offer.objects.exists()


def test_ten_tonnes_are_too_much_for_the_truck():
    with pytest.raises(UnableToRecordOffer, match="trop pour le camion"):
        an_offer(grams=10_000_000)


def test_the_most_urgent_offer_waits_first_and_past_ones_do_not():
    late = an_offer(available_until=NOW + timedelta(days=3))
    soon = an_offer(available_until=NOW + timedelta(hours=2))
    past = an_offer(available_until=NOW - timedelta(hours=1))
    assert list(offers_waiting(NOW)) == [soon, late]
    assert past.is_past(NOW)
    assert not soon.is_past(NOW)


def test_an_offer_is_accepted_for_an_intervention():
    workshop = an_intervention(day=TOMORROW, status=Intervention.Status.PLANNED)
    offer = answered(an_offer(), accepted=True, intervention=workshop)
    assert (offer.status, offer.intervention) == (Offer.Status.ACCEPTED, workshop)
    assert not offers_waiting(NOW).exists()
    assert "a accepté l'offre" in str(history_of(offer)[0])


def test_an_offer_is_not_accepted_for_a_cancelled_intervention():
    workshop = an_intervention(day=TOMORROW, status=Intervention.Status.PLANNED)
    cancel_intervention(intervention=workshop, reason="pluie", by=system_person(), at=NOW)
    with pytest.raises(UnableToAnswerOffer, match="annulée"):
        answered(an_offer(), accepted=True, intervention=workshop)


def test_an_offer_is_declined_with_words():
    with pytest.raises(UnableToAnswerOffer) as refusal:
        answered(an_offer(), accepted=False, answer=" ")
    assert refusal.value.field == "answer"
    offer = answered(an_offer(), accepted=False, answer="Le camion est à Chabeuil ce jour-là, merci !")
    assert offer.status == Offer.Status.DECLINED


def test_an_answer_of_a_page_is_refused_not_cut():
    with pytest.raises(UnableToAnswerOffer, match="300"):
        answered(an_offer(), accepted=False, answer="non " * 100)


def test_an_answer_can_be_taken_back():
    offer = answered(an_offer(), accepted=False, answer="Trop loin")
    reopen_offer(offer=offer, by=system_person(), at=NOW)
    assert list(offers_waiting(NOW)) == [offer]
    assert offer.answer == ""
    assert len(history_of(offer)) == 3


def test_an_offer_is_corrected_and_its_history_says_what_it_was():
    offer = an_offer()
    correct_offer(offer=offer, grams=45_000, by=system_person(), at=NOW)
    change = history_of(offer)[0].changes[0]
    assert offer.grams == 45_000
    assert (change.field, change.old, change.new) == ("poids annoncé", "60\u00a0kg", "45\u00a0kg")


def test_a_correction_that_cannot_be_true_is_refused_too():
    with pytest.raises(UnableToRecordOffer):
        correct_offer(offer=an_offer(), grams=0, by=system_person(), at=NOW)


def test_a_collected_offer_is_closed():
    offer = an_offer()
    a_collection(offer=offer)
    offer.refresh_from_db()
    assert offer.status == Offer.Status.COLLECTED
    for attempt in (
        lambda: answered(offer, accepted=True),
        lambda: correct_offer(offer=offer, grams=1, by=system_person(), at=NOW),
        lambda: reopen_offer(offer=offer, by=system_person(), at=NOW),
    ):
        with pytest.raises(UnableToAnswerOffer):
            attempt()


def test_an_unknown_producer_is_not_written_by_a_slip_of_the_finger():
    a_producer("Les Jardins de la Huppe")
    with pytest.raises(UnknownProducer) as refusal:
        find_or_record_producer(name="Les jardin de la hupe", is_new=False, by=system_person(), at=NOW)
    assert "« Les Jardins de la Huppe »" in str(refusal.value)
    new = find_or_record_producer(name="Ferme d'Ô 🍅", is_new=True, by=system_person(), at=NOW)
    assert (new.name, new.kind) == ("Ferme d'Ô 🍅", Organisation.Kind.PRODUCER)


def test_a_known_producer_is_found_however_she_is_spelt():
    huppe = a_producer("Les Jardins de la Huppe")
    assert (
        find_or_record_producer(name="LES JARDINS DE LA HUPPE", is_new=True, by=system_person(), at=NOW)
        == huppe
    )


def test_a_producer_without_a_name_is_nobody():
    with pytest.raises(UnknownProducer):
        find_or_record_producer(name=" ", is_new=True, by=system_person(), at=NOW)


def test_offers_are_found_by_product_and_by_producer():
    offer = an_offer(product="Courge 🎃", producer=a_producer("L'Épi d'Or"))
    an_offer(product="poire")
    assert list(offers(text="COÛRGE")) == [offer]
    assert list(offers(text="l’epi")) == [offer]
    assert list(offers(status=Offer.Status.DECLINED)) == []


def test_an_offer_recorded_by_hand_says_who_noted_it():
    offer = record_offer(
        id=new_id(), producer=a_producer(), product="poire", grams=5_000,
        available_until=NOW + timedelta(days=1), by=system_person(), at=NOW,
    )  # fmt: skip
    assert (offer.recorded_by, offer.recorded_at) == (system_person(), NOW)
