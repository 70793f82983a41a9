from typing import Any

from django.apps import AppConfig
from django.db import connections, router
from django.db.models.signals import post_migrate, pre_migrate


class JournalConfig(AppConfig):
    """Takes the journal's triggers away before a migration and puts them back after it.

    A migration that remakes a table loses its triggers without a word on SQLite, and fails when a trigger
    reads the table. When a migration breaks off half-way they are missing, and nothing starts until it is done.
    """

    name = "bocal.journal"
    label = "journal"

    def ready(self) -> None:
        pre_migrate.connect(_drop_triggers, sender=self)
        post_migrate.connect(_install_triggers, sender=self)


def _drop_triggers(*, using: str, plan: list[Any], **_rest: Any) -> None:
    from bocal.journal import triggers

    if plan and _keeps_the_journal(using):
        triggers.drop(connections[using])


def _install_triggers(*, using: str, **_rest: Any) -> None:
    from bocal.journal import triggers

    if _keeps_the_journal(using) and triggers.have_their_tables(connections[using]):
        triggers.install(connections[using])


def _keeps_the_journal(using: str) -> bool:
    return router.allow_migrate(using, "journal")
