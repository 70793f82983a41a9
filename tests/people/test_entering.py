"""Entering by a code: the same answer for everybody, one use, few tries, and the door shut at once when closed."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bocal.frontdoor.navigation import ENTRIES
from bocal.people import actions, roles
from bocal.people.models import User
from tests.people.factories import NOW, a_person, signed_in, somebody_who

pytestmark = pytest.mark.django_db

ASK, CONFIRM, HOME = "/entrer/recevoir-un-code/", "/entrer/code/", "/"


def ask_for_a_code(client: Client, email: str) -> str:
    """The body and status of the answer, put together so that two can be compared."""
    response = client.post(ASK, {"email": email}, follow=True)
    return f"{response.status_code} {response.content.decode()}"


def received_code() -> str:
    [letter] = mail.outbox
    found = re.search(r"\b[A-Z0-9]{4}-?[A-Z0-9]{4}\b", str(letter.body))
    assert found
    return found[0]


def is_in(client: Client) -> bool:
    return client.get(reverse("mfa_index")).status_code == 200


@pytest.fixture
def nadia(db: None) -> User:
    return User.objects.get(person=somebody_who("coordination", "Nadia Benali"))


def test_a_code_opens_the_door_once(nadia: User) -> None:
    """The code received by e-mail lets her in; a second use does not."""
    client = Client()
    ask_for_a_code(client, nadia.email.upper())
    code = received_code()
    response = client.post(CONFIRM, {"code": code.lower().replace("-", "")})
    assert (response.status_code, response["Location"]) == (302, HOME)
    assert is_in(client)
    other = Client()
    ask_for_a_code(other, nadia.email)
    other.post(CONFIRM, {"code": code})
    assert not is_in(other)


def test_an_unknown_address_gets_the_same_answer(nadia: User) -> None:
    """Nobody learns who has an access: same page, same words; only the letter is missing."""
    masked = [
        re.sub(r'(value="|csrf\w*" value=")[A-Za-z0-9]{32,}', "", ask_for_a_code(Client(), email)).replace(
            email, "X"
        )
        for email in (nadia.email, "inconnue@exemple.fr")
    ]
    assert masked[0] == masked[1]
    assert len(mail.outbox) == 1


def test_a_closed_access_is_an_unknown_address(nadia: User) -> None:
    """No letter goes to somebody who may not enter any more."""
    actions.close_access(person=nadia.person, by=None, at=NOW)
    ask_for_a_code(Client(), nadia.email)
    assert mail.outbox == []


def test_three_wrong_codes_and_the_ceremony_starts_again(nadia: User) -> None:
    """Guessing is hopeless: after three tries even the right code opens nothing."""
    client = Client()
    ask_for_a_code(client, nadia.email)
    for _attempt in range(3):
        client.post(CONFIRM, {"code": "AAAA-AAAA"})
    client.post(CONFIRM, {"code": received_code()})
    assert not is_in(client)


@pytest.mark.parametrize(("minutes", "opens"), [(9, True), (11, False)])
def test_a_code_grows_old(nadia: User, minutes: int, opens: bool) -> None:
    """Ten minutes to fetch it from a slow mailbox; then it opens nothing."""
    client = Client()
    with time_machine.travel(NOW, tick=False):
        ask_for_a_code(client, nadia.email)
    with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
        client.post(CONFIRM, {"code": received_code()})
        assert is_in(client) is opens


def test_another_code_can_be_asked_for(nadia: User) -> None:
    """The second letter opens; the first does not any more."""
    client = Client()
    ask_for_a_code(client, nadia.email)
    first = received_code()
    mail.outbox.clear()
    client.post(CONFIRM, {"action": "resend"})
    second = received_code()
    client.post(CONFIRM, {"code": first})
    assert not is_in(client)
    client.post(CONFIRM, {"code": second})
    assert is_in(client)


@pytest.mark.parametrize("role", roles.HELD)
def test_each_role_lands_where_it_lives(role: str) -> None:
    """From the code to the first screen: Cuisine for the operator, Boutique for the shop, Mes heures…"""
    email = User.objects.get(person=somebody_who(role)).email
    client = Client()
    ask_for_a_code(client, email)
    response = client.post(CONFIRM, {"code": received_code()}, follow=True)
    landing = roles.landing_of([role])
    assert response.status_code == 200
    assert response.request["PATH_INFO"] == (
        HOME if landing == "week" else reverse(ENTRIES[str(landing)].page)
    )


def test_asking_for_codes_is_limited(nadia: User) -> None:
    """One address gets three letters a minute, however often somebody asks."""
    for _request in range(6):
        Client().post(ASK, {"email": nadia.email})
    assert len(mail.outbox) == 3


def test_one_machine_asks_for_few_addresses() -> None:
    """Trying address after address from one place is told to wait, in a sentence."""
    answers = [Client().post(ASK, {"email": f"essai{number}@exemple.fr"}) for number in range(25)]
    assert [answer.status_code for answer in answers[:20]] == [302] * 20
    assert ["C'est trop souvent" in html.unescape(answer.content.decode()) for answer in answers[20:]] == [
        True
    ] * 5


def test_the_door_itself_is_limited() -> None:
    """Thirty tries a minute from one place, then a page that asks for patience."""
    answers = [Client().post("/entrer/", {"login": "essai@exemple.fr"}) for _try in range(32)]
    assert answers[-1].status_code == 429
    assert "Attendez quelques minutes" in answers[-1].content.decode()


@pytest.mark.parametrize(
    "email", ["", "pas une adresse", "a@b" * 200, "👩\u200d🍳@exemple.fr", "x@exemple.fr\x00"]
)
def test_an_address_that_is_none_gets_a_sentence(email: str) -> None:
    """Whatever is typed, the page comes back and says what is wrong, or the answer is the usual one."""
    response = Client().post(ASK, {"email": email})
    assert response.status_code in {200, 302}
    assert mail.outbox == []


def test_closing_an_access_throws_out_who_is_inside(nadia: User) -> None:
    """At the next click, not at the end of the month."""
    client = signed_in(nadia.person)
    assert is_in(client)
    actions.close_access(person=nadia.person, by=None, at=NOW)
    assert not is_in(client)


def test_the_way_out_is_a_button(nadia: User) -> None:
    """Following an address never signs out; the button does."""
    client = signed_in(nadia.person)
    client.get("/sortir/")
    assert is_in(client)
    client.post("/sortir/")
    assert not is_in(client)


@pytest.mark.parametrize("path", ["signup/", "inscription/", "email/", "password/reset/", "login/"])
def test_what_bocal_does_not_offer_has_no_address(path: str) -> None:
    """Signing up alone, passwords, changing one's own address: no such page."""
    assert Client().get(f"/compte/{path}").status_code in {302, 404}
    assert Client().get(f"/entrer/{path}").status_code in {302, 404}


def test_where_she_wanted_to_go_is_remembered(nadia: User) -> None:
    """The door leads back to the page she asked for, and never out of the house."""
    for wanted, reached in [("/equipe/", "/equipe/"), ("https://ailleurs.exemple/", HOME)]:
        mail.outbox.clear()
        client = Client()
        client.post(ASK, {"email": nadia.email, "next": wanted})
        response = client.post(CONFIRM, {"code": received_code(), "next": wanted})
        assert response["Location"] == reached


def test_my_access_says_what_i_am(nadia: User) -> None:
    """Her roles, her address, and how to add a key."""
    page = signed_in(nadia.person).get(reverse("mfa_index")).content.decode()
    assert "Nadia Benali" in page
    assert "coordination" in page
    assert nadia.email in page


def test_somebody_without_a_role_is_told_so() -> None:
    """An access without a role opens one page, which says whom to ask."""
    person = a_person("Sans rôle")
    actions.open_access(person=person, email="sans@exemple.fr", by=None, at=timezone.now())
    client = signed_in(person)
    assert "Aucun rôle" in client.get(reverse("mfa_index")).content.decode()
    assert client.get(reverse("people:team")).status_code == 403
