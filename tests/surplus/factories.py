"""Producers, places, offers and collections as the tests need them, written by the real actions."""

from datetime import datetime, timedelta
from typing import Any

from bocal.people.actions import record_organisation
from bocal.people.models import Organisation
from bocal.people.queries import find_organisation, system_person
from bocal.surplus.actions import CollectedLine, record_collection, record_offer
from bocal.surplus.models import Collection, CollectionLine, Offer
from bocal.territory.actions import record_place
from bocal.territory.models import Place
from bocal.toolbox.ids import new_id
from bocal.toolbox.times import PARIS
from tests.programme.factories import NOW

COLLECTED_AT = datetime(2026, 11, 25, 8, 0, tzinfo=PARIS)


def an_organisation(kind: str, name: str) -> Organisation:
    known = find_organisation(kind, name)
    return known or record_organisation(id=new_id(), kind=kind, name=name, by=system_person(), at=NOW)


def the_cannery() -> Organisation:
    return an_organisation(Organisation.Kind.LEGAL_ENTITY, "Coopération de Romans")


def a_producer(name: str = "Les Jardins de la Huppe") -> Organisation:
    return an_organisation(Organisation.Kind.PRODUCER, name)


def a_place(name: str = "Camion", kind: str = Place.Kind.TRUCK, *, quarantine: bool = False) -> Place:
    known = Place.objects.filter(name=name).first()
    return known or record_place(
        id=new_id(), name=name, kind=kind, quarantine=quarantine, by=system_person(), at=NOW
    )


def an_offer(**said: Any) -> Offer:
    """Sixty kilos of courgettes, to take before tomorrow noon, unless said otherwise."""
    facts: dict[str, Any] = {
        "id": new_id(),
        "product": "courgette",
        "grams": 60_000,
        "available_until": NOW + timedelta(days=1),
        "at": NOW,
    } | said
    if "producer" not in facts:
        facts["producer"] = a_producer()
    return record_offer(**facts, by=system_person())


def a_collection(*lines: CollectedLine, **said: Any) -> Collection:
    """Forty kilos of courgettes given yesterday morning and kept in the truck, unless said otherwise."""
    the_cannery()
    facts: dict[str, Any] = {"id": new_id(), "collected_at": COLLECTED_AT, "at": NOW} | said
    facts.setdefault("producer", None)
    facts["producer"] = facts["producer"] or a_producer()
    facts["place"] = facts.get("place") or a_place()
    weighed = lines or (CollectedLine(product="courgette", grams=40_000),)
    return record_collection(**facts, lines=weighed, by=system_person())


def a_line(
    grams: int = 40_000, product: str = "courgette", nature: str = "gift", **said: Any
) -> CollectionLine:
    return a_collection(CollectedLine(product=product, grams=grams, nature=nature), **said).lines.get()
