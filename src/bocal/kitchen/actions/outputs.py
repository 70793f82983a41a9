"""The lots a batch makes, and where each goes the moment it exists.

Jars are one lot per format and thermal load, begun by a decision of the operator, and wait in a quarantine
place; soup and tasting are eaten, peelings are waste. A corrected batch keeps the lots it already has.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from bocal.craft.journal import LotId, Portion
from bocal.journal.actions import create_lot, mark_prior, place_account, sink_account, start_lot
from bocal.journal.models import Account, Lot
from bocal.kitchen.contents import Contents, Jars
from bocal.people.models import Person
from bocal.territory.models import Place
from bocal.toolbox.ids import new_id
from bocal.toolbox.times import paris_day


@dataclass(frozen=True, kw_only=True)
class Cooking:
    """What the lots of a batch need to know of it."""

    account: Account
    title: str
    operator: Person
    made_at: datetime
    kept_at: Place | None
    prior: bool

    @property
    def day(self) -> date:
        return paris_day(self.made_at)


def portions_of(contents: Contents, cooking: Cooking, *, at: datetime) -> list[Portion]:
    """Every output as a lot of the batch and the account it goes to."""
    maker = _Maker(cooking, contents, at)
    eaten, waste = Account.Sink.EATEN, Account.Sink.WASTE
    portions = [Portion(LotId(maker.jar_lot(jars).pk), jars.count, maker.shelf()) for jars in contents.jars]
    if contents.soup_ml:
        soup = maker.lot(Lot.Kind.BULK, cooking.title, unit=Lot.Unit.MILLILITRE)
        portions.append(Portion(LotId(soup.pk), contents.soup_ml, sink_account(eaten).pk))
    if contents.waste_grams:
        peelings = maker.lot(Lot.Kind.WASTE, _("Pertes"))
        portions.append(Portion(LotId(peelings.pk), contents.waste_grams, sink_account(waste).pk))
    if contents.eaten_grams:
        tasting = maker.lot(Lot.Kind.EATEN, _("Mangé sur place"))
        portions.append(Portion(LotId(tasting.pk), contents.eaten_grams, sink_account(eaten).pk))
    for half in contents.semi_finished:
        kept = maker.lot(Lot.Kind.SEMI_FINISHED, half.label)
        portions.append(Portion(LotId(kept.pk), half.grams, maker.shelf()))
    return portions


class _Maker:
    """Finds the lot a batch already has for an output, or makes it."""

    def __init__(self, cooking: Cooking, contents: Contents, at: datetime) -> None:
        self.cooking, self.contents, self.at = cooking, contents, at
        self.known = {
            (
                lot.kind,
                lot.label if lot.kind == Lot.Kind.SEMI_FINISHED else "",
                lot.capacity_ml,
                lot.thermal_load,
            ): lot
            for lot in Lot.objects.filter(batch=cooking.account)
        }

    def shelf(self) -> UUID:
        if self.cooking.kept_at is None:
            raise ValueError("what is kept is kept somewhere")
        return place_account(self.cooking.kept_at).pk

    def lot(
        self, kind: Lot.Kind, label: str, *, unit: Lot.Unit = Lot.Unit.GRAM, jars: Jars | None = None
    ) -> Lot:
        capacity_ml, load = (jars.capacity_ml, jars.thermal_load) if jars else (None, 1)
        name = label if kind == Lot.Kind.SEMI_FINISHED else ""
        if known := self.known.get((kind, name, capacity_ml, load)):
            return known
        return create_lot(
            id=new_id(),
            kind=kind,
            unit=unit,
            label=label,
            nature=self.contents.nature,
            owner=self.contents.owner,
            made_on=self.cooking.day,
            batch=self.cooking.account,
            capacity_ml=capacity_ml,
            thermal_load=load,
            at=self.at,
        )

    def jar_lot(self, jars: Jars) -> Lot:
        """A new jar lot begins with a decision: of the operator, or that it is older than the journal."""
        begun = (Lot.Kind.JAR, "", jars.capacity_ml, jars.thermal_load) in self.known
        lot = self.lot(Lot.Kind.JAR, self.cooking.title, unit=Lot.Unit.PIECE, jars=jars)
        if not begun:
            begin = mark_prior if self.cooking.prior else start_lot
            reason = _("Repris d'un classeur") if self.cooking.prior else _("Mise en pots")
            begin(
                id=new_id(), lot=lot, by=self.cooking.operator,
                decided_at=self.cooking.made_at, at=self.at, reason=reason,
            )  # fmt: skip
        return lot
