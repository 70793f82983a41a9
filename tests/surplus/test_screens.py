"""Surplus on screen: what is typed is kept, refusals stand at their field, sending twice records once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bocal.people.models import Organisation
from bocal.programme.models import Intervention
from bocal.surplus.models import Collection, Offer
from bocal.toolbox.ids import new_id
from tests.people.factories import signed_in, somebody_who
from tests.programme.factories import an_intervention
from tests.surplus.factories import a_collection, a_place, a_producer, an_offer, the_cannery

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordination():
    the_cannery()
    return signed_in(somebody_who("coordination"))


def an_offer_form(**typed):
    day = timezone.localdate() + timedelta(days=2)
    return {
        "id": str(new_id()), "producer": "Les Jardins de la Huppe", "product": "courgette", "grams": "60",
        "nature": "gift", "motive": "surplus", "until_day": day.isoformat(), "until_hour": "12:00",
    } | typed  # fmt: skip


def a_collection_form(*lines, **typed):
    form = {
        "id": str(new_id()), "producer": "Les Jardins de la Huppe", "day": timezone.localdate().isoformat(),
        "place": str(a_place().pk),
        "lines-TOTAL_FORMS": str(len(lines)), "lines-INITIAL_FORMS": "0",
        "lines-MIN_NUM_FORMS": "0", "lines-MAX_NUM_FORMS": "50",
    } | typed  # fmt: skip
    for number, (product, kilos) in enumerate(lines):
        line = {
            "id": str(new_id()),
            "product": product,
            "grams": kilos,
            "nature": "gift",
            "motive": "surplus",
        }
        form |= {f"lines-{number}-{name}": value for name, value in line.items()}
    return form


def post(client, name, form, *args):
    return client.post(reverse(name, args=args), form)


def said(response):
    return response.content.decode()


def test_an_offer_is_noted_and_accepted_in_two_gestures(coordination):
    a_producer()
    noted = post(coordination, "surplus:new_offer", an_offer_form(grams="62,5"))
    offer = Offer.objects.get()
    assert (noted.status_code, offer.grams) == (302, 62_500)
    workshop = an_intervention(day=timezone.localdate(), status=Intervention.Status.PLANNED)
    answer = {
        "id": str(new_id()),
        "answer": "Merci !",
        "intervention": str(workshop.pk),
        "decision": "accept",
    }
    post(coordination, "surplus:answer_offer", answer, offer.pk)
    offer.refresh_from_db()
    assert (offer.status, offer.intervention) == (Offer.Status.ACCEPTED, workshop)
    page = said(coordination.get(reverse("surplus:offer", args=[offer.pk])))
    assert f"?offre={offer.pk}" in page
    assert "Historique" in page


def test_an_offer_sent_twice_is_noted_once(coordination):
    a_producer()
    form = an_offer_form()
    first, second = (post(coordination, "surplus:new_offer", form) for _time in range(2))
    assert first.url == second.url
    assert Offer.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"grams": "0"}, "C&#x27;est trop peu"),
        ({"grams": "-3"}, "plus petit que zéro"),
        ({"grams": "10 000"}, "trop pour le camion"),
        ({"grams": "beaucoup"}, "n&#x27;est pas un nombre"),
        ({"until_day": "1917-10-25"}, "trop loin"),
        ({"until_day": "30/02/2026"}, "n&#x27;est pas un jour"),
        ({"product": "  "}, "obligatoire"),
        ({"producer": "Ferme inconnue 🍅"}, "Nous ne connaissons pas encore"),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_keeps_what_was_typed(coordination, typed, sentence):
    a_producer()
    page = said(
        post(coordination, "surplus:new_offer", an_offer_form(note="à prendre derrière la grange", **typed))
    )
    assert sentence in page
    assert "à prendre derrière la grange" in page
    assert not Offer.objects.exists()


def test_the_box_for_a_new_farm_appears_when_nobody_knows_her(coordination):
    a_producer()
    form = an_offer_form(producer="Ferme d'Ô 🍅")
    assert 'name="new_producer"' not in said(coordination.get(reverse("surplus:new_offer")))
    assert 'name="new_producer"' in said(post(coordination, "surplus:new_offer", form))
    post(coordination, "surplus:new_offer", form | {"new_producer": "on"})
    assert Offer.objects.get().producer == Organisation.objects.get(name="Ferme d'Ô 🍅")


def test_declining_without_words_is_refused_on_the_page(coordination):
    offer = an_offer(available_until=timezone.now() + timedelta(days=1))
    page = said(
        post(coordination, "surplus:answer_offer", {"id": str(new_id()), "decision": "decline"}, offer.pk)
    )
    assert "ce qu&#x27;on répondra" in page
    post(
        coordination,
        "surplus:answer_offer",
        {"id": str(new_id()), "answer": "Trop loin", "decision": "decline"},
        offer.pk,
    )
    offer.refresh_from_db()
    assert offer.status == Offer.Status.DECLINED
    post(coordination, "surplus:reopen_offer", {}, offer.pk)
    offer.refresh_from_db()
    assert offer.status == Offer.Status.OPEN


def test_an_offer_is_corrected(coordination):
    offer = an_offer(available_until=timezone.now() + timedelta(days=1))
    url = reverse("surplus:correct_offer", args=[offer.pk])
    assert 'value="60"' in said(coordination.get(url))
    coordination.post(url, an_offer_form(grams="45"))
    offer.refresh_from_db()
    assert offer.grams == 45_000


def test_a_collection_is_noted_from_its_offer(coordination):
    offer = an_offer(available_until=timezone.now() + timedelta(days=1))
    url = f"{reverse('surplus:new_collection')}?offre={offer.pk}"
    page = said(coordination.get(url))
    assert 'value="Les Jardins de la Huppe"' in page
    assert 'value="60"' in page
    answer = coordination.post(url, a_collection_form(("courgette", "58,5"), ("poivron", "3,25")))
    collection = Collection.objects.get()
    offer.refresh_from_db()
    assert answer.url == reverse("surplus:collection", args=[collection.pk])
    assert (offer.status, collection.offer) == (Offer.Status.COLLECTED, offer)
    page = said(coordination.get(answer.url))
    assert "58,5\u00a0kg" in page
    assert "3,25\u00a0kg" in page


def test_blank_lines_are_nothing_and_half_filled_ones_are_asked_again(coordination):
    a_producer()
    page = said(post(coordination, "surplus:new_collection", a_collection_form(("", ""), ("", ""))))
    assert "au moins une pesée" in page
    page = said(post(coordination, "surplus:new_collection", a_collection_form(("poire", ""))))
    assert "obligatoire" in page
    assert 'value="poire"' in page
    post(coordination, "surplus:new_collection", a_collection_form(("poire", "4"), ("", "")))
    assert Collection.objects.get().lines.count() == 1


def test_a_collection_sent_twice_is_noted_once(coordination):
    a_producer()
    form = a_collection_form(("poire", "4"))
    first, second = (post(coordination, "surplus:new_collection", form) for _time in range(2))
    assert first.url == second.url
    assert Collection.objects.count() == 1


def test_a_collection_to_come_is_refused(coordination):
    a_producer()
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "à venir" in said(
        post(coordination, "surplus:new_collection", a_collection_form(("poire", "4"), day=tomorrow))
    )


def test_a_weighing_is_corrected_then_cancelled(coordination):
    collection = a_collection()
    line = collection.lines.get()
    post(
        coordination,
        "surplus:correct_line",
        {"id": str(new_id()), "grams": "38,5", "reason": "tare oubliée"},
        line.pk,
    )
    page = said(coordination.get(reverse("surplus:collection", args=[collection.pk])))
    assert "38,5\u00a0kg" in page
    assert "tare oubliée" in page
    refused = said(
        post(
            coordination, "surplus:correct_line", {"id": str(new_id()), "grams": "2", "reason": " "}, line.pk
        )
    )
    assert "obligatoire" in refused
    post(coordination, "surplus:cancel_line", {"id": str(new_id()), "reason": "pesée deux fois"}, line.pk)
    assert "annulée" in said(coordination.get(reverse("surplus:collection", args=[collection.pk])))
    again = said(
        post(coordination, "surplus:cancel_line", {"id": str(new_id()), "reason": "encore"}, line.pk)
    )
    assert "déjà annulée" in again


def test_a_collection_is_given_to_another_intervention(coordination):
    collection = a_collection()
    workshop = an_intervention(day=timezone.localdate(collection.collected_at))
    url = reverse("surplus:relink_collection", args=[collection.pk])
    assert workshop.commune.name in said(coordination.get(url))
    coordination.post(url, {"id": str(new_id()), "intervention": str(workshop.pk)})
    collection.refresh_from_db()
    assert collection.intervention == workshop


@pytest.mark.parametrize("address", ["?offre=junk", "?intervention=1", "?offre="])
def test_junk_in_the_address_is_nothing(coordination, address):
    assert coordination.get(reverse("surplus:new_collection") + address).status_code == 200


def test_the_list_answers_its_filters_and_leaves_as_a_file(coordination):
    a_collection()
    url = reverse("surplus:home")
    assert "C26-001" in said(coordination.get(url + "?text=huppe&nature=gift&from=2026-11-01&to=2026-11-30"))
    assert "Rien ne correspond" in said(coordination.get(url + "?nature=purchase"))
    assert "ignoré" in said(coordination.get(url + "?from=jamais"))
    file = coordination.get(url + "?text=huppe&format=csv").content.decode("utf-8-sig")
    assert "C26-001" in file
    assert ";40;" in file
    assert coordination.get(reverse("surplus:offers") + "?format=xlsx").status_code == 200


def test_an_empty_house_says_what_to_do_first(coordination):
    page = said(coordination.get(reverse("surplus:home")))
    assert "Aucune offre n'attend" in page
    assert "Noter une collecte" in page


@pytest.mark.parametrize(
    ("role", "status"), [("director", 200), ("referent", 200), ("shop", 403), ("volunteer", 403)]
)
def test_who_reads_and_who_writes(role, status):
    client = signed_in(somebody_who(role))
    assert client.get(reverse("surplus:home")).status_code == status
    assert client.get(reverse("surplus:new_offer")).status_code == 403


def queries_of(client, url):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_lists_cost_the_same_whatever_their_length(coordination):
    workshop = an_intervention()
    one = a_collection(intervention=workshop)
    an_offer(available_until=timezone.now() + timedelta(days=1))
    addresses = [
        reverse("surplus:home"), reverse("surplus:offers"), reverse("surplus:new_collection"),
        reverse("surplus:collection", args=[one.pk]),
    ]  # fmt: skip
    for address in addresses:
        coordination.get(address)
    before = [queries_of(coordination, address) for address in addresses]
    for number in range(30):
        a_collection(intervention=workshop, producer=a_producer(f"Ferme {number}"))
        an_offer(available_until=timezone.now() + timedelta(days=1), producer=a_producer(f"Ferme {number}"))
    assert [queries_of(coordination, address) for address in addresses] == before
    assert max(before) <= 15
