"""Sessions and the cache go to the database that may be thrown away, when there is one.

The router is listed in the settings only where a database named `ephemeral` exists (SQLite).
"""

from typing import Any

from django.db.models import Model

EPHEMERAL = "ephemeral"
EPHEMERAL_APPS = {"sessions", "django_cache"}


class EphemeralRouter:
    """Sends the tables of `EPHEMERAL_APPS`, and nothing else, to the ephemeral database."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return EPHEMERAL if model._meta.app_label in EPHEMERAL_APPS else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == EPHEMERAL) == (app_label in EPHEMERAL_APPS)
