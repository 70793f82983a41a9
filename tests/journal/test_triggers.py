"""The triggers are where they should be, come back after a migration, and nothing starts without them."""

import re
from collections.abc import Callable
from importlib.resources import files
from io import StringIO

import pytest
from django.apps import apps as django_apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models.signals import post_migrate, pre_migrate

from bocal.craft.journal import decisions
from bocal.journal import triggers
from bocal.journal.actions.refusals import SENTENCES
from bocal.journal.models import Lot
from bocal.journal.triggers import TriggersMissing, rules
from tests.journal.attacks import refused
from tests.journal.factories import House, collect

pytestmark = pytest.mark.django_db

A_MIGRATION: list[object] = ["une migration"]


def drop_one(name: str, table: str) -> None:
    with connection.cursor() as cursor:
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {name}{on}")


def test_a_migrated_database_is_guarded() -> None:
    assert triggers.missing() == []
    triggers.refuse_if_missing()


def test_one_missing_trigger_is_named_and_nothing_starts() -> None:
    drop_one("bocal_movement_is_allowed", "journal_movement")
    assert triggers.missing() == ["bocal_movement_is_allowed"]
    with pytest.raises(TriggersMissing, match=r"bocal_movement_is_allowed.*« bocal migrate »"):
        triggers.refuse_if_missing()
    triggers.install()
    assert triggers.missing() == []


def test_installing_twice_changes_nothing() -> None:
    triggers.install()
    triggers.install()
    assert triggers.missing() == []


def migrate_something(plan: list[object], change: Callable[[], object] = lambda: None) -> None:
    """What `migrate` does around its migrations, with one of our own."""
    config = django_apps.get_app_config("journal")
    said = {"app_config": config, "using": "default", "verbosity": 0, "interactive": False, "plan": plan}
    pre_migrate.send(sender=config, apps=None, **said)
    change()
    post_migrate.send(sender=config, apps=django_apps, **said)


def test_they_leave_before_a_migration_and_come_back_after_it() -> None:
    left = []
    migrate_something(A_MIGRATION, lambda: left.extend(triggers.missing()))
    assert "bocal_movement_is_allowed" in left
    assert triggers.missing() == []


def test_with_nothing_to_migrate_they_stay() -> None:
    """A server may be running: the journal is not left unguarded for nothing."""
    left: list[str] = []
    migrate_something([], lambda: left.extend(triggers.missing()))
    assert left == []


def remake_lots() -> None:
    """A longer label, and back: on SQLite the table is made anew and its triggers go without a word."""
    label = Lot._meta.get_field("label")
    longer = label.clone()
    longer.max_length = 121
    longer.set_attributes_from_name("label")
    with connection.schema_editor() as editor:
        editor.alter_field(Lot, label, longer)
        editor.alter_field(Lot, longer, label)


@pytest.mark.django_db(transaction=True)
def test_a_remade_table_is_guarded_again(house: House) -> None:
    collect(house)
    migrate_something(A_MIGRATION, remake_lots)
    assert triggers.missing() == []
    with refused("bocal:journal_is_append_only"):
        Lot.objects.update(label="autre chose")


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_every_answer_of_the_database_has_its_sentence(engine: str) -> None:
    sql = files("bocal.journal.triggers").joinpath(f"{engine}.sql").read_text("utf-8")
    answers = set(re.findall(r"bocal:(\w+)", sql)) | set(re.findall(r"THEN '(\w+)'", sql))
    assert len(answers) > 15
    assert answers <= SENTENCES.keys()


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_the_words_of_the_craft_are_in_the_sql(engine: str) -> None:
    sql = rules.rules_of(engine, safely="")
    assert not re.search(r"\{\w+\}", sql)
    for state, kinds in decisions.NEXT_DECISIONS.items():
        for kind in kinds:
            assert f"'{state}>{kind}'" in sql
    assert "'recall>release'" not in sql


def test_both_engines_give_the_same_answers() -> None:
    answers = []
    for engine in ("sqlite", "postgres"):
        sql = files("bocal.journal.triggers").joinpath(f"{engine}.sql").read_text("utf-8")
        answers.append(set(re.findall(r"bocal:(\w+)", sql)) | set(re.findall(r"THEN '(\w+)'", sql)))
    on_sqlite, on_postgres = answers
    # SQLite may have its CHECKs switched off and writes one at a time; its guards are made by `sqlite.py`.
    assert on_sqlite - on_postgres == {"already_there", "lot_is_not_what_it_says"}
    assert on_postgres - on_sqlite == {"journal_is_append_only", "journal_writes_read_committed"}


def test_verify_names_what_is_missing() -> None:
    drop_one("bocal_movement_is_allowed", "journal_movement")
    out = StringIO()
    with pytest.raises(CommandError, match="pas en ordre"):
        call_command("verify", stdout=out)
    assert "bocal_movement_is_allowed" in out.getvalue()
