"""Each row of a season through the action a screen would call; a refusal names its sheet and its line.

A workbook knows days, not hours: collections happen at 8, batches at noon, exits at 18. It does not say where
things were kept either: all of it stands in one store, named for what it is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from bocal.journal.actions import open_journal
from bocal.journal.models import Lot, Opening, Transaction
from bocal.kitchen.actions import record_batch
from bocal.kitchen.models import Batch
from bocal.people.actions import record_organisation, record_person, record_training
from bocal.people.models import Organisation, Person, Training
from bocal.people.names import fold
from bocal.people.queries import (
    everybody,
    find_organisation,
    find_person,
    houses,
    organisations,
    system_person,
)
from bocal.programme.actions import (
    head_count,
    partner_named,
    plan_intervention,
    record_attendance,
    record_evaluation,
    record_hours,
    record_word,
    validate_hours,
)
from bocal.programme.models import Attendance, Intervention
from bocal.recipes.actions import find_or_write_recipe
from bocal.recipes.queries import current_version
from bocal.shop.actions import SaleLine, record_exit, record_sale
from bocal.shop.models import Sale
from bocal.surplus.actions import CollectedLine, record_collection
from bocal.surplus.models import CollectionLine, Motive
from bocal.territory.actions import record_place
from bocal.territory.models import Commune, Place
from bocal.territory.queries import find_commune
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import at_hour
from bocal.workbook.differences import Differences
from bocal.workbook.reading import Problem, Season, UnableToReadWorkbook, layout
from bocal.workbook.reading.layout import Sheet
from bocal.workbook.reading.rows import (
    BatchRow,
    CollectionRow,
    EvaluationRow,
    ExitRow,
    HoursRow,
    HouseRow,
    IngredientRow,
    InterventionRow,
    PersonRow,
    ProducerRow,
    Row,
)

Kind = Transaction.Kind

COLLECTED_AT, COOKED_AT, LEFT_AT = time(8), time(12), time(18)


class Recorder:
    """Records the new rows of a season, sheet after sheet, in the order things happen."""

    def __init__(self, season: Season, *, by: Person, at: datetime) -> None:
        self.season = season
        self.by = by
        self.at = at
        self.store: Place | None = None
        self.communes: dict[str, Commune] = {}
        self.interventions: dict[str, Intervention] = {}
        self.persons: dict[str, Person] = {}

    @cached_property
    def _used_in(self) -> dict[str, list[IngredientRow]]:
        """What entered each batch of the workbook."""
        return _grouped(self.season.ingredients, lambda row: row.batch)

    @cached_property
    def _uses_of(self) -> dict[str, list[IngredientRow]]:
        """Where each collection of the workbook went."""
        return _grouped(self.season.ingredients, lambda row: row.collection)

    @cached_property
    def _collections(self) -> dict[str, CollectionRow]:
        return {fold(row.number): row for row in self.season.collections}

    @cached_property
    def _batches(self) -> dict[str, BatchRow]:
        return {fold(row.number): row for row in self.season.batches}

    def record(self, differences: Differences) -> None:
        """Record every new row."""
        self._find_communes(differences)
        self._open_journal()
        self._name_the_cannery()
        for sheet, record_one in self._in_order():
            for row in differences.new[sheet.title]:
                with _told(sheet, row):
                    record_one(row)
        for person in differences.newly_trained:
            with _told(layout.PERSONS, person):
                self.train(self._person(person.name), person.trained_on)

    def _in_order(self) -> Sequence[tuple[Sheet, Callable[[Any], None]]]:
        """Each sheet with what records one of its rows, in the order things happen."""
        return (
            (layout.HOUSES, self.house),
            (layout.PRODUCERS, self.producer),
            (layout.PERSONS, self.person),
            (layout.INTERVENTIONS, self.intervention),
            (layout.HOURS, self.hours),
            (layout.EVALUATIONS, self.evaluation),
            (layout.COLLECTIONS, self.collection),
            (layout.BATCHES, self.batch),
            (layout.EXITS, self.exit),
        )

    def house(self, row: HouseRow) -> None:
        self._organisation(Organisation.Kind.HOUSE, row.name, subtype=row.subtype or "", commune=row.commune)

    def producer(self, row: ProducerRow) -> None:
        self._organisation(Organisation.Kind.PRODUCER, row.name, organic=row.organic, commune=row.commune)

    def person(self, row: PersonRow) -> None:
        person = find_person(row.name) or record_person(
            id=new_id(),
            name=row.name,
            status=row.status or Person.Status.VOLUNTEER,
            house=find_organisation(Organisation.Kind.HOUSE, row.house) if row.house else None,
            by=self.by,
            at=self.at,
        )
        self.train(person, row.trained_on)

    def train(self, person: Person, day: date | None) -> None:
        if day:
            record_training(
                id=new_id(), person=person, subject=Training.Subject.WORKSHOP, on=day, by=self.by, at=self.at
            )

    def intervention(self, row: InterventionRow) -> None:
        planned = plan_intervention(
            id=new_id(),
            kind=row.kind,
            day=row.day,
            commune=self._commune(row.commune),
            status=row.status,
            code=row.number,
            site=row.site or "",
            partner=self._partner(row.partner),
            lead_house=find_organisation(Organisation.Kind.HOUSE, row.house) if row.house else None,
            cancelled_reason=_("non noté dans le classeur")
            if row.status == Intervention.Status.CANCELLED
            else "",
            imported=True,
            by=self.by,
            at=self.at,
        )
        self.interventions[fold(row.number)] = planned
        if row.participants is not None:
            counts = head_count(total=row.participants, bands={Attendance.Band.CHILDREN: row.children})
            record_attendance(intervention=planned, counts=counts, by=self.by, at=self.at)

    def hours(self, row: HoursRow) -> None:
        intervention = self._intervention(row.intervention)
        person = self._person(row.person)
        hours = record_hours(
            id=new_id(), person=person, intervention=intervention, minutes=row.minutes, task=row.task,
            nature=row.nature, by=self.by, at=self.at,
        )  # fmt: skip
        if house := intervention.lead_house or person.house:
            validate_hours(hours=hours, house=house, by=self.by, at=self.at)

    def evaluation(self, row: EvaluationRow) -> None:
        intervention = self._intervention(row.intervention)
        if row.unhappy + row.neutral + row.happy:
            record_evaluation(
                intervention=intervention, unhappy=row.unhappy, neutral=row.neutral, happy=row.happy,
                by=self.by, at=self.at,
            )  # fmt: skip
        if row.word:
            record_word(
                id=new_id(),
                intervention=intervention,
                text=row.word,
                may_be_quoted=False,
                by=self.by,
                at=self.at,
            )

    def collection(self, row: CollectionRow) -> None:
        producer = organisations(Organisation.Kind.PRODUCER).get(search_name=fold(row.producer))
        line = CollectedLine(
            product=row.product, grams=row.grams, nature=row.nature, motive=row.motive or Motive.OTHER
        )
        record_collection(
            id=new_id(), producer=producer, collected_at=at_hour(row.day, COLLECTED_AT), place=self._store(),
            lines=[line], intervention=self._made_for(row), code=row.number, imported=True, by=self.by, at=self.at,
        )  # fmt: skip

    def batch(self, row: BatchRow) -> None:
        intervention = self._intervention(row.intervention)
        inputs = [
            (self._lot_of(ingredient.collection), ingredient.grams)
            for ingredient in self._used_in.get(fold(row.number), ())
        ]
        jars = [(row.capacity_ml, row.jars, 1)] if row.jars and row.capacity_ml else []
        record_batch(
            id=new_id(),
            code=row.number,
            intervention=intervention,
            recipe_version=current_version(find_or_write_recipe(row.recipe, by=self.by, at=self.at)),
            operator=system_person(),
            made_at=at_hour(intervention.day, COOKED_AT),
            inputs=inputs,
            jars=jars,
            soup_ml=row.soup_ml or 0,
            waste_grams=row.waste_grams or 0,
            eaten_grams=row.eaten_grams or 0,
            kept_at=self._store(),
            prior=True,
            by=self.by,
            at=self.at,
        )

    def exit(self, row: ExitRow) -> None:
        lot = Lot.objects.get(kind=Lot.Kind.JAR, batch__made_in__code=self._code_of_batch(row.batch))
        happened_at = at_hour(row.day, LEFT_AT)
        if row.channel in (Kind.SALE_EUROS, Kind.SALE_MINUTES):
            self._sale(row, lot, happened_at)
        else:
            record_exit(
                id=new_id(), lot=lot, jars=row.jars, channel=row.channel, source=self._store(),
                organisation=self._recipient(row), recipient=row.recipient or "", happened_at=happened_at,
                by=self.by, at=self.at, imported=True,
            )  # fmt: skip

    def _sale(self, row: ExitRow, lot: Lot, sold_at: datetime) -> None:
        in_euros = row.channel == Kind.SALE_EUROS
        amount = (row.cents if in_euros else row.minutes) or 0
        record_sale(
            id=new_id(), lines=[SaleLine(lot, row.jars, amount)],
            currency=Sale.Currency.EUROS if in_euros else Sale.Currency.MINUTES,
            place=self._shop(row.recipient), source=self._store(), sold_at=sold_at, by=self.by, at=self.at,
            imported=True,
        )  # fmt: skip

    def _recipient(self, row: ExitRow) -> Organisation | None:
        kind = {Kind.TO_HOUSE: Organisation.Kind.HOUSE, Kind.TO_PRODUCER: Organisation.Kind.PRODUCER}.get(
            Kind(row.channel)
        )
        return find_organisation(kind, row.recipient) if kind and row.recipient else None

    def _made_for(self, row: CollectionRow) -> Intervention | None:
        """The one intervention whose batches used this collection; none when several did, or none."""
        used_in = [self._batches.get(fold(use.batch)) for use in self._uses_of.get(fold(row.number), ())]
        numbers = {fold(batch.intervention) for batch in used_in if batch}
        return self._intervention(numbers.pop()) if len(numbers) == 1 else None

    def _organisation(
        self, kind: str, name: str, *, commune: str | None, subtype: str = "", organic: bool | None = None
    ) -> None:
        if find_organisation(kind, name) is None:
            record_organisation(
                id=new_id(), kind=kind, name=name, subtype=subtype, organic=organic,
                commune=self._commune(commune) if commune else None, by=self.by, at=self.at,
            )  # fmt: skip

    def _partner(self, name: str | None) -> Organisation | None:
        if not name:
            return None
        known = find_organisation(Organisation.Kind.PRODUCER, name) or find_organisation(
            Organisation.Kind.HOUSE, name
        )
        return known or partner_named(name=name, by=self.by, at=self.at)

    def _person(self, name: str) -> Person:
        folded = fold(name)
        if folded not in self.persons:
            self.persons[folded] = everybody().get(search_name=folded)
        return self.persons[folded]

    def _intervention(self, number: str) -> Intervention:
        folded = fold(number)
        if folded not in self.interventions:
            spelt = {fold(code): code for code in Intervention.objects.values_list("code", flat=True)}
            found = Intervention.objects.select_related("lead_house").get(code=spelt[folded])
            self.interventions[folded] = found
        return self.interventions[folded]

    def _lot_of(self, collection: str) -> Lot:
        known = self._collections.get(fold(collection))
        code = known.number if known else collection
        line = CollectionLine.objects.select_related("lot__owner").get(collection__code__iexact=code)
        return line.lot

    def _code_of_batch(self, number: str) -> str:
        known = self._batches.get(fold(number))
        return (
            known.number if known else Batch.objects.values_list("code", flat=True).get(code__iexact=number)
        )

    def _commune(self, name: str) -> Commune:
        return self.communes[fold(name)]

    def _find_communes(self, differences: Differences) -> None:
        """Every commune the new rows name, or every cell whose commune is not one."""
        problems: list[Problem] = []
        for sheet in (layout.HOUSES, layout.PRODUCERS, layout.INTERVENTIONS):
            for row in differences.new[sheet.title]:
                name = getattr(row, "commune", None)
                if name is None or fold(name) in self.communes:
                    continue
                try:
                    self.communes[fold(name)] = find_commune(name)
                except Refused as refusal:
                    problems.append(Problem(str(refusal), sheet.title, row.line, "Commune", name))
        if problems:
            raise UnableToReadWorkbook(problems)

    def _open_journal(self) -> None:
        """A first import into a new house opens its journal today: all that is older is prior to it."""
        if not Opening.objects.exists():
            open_journal(opened_on=self.at.date(), at=self.at)

    def _name_the_cannery(self) -> None:
        """Lots need an owner: in a house nobody set up yet it is a name to be corrected in *Réglages*."""
        if not organisations(Organisation.Kind.LEGAL_ENTITY).exists():
            name = _("Conserverie (nom à préciser)")
            kind = Organisation.Kind.LEGAL_ENTITY
            record_organisation(id=new_id(), kind=kind, name=name, by=self.by, at=self.at)

    def _store(self) -> Place:
        if self.store is None:
            self.store = self._place(_("Réserve (reprise de classeur)"), Place.Kind.STORE)
        return self.store

    def _shop(self, name: str | None) -> Place:
        return self._place(name or _("Boutique"), Place.Kind.SHOP)

    def _place(self, name: str, kind: str) -> Place:
        for place in Place.objects.filter(kind=kind):
            if fold(place.name) == fold(name):
                return place
        return record_place(id=new_id(), name=name, kind=kind, commune=self._home(), by=self.by, at=self.at)

    def _home(self) -> Commune | None:
        """Where the houses are: what stands nowhere else stands there."""
        first = houses().exclude(commune=None).first()
        return first.commune if first else None


@contextmanager
def _told(sheet: Sheet, row: Row) -> Iterator[None]:
    """Turn an action's refusal into a problem of that row."""
    try:
        yield
    except UnableToReadWorkbook:
        raise
    except Refused as refusal:
        raise UnableToReadWorkbook(
            [Problem(sentence, sheet.title, row.line) for sentence in refusal.sentences]
        ) from refusal


def _grouped(
    rows: Iterable[IngredientRow], key: Callable[[IngredientRow], str]
) -> dict[str, list[IngredientRow]]:
    groups: dict[str, list[IngredientRow]] = defaultdict(list)
    for row in rows:
        groups[fold(key(row))].append(row)
    return groups
