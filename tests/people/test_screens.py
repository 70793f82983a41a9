"""The team, the registers and access on screen: recorded by hand, corrected, exported, private where it must be."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from bocal.people import actions, queries
from bocal.people.models import Organisation, Person, ReadOnlyLink, Training, User
from bocal.toolbox.ids import new_id
from tests.people.factories import (
    LONG_AGO,
    NOW,
    a_house,
    a_person,
    a_producer,
    link_client,
    signed_in,
    somebody_who,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordination() -> Client:
    return signed_in(somebody_who("coordination", "Nadia Benali"))


@pytest.fixture
def director() -> Client:
    return signed_in(somebody_who("director", "Diane Morel"))


def form_of(client: Client, address: str, **said: Any) -> dict[str, Any]:
    """What the page offers to send, with what was typed over it."""
    shown = client.get(address).context["form"]
    offered = {name: shown[name].value() for name in shown.fields}
    return {name: value for name, value in {**offered, **said}.items() if value not in (None, False)}


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


# --- The team ---------------------------------------------------------------------------------------


def test_a_person_is_added_by_hand_and_once(coordination: Client) -> None:
    """The form leads to her page; sent twice, it makes one person."""
    address = reverse("people:new_person")
    house = a_house()
    said = form_of(
        coordination,
        address,
        name="Aïcha  d’Albon",
        status="volunteer",
        house=house.pk,
        phone="06 12 34 56 78",
    )
    first, second = coordination.post(address, said), coordination.post(address, said)
    aicha = Person.objects.get(name="Aïcha d’Albon")
    assert first["Location"] == second["Location"] == reverse("people:person", args=[aicha.pk])
    shown = page(coordination, first["Location"])
    assert "Saint-Nicolas" in shown
    assert "06 12 34 56 78" in shown


def test_a_namesake_is_refused_with_the_way_to_her(coordination: Client) -> None:
    """What was typed stays, the reason stands at the name, a button opens the record that exists."""
    aicha = a_person("Aïcha d'Albon")
    address = reverse("people:new_person")
    response = coordination.post(
        address, form_of(coordination, address, name="AICHA D ALBON", status="volunteer", phone="0612345678")
    )
    assert response.status_code == 200
    written = response.content.decode()
    assert "a déjà une fiche" in written
    assert reverse("people:person", args=[aicha.pk]) in written
    assert 'value="AICHA D ALBON"' in written
    assert 'value="0612345678"' in written


@pytest.mark.parametrize("name", ["", "   ", "x" * 200, "\x00"])
def test_a_name_that_is_none_gets_a_sentence(coordination: Client, name: str) -> None:
    """Nothing is recorded, and the page says why."""
    address = reverse("people:new_person")
    response = coordination.post(address, form_of(coordination, address, name=name, status="volunteer"))
    assert response.status_code == 200
    assert response.context["form"]["name"].errors
    assert Person.objects.count() == 1


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "Jeanne 🍅", "=1+1", "O’Brien & fils"])
def test_odd_names_are_shown_as_typed(coordination: Client, name: str) -> None:
    """On the screen they are text; in the spreadsheet too."""
    a_person(name)
    assert "<script>alert" not in page(coordination, reverse("people:team"))
    book = load_workbook(io.BytesIO(coordination.get(reverse("people:team"), {"format": "xlsx"}).content))
    cells = [cell for row in book.active.iter_rows(values_only=False) for cell in row if cell.value == name]  # type: ignore[union-attr]
    assert [cell.data_type for cell in cells] == ["s"]


def test_a_correction_is_remembered(coordination: Client) -> None:
    """The history says who, the old name stands apart, the old house in words."""
    person = a_person("Michel Rou", house=a_house("Les Ors"))
    address = reverse("people:correct_person", args=[person.pk])
    said = form_of(coordination, address, name="Michel Roux", house="", reason="faute de frappe")
    coordination.post(address, said)
    shown = page(coordination, reverse("people:person", args=[person.pk]))
    assert "Michel Rou," in shown or "Michel Rou " in shown
    assert "Nadia Benali a corrigé" in shown
    assert "faute de frappe" in shown
    assert "Les Ors" in shown


def test_the_filters_of_the_team(coordination: Client) -> None:
    """By name, house, status, training and activity; those who left stand apart."""
    house = a_house("Les Ors")
    here = a_person("Ici Présente", house=house, status="accordeur")
    gone = a_person("Partie Ailleurs", active=False)
    actions.record_training(id=new_id(), person=here, subject="workshop", on=LONG_AGO, by=None, at=NOW)

    def listed(**filters: str) -> set[str]:
        shown = page(
            coordination, f"{reverse('people:team')}?" + "&".join(f"{k}={v}" for k, v in filters.items())
        )
        return {
            name for name in ("Ici Présente", "Partie Ailleurs", "Nadia Benali") if f">{name}</a>" in shown
        }

    assert listed() == {"Ici Présente", "Nadia Benali"}
    assert listed(activity="gone") == {"Partie Ailleurs"}
    assert listed(activity="all") == {"Ici Présente", "Partie Ailleurs", "Nadia Benali"}
    assert listed(name="presente") == {"Ici Présente"}
    assert (
        listed(house=str(house.pk))
        == listed(status="accordeur")
        == listed(trained="workshop")
        == {"Ici Présente"}
    )
    assert listed(house="n'importe quoi", trained="rien") == {"Ici Présente", "Nadia Benali"}
    assert gone.active is False


def test_a_training_is_noted_corrected_and_taken_back(coordination: Client) -> None:
    """The chip says whether it still counts."""
    person = a_person()
    today = timezone.localdate()
    note = reverse("people:new_training", args=[person.pk])
    until = today + timedelta(days=30)
    said = form_of(coordination, note, subject="hygiene", on="03/02/2020", until=until.isoformat())
    coordination.post(note, said)
    training = Training.objects.get(person=person)
    her_page = reverse("people:person", args=[person.pk])
    assert "expire bientôt" in page(coordination, her_page)
    correct = reverse("people:correct_training", args=[training.pk])
    coordination.post(correct, {"subject": "hygiene", "on": "03/02/2020", "until": "03/02/2022"})
    assert "expirée" in page(coordination, her_page)
    refused = coordination.post(correct, {"subject": "hygiene", "on": "03/02/2020", "until": "03/02/2019"})
    assert "ne peut pas expirer avant" in refused.content.decode()
    assert "lundi 3 février 2020" in page(coordination, her_page)
    coordination.post(reverse("people:withdraw_training", args=[training.pk]))
    assert "Aucune formation notée" in page(coordination, her_page)


def test_a_referente_writes_in_her_house_only() -> None:
    """She sees and adds people of her house; the others are not there for her."""
    ors, nicolas = a_house("Les Ors"), a_house("Saint-Nicolas")
    rosa = signed_in(somebody_who("referent", "Rosa", house=ors))
    hers, other = a_person("Une des Ors", house=ors), a_person("Un de Nicolas", house=nicolas)
    assert "Un de Nicolas" not in page(rosa, reverse("people:team"))
    assert rosa.get(reverse("people:person", args=[hers.pk])).status_code == 200
    for name in ("person", "correct_person", "new_training"):
        assert rosa.get(reverse(f"people:{name}", args=[other.pk])).status_code == 404
    address = reverse("people:new_person")
    said = form_of(rosa, address, name="Nouvelle", status="volunteer", house=nicolas.pk)
    assert rosa.post(address, said).context["form"]["house"].errors
    assert rosa.post(address, {**said, "house": ors.pk}).status_code == 302
    namesake = rosa.post(
        address, {**said, "id": new_id(), "house": ors.pk, "name": "un de nicolas"}
    ).content.decode()
    assert str(other.pk) not in namesake


def test_a_person_costs_the_same_whatever_the_list(
    coordination: Client, django_assert_max_num_queries: Any
) -> None:
    """The list asks the same number of questions for three people and for thirty."""
    house = a_house()
    with django_assert_max_num_queries(15) as few:
        page(coordination, reverse("people:team"))
    for number in range(30):
        person = a_person(f"Personne {number}", house=house)
        actions.record_training(id=new_id(), person=person, subject="workshop", on=LONG_AGO, by=None, at=NOW)
    with django_assert_max_num_queries(len(few)):
        page(coordination, reverse("people:team"))


# --- Registers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["structures", "producteurs", "partenaires", "entite"])
def test_an_organisation_is_added_and_corrected(coordination: Client, slug: str) -> None:
    """In each register: name, commune as people write it, correction with history, export."""
    address = reverse("people:new_organisation", args=[slug])
    said = form_of(coordination, address, name="L’Épi d’Or 🌾", commune="peyrins")
    response = coordination.post(address, said)
    made = Organisation.objects.get()
    assert response["Location"] == reverse("people:organisation", args=[slug, made.pk])
    assert str(made.commune) == "Peyrins"
    correct = reverse("people:correct_organisation", args=[slug, made.pk])
    coordination.post(correct, form_of(coordination, correct, name="L'Épi d'or", active="on"))
    shown = page(coordination, response["Location"])
    assert "a corrigé cette fiche" in shown
    assert coordination.get(
        reverse("people:organisations", args=[slug]), {"format": "csv"}
    ).content.startswith(b"\xef\xbb\xbf")
    twice = coordination.post(address, {**said, "id": new_id(), "name": "l epi d or"})
    assert response["Location"] in twice.content.decode()


def test_a_misspelt_commune_is_refused_and_one_outside_is_said(coordination: Client) -> None:
    """Suggestions for what is not a commune; a word for one outside the territory."""
    address = reverse("people:new_organisation", args=["producteurs"])
    said = form_of(coordination, address, name="Ferme du Bout", commune="Peyrinz")
    assert coordination.post(address, said).context["form"]["commune"].errors
    response = coordination.post(address, {**said, "commune": "Brest"}, follow=True)
    assert "en dehors du territoire" in response.content.decode()


def test_organic_is_yes_no_or_unknown(coordination: Client) -> None:
    """Not knowing is an answer of its own, and stays one when something else is corrected."""
    farm = a_producer()
    correct = reverse("people:correct_organisation", args=["producteurs", farm.pk])
    for typed, kept in (("true", True), ("false", False), ("", None)):
        coordination.post(correct, form_of(coordination, correct, organic=typed, active="on"))
        farm.refresh_from_db()
        assert farm.organic is kept
        assert (form_of(coordination, correct).get("organic") or "") == typed


def test_registers_are_told_apart(coordination: Client) -> None:
    """A producer is not a structure, and a register nobody has is not there."""
    farm = a_producer()
    assert coordination.get(reverse("people:organisation", args=["structures", farm.pk])).status_code == 404
    assert coordination.get(reverse("people:organisations", args=["rois"])).status_code == 404


# --- Access -----------------------------------------------------------------------------------------


def test_somebody_new_is_let_in_from_one_form(director: Client) -> None:
    """Name, address, role: one form, one person who can enter; sent twice, one all the same."""
    address = reverse("people:open_access")
    said = form_of(director, address, name="Omar Diallo", email="Omar@exemple.fr", role="operator")
    first, second = director.post(address, said), director.post(address, said)
    omar = User.objects.get(email="omar@exemple.fr").person
    assert first["Location"] == second["Location"] == reverse("people:access_of", args=[omar.pk])
    assert omar.status == Person.Status.EMPLOYEE
    shown = page(director, first["Location"])
    assert "Diane Morel a ouvert un accès" in shown
    assert page(signed_in(omar), reverse("mfa_index"))


def test_open_access_asks_who(director: Client) -> None:
    """Nobody, or two persons at once, is not an answer."""
    address = reverse("people:open_access")
    known = a_person()
    nobody = form_of(director, address, email="x@exemple.fr", role="shop")
    assert director.post(address, nobody).context["form"]["person"].errors
    both = {**nobody, "person": known.pk, "name": "Autre"}
    assert director.post(address, both).context["form"]["name"].errors
    referent = {**nobody, "person": known.pk, "role": "referent"}
    assert director.post(address, referent).context["form"]["house"].errors


def test_a_role_is_given_ended_and_taken_back(director: Client) -> None:
    """From the page of the person, with its history."""
    person = somebody_who("volunteer", "Violette")
    her_access = reverse("people:access_of", args=[person.pk])
    today = timezone.localdate()
    giving = {"id": new_id(), "role": "shop", "since": today.isoformat()}
    director.post(reverse("people:give_role", args=[person.pk]), giving)
    shop = person.roles.get(name="shop")
    again = director.post(reverse("people:give_role", args=[person.pk]), {**giving, "id": new_id()})
    assert "a déjà ce rôle" in again.content.decode()
    ending = reverse("people:end_role", args=[shop.pk])
    assert director.post(ending, {"on": "01/01/2001"}).context["form"]["on"].errors
    director.post(ending, {"on": (today + timedelta(days=30)).isoformat()})
    assert "jusqu'au" in page(director, her_access).replace("&#x27;", "'")
    director.post(reverse("people:withdraw_role", args=[shop.pk]))
    assert [role.name for role in queries.roles_held(person, on=today)] == ["volunteer"]


def test_the_last_administrator_is_kept_with_a_sentence(director: Client) -> None:
    """The buttons refuse kindly, and the page warns."""
    diane = Person.objects.get(name="Diane Morel")
    [role] = queries.roles_held(diane, on=timezone.localdate())
    for address in (
        reverse("people:close_access", args=[diane.pk]),
        reverse("people:withdraw_role", args=[role.pk]),
    ):
        response = director.post(address, follow=True)
        assert "Plus personne ne pourrait donner les accès" in response.content.decode()
    shown = page(director, reverse("people:access")).replace("&#x27;", "'")
    assert "Une seule personne peut donner les accès" in shown
    assert "Une seule personne peut libérer un lot" in shown


def test_an_address_is_changed_and_an_access_closed_and_opened_again(director: Client) -> None:
    """One box for both: the address that receives the code."""
    person = somebody_who("shop", "Basile")
    changing = reverse("people:change_address", args=[person.pk])
    director.post(changing, {"email": "basile@exemple.fr"})
    taken = director.post(changing, {"email": User.objects.exclude(person=person).get().email})
    assert "déjà" in taken.content.decode()
    director.post(reverse("people:close_access", args=[person.pk]))
    assert not User.objects.get(person=person).is_active
    director.post(changing, {"email": "basile@exemple.fr"})
    assert User.objects.get(person=person).is_active


def test_a_link_is_shown_once_and_works(director: Client) -> None:
    """Its address is on the page that answers the form, never again; cut, it is closed."""
    address = reverse("people:new_link")
    said = form_of(director, address, audience="funder", label="CAF, M. Roche")
    made = director.post(address, said)
    [given] = re.findall(r"http://testserver(/lien/[\w-]+)", made.content.decode())
    assert "no-store" in made["Cache-Control"]
    visitor = Client()
    assert visitor.get(given).status_code == 302
    assert visitor.session["read_only_link"]
    again = director.post(address, said).content.decode()
    assert "/lien/" not in again
    assert "déjà été montré" in again
    shown = page(director, reverse("people:access"))
    assert "CAF, M. Roche" in shown
    assert "dernière visite" in shown
    link = ReadOnlyLink.objects.get()
    assert f'value="{said["id"]}"' not in shown
    director.post(reverse("people:cut_link", args=[link.pk]))
    assert "coupé" in page(director, reverse("people:access"))
    assert Client().get(given).status_code == 404


@pytest.mark.parametrize("until", ["2001-01-01", "31/02/2027", "demain", ""])
def test_a_link_ends_on_a_day_that_can_be(director: Client, until: str) -> None:
    """Yesterday, never and nonsense get a sentence."""
    address = reverse("people:new_link")
    response = director.post(address, form_of(director, address, audience="funder", label="CAF", until=until))
    assert response.status_code == 200
    assert response.context["form"]["until"].errors
    assert not ReadOnlyLink.objects.exists()


def test_the_access_page_is_not_for_the_coordination(coordination: Client) -> None:
    """Keys are the direction's affair."""
    assert coordination.get(reverse("people:access")).status_code == 403


PRIVATE: list[Callable[[], Client]] = [
    lambda: signed_in(somebody_who("operator")),
    lambda: signed_in(somebody_who("shop")),
    lambda: signed_in(somebody_who("treasurer")),
    lambda: signed_in(somebody_who("volunteer")),
    lambda: link_client("inspector"),
    lambda: link_client("funder"),
    Client,
]


@pytest.mark.parametrize("visitor", PRIVATE)
def test_what_is_private_to_a_person_is_not_shown_to_others(visitor: Callable[[], Client]) -> None:
    """Address and telephone of somebody: no page of people gives them to those who need them not."""
    person = a_person(
        "Aline Secret", email="aline.secret@exemple.fr", phone="0699999999", house=a_house("Les Ors")
    )
    client = visitor()
    for address in (
        reverse("people:team"),
        reverse("people:person", args=[person.pk]),
        reverse("people:access"),
        reverse("people:access_of", args=[person.pk]),
        "/chercher?q=Aline",
        "/",
    ):
        written = client.get(address, follow=True).content.decode()
        assert "aline.secret@exemple.fr" not in written
        assert "0699999999" not in written
