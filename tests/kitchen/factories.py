"""Batches and lots as the tests need them, cooked by the real actions from really collected produce."""

from datetime import datetime
from typing import Any

from bocal.journal.actions import open_journal
from bocal.journal.models import Lot, Opening
from bocal.kitchen.actions import record_batch, release_lot
from bocal.kitchen.models import Batch
from bocal.people.queries import system_person
from bocal.territory.models import Place
from bocal.toolbox.ids import new_id
from bocal.toolbox.times import PARIS
from tests.programme.factories import NOW, a_person
from tests.recipes.factories import a_version
from tests.surplus.factories import a_line, a_place

COOKED_AT = datetime(2026, 11, 25, 12, 0, tzinfo=PARIS)


def the_journal_is_open() -> None:
    if not Opening.objects.exists():
        open_journal(opened_on=datetime(2026, 1, 1, tzinfo=PARIS).date(), at=NOW)


def the_consigne() -> Place:
    return a_place("Consigne", Place.Kind.STORE, quarantine=True)


def some_produce(grams: int = 40_000, product: str = "courge", **said: Any) -> Lot:
    return a_line(grams, product, **said).lot


def the_operator() -> Any:
    return a_person("Opératrice O.")


def a_batch(**said: Any) -> Batch:
    """Twenty jars of 385 ml from ten kilos, yesterday noon, by the operator, unless said otherwise."""
    the_journal_is_open()
    facts: dict[str, Any] = {"id": new_id(), "made_at": COOKED_AT, "at": NOW} | said
    facts.setdefault("jars", [(385, 20, 1)])
    if "inputs" not in facts:
        facts["inputs"] = [(some_produce(), 10_000)]
    if "recipe_version" not in facts:
        facts["recipe_version"] = a_version()
    facts["operator"] = facts.get("operator") or the_operator()
    if "kept_at" not in facts:
        facts["kept_at"] = the_consigne()
    return record_batch(**facts, by=system_person())


def a_jar_lot(**said: Any) -> Lot:
    return a_batch(**said).account.outputs.get(kind=Lot.Kind.JAR)


def released(lot: Lot, **said: Any) -> Lot:
    release_lot(
        id=new_id(), lot=lot, by=said.pop("by", None) or a_person("Coordinatrice C."),
        decided_at=NOW, at=NOW, reason="Couvercles vérifiés, étuvage conforme",
    )  # fmt: skip
    return lot
