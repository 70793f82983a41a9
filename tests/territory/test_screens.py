"""The settings screens of the ground, through the browser's eyes: seen, filtered, filled, refused, exported."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bocal.territory.forms import AddToGroupForm, CommuneField
from bocal.territory.models import CommuneGroup, Place
from bocal.toolbox.ids import new_id
from tests.people.factories import signed_in, somebody_who
from tests.territory.factories import a_commune, a_group, a_place

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def coordinator() -> Client:
    return signed_in(somebody_who("coordination"))


def page(client: Client, screen: str, **query: str) -> str:
    response = client.get(reverse(f"territory:{screen}"), query)
    assert response.status_code == 200
    return response.content.decode()


# --- The field ---------------------------------------------------------------------------------------------------


def test_the_field_gives_the_commune_that_was_typed() -> None:
    assert CommuneField().clean(" bourg de peage ") == a_commune("Bourg-de-Péage")
    assert CommuneField(required=False).clean("") is None


def test_the_field_offers_names_while_one_types_and_works_without() -> None:
    drawn = str(AddToGroupForm()["commune"])
    assert 'list="id_commune-communes"' in drawn
    assert '<datalist id="id_commune-communes"></datalist>' in drawn
    assert f'hx-get="{reverse("territory:suggest")}"' in drawn


def test_the_field_shows_a_known_commune_as_one_types_it() -> None:
    assert 'value="Romans-sur-Isère"' in str(AddToGroupForm(initial={"commune": a_commune()})["commune"])


def test_the_field_keeps_what_was_typed_and_suggests() -> None:
    form = AddToGroupForm({"commune": "Peirins"})
    assert not form.is_valid()
    assert "Vouliez-vous dire Peyrins" in form.errors["commune"][0]
    assert 'value="Peirins"' in str(form["commune"])


def test_a_commune_left_as_it_was_has_not_changed() -> None:
    form = AddToGroupForm({"commune": "Romans-sur-Isère"}, initial={"commune": a_commune()})
    assert not form.has_changed()


# --- Names offered -----------------------------------------------------------------------------------------------


def test_names_are_offered_to_whoever_is_signed_in() -> None:
    client = signed_in(somebody_who("volunteer"))
    offered = client.get(reverse("territory:suggest"), {"q": "pey"}, headers=HTMX).content.decode()
    assert offered.startswith('<option value="Peyrins">26380 · CA Valence Romans Agglo</option>')
    assert Client().get(reverse("territory:suggest"), {"q": "pey"}).status_code == 302


def test_htmx_says_which_box_is_being_typed_in() -> None:
    client = signed_in(somebody_who("volunteer"))
    headers = {**HTMX, "HX-Trigger-Name": "place-commune"}
    offered = client.get(reverse("territory:suggest"), {"place-commune": "geyss"}, headers=headers)
    assert "Geyssans" in offered.content.decode()


@pytest.mark.parametrize("typed", ["", "<script>", "🍅" * 3_000, "%", "\x00", "'; DROP TABLE"])
def test_hostile_typing_offers_nothing(typed: str) -> None:
    client = signed_in(somebody_who("volunteer"))
    response = client.get(reverse("territory:suggest"), {"q": typed}, headers=HTMX)
    assert (response.status_code, response.content.strip()) == (200, b"")


# --- Communes ----------------------------------------------------------------------------------------------------


def test_the_list_shows_the_territory_first(coordinator: Client) -> None:
    shown = page(coordinator, "communes")
    assert "147 lignes" in shown
    assert "147 communes dans le territoire" in shown
    assert "Crest<" not in shown


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ({"name": "peyrins"}, "Peyrins", "Romans-sur-Isère</td>"),
        ({"name": "26100"}, "Romans-sur-Isère", "Peyrins"),
        ({"name": "crest", "where": "around"}, "Crest", "Crestet-les"),
        ({"name": "lyon", "where": "france"}, "Lyon", "Peyrins"),
        ({"epci": "200067767"}, "18 lignes", "Peyrins"),
        ({"where": "bateau"}, "147 lignes", "Crest<"),
    ],
)
def test_the_list_is_filtered(coordinator: Client, query: dict[str, str], there: str, absent: str) -> None:
    shown = page(coordinator, "communes", **query)
    assert there in shown
    assert absent not in shown


def test_the_list_is_filtered_by_group_and_exported_with_its_filters(coordinator: Client) -> None:
    group = a_group(communes=[a_commune("Peyrins"), a_commune("Crest")])
    query = {"group": str(group.id), "where": "france"}
    assert "2 lignes" in page(coordinator, "communes", **query)
    exported = coordinator.get(reverse("territory:communes"), {**query, "format": "csv"})
    lines = exported.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[2].startswith("Peyrins;26231;26380;")


def test_the_list_costs_the_same_whatever_it_holds(
    coordinator: Client, django_assert_max_num_queries: Any
) -> None:
    for where in ("territory", "france"):
        with django_assert_max_num_queries(15):
            page(coordinator, "communes", where=where)


# --- Groups ------------------------------------------------------------------------------------------------------


def test_a_group_is_made_filled_and_emptied_by_hand(coordinator: Client) -> None:
    made = coordinator.post(
        reverse("territory:new_group"), {"id": new_id(), "name": "Royans", "note": "CAF 2026"}, follow=True
    )
    group = CommuneGroup.objects.get(name="Royans")
    assert "Ce groupe est vide" in made.content.decode()
    add, remove = (
        reverse(f"territory:{name}", args=[group.id]) for name in ("add_to_group", "remove_from_group")
    )
    filled = coordinator.post(add, {"epci": "200067767"}, follow=True).content.decode()
    assert "18 communes ajoutées." in filled
    outside = coordinator.post(add, {"commune": "crest"}, follow=True).content.decode()
    assert "1 commune ajoutée. Crest (26" in outside
    assert "contenait déjà" in coordinator.post(add, {"commune": "Crest"}, follow=True).content.decode()
    emptied = coordinator.post(remove, {"commune": "26108"}, follow=True).content.decode()
    assert "Crest n&#x27;est plus dans le groupe." in emptied
    assert group.communes.count() == 18


def test_a_group_refused_keeps_what_was_typed(coordinator: Client) -> None:
    sent = {"id": new_id(), "name": "Drome des collines", "note": "d’après 🍅"}
    shown = coordinator.post(reverse("territory:new_group"), sent).content.decode()
    assert "Il y a déjà un groupe « Drôme des Collines »" in shown
    assert 'value="Drome des collines"' in shown
    assert "d’après 🍅" in shown


def test_a_group_is_renamed(coordinator: Client) -> None:
    group = a_group()
    address = reverse("territory:change_group", args=[group.id])
    assert 'value="Pays de Romans"' in coordinator.get(address).content.decode()
    shown = coordinator.post(address, {"id": group.id, "name": "Romanais", "note": ""}, follow=True)
    assert "<h1>Romanais</h1>" in shown.content.decode()
    refused = coordinator.post(address, {"id": group.id, "name": "Drôme des Collines", "note": ""})
    assert "Il y a déjà un groupe" in refused.content.decode()


def test_an_unknown_commune_is_not_added_and_the_page_says_why(coordinator: Client) -> None:
    group = a_group()
    add = reverse("territory:add_to_group", args=[group.id])
    assert "Vouliez-vous dire Peyrins" in coordinator.post(add, {"commune": "Peirins"}).content.decode()
    assert "Écrivez une commune, ou choisissez" in coordinator.post(add, {}).content.decode()
    assert not group.communes.exists()


def test_the_list_of_groups_leads_to_each(coordinator: Client) -> None:
    group = a_group()
    assert reverse("territory:group", args=[group.id]) in page(coordinator, "groups")


# --- Places ------------------------------------------------------------------------------------------------------


def test_a_place_is_added_corrected_retired_and_put_back_by_hand(coordinator: Client) -> None:
    sent = {"id": new_id(), "name": "Camion", "kind": "truck", "commune": "crest", "quarantine": "on"}
    added = coordinator.post(reverse("territory:new_place"), sent, follow=True).content.decode()
    assert "Le lieu « Camion » est ajouté. Crest (26" in added
    coordinator.post(reverse("territory:new_place"), sent)  # a double click
    place = Place.objects.get()
    assert place.quarantine
    address = reverse("territory:place", args=[place.id])
    shown = coordinator.get(address).content.decode()
    assert 'value="Crest"' in shown
    corrected = {"id": place.id, "name": "Le camion", "commune": "Romans-sur-Isère", "address": "rue des Ors"}
    assert "<h1>Le camion</h1>" in coordinator.post(address, corrected, follow=True).content.decode()
    service = reverse("territory:place_service", args=[place.id])
    assert "hors service" in coordinator.post(service, {"service": "out"}, follow=True).content.decode()
    assert (
        "de nouveau en service" in coordinator.post(service, {"service": "in"}, follow=True).content.decode()
    )


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": "", "kind": "truck"}, "obligatoire"),
        ({"name": "Boutique", "kind": "shop", "quarantine": "on"}, "Une consigne est dans le camion"),
        ({"name": "Étagère 🥫", "kind": "boat"}, "boat"),
        ({"name": "Étagère 🥫", "kind": "shelf", "commune": "Tombouctou"}, "ne connaît pas de commune"),
        ({"name": "x" * 500, "kind": "shelf"}, "120"),
    ],
)
def test_a_place_refused_keeps_what_was_typed(coordinator: Client, sent: dict[str, str], said: str) -> None:
    shown = coordinator.post(reverse("territory:new_place"), {"id": new_id(), **sent}).content.decode()
    assert said in shown
    assert f'value="{sent["name"]}"' in shown or not sent["name"]
    assert not Place.objects.exists()


def test_a_place_corrected_into_a_taken_name_is_refused(coordinator: Client) -> None:
    a_place("Camion", kind="truck")
    place = a_place("Réserve", kind="store")
    sent = {"id": place.id, "name": "camion", "commune": "", "address": ""}
    shown = coordinator.post(reverse("territory:place", args=[place.id]), sent).content.decode()
    assert "Il y a déjà un lieu « camion »" in shown
    assert "<h1>Réserve</h1>" in shown


def test_a_place_that_cannot_come_back_says_why(coordinator: Client) -> None:
    old = a_place("Camion", kind="truck", id=new_id())
    service = reverse("territory:place_service", args=[old.id])
    coordinator.post(service, {"service": "out"})
    a_place("Camion", kind="truck")
    assert "Il y a déjà un lieu" in coordinator.post(service, {"service": "in"}, follow=True).content.decode()


def test_places_are_listed_and_filtered(coordinator: Client) -> None:
    assert "Aucun lieu" in page(coordinator, "places")
    a_place("Camion", kind="truck", commune=a_commune())
    a_place("Étagère")
    assert "2 lignes" in page(coordinator, "places")
    assert "1 ligne<" in page(coordinator, "places", kind="truck", service="in")
    assert "Rien ne correspond" in page(coordinator, "places", service="out")


# --- Doors -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["communes", "groups", "new_group", "places", "new_place"])
@pytest.mark.parametrize(
    ("role", "status"),
    [("coordination", 200), ("director", 200), ("admin", 200), ("operator", 403), ("treasurer", 403)],
)
def test_only_those_who_set_things_up_enter(name: str, role: str, status: int) -> None:
    client = signed_in(somebody_who(role))
    assert client.get(reverse(f"territory:{name}")).status_code == status


def test_records_that_do_not_exist_are_not_found(coordinator: Client) -> None:
    for name in ("group", "change_group", "place"):
        assert coordinator.get(reverse(f"territory:{name}", args=[new_id()])).status_code == 404
    remove = reverse("territory:remove_from_group", args=[a_group().id])
    assert coordinator.post(remove, {"commune": "00000"}).status_code == 404
