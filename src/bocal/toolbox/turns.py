"""Taking turns: a form sent twice in the same instant, two people who need the next number.

SQLite has one writer at a time, so whoever comes second already sees what the first one wrote. PostgreSQL lets
both go on; there, each takes a turn under a name and the second waits until the first transaction has ended.
"""

from django.db import connection


def take_turn(name: object) -> None:
    """Until this transaction ends, nobody else passes under this name."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(name)])
