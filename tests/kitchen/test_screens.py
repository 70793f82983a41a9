"""The kitchen on screen: one step at a time, nothing lost on the way, refusals in kind French."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bocal.journal.models import Decision, Lot, Transaction
from bocal.journal.queries import lot_state, stock_of
from bocal.kitchen.actions import cancel_batch
from bocal.kitchen.models import Batch
from bocal.kitchen.queries import contents_of
from bocal.people.actions import correct_organisation
from bocal.people.queries import system_person
from bocal.shop.actions import record_exit
from bocal.territory.models import Place
from bocal.toolbox.ids import new_id
from tests.kitchen.factories import a_batch, a_jar_lot, released, some_produce, the_consigne
from tests.people.factories import link_client, signed_in, somebody_who
from tests.programme.factories import NOW, a_house, an_intervention
from tests.recipes.factories import a_format, a_recipe
from tests.surplus.factories import a_place, a_producer

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    return somebody_who("operator", "Opératrice O.")


@pytest.fixture
def kitchen(operator):
    return signed_in(operator)


@pytest.fixture
def coordination():
    return signed_in(somebody_who("coordination", "Coordinatrice C."))


def said(response):
    return response.content.decode()


def fresh_produce(grams=40_000, product="courge", **facts):
    return some_produce(grams, product, collected_at=timezone.now(), at=timezone.now(), **facts)


def fresh_batch(**facts):
    """A batch of a moment ago, that can be corrected now."""
    return a_batch(made_at=timezone.now(), at=timezone.now(), inputs=[(fresh_produce(), 10_000)], **facts)


def a_form(operator, produce, **typed):
    """The whole of what the four steps carry."""
    a_format(385)
    the_consigne()
    return {
        "id": str(new_id()), "recipe": str(a_recipe().pk), "day": timezone.localdate().isoformat(),
        "operator": str(operator.pk), f"input_{produce.pk}": "25,4", "jars_385_1": "20",
        "kept_at": str(the_consigne().pk),
    } | typed  # fmt: skip


def step(client, number, form):
    return said(client.get(reverse("kitchen:new_batch"), form | {"etape": str(number)}))


def record(client, form):
    return client.post(reverse("kitchen:new_batch"), form)


# --- Recording a batch ------------------------------------------------------------------------------------------------


def test_each_step_carries_what_was_said_before(kitchen, operator):
    produce = fresh_produce()
    form = a_form(operator, produce)
    first = said(kitchen.get(reverse("kitchen:new_batch")))
    assert "Quoi, quand, qui" in first
    assert "il reste 40\u00a0kg" in step(kitchen, 2, form)
    third = step(kitchen, 3, form)
    assert f'name="input_{produce.pk}" value="25,4"' in third
    review = step(kitchen, 4, form)
    assert "25,4\u00a0kg" in review
    assert "Où passent les kilos" in review
    assert not Batch.objects.exists()
    answer = record(kitchen, form)
    batch = Batch.objects.get()
    assert answer.url == reverse("kitchen:batch", args=[batch.pk])
    assert contents_of(batch).quantities["inputs_grams"] == 25_400
    page = said(kitchen.get(answer.url, follow=True))
    assert "20 pots attendent en consigne" in page
    assert "Où sont passés les kilos" in page


def test_a_batch_sent_twice_is_recorded_once(kitchen, operator):
    form = a_form(operator, fresh_produce())
    first, second = record(kitchen, form), record(kitchen, form)
    assert first.url == second.url
    assert Transaction.objects.filter(kind=Transaction.Kind.BATCH).count() == 1


def test_a_step_that_is_wrong_is_shown_again_with_what_was_typed(kitchen, operator):
    produce = fresh_produce(12_000)
    no_recipe = step(kitchen, 4, a_form(operator, produce, recipe=""))
    assert 'aria-current="step"><span class="dot">1' in no_recipe
    too_much = step(kitchen, 3, a_form(operator, produce, **{f"input_{produce.pk}": "15"}))
    assert "au plus 12\u00a0kg" in too_much
    assert 'value="15"' in too_much
    nothing = step(kitchen, 3, a_form(operator, produce, **{f"input_{produce.pk}": ""}))
    assert "Dites ce qui est entré" in nothing


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"jars_385_1": "10 000"}, "au plus 5\u00a0000"),
        ({"jars_385_1": "-2"}, "plus petit que zéro"),
        ({"jars_385_1": "12,5"}, "trop de chiffres après la virgule"),
        ({"soup_ml": "9999999"}, "trop"),
        ({"waste_grams": "lourd"}, "un nombre"),
        ({"day": "1917-10-25"}, "trop loin"),
        ({"day": "2026-02-30"}, "un jour"),
    ],
)
def test_what_cannot_be_gets_a_sentence(kitchen, operator, typed, sentence):
    page = said(record(kitchen, a_form(operator, fresh_produce(), note="four capricieux 🔥", **typed)))
    assert sentence in page
    assert "four capricieux 🔥" in page
    assert not Batch.objects.exists()


def test_a_refusal_of_the_last_moment_leads_back_to_its_step(kitchen, operator):
    produce = fresh_produce(26_000)
    form = a_form(operator, produce)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "est à venir" in said(record(kitchen, form | {"day": tomorrow}))
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    page = said(record(kitchen, form | {"day": yesterday}))
    assert "la fabrication ne peut pas être avant" in page
    assert 'aria-current="step"><span class="dot">1' in page


def test_mixed_owners_are_refused_by_name(kitchen, operator):
    theirs = fresh_produce(9_000, nature="custom", producer=a_producer("L'Épi d'Or"))
    page = said(record(kitchen, a_form(operator, fresh_produce(), **{f"input_{theirs.pk}": "2"})))
    assert "plusieurs propriétaires" in page
    assert "L&#x27;Épi d&#x27;Or" in page


def test_what_was_collected_for_the_workshop_comes_first_and_old_produce_is_folded(kitchen, operator):
    workshop = an_intervention(day=timezone.localdate(), at=timezone.now())
    long_ago = timezone.now() - timedelta(days=300)
    old = some_produce(1_000, "panais", collected_at=long_ago, at=long_ago)
    other = fresh_produce(2_000, "poire")
    mine = fresh_produce(3_000, "coing", intervention=workshop)
    form = a_form(operator, mine, intervention=str(workshop.pk), **{f"input_{mine.pk}": ""})
    page = step(kitchen, 2, form)
    places = [page.index(f"input_{lot.pk}") for lot in (mine, other, old)]
    assert places == sorted(places)
    assert places[1] < page.index("Produits plus anciens") < places[2]


def test_the_form_starts_from_the_workshop(kitchen):
    workshop = an_intervention(day=timezone.localdate(), at=timezone.now())
    page = said(kitchen.get(reverse("kitchen:new_batch") + f"?intervention={workshop.pk}"))
    assert f'value="{workshop.pk}" selected' in page


@pytest.mark.parametrize("address", ["?intervention=junk", "?etape=99", "?id=junk&etape=4", "?id=&etape=-1"])
def test_junk_in_the_address_is_nothing(kitchen, address):
    assert kitchen.get(reverse("kitchen:new_batch") + address).status_code == 200


def test_a_form_that_was_damaged_starts_again(kitchen, operator):
    page = said(record(kitchen, a_form(operator, fresh_produce(), id="junk")))
    assert 'aria-current="step"><span class="dot">1' in page
    assert not Batch.objects.exists()


def test_going_back_after_recording_opens_what_was_recorded(kitchen, operator):
    form = a_form(operator, fresh_produce())
    recorded = record(kitchen, form)
    assert kitchen.get(reverse("kitchen:new_batch"), form | {"etape": "4"}).url == recorded.url


def test_without_produce_the_page_says_what_to_do_first(kitchen, operator):
    produce = fresh_produce(1_000)
    form = a_form(operator, produce, **{f"input_{produce.pk}": "1"})
    record(kitchen, form)
    page = step(
        kitchen,
        2,
        {"id": str(new_id()), "recipe": form["recipe"], "day": form["day"], "operator": form["operator"]},
    )
    assert "aucun produit en stock" in page


# --- Correcting -------------------------------------------------------------------------------------------------------


def test_quantities_are_corrected_and_the_history_says_what_they_were(kitchen):
    batch = fresh_batch()
    url = reverse("kitchen:correct_batch", args=[batch.pk])
    page = said(kitchen.get(url))
    assert 'name="jars_385_1" value="20"' in page
    lot = contents_of(batch).inputs[0].lot
    form = {
        "id": str(new_id()),
        f"input_{lot.pk}": "11",
        "jars_385_1": "18",
        "soup_ml": "1,5",
        "reason": "mal comptés",
    }
    assert "obligatoire" in said(kitchen.post(url, form | {"reason": ""}))
    kitchen.post(url, form)
    page = said(kitchen.get(reverse("kitchen:batch", args=[batch.pk])))
    assert "1,5\u00a0litre" in page
    assert "mal comptés" in page


def test_what_left_is_said_at_its_box(kitchen, coordination):
    batch = fresh_batch()
    lot = released(batch.account.outputs.get(kind=Lot.Kind.JAR))
    a_place("Étagère", Place.Kind.SHELF)
    move = {
        "id": str(new_id()),
        "source": str(the_consigne().pk),
        "target": str(a_place("Étagère").pk),
        "quantity": "15",
    }
    coordination.post(reverse("kitchen:move", args=[lot.pk]), move)
    entered = contents_of(batch).inputs[0].lot
    form = {"id": str(new_id()), f"input_{entered.pk}": "10", "jars_385_1": "12", "reason": "casse"}
    page = said(kitchen.post(reverse("kitchen:correct_batch", args=[batch.pk]), form))
    assert "15 pots du lot" in page
    assert "sont déjà partis" in page


def test_a_correction_keeps_what_its_page_does_not_show(kitchen):
    batch = fresh_batch(jars=[(385, 20, 1), (385, 2, 5)], semi_finished=[("jus", 800)])
    lot = contents_of(batch).inputs[0].lot
    url = reverse("kitchen:correct_batch", args=[batch.pk])
    assert 'name="jars_385_5" value="2"' in said(kitchen.get(url))
    form = {
        "id": str(new_id()),
        f"input_{lot.pk}": "11",
        "jars_385_1": "20",
        "jars_385_5": "2",
        "reason": "balance",
    }
    kitchen.post(url, form)
    batch.refresh_from_db()
    contents = contents_of(batch)
    assert (contents.quantities["inputs_grams"], len(contents.jars)) == (11_000, 2)
    assert [(each.label, each.grams) for each in contents.semi_finished] == [("jus", 800)]


def test_the_sheet_is_corrected_without_touching_a_kilo(kitchen):
    batch, workshop = fresh_batch(), an_intervention(day=timezone.localdate(), at=timezone.now())
    other = a_recipe("Soupe de courge")
    form = {"id": str(new_id()), "recipe": str(other.pk), "intervention": str(workshop.pk), "note": "au four"}
    assert kitchen.get(reverse("kitchen:correct_sheet", args=[batch.pk])).status_code == 200
    kitchen.post(reverse("kitchen:correct_sheet", args=[batch.pk]), form)
    batch.refresh_from_db()
    assert (batch.intervention, batch.recipe_version.recipe, batch.note) == (workshop, other, "au four")


def test_a_batch_is_cancelled_with_a_reason(kitchen):
    batch = fresh_batch()
    url = reverse("kitchen:cancel_batch", args=[batch.pk])
    kitchen.post(url, {"id": str(new_id()), "reason": "notée deux fois"})
    page = said(kitchen.get(reverse("kitchen:batch", args=[batch.pk])))
    assert "annulée" in page
    assert "Corriger les quantités" not in page
    assert "est annulée" in said(kitchen.post(url, {"id": str(new_id()), "reason": "encore"}))


# --- Releasing, blocking, moving --------------------------------------------------------------------------------------


def a_decision(reason="Couvercles creux, étuvage conforme", **typed):
    return {"id": str(new_id()), "reason": reason, "day": NOW.date().isoformat(), "hour": "18:00"} | typed


def test_a_second_person_releases_a_lot_and_the_kitchen_waits_no_more(coordination):
    lot = a_jar_lot()
    url = reverse("kitchen:release", args=[lot.pk])
    assert lot.code in said(coordination.get(reverse("kitchen:home")))
    assert "Ce que vous avez vérifié" in said(coordination.get(url))
    assert "obligatoire" in said(coordination.post(url, a_decision(reason=" ")))
    coordination.post(url, a_decision())
    assert lot_state(lot) == Decision.Kind.RELEASE
    page = said(coordination.get(reverse("kitchen:lot", args=[lot.pk])))
    assert "libéré" in page
    assert "étuvage conforme" in page
    assert "n'attend d'être libéré" in said(coordination.get(reverse("kitchen:home")))


def test_who_made_it_is_told_kindly_who_else_can_release_it(operator, kitchen):
    lot = a_jar_lot(operator=operator)
    somebody_who("director", "Directrice D.")
    url = reverse("kitchen:release", args=[lot.pk])
    page = said(kitchen.get(url))
    assert "quelqu'un d'autre" in page
    assert "Directrice D." in page
    assert "une autre personne" in said(kitchen.post(url, a_decision()))
    assert lot_state(lot) == Decision.Kind.START


def test_a_lot_is_blocked_with_a_reason(kitchen):
    lot = a_jar_lot()
    url = reverse("kitchen:block", args=[lot.pk])
    assert kitchen.get(url).status_code == 200
    kitchen.post(url, a_decision("Couvercle bombé"))
    assert lot_state(lot) == Decision.Kind.BLOCK
    assert "bloqué" in said(kitchen.get(reverse("kitchen:home")))
    assert "bloqué" in said(kitchen.get(reverse("kitchen:stock")))


def test_only_jars_are_decided_about(kitchen, coordination):
    produce = some_produce()
    assert coordination.get(reverse("kitchen:release", args=[produce.pk])).status_code == 404
    assert coordination.get(reverse("kitchen:block", args=[new_id()])).status_code == 404


def test_jars_move_once_released_and_only_to_consigne_before(coordination):
    lot, shelf = a_jar_lot(), a_place("Étagère", Place.Kind.SHELF)
    url = reverse("kitchen:move", args=[lot.pk])
    form = {"id": str(new_id()), "source": str(the_consigne().pk), "target": str(shelf.pk), "quantity": "5"}
    assert "en consigne seulement" in said(coordination.get(url))
    coordination.post(url, form)
    assert not stock_of(shelf).exists()
    released(lot)
    too_many = said(coordination.post(url, form | {"id": str(new_id()), "quantity": "500"}))
    assert "au plus 20" in too_many
    coordination.post(url, form)
    coordination.post(url, form)
    assert [row.quantity for row in stock_of(shelf)] == [5]


def test_what_is_nowhere_does_not_move(coordination):
    batch = a_batch()
    lot = batch.account.outputs.get(kind=Lot.Kind.JAR)
    cancel_batch(id=new_id(), batch=batch, reason="erreur", by=system_person(), at=NOW)
    answer = coordination.get(reverse("kitchen:move", args=[lot.pk]), follow=True)
    assert "plus rien de ce lot" in said(answer)


# --- The page of a lot, and the stock ---------------------------------------------------------------------------------


def test_the_page_of_a_lot_tells_its_whole_story(coordination):
    lot = released(a_jar_lot())
    record_exit(
        id=new_id(), lot=lot, jars=3, channel=Transaction.Kind.TO_PRODUCER, source=the_consigne(),
        organisation=a_producer(), happened_at=NOW, by=system_person(), at=NOW,
    )  # fmt: skip
    page = said(coordination.get(reverse("kitchen:lot", args=[lot.pk])))
    for what in (
        "17\u00a0pots",
        "courge",
        "Les Jardins de la Huppe",
        "3\u00a0pots",
        "mise en fabrication",
        "libération",
    ):
        assert what in page
    raw = contents_of(lot.batch.made_in).inputs[0].lot
    page = said(coordination.get(reverse("kitchen:lot", args=[raw.pk])))
    assert lot.code in page
    assert "3\u00a0pots" in page
    file = coordination.get(reverse("kitchen:lot", args=[raw.pk]) + "?format=csv").content.decode("utf-8-sig")
    assert lot.code in file
    assert coordination.get(reverse("kitchen:lot", args=[raw.pk]) + "?format=xlsx").status_code == 200


def test_an_inspector_reads_lots_and_never_decides():
    lot = a_jar_lot()
    inspector = link_client("inspector")
    page = said(inspector.get(reverse("kitchen:lot", args=[lot.pk])))
    assert lot.code in page
    assert "Libérer le lot" not in page
    assert inspector.get(reverse("kitchen:home")).status_code == 200
    assert inspector.get(reverse("kitchen:stock")).status_code == 200
    assert inspector.get(reverse("kitchen:release", args=[lot.pk])).status_code == 403


def test_a_house_sees_its_own_shelf_and_every_jar():
    shelf = a_place("Étagère des Ors", Place.Kind.SHELF)
    house = a_house("Maison de quartier des Ors")
    correct_organisation(organisation=house, shelf=shelf, by=system_person(), at=NOW)
    some_produce(4_000, "panais")
    some_produce(2_000, "coing", place=shelf)
    lot = a_jar_lot()
    page = said(signed_in(somebody_who("referent", house=house)).get(reverse("kitchen:stock")))
    assert "coing" in page
    assert lot.code in page
    assert "panais" not in page


def test_the_stock_answers_its_filters_and_leaves_as_a_file(coordination):
    lot = a_jar_lot()
    url = reverse("kitchen:stock")
    assert lot.code in said(coordination.get(url + "?kind=jars&text=veloute"))
    assert lot.code not in said(coordination.get(url + "?kind=produce"))
    assert lot.code in said(coordination.get(url + f"?place={the_consigne().pk}"))
    assert "30\u00a0kg" in said(coordination.get(url))
    assert lot.code in coordination.get(url + "?format=csv&kind=jars").content.decode("utf-8-sig")


def test_what_is_below_zero_is_said_first(coordination):
    from bocal.craft.journal import LotId, transfer
    from bocal.journal.actions import place_account, record_transaction

    lot, store = some_produce(1_000, "panais"), a_place("Réserve", Place.Kind.STORE)
    legs = transfer(
        lot=LotId(lot.pk), quantity=1_500, source=place_account(a_place()).pk, target=place_account(store).pk
    )
    record_transaction(
        id=new_id(), kind=Transaction.Kind.TRANSFER, legs=legs, happened_at=NOW, by=system_person(), at=NOW
    )
    page = said(coordination.get(reverse("kitchen:stock")))
    assert "À vérifier sur l'étagère" in page
    assert "\u22120,5\u00a0kg" in page


@pytest.mark.parametrize(
    ("role", "home", "stock", "lot"),
    [
        ("director", 200, 200, 200),
        ("referent", 200, 200, 200),
        ("shop", 403, 403, 200),
        ("volunteer", 403, 403, 403),
    ],
)
def test_who_reads(role, home, stock, lot):
    client, shown = signed_in(somebody_who(role)), a_jar_lot()
    assert client.get(reverse("kitchen:home")).status_code == home
    assert client.get(reverse("kitchen:stock")).status_code == stock
    assert client.get(reverse("kitchen:lot", args=[shown.pk])).status_code == lot
    assert client.get(reverse("kitchen:new_batch")).status_code == 403


def test_the_workshop_shows_what_was_collected_and_cooked(coordination):
    workshop = an_intervention()
    batch = a_batch(intervention=workshop, inputs=[(some_produce(intervention=workshop), 10_000)])
    page = said(coordination.get(reverse("programme:intervention", args=[workshop.pk])))
    assert batch.code in page
    assert "40\u00a0kg" in page
    assert f"?intervention={workshop.pk}" in page


def test_the_pages_cost_the_same_whatever_their_length(coordination):
    workshop = an_intervention()
    produce = some_produce(400_000, intervention=workshop)
    batch = a_batch(intervention=workshop, inputs=[(produce, 1_000)])
    lot = batch.account.outputs.get(kind=Lot.Kind.JAR)
    names = [
        ("home",),
        ("stock",),
        ("new_batch",),
        ("batch", batch.pk),
        ("correct_batch", batch.pk),
        ("release", lot.pk),
    ]
    names += [("lot", lot.pk), ("lot", produce.pk), ("move", lot.pk)]
    addresses = [reverse(f"kitchen:{name}", args=args) for name, *args in names]
    for address in addresses:
        coordination.get(address)
    before = [queries_of(coordination, address) for address in addresses]
    for number in range(30):
        a_batch(intervention=workshop, inputs=[(produce, 1_000)], jars=[(385, 3, 1)])
        some_produce(1_000, f"produit {number}", producer=a_producer(f"Ferme {number}"))
    assert [queries_of(coordination, address) for address in addresses] == before
    assert max(before) <= 15, dict(zip(names, before, strict=True))


def queries_of(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
