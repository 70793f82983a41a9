"""The manners of the `bocal` command, in real processes with their own empty data folder."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bocal import cli
from bocal.toolbox.refusals import Refused

Bocal = Callable[..., "CompletedProcess[str]"]


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_an_empty_folder_is_migrated_by_the_first_command_that_needs_records(migrated: Path) -> None:
    assert "people_user" in tables(migrated / "bocal.sqlite3")
    assert {"django_session", "cache"} <= tables(migrated / "ephemeral.sqlite3")
    assert "django_session" not in tables(migrated / "bocal.sqlite3")
    assert "people_user" not in tables(migrated / "ephemeral.sqlite3")


def test_an_old_database_waits_for_a_decision(bocal: Bocal, migrated: Path) -> None:
    with closing(sqlite3.connect(migrated / "bocal.sqlite3")) as connection, connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'mfa'")

    answer = bocal("serve", timeout=20)

    assert answer.returncode == cli.REFUSED
    assert "« bocal migrate »" in answer.stderr


def test_nothing_opens_without_the_guards_of_the_journal(
    bocal: Bocal, environment: dict[str, str], migrated: Path
) -> None:
    with closing(sqlite3.connect(migrated / "bocal.sqlite3")) as connection, connection:
        [(guard,), *_] = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        )
        connection.execute(f"DROP TRIGGER {guard}")

    command = bocal("serve", timeout=20)
    door = subprocess.run(
        [sys.executable, "-c", "import bocal.wsgi"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert command.returncode == cli.REFUSED
    assert guard in command.stderr
    assert door.returncode != cli.DONE
    assert guard in door.stderr


def test_a_refusal_gives_its_reasons_on_standard_error_and_leaves_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(words: list[str]) -> int:
        raise Refused("Le lot n'est pas libéré.", "Personne ne l'a relu.")

    monkeypatch.setattr(cli, "_run", refuse)

    assert cli.main(["bocal", "release"]) == cli.REFUSED
    assert capsys.readouterr() == ("", "Le lot n'est pas libéré.\nPersonne ne l'a relu.\n")


def test_a_command_may_be_written_with_dashes(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[list[str]] = []
    monkeypatch.setattr(cli, "_run", lambda words: heard.append(words) or cli.DONE)

    assert cli.main(["bocal", "import-workbook", "la-saison.xlsx", "--check"]) == cli.DONE
    assert heard == [["bocal", "import_workbook", "la-saison.xlsx", "--check"]]


def test_a_misspelt_setting_is_refused_by_every_command(bocal: Bocal, tmp_path: Path) -> None:
    answer = bocal("check", BOCAL_DEBOG="oui")

    assert answer.returncode == cli.REFUSED
    assert "BOCAL_DEBOG inconnu" in answer.stderr
    assert not (tmp_path / "var").exists()


def test_an_installation_with_https_passes_every_check_of_django(bocal: Bocal) -> None:
    answer = bocal("check", "--deploy", "--fail-level", "WARNING", BOCAL_ADDRESS="https://bocal.exemple.fr")

    assert answer.returncode == cli.DONE, answer.stderr


def test_a_failed_command_leaves_with_1(bocal: Bocal) -> None:
    assert bocal("check", "--tag", "nulle-part").returncode == cli.FAILED


def test_nothing_is_read_or_migrated_for_help(bocal: Bocal, tmp_path: Path) -> None:
    answer = bocal("serve", "--help")

    assert answer.returncode == cli.DONE
    assert "--port" in answer.stdout
    assert not (tmp_path / "var" / "bocal.sqlite3").exists()
