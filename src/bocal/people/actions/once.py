"""Recording once: a click sent twice at the very same moment makes one row, on both database engines."""

from typing import TypeVar

from django.db import IntegrityError, transaction

from bocal.toolbox.models import Record

R = TypeVar("R", bound=Record)


def insert_once(record: R) -> tuple[R, bool]:
    """Insert the record; or give back the one already there under its id, and False."""
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError:
        existing: R | None = type(record)._default_manager.filter(pk=record.pk).first()
        if existing is None:
            raise
        return existing, False
    return record, True
