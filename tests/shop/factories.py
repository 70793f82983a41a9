"""Jars on shelves, shops and vouchers as the tests of the shop need them, written by the real actions."""

from datetime import datetime
from typing import Any

from bocal.journal.models import Lot
from bocal.kitchen.actions import move_lot
from bocal.people.actions import correct_organisation
from bocal.people.models import Organisation
from bocal.people.queries import system_person
from bocal.shop.actions import SaleLine, issue_voucher, record_exit, record_sale
from bocal.shop.models import Exit, Sale, Voucher
from bocal.territory.models import Place
from bocal.toolbox.ids import new_id
from bocal.toolbox.times import PARIS
from tests.kitchen.factories import a_jar_lot, released, the_consigne
from tests.programme.factories import NOW, a_house
from tests.recipes.factories import a_version
from tests.surplus.factories import a_place

__all__ = ["NOW", "RELEASED_AT"]

RELEASED_AT = NOW
SOLD_AT = NOW
TOMORROW_NOON = datetime(2026, 11, 27, 12, 0, tzinfo=PARIS)


def the_shop(name: str = "P'tite Coopé") -> Place:
    return a_place(name, Place.Kind.SHOP)


def the_truck() -> Place:
    return a_place("Camion", Place.Kind.TRUCK)


def a_shelf(house: Organisation | None = None, name: str = "Étagère des Ors") -> Place:
    """The shelf of a house, which knows it."""
    house = house or a_house()
    shelf = a_place(name, Place.Kind.SHELF)
    if house.shelf != shelf:
        correct_organisation(organisation=house, name=house.name, shelf=shelf, by=system_person(), at=NOW)
    return shelf


def free_jars(
    jars: int = 20, *, at: Place | None = None, title: str = "Velouté de courge", **said: Any
) -> Lot:
    """A released lot whose jars stand in the shop, unless said otherwise."""
    lot = released(a_jar_lot(jars=[(385, jars, 1)], recipe_version=a_version(title), **said))
    carry(lot, jars, the_consigne(), at or the_shop())
    return lot


def waiting_jars(jars: int = 20, **said: Any) -> Lot:
    """A lot that nobody has released, in quarantine."""
    return a_jar_lot(jars=[(385, jars, 1)], **said)


def carry(lot: Lot, jars: int, source: Place, target: Place) -> None:
    if source != target:
        move_lot(
            id=new_id(), lot=lot, quantity=jars, source=source, target=target, happened_at=NOW,
            by=system_person(), at=NOW,
        )  # fmt: skip


def an_exit(lot: Lot | None = None, jars: int = 2, channel: str = "on_the_spot", **said: Any) -> Exit:
    """Two jars shared on the spot, from the shop's shelf, unless said otherwise."""
    facts: dict[str, Any] = {"id": new_id(), "happened_at": NOW, "at": NOW} | said
    facts.setdefault("source", None)
    facts["source"] = facts["source"] or the_shop()
    return record_exit(lot=lot or free_jars(), jars=jars, channel=channel, by=system_person(), **facts)


def a_sale(*lines: SaleLine, currency: str = Sale.Currency.EUROS, **said: Any) -> Sale:
    """Three jars for 7,50 €, to nobody in particular, unless said otherwise."""
    facts: dict[str, Any] = {"id": new_id(), "sold_at": SOLD_AT, "at": NOW} | said
    facts.setdefault("place", None)
    facts["place"] = facts["place"] or the_shop()
    facts.setdefault("by", system_person())
    return record_sale(lines=lines or [SaleLine(free_jars(), 3, 750)], currency=currency, **facts)


def a_voucher(lot: Lot | None = None, jars: int = 2, place: Place | None = None, **said: Any) -> Voucher:
    """Two jars of a lot nobody has released yet, to be collected at the shop, unless said otherwise."""
    facts: dict[str, Any] = {"id": new_id(), "at": NOW} | said
    return issue_voucher(
        lot=lot or waiting_jars(), jars=jars, place=place or the_shop(), by=system_person(), **facts
    )
