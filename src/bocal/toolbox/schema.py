"""Is the database as this version of Bocal expects it? Empty ones are filled; old ones wait for a decision."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from .refusals import Refused


class UnableToUseAnOldDatabase(Refused):
    """The records were written by an earlier version; bringing them up to date is a decision, after a backup."""


def is_empty() -> bool:
    return not MigrationRecorder(connection).has_table()


def is_outdated() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def refuse_if_outdated() -> None:
    if is_outdated():
        raise UnableToUseAnOldDatabase(
            _("Ces données ont été écrites par une version plus ancienne de Bocal."),
            _("Faites-en une copie, puis mettez-les à jour avec « bocal migrate »."),
        )


def bring_up_to_date() -> None:
    with _one_at_a_time():
        if is_empty() or is_outdated():
            call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two processes that start together in an empty folder: the second waits, then finds the work done."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with (settings.DATA / "migrating.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
