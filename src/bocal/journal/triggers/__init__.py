"""The journal's rules, in the database itself: no program that writes rows can go round them.

`install` puts them in place, `drop` takes them away (a migration that remakes a table would silently lose some
of them, or fail on the others), `missing` names those that are absent or not what they should be. They are
dropped before every migration that changes something and installed after it (`journal.apps`); `wsgi` and
every command that writes refuse to start without them; `bocal verify` looks every night.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from django.db import connection as default_connection
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from bocal.journal.triggers import postgres, sqlite
from bocal.journal.triggers.rules import TABLES
from bocal.toolbox.refusals import Refused

NAMED = 3  # how many missing triggers a sentence names


class TriggersMissing(Refused):
    """Something that guards the journal is not in place: better no service than one that can be falsified."""


def install(connection: BaseDatabaseWrapper = default_connection) -> None:
    """Put every trigger in place, exactly as this version of Bocal wants it."""
    with transaction.atomic(using=connection.alias):
        drop(connection)
        _execute(connection, _engine(connection).creations(connection))


def drop(connection: BaseDatabaseWrapper = default_connection) -> None:
    """Take away every trigger of the journal, those of other versions too."""
    _execute(connection, _engine(connection).removals(connection))


def have_their_tables(connection: BaseDatabaseWrapper = default_connection) -> bool:
    """Is the schema far enough for the triggers to be put in place?"""
    return set(connection.introspection.table_names()) >= TABLES


def missing(connection: BaseDatabaseWrapper = default_connection) -> list[str]:
    """The triggers that are absent, switched off or altered; empty when all is well."""
    engine = _engine(connection)
    found = engine.found(connection)
    return sorted(name for name, words in engine.wanted(connection).items() if found.get(name) != words)


def refuse_if_missing(connection: BaseDatabaseWrapper = default_connection) -> None:
    """For whatever starts: raise, with a sentence a person can act on."""
    if names := missing(connection):
        named = ", ".join(names[:NAMED]) + ("…" if len(names) > NAMED else "")
        raise TriggersMissing(
            _("Le journal n'est pas protégé : il manque dans la base %(names)s.") % {"names": named},
            _("Lancez « bocal migrate », puis « bocal verify »."),
        )


@contextmanager
def lifted(connection: BaseDatabaseWrapper = default_connection) -> Iterator[None]:
    """Without the triggers for a while: for migrations of data and for filling a benchmark, nothing else."""
    drop(connection)
    try:
        yield
    finally:
        install(connection)


def _engine(connection: BaseDatabaseWrapper) -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgres}[connection.vendor]


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
