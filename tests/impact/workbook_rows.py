"""The season reckoned from the workbook's rows alone: nothing of Bocal is used here.

Written against the definitions of the key figures, to tell whether Bocal's own reckoning says the same. Each
function of `TEMPTING` is a wrong reading that a hurried person could make, to be told apart.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from openpyxl import Workbook as Spreadsheet
from openpyxl import load_workbook

WORKBOOK = Path(__file__).parents[2] / "src/bocal/frontdoor/demonstration/data/classeur-2017-2018.xlsx"
CHANNELS = (
    "sur place", "maison de quartier", "producteur", "vente en euros", "vente en temps", "échantillon témoin", "casse",
)  # fmt: skip

Row = dict[str, Any]


def _rows(book: Spreadsheet, title: str) -> list[Row]:
    header, *body = book[title].iter_rows(values_only=True)
    return [
        {
            str(name): value.date() if isinstance(value, datetime) else value
            for name, value in zip(header, row, strict=True)
        }
        for row in body
    ]


@dataclass
class Workbook:
    """The sheets as they are, with the two joins everybody needs."""

    interventions: dict[str, Row]
    persons: dict[str, Row]
    hours: list[Row]
    collections: dict[str, Row]
    batches: dict[str, Row]
    ingredients: list[Row]
    exits: list[Row]

    @classmethod
    def read(cls) -> "Workbook":
        book = load_workbook(WORKBOOK, data_only=True)
        return cls(
            interventions={row["N°"]: row for row in _rows(book, "Interventions")},
            persons={row["Nom"]: row for row in _rows(book, "Bénévoles")},
            hours=_rows(book, "Heures"),
            collections={row["N°"]: row for row in _rows(book, "Récupérations")},
            batches={row["N°"]: row for row in _rows(book, "Fabrications")},
            ingredients=_rows(book, "Matières"),
            exits=_rows(book, "Distributions"),
        )

    @cached_property
    def used_in(self) -> dict[str, str]:
        """Collection -> the batch that used it: one, in this workbook."""
        used = {row["Récupération"]: row["Fabrication"] for row in self.ingredients}
        assert len(used) == len(self.ingredients)
        return used

    def outing_of(self, batch: str) -> Row:
        return self.interventions[self.batches[batch]["Intervention"]]

    def outing_for(self, collection: str) -> Row:
        """The intervention whose batch used this collection."""
        return self.outing_of(self.used_in[collection])


@dataclass(frozen=True)
class Ask:
    """A period, a structure, a commune."""

    first: date
    last: date
    house: str | None = None
    commune: str | None = None

    def days(self, day: date) -> bool:
        return self.first <= day <= self.last

    def concerns(self, outing: Row) -> bool:
        return self.house in (None, outing["Maison référente"]) and self.commune in (None, outing["Commune"])


def reckon(book: Workbook, ask: Ask) -> dict[str, Any]:
    """Every key of the expected file."""
    outings = [row for row in book.interventions.values() if ask.days(row["Date"]) and ask.concerns(row)]
    held = [row for row in outings if row["Type"] == "animation" and row["Statut"] == "réalisée"]
    given = list(_volunteer_hours(book, ask))
    made = [
        row for number, row in book.batches.items()
        if ask.days(book.outing_of(number)["Date"]) and ask.concerns(book.outing_of(number))
    ]  # fmt: skip
    numbers = {row["N°"] for row in made}
    gone: Counter[str] = Counter()
    for row in book.exits:
        if row["Fabrication"] in numbers and row["Date"] <= ask.last:
            gone[row["Canal"]] += row["Pots"]
    sold = [
        row
        for row in book.exits
        if ask.days(row["Date"]) and ask.concerns(book.outing_of(row["Fabrication"]))
    ]
    jars = sum(row["Pots"] or 0 for row in made)
    return {
        "workshops": len(held),
        "workshops_cancelled": sum(
            row["Type"] == "animation" and row["Statut"] == "annulée" for row in outings
        ),
        "services_done": sum(
            row["Type"] in ("location", "travail à façon") and row["Statut"] == "réalisée" for row in outings
        ),
        "volunteer_hours": sum(row["Heures"] for row in given),
        "participants": sum(row["Participants"] or 0 for row in held),
        "trained_volunteers_involved": len(
            {row["Personne"] for row in given if _trained_by(book.persons[row["Personne"]], ask.last)}
        ),
        "communes_visited": len({row["Commune"] for row in held}),
        "kg_collected": sum(
            row["Kg"]
            for number, row in book.collections.items()
            if ask.days(row["Date"]) and ask.concerns(book.outing_for(number))
        ),
        "kg_transformed": sum(row["Kg"] for row in book.ingredients if row["Fabrication"] in numbers),
        "litres_of_soup": sum(row["Litres"] or 0 for row in made),
        "jars_made": jars,
        "jars_by_channel": {channel: gone[channel] for channel in CHANNELS},
        "jars_in_stock": jars - sum(gone.values()),
        "euros": sum(row["Euros"] or 0 for row in sold),
        "minutes": sum(row["Minutes"] or 0 for row in sold),
    }


def _volunteer_hours(book: Workbook, ask: Ask) -> Iterator[Row]:
    for row in book.hours:
        outing = book.interventions[row["Intervention"]]
        if row["Nature"] == "bénévole" and ask.days(outing["Date"]) and ask.concerns(outing):
            yield row


def _trained_by(person: Row, day: date) -> bool:
    trained = person["Formé à l'animation le"]
    return trained is not None and trained <= day


def cancelled_counted(book: Workbook) -> tuple[str, float]:
    return "workshops", sum(row["Type"] == "animation" for row in book.interventions.values())


def cancelled_participants_counted(book: Workbook) -> tuple[str, float]:
    return "participants", sum(row["Participants"] or 0 for row in book.interventions.values())


def credited_hours_counted(book: Workbook) -> tuple[str, float]:
    return "volunteer_hours", sum(row["Heures"] for row in book.hours if row["Nature"] != "salarié")


def peelings_taken_off(book: Workbook) -> tuple[str, float]:
    weighed = sum(row["Kg"] for row in book.ingredients)
    return "kg_transformed", weighed - sum(row["Déchets kg"] or 0 for row in book.batches.values())


def eaten_taken_off(book: Workbook) -> tuple[str, float]:
    weighed = sum(row["Kg"] for row in book.ingredients)
    return "kg_transformed", weighed - sum(row["Mangé sur place kg"] or 0 for row in book.batches.values())


def collected_taken_for_transformed(book: Workbook) -> tuple[str, float]:
    return "kg_transformed", sum(row["Kg"] for row in book.collections.values())


def purchases_left_out(book: Workbook) -> tuple[str, float]:
    gifts = {number for number, row in book.collections.items() if row["Nature"] != "achat"}
    return "kg_transformed", sum(row["Kg"] for row in book.ingredients if row["Récupération"] in gifts)


def every_commune_counted(book: Workbook) -> tuple[str, float]:
    return "communes_visited", len({row["Commune"] for row in book.interventions.values()})


def everybody_involved_counted(book: Workbook) -> tuple[str, float]:
    return "trained_volunteers_involved", len(
        {row["Personne"] for row in book.hours if row["Nature"] == "bénévole"}
    )


def every_trained_person_counted(book: Workbook) -> tuple[str, float]:
    trained = [row for row in book.persons.values() if row["Formé à l'animation le"]]
    return "trained_volunteers_involved", len(trained)


TEMPTING = (
    cancelled_counted,
    cancelled_participants_counted,
    credited_hours_counted,
    peelings_taken_off,
    eaten_taken_off,
    collected_taken_for_transformed,
    purchases_left_out,
    every_commune_counted,
    everybody_involved_counted,
    every_trained_person_counted,
)
