"""Rows held against each other: who is unknown, what does not add up, what came before it could.

Rows may name what an earlier import or a hand already recorded (`Known`). A contradiction is a problem and
refuses the workbook; what is only surprising (a batch that gives out more than it took in: water and sugar
are not in the workbook) is a warning.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from django.utils.translation import gettext as _

from bocal.craft.measures import format_grams, format_minutes, format_number
from bocal.journal.models import Transaction
from bocal.people.names import fold
from bocal.workbook.reading import layout
from bocal.workbook.reading.layout import Sheet
from bocal.workbook.reading.problems import Problem
from bocal.workbook.reading.rows import BatchRow, CollectionRow, ExitRow, InterventionRow, Row, Season

A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Known:
    """What is already recorded, under folded names; dates and quantities where rows lean on them."""

    houses: frozenset[str] = frozenset()
    producers: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    interventions: Mapping[str, date] = field(default_factory=dict)


def crosscheck(season: Season, known: Known) -> tuple[list[Problem], list[Problem]]:
    """Return (problems, warnings)."""
    check = _Crosscheck(season, known)
    check.run()
    return check.problems, check.warnings


class _Crosscheck:
    """One pass over a season; each method checks one sheet."""

    def __init__(self, season: Season, known: Known) -> None:
        self.season = season
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.houses = {fold(row.name) for row in season.houses} | known.houses
        self.producers = {fold(row.name) for row in season.producers} | known.producers
        self.persons = {fold(row.name): row.name for row in season.persons} | dict.fromkeys(known.persons, "")
        self.interventions: dict[str, InterventionRow] = {
            fold(row.number): row for row in season.interventions
        }
        self.known_days = known.interventions
        self.collections: dict[str, CollectionRow] = {fold(row.number): row for row in season.collections}
        self.batches: dict[str, BatchRow] = {fold(row.number): row for row in season.batches}

    def run(self) -> None:
        self.persons_belong_to_houses()
        self.interventions_hold_together()
        self.hours_fit_in_days()
        self.collections_have_producers()
        self.batches_hold_together()
        self.ingredients_were_collected()
        self.batches_are_made_of_something()
        self.exits_were_made()
        self.evaluations_have_interventions()

    def problem(self, sheet: Sheet, row: Row, attribute: str, sentence: str, value: object = "") -> None:
        self.problems.append(_problem(sheet, row, attribute, sentence, value))

    def warning(self, sheet: Sheet, row: Row, attribute: str, sentence: str, value: object = "") -> None:
        self.warnings.append(_problem(sheet, row, attribute, sentence, value))

    def day_of(self, number: str) -> date | None:
        row = self.interventions.get(fold(number))
        return row.day if row else self.known_days.get(fold(number))

    def names(
        self, sheet: Sheet, row: Row, attribute: str, known: Iterable[str], name: str | None, where: str
    ) -> bool:
        """Whether `name` is known; a problem with a suggestion when it is not."""
        choices = set(known)
        if name is None or fold(name) in choices:
            return True
        sentence = _("inconnu : ajoutez-le dans la feuille « %(where)s », ou corrigez son nom.") % {
            "where": where
        }
        if close := get_close_matches(fold(name), choices, n=1, cutoff=0.75):
            sentence += " " + _("Vouliez-vous dire « %(close)s » ?") % {"close": self.spelt(close[0])}
        self.problem(sheet, row, attribute, sentence, name)
        return False

    def spelt(self, folded: str) -> str:
        """A folded name as the workbook writes it."""
        for rows in (self.season.houses, self.season.producers, self.season.persons):
            for row in rows:
                if fold(row.name) == folded:
                    return row.name
        for numbered in (self.interventions, self.collections, self.batches):
            if folded in numbered:
                return str(numbered[folded].number)
        return folded

    def persons_belong_to_houses(self) -> None:
        for row in self.season.persons:
            self.names(layout.PERSONS, row, "house", self.houses, row.house, layout.HOUSES.title)

    def interventions_hold_together(self) -> None:
        for row in self.season.interventions:
            self.names(layout.INTERVENTIONS, row, "house", self.houses, row.house, layout.HOUSES.title)
            if row.children is not None and row.children > (row.participants or 0):
                sentence = _("plus d'enfants que de participants : corrigez l'un des deux nombres.")
                self.problem(layout.INTERVENTIONS, row, "children", sentence, row.children)

    def hours_fit_in_days(self) -> None:
        in_a_day: dict[tuple[str, date], int] = defaultdict(int)
        for row in self.season.hours:
            self.names(layout.HOURS, row, "person", self.persons, row.person, layout.PERSONS.title)
            day = self.intervention_day(layout.HOURS, row, row.intervention)
            if row.minutes == 0:
                self.problem(layout.HOURS, row, "minutes", _("zéro heure : supprimez la ligne."), 0)
            if day is None:
                continue
            whose_day = fold(row.person), day
            in_a_day[whose_day] += row.minutes
            if in_a_day[whose_day] > A_DAY >= in_a_day[whose_day] - row.minutes:
                sentence = _(
                    "%(hours)s dans la même journée pour « %(person)s » : une journée n'a que 24 heures."
                )
                words = {"hours": format_minutes(in_a_day[whose_day]), "person": row.person}
                self.problem(layout.HOURS, row, "minutes", sentence % words, format_minutes(row.minutes))

    def intervention_day(self, sheet: Sheet, row: Row, number: str) -> date | None:
        numbers = set(self.interventions) | set(self.known_days)
        self.names(sheet, row, "intervention", numbers, number, layout.INTERVENTIONS.title)
        return self.day_of(number)

    def collections_have_producers(self) -> None:
        for row in self.season.collections:
            self.names(
                layout.COLLECTIONS, row, "producer", self.producers, row.producer, layout.PRODUCERS.title
            )
            if row.grams == 0:
                self.problem(
                    layout.COLLECTIONS, row, "grams", _("zéro kilo : pesez, ou supprimez la ligne."), 0
                )

    def batches_hold_together(self) -> None:
        taken_in: dict[str, int] = defaultdict(int)
        for ingredient in self.season.ingredients:
            taken_in[fold(ingredient.batch)] += ingredient.grams
        for row in self.season.batches:
            self.intervention_day(layout.BATCHES, row, row.intervention)
            if row.jars and not row.capacity_ml:
                sentence = _("des pots sans format : écrivez leur contenance en millilitres.")
                self.problem(layout.BATCHES, row, "capacity_ml", sentence)
            if row.capacity_ml and row.capacity_ml > 10_000:
                self.problem(
                    layout.BATCHES,
                    row,
                    "capacity_ml",
                    _("ce format est trop grand pour un pot."),
                    row.capacity_ml,
                )
            self.batch_weighs(row, taken_in[fold(row.number)])

    def batch_weighs(self, row: BatchRow, grams_in: int) -> None:
        made = (row.jars or 0) * (row.capacity_ml or 0) + (row.soup_ml or 0)
        out = made + (row.waste_grams or 0) + (row.eaten_grams or 0)
        if out > grams_in:
            sentence = _(
                "%(out)s sortis pour %(into)s de produits : l'eau et le sucre ne sont pas dans le "
                "classeur, sinon vérifiez."
            )
            words = {"out": format_grams(out), "into": format_grams(grams_in)}
            self.warning(layout.BATCHES, row, "number", sentence % words, row.number)

    def ingredients_were_collected(self) -> None:
        used: dict[str, int] = defaultdict(int)
        owners: dict[str, str] = {}
        for row in self.season.ingredients:
            known = self.names(
                layout.INGREDIENTS, row, "batch", self.batches, row.batch, layout.BATCHES.title
            )
            if not self.names(
                layout.INGREDIENTS,
                row,
                "collection",
                self.collections,
                row.collection,
                layout.COLLECTIONS.title,
            ):
                continue
            collection = self.collections[fold(row.collection)]
            if row.grams == 0:
                self.problem(layout.INGREDIENTS, row, "grams", _("zéro kilo : supprimez la ligne."), 0)
            used[fold(row.collection)] += row.grams
            if used[fold(row.collection)] > collection.grams:
                sentence = _(
                    "%(used)s utilisés pour %(collected)s récupérés (%(number)s) : une fabrication ne "
                    "peut pas prendre plus que la récolte."
                )
                words = {
                    "used": format_grams(used[fold(row.collection)]),
                    "collected": format_grams(collection.grams),
                    "number": collection.number,
                }
                self.problem(layout.INGREDIENTS, row, "grams", sentence % words, format_grams(row.grams))
            if known:
                self.ingredient_came_before(row, collection)
                self.one_owner_per_batch(row, collection, owners)

    def batches_are_made_of_something(self) -> None:
        made_of_something = {fold(ingredient.batch) for ingredient in self.season.ingredients}
        for row in self.season.batches:
            if fold(row.number) not in made_of_something:
                sentence = _(
                    "rien n'entre dans cette fabrication : ajoutez ses produits dans la feuille « %(sheet)s »."
                )
                self.problem(
                    layout.BATCHES, row, "number", sentence % {"sheet": layout.INGREDIENTS.title}, row.number
                )

    def ingredient_came_before(self, row: Row, collection: CollectionRow) -> None:
        batch = self.batches[fold(getattr(row, "batch", ""))]
        cooked = self.day_of(batch.intervention)
        if cooked and cooked < collection.day:
            sentence = _("récupéré le %(collected)s, cuisiné le %(cooked)s : corrigez l'une des dates.")
            words = {"collected": f"{collection.day:%d/%m/%Y}", "cooked": f"{cooked:%d/%m/%Y}"}
            self.problem(layout.INGREDIENTS, row, "collection", sentence % words, collection.number)

    def one_owner_per_batch(self, row: Row, collection: CollectionRow, owners: dict[str, str]) -> None:
        batch = fold(getattr(row, "batch", ""))
        owner = fold(collection.producer) if collection.nature == "custom" else ""
        if owners.setdefault(batch, owner) != owner:
            sentence = _("une fabrication ne mélange pas le produit d'un client et un autre : séparez-les.")
            self.problem(layout.INGREDIENTS, row, "collection", sentence, collection.number)

    def exits_were_made(self) -> None:
        gone: dict[str, int] = defaultdict(int)
        for row in self.season.exits:
            self.recipient_is_known(row)
            self.price_fits_channel(row)
            if not self.names(layout.EXITS, row, "batch", self.batches, row.batch, layout.BATCHES.title):
                continue
            batch = self.batches[fold(row.batch)]
            made = self.day_of(batch.intervention)
            if made and row.day < made:
                sentence = _("sorti avant d'être fait (%(made)s) : corrigez la date.") % {
                    "made": f"{made:%d/%m/%Y}"
                }
                self.problem(layout.EXITS, row, "day", sentence, f"{row.day:%d/%m/%Y}")
            if row.jars == 0:
                self.problem(layout.EXITS, row, "jars", _("zéro pot : supprimez la ligne."), 0)
            gone[fold(row.batch)] += row.jars
            if gone[fold(row.batch)] > (batch.jars or 0):
                sentence = _(
                    "%(gone)s pots distribués pour %(made)s faits (%(number)s) : corrigez l'un des deux."
                )
                words = {
                    "gone": format_number(gone[fold(row.batch)]),
                    "made": format_number(batch.jars or 0),
                    "number": batch.number,
                }
                self.problem(layout.EXITS, row, "jars", sentence % words, row.jars)

    def recipient_is_known(self, row: ExitRow) -> None:
        if row.channel == Transaction.Kind.TO_HOUSE:
            self.names(layout.EXITS, row, "recipient", self.houses, row.recipient, layout.HOUSES.title)
        elif row.channel == Transaction.Kind.TO_PRODUCER:
            self.names(layout.EXITS, row, "recipient", self.producers, row.recipient, layout.PRODUCERS.title)

    def price_fits_channel(self, row: ExitRow) -> None:
        for kind, attribute, unit in (
            (Transaction.Kind.SALE_EUROS, "cents", _("en euros")),
            (Transaction.Kind.SALE_MINUTES, "minutes", _("en temps")),
        ):
            paid = getattr(row, attribute)
            if row.channel == kind and paid is None:
                sentence = _("une vente %(unit)s sans prix : écrivez-le (0 si c'était offert).") % {
                    "unit": unit
                }
                self.problem(layout.EXITS, row, attribute, sentence)
            elif row.channel != kind and paid:
                sentence = _("un prix hors d'une vente %(unit)s : corrigez le canal ou le prix.") % {
                    "unit": unit
                }
                self.problem(
                    layout.EXITS,
                    row,
                    attribute,
                    sentence,
                    format_number(paid / (100 if attribute == "cents" else 1)),
                )

    def evaluations_have_interventions(self) -> None:
        for row in self.season.evaluations:
            self.intervention_day(layout.EVALUATIONS, row, row.intervention)


def _problem(sheet: Sheet, row: Row, attribute: str, sentence: str, value: object) -> Problem:
    header = next(column.header for column in sheet.columns if column.attribute == attribute)
    return Problem(sentence, sheet.title, row.line, header, str(value))
