"""Where the records live: one SQLite folder, or PostgreSQL.

On SQLite, sessions and the cache live in a second file, so that a page view never waits for, nor wears out, the
file that holds the season; that file can be deleted at any time. On PostgreSQL one database is enough.
"""

from pathlib import Path
from typing import Any

from environ import Env

PRAGMAS = {
    "journal_mode": "WAL",  # readers never wait for the writer
    "synchronous": "FULL",  # what was confirmed on screen survives a power cut
    "foreign_keys": "ON",
    "recursive_triggers": "ON",  # without it, REPLACE slips past the delete triggers of the journal
    "cache_size": "-32000",  # 32 MB per connection
    "temp_store": "MEMORY",
}
EPHEMERAL_PRAGMAS = PRAGMAS | {"synchronous": "NORMAL", "cache_size": "-4000"}
SECONDS_TO_WAIT_FOR_THE_WRITER = 20


def sqlite_file(path: Path, pragmas: dict[str, str]) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # a write takes its turn at once instead of failing half-way
            "timeout": SECONDS_TO_WAIT_FOR_THE_WRITER,
            "init_command": "".join(f"PRAGMA {name}={value};" for name, value in pragmas.items()),
        },
    }


def databases(data: Path, url: str) -> dict[str, dict[str, Any]]:
    if url:
        return {"default": {**Env.db_url_config(url), "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}}
    return {
        "default": sqlite_file(data / "bocal.sqlite3", PRAGMAS),
        "ephemeral": sqlite_file(data / "ephemeral.sqlite3", EPHEMERAL_PRAGMAS),
    }
