"""Reckoning every balance anew from the movements, should the running ones ever be wrong."""

from django.db import connection, transaction

from bocal.journal.models import Balance
from bocal.journal.queries.balances import REBUILT


def rebuild_balances() -> int:
    """Write all balances again; returns how many accounts hold something of something."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE journal_movement IN SHARE MODE")
        Balance.objects.all().delete()
        cursor.execute(f"INSERT INTO journal_balance (account_id, lot_id, currency, quantity) {REBUILT}")
        return int(cursor.rowcount)
