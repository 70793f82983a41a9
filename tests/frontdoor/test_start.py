"""`bocal start`: a real first day, asked or told, whole or not at all, never twice and never in a demonstration."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from subprocess import CompletedProcess
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from bocal.frontdoor.actions import UnableToStart
from bocal.journal.models import Opening
from bocal.parameters.actions import mark_demonstration
from bocal.people.models import Organisation, Person, User
from bocal.people.queries import cannery, houses
from bocal.toolbox.refusals import Refused
from tests.people.factories import NOW, TODAY

TOLD = {
    "cannery": "Coopération des maisons de quartier",
    "admin": "Nadia Benali",
    "email": "nadia@exemple.fr",
    "second_admin": "Michel Roux",
    "second_email": "michel@exemple.fr",
    "opened_on": date(2026, 7, 1),
}


def start(**options: Any) -> str:
    said = io.StringIO()
    call_command("start", stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Somebody sits at the keyboard and gives these answers, then closes the lid."""

    def sit_down(*typed: str) -> list[str]:
        coming: Iterator[str] = iter(typed)
        asked: list[str] = []

        def answer(question: str) -> str:
            asked.append(question)
            try:
                return next(coming)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", answer)
        return asked

    return sit_down


@pytest.mark.django_db
def test_a_cannery_starts_from_options() -> None:
    """Told everything, it writes everything, and says how to enter."""
    said = start(**TOLD)
    assert cannery().name == TOLD["cannery"]
    assert [house.name for house in houses()] == [
        "Accorderie de Romans",
        "Maison Citoyenne Noël Guichard",
        "Maison de quartier des Ors",
        "Maison de quartier Saint-Nicolas",
    ]
    assert {house.commune.name for house in houses() if house.commune} == {"Romans-sur-Isère"}
    assert Opening.objects.get().opened_on == TOLD["opened_on"]
    assert {role.name for user in User.objects.all() for role in user.person.roles.all()} == {"admin"}
    assert "mercredi 1er juillet 2026" in said
    assert "/entrer/" in said
    assert "donner les accès" not in said


@pytest.mark.django_db
def test_the_first_administrator_can_really_enter() -> None:
    """The address given opens the door by a code, and leads to Réglages."""
    start(**TOLD)
    client = Client()
    client.post("/entrer/recevoir-un-code/", {"email": TOLD["email"]})
    [letter] = mail.outbox
    code = next(line.strip() for line in str(letter.body).splitlines() if line.startswith("    "))
    response = client.post("/entrer/code/", {"code": code}, follow=True)
    assert response.redirect_chain[-1] == ("/reglages/", 302)
    assert client.get("/reglages/acces/").status_code == 200


@pytest.mark.django_db
def test_one_administrator_is_a_warning_not_a_refusal() -> None:
    """The second is recommended; without her Bocal says so."""
    said = start(**{**TOLD, "second_admin": None, "second_email": None})
    assert "Une seule personne peut donner les accès" in said


@pytest.mark.django_db
def test_what_is_missing_is_said_all_at_once() -> None:
    """A script gets every reason in one go, and nothing is written."""
    with pytest.raises(UnableToStart) as refused:
        start(second_admin="Michel", email="pas une adresse")
    assert [
        option for option in ("--cannery", "--admin", "--second-email") if option in str(refused.value)
    ] == [
        "--cannery",
        "--admin",
        "--second-email",
    ]
    assert "« pas une adresse »" in str(refused.value)
    assert not Person.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"cannery": "x" * 200},
        {"second_email": "NADIA@exemple.fr"},
        {"second_admin": "nadia benali"},
        {"house": ["Ors", "ors"]},
    ],
)
def test_a_first_day_is_whole_or_not_at_all(wrong: dict[str, Any]) -> None:
    """One refusal anywhere and the database is as empty as before."""
    with pytest.raises(Refused):
        start(**{**TOLD, **wrong})
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()
    assert not Opening.objects.exists()


@pytest.mark.django_db
def test_a_cannery_starts_once() -> None:
    """A second start is refused and leads to Réglages."""
    start(**TOLD)
    with pytest.raises(UnableToStart, match="déjà commencé"):
        start(**{**TOLD, "cannery": "Autre"})
    assert cannery().name == TOLD["cannery"]


@pytest.mark.django_db
def test_a_demonstration_never_becomes_a_cannery() -> None:
    """The mark is for ever."""
    mark_demonstration(since=TODAY, at=NOW)
    with pytest.raises(UnableToStart, match="démonstration"):
        start(**TOLD)


@pytest.mark.django_db
def test_it_asks_what_it_must(answers: Callable[..., list[str]]) -> None:
    """Without options somebody answers six questions; the houses can be her own."""
    asked = answers(
        "La Marmite", "Centre du Nord", "Centre du Sud", "", "Nadia Benali", "nadia@exemple.fr", ""
    )
    said = start()
    assert cannery().name == "La Marmite"
    assert [house.name for house in houses()] == ["Centre du Nord", "Centre du Sud"]
    assert len(asked) == 7
    assert "Attention" in said


@pytest.mark.django_db
def test_stopping_halfway_writes_nothing(answers: Callable[..., list[str]]) -> None:
    """The lid closed in the middle of the questions leaves an empty database."""
    answers("La Marmite", "")
    with pytest.raises(UnableToStart, match="rien n'a été écrit"):
        start()
    assert not Organisation.objects.exists()


def test_the_command_in_a_real_process(bocal: Callable[..., "CompletedProcess[str]"]) -> None:
    """From an empty folder: started, refused the second time with code 2, an impossible day refused too."""
    words = ("start", "--cannery", "La Marmite", "--admin", "Nadia Benali", "--email", "nadia@exemple.fr")
    impossible = bocal(*words, "--opened-on", "31/02/2026")
    assert impossible.returncode != 0
    assert "31/02/2026" in impossible.stderr
    first = bocal(*words, "--opened-on", "01/07/2026")
    assert first.returncode == 0, first.stderr
    assert "La Marmite est prête" in first.stdout
    assert "/mail" in first.stdout
    second = bocal(*words)
    assert (second.returncode, second.stdout) == (2, "")
    assert "déjà commencé" in second.stderr
