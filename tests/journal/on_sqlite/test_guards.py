"""Every unique key of every table that only grows has its guard against REPLACE."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import UniqueConstraint

from bocal.journal.triggers.rules import APPEND_ONLY
from bocal.journal.triggers.sqlite import found

pytestmark = pytest.mark.django_db

MODELS = [model for model in apps.get_models() if model._meta.db_table in APPEND_ONLY]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_unique_key_has_its_guard(model: type) -> None:
    guard = found(connection)[f"bocal_{model._meta.db_table}_is_never_replaced"]
    keys = [
        [field.column]
        for field in model._meta.fields
        if field.unique and field.get_internal_type() != "PositiveSmallIntegerField"
    ]
    keys += [
        [model._meta.get_field(name).column for name in constraint.fields]
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    assert keys or model.__name__ == "Opening"
    assert "rowid = NEW.rowid" in guard
    for columns in keys:
        assert " AND ".join(f'"{column}" = NEW."{column}"' for column in columns) in guard


def test_there_is_a_guard_for_every_table() -> None:
    assert len(MODELS) == len(APPEND_ONLY)
