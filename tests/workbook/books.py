"""Workbooks to break: a small sound season, and the real one, with whatever a test changes in them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

REAL = Path(__file__).parents[2] / "src/bocal/frontdoor/demonstration/data/classeur-2017-2018.xlsx"

Change = Callable[[Workbook], None]

SMALL: dict[str, list[list[Any]]] = {
    "Maisons": [["Nom", "Type", "Commune"], ["Maison des Ors", "centre social", "Romans-sur-Isère"]],
    "Producteurs": [["Nom", "Commune", "Bio"], ["Ferme du Tilleul", "Peyrins", "oui"]],
    "Bénévoles": [
        ["Nom", "Maison", "Formé à l'animation le", "Statut"],
        ["Aline E.", "Maison des Ors", date(2017, 7, 1), "bénévole"],
        ["Zoé H.", "Maison des Ors", None, "bénévole"],
    ],
    "Interventions": [
        ["N°", "Date", "Type", "Commune", "Lieu", "Partenaire", "Maison référente", "Statut", "Participants",
         "dont enfants"],
        ["I001", date(2017, 8, 8), "animation", "Génissieux", "école", "CCAS", "Maison des Ors", "réalisée", 12, 4],
        ["I002", date(2017, 9, 8), "animation", "Peyrins", "école", "CCAS", "Maison des Ors", "annulée", 12, None],
    ],
    "Heures": [
        ["Intervention", "Personne", "Heures", "Tâche", "Nature"],
        ["I001", "Aline E.", 3.25, "cuisine", "bénévole"],
        ["I001", "Zoé H.", 2, "animation", "bénévole"],
    ],
    "Récupérations": [
        ["N°", "Date", "Producteur", "Produit", "Kg", "Nature", "Motif"],
        ["R001", date(2017, 8, 7), "Ferme du Tilleul", "poivron", 12.5, "don", "abîmé"],
    ],
    "Fabrications": [
        ["N°", "Intervention", "Recette", "Format (ml)", "Pots", "Litres", "Déchets kg", "Mangé sur place kg"],
        ["F001", "I001", "Poivronnade", 212, 10, None, 2.5, 3],
    ],
    "Matières": [["Fabrication", "Récupération", "Kg"], ["F001", "R001", 11]],
    "Distributions": [
        ["Date", "Fabrication", "Canal", "Destinataire", "Pots", "Euros", "Minutes"],
        [date(2017, 8, 8), "F001", "sur place", None, 4, None, None],
        [date(2017, 9, 1), "F001", "vente en euros", "P'tite Coopé", 2, 5, None],
        [date(2017, 9, 2), "F001", "vente en temps", "P'tite Coopé", 1, None, 30],
    ],
    "Évaluations": [
        ["Intervention", "Pas content", "Moyen", "Content", "Parole"],
        ["I001", 0, 1, 9, "Très convivial."],
    ],
}  # fmt: skip


def small_book() -> Workbook:
    """The small season."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in SMALL.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


def written(
    folder: Path, *changes: Change, book: Workbook | None = None, name: str = "classeur.xlsx"
) -> Path:
    """The small season (or `book`) with these changes, as a file."""
    book = book or small_book()
    for change in changes:
        change(book)
    path = folder / name
    book.save(path)
    return path


def real_book() -> Workbook:
    """The season of 2017-2018."""
    return load_workbook(REAL)


def put(title: str, cell: str, value: Any) -> Change:
    """Write a value in a cell."""

    def change(book: Workbook) -> None:
        book[title][cell] = value

    return change


def add(title: str, *values: Any) -> Change:
    """Add a row."""

    def change(book: Workbook) -> None:
        book[title].append(list(values))

    return change


def without_sheet(title: str) -> Change:
    """Take a sheet away."""
    return lambda book: book.remove(book[title])


def without_column(title: str, position: int) -> Change:
    """Take a column away."""
    return lambda book: book[title].delete_cols(position)


def sheet_of(book: Workbook, title: str) -> Worksheet:
    """A sheet, typed."""
    sheet = book[title]
    assert isinstance(sheet, Worksheet)
    return sheet
