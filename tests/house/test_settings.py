"""What the machine says is understood, or refused with a sentence; nothing is silently ignored."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bocal.settings.databases import databases
from bocal.settings.environment import UnableToReadSettings, read_environment
from bocal.settings.secret import kept_secret


def complaints(**environ: str) -> tuple[str, ...]:
    with pytest.raises(UnableToReadSettings) as refusal:
        read_environment(environ)
    return tuple(refusal.value.sentences)


def test_without_a_word_everything_stays_on_this_machine() -> None:
    environment = read_environment({})

    assert environment.data == Path("var").resolve()
    assert (environment.address, environment.database_url, environment.email_url) == (
        "http://localhost:8000",
        "",
        "",
    )
    assert not environment.https
    assert not environment.debug


def test_other_programs_may_have_their_own_variables() -> None:
    assert read_environment({"PATH": "/usr/bin", "BOCALE": "un lieu"})


def test_a_misspelt_name_is_refused_and_the_right_ones_are_given() -> None:
    [sentence] = complaints(BOCAL_DATAS="ailleurs")

    assert sentence.startswith("Réglage BOCAL_DATAS inconnu ; ceux que Bocal connaît : ")
    assert "BOCAL_DATA," in sentence


@pytest.mark.parametrize(
    ("name", "value", "because"),
    [
        ("BOCAL_DATA", __file__, "ce doit être un dossier"),
        ("BOCAL_DEBUG", "peut-être", "attendu « oui » ou « non »"),
        ("BOCAL_SECRET_KEY", "court", "au moins 50 caractères"),
        ("BOCAL_ADDRESS", "bocal.exemple.fr", "attendu une adresse"),
        ("BOCAL_ADDRESS", "https://bocal.exemple.fr/sous-dossier", "sans rien derrière le nom"),
        ("BOCAL_ADDRESS", "http://bocal.exemple.fr", "doit commencer par « https:// »"),
        ("BOCAL_HOSTS", "*", "sans « * »"),
        ("BOCAL_EMAIL_URL", "imap://serveur", "attendu « smtp+tls://"),
        ("BOCAL_EMAIL_FROM", "Bocal", "attendu une adresse"),
        ("DATABASE_URL", "mysql://serveur/base", "attendu « postgres://"),
    ],
)
def test_a_malformed_value_is_refused_with_what_to_write_instead(name: str, value: str, because: str) -> None:
    [sentence] = complaints(**{name: value})

    assert name in sentence
    assert because in sentence


def test_all_complaints_are_given_at_once() -> None:
    assert len(complaints(BOCAL_DEBUG="x", BOCAL_ADDRESS="y", BOCAL_ABSENT="z")) == 3


def test_a_refused_secret_is_not_repeated() -> None:
    assert "abracadabra" not in complaints(BOCAL_SECRET_KEY="abracadabra")[0]


def test_nobody_debugs_in_public() -> None:
    [sentence] = complaints(BOCAL_DEBUG="oui", BOCAL_ADDRESS="https://bocal.exemple.fr")

    assert "BOCAL_DEBUG" in sentence


def test_the_secret_is_drawn_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    data = tmp_path / "var"

    with ThreadPoolExecutor(8) as starting_together:
        secrets = set(starting_together.map(kept_secret, [data] * 8))

    assert len(secrets) == 1
    assert len(secrets.pop()) >= 50
    assert [path.name for path in data.iterdir()] == ["secret-key"]
    assert stat.S_IMODE((data / "secret-key").stat().st_mode) == 0o600


def test_sqlite_keeps_sessions_apart_and_postgresql_needs_one_database(tmp_path: Path) -> None:
    assert set(databases(tmp_path, "")) == {"default", "ephemeral"}
    assert set(databases(tmp_path, "postgres://bocal@/season?host=/run/postgresql")) == {"default"}


@pytest.mark.django_db
def test_sqlite_is_strict() -> None:
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in STRICT}
        assert found == STRICT
    else:
        assert connection.vendor == "postgresql"


STRICT = {"journal_mode": "wal", "foreign_keys": 1, "recursive_triggers": 1, "busy_timeout": 20_000}
