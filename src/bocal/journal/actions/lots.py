"""A lot is written when it appears: collected, bought, or made by a batch. Nothing of it ever changes."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from bocal.journal.actions.refusals import said_in_french
from bocal.journal.models import Account, Lot
from bocal.people.models import Organisation
from bocal.toolbox.refusals import Refused

_LOT_CODES = 0x4C4F5453  # the number under which PostgreSQL lets one session at a time choose a code


class UnableToCreateLot(Refused):
    """The lot cannot be as it was described."""


def create_lot(
    *,
    id: UUID,
    kind: str,
    unit: str,
    label: str,
    nature: str,
    owner: Organisation,
    made_on: date,
    at: datetime,
    batch: Account | None = None,
    capacity_ml: int | None = None,
    thermal_load: int = 1,
    code: str | None = None,
) -> Lot:
    """Write a lot. Its code says the year, the day of the year and its rank that day, unless it has one."""
    if existing := Lot.objects.filter(pk=id).first():
        return existing
    with said_in_french(UnableToCreateLot), transaction.atomic():
        return Lot.objects.create(
            id=id,
            code=code or _next_code(made_on),
            kind=kind,
            unit=unit,
            label=label,
            nature=nature,
            owner=owner,
            batch=batch,
            capacity_ml=capacity_ml,
            thermal_load=thermal_load,
            made_on=made_on,
            recorded_at=at,
        )


def _next_code(made_on: date) -> str:
    """`L26-328-02`: the second lot of the 328th day of 2026."""
    if connection.vendor == "postgresql":  # SQLite has one writer at a time anyway
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOT_CODES])
    prefix = f"{made_on:L%y-%j-}"
    codes = Lot.objects.filter(made_on=made_on).values_list("code", flat=True)
    ranks = [
        int(code[len(prefix) :])
        for code in codes
        if code.startswith(prefix) and code[len(prefix) :].isdigit()
    ]
    return f"{prefix}{max(ranks, default=0) + 1:02}"
