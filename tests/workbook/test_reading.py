"""What people really write is understood; what is not is refused whole, with the cell and what to do."""

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bocal.workbook.differences import fingerprint
from bocal.workbook.reading import Known, Season, UnableToReadWorkbook, crosscheck, open_workbook, read_season
from bocal.workbook.reading.problems import Problem
from tests.workbook.books import (
    REAL,
    Change,
    add,
    put,
    real_book,
    sheet_of,
    small_book,
    without_column,
    without_sheet,
    written,
)


def season_of(path: Path) -> Season:
    return read_season(open_workbook(path))


def problems_of(path: Path) -> list[Problem]:
    """Every problem, whether a cell was not understood or rows contradict each other."""
    try:
        season = season_of(path)
    except UnableToReadWorkbook as refusal:
        return list(refusal.problems)
    return crosscheck(season, Known())[0]


def test_a_sound_season_has_no_problem(tmp_path: Path) -> None:
    season = season_of(written(tmp_path))
    assert crosscheck(season, Known()) == ([], [])
    assert season.hours[0].minutes == 195
    assert season.collections[0].grams == 12_500


def test_an_upload_kept_under_its_hash_is_read_whatever_its_name(tmp_path: Path) -> None:
    kept = tmp_path / "5f0dd40c9a"
    kept.write_bytes(written(tmp_path).read_bytes())

    assert season_of(kept).collections[0].grams == 12_500


def test_the_real_season_has_warnings_only() -> None:
    """Sixty-five batches give out more than they took in: water and sugar are not in the workbook."""
    season = season_of(REAL)
    problems, warnings = crosscheck(season, Known())
    assert problems == []
    assert len(warnings) == 65
    assert {warning.sheet for warning in warnings} == {"Fabrications"}


MESSY: tuple[Change, ...] = (
    put("Récupérations", "E2", "12,5"),
    put("Récupérations", "B2", "07/08/2017"),
    put("Récupérations", "D2", "  poivron "),
    put("Interventions", "B2", "8 août 2017"),
    put("Interventions", "B3", "2017-09-08"),
    put("Interventions", "A2", " I001 "),
    put("Interventions", "C2", "ANIMATION"),
    put("Interventions", "H2", "Réalisée "),
    put("Interventions", "I2", "12"),
    put("Heures", "B2", "aline  e."),
    put("Heures", "C2", "3 h 15"),
    put("Heures", "E2", "Benevole"),
    put("Maisons", "A1", "  NOM "),
    put("Distributions", "A1", "DATE"),
    put("Fabrications", "D1", "format (ML)"),
    put("Distributions", "F3", "5,00 €"),
    put("Matières", "C2", "11 kg"),
)


def test_real_workbooks_are_messier(tmp_path: Path) -> None:
    """Numbers and dates as text, capitals, stray spaces: the same season, to the letter."""
    clean = season_of(written(tmp_path, name="clean.xlsx"))
    messy = season_of(written(tmp_path, *MESSY, name="messy.xlsx"))
    assert fingerprint(messy) == fingerprint(clean)
    assert crosscheck(messy, Known()) == ([], [])


def test_columns_in_another_order_and_blank_rows(tmp_path: Path) -> None:
    def shuffle(book: Workbook) -> None:
        for title in book.sheetnames:
            rows = [list(row) for row in sheet_of(book, title).values]
            position = book.sheetnames.index(title)
            book.remove(book[title])
            sheet = book.create_sheet(title.upper() + " ", position)
            sheet.append([])
            for row in rows:
                sheet.append([*reversed(row)])
                sheet.append([None, "   "])

    assert fingerprint(season_of(written(tmp_path, shuffle, name="b.xlsx"))) == fingerprint(
        season_of(written(tmp_path, name="a.xlsx"))
    )


def test_the_real_season_shuffled_is_the_same(tmp_path: Path) -> None:
    def turn_round(book: Workbook) -> None:
        for title in book.sheetnames:
            sheet = sheet_of(book, title)
            header, *body = [list(row) for row in sheet.values]
            sheet.delete_rows(1, sheet.max_row)
            sheet.append(header)
            for row in reversed(body):
                sheet.append(row)

    turned = season_of(written(tmp_path, turn_round, book=real_book()))
    assert fingerprint(turned) == fingerprint(season_of(REAL))


@pytest.mark.parametrize(
    ("change", "sheet", "row", "column", "words"),
    [
        (put("Heures", "B2", "Aline F."), "Heures", 2, "Personne", "Vouliez-vous dire « Aline E. »"),
        (put("Heures", "A2", "I009"), "Heures", 2, "Intervention", "inconnu"),
        (put("Matières", "B2", "R009"), "Matières", 2, "Récupération", "inconnu"),
        (put("Matières", "A2", "F009"), "Matières", 2, "Fabrication", "inconnu"),
        (put("Matières", "C2", 13), "Matières", 2, "Kg", "plus que la récolte"),
        (put("Distributions", "E2", 8), "Distributions", 4, "Pots", "11 pots distribués pour 10 faits"),
        (put("Interventions", "B2", "31/02/2018"), "Interventions", 2, "Date", "n'existe pas"),
        (put("Interventions", "B2", "bientôt"), "Interventions", 2, "Date", "03/02/2018"),
        (put("Interventions", "B2", date(1917, 7, 1)), "Interventions", 2, "Date", "trop ancienne"),
        (put("Récupérations", "E2", -3), "Récupérations", 2, "Kg", "négatif"),
        (put("Récupérations", "E2", "-3,5"), "Récupérations", 2, "Kg", "négatif"),
        (put("Récupérations", "E2", "beaucoup"), "Récupérations", 2, "Kg", "nombre"),
        (put("Récupérations", "E2", 0), "Récupérations", 2, "Kg", "zéro"),
        (put("Récupérations", "E2", float("1e300")), "Récupérations", 2, "Kg", "grand"),
        (put("Heures", "C2", 25), "Heures", 2, "Heures", "24 h"),
        (put("Heures", "D2", "sieste"), "Heures", 2, "Tâche", "cuisine"),
        (put("Heures", "E2", "gratuit"), "Heures", 2, "Nature", "bénévole"),
        (put("Interventions", "C2", "kermesse"), "Interventions", 2, "Type", "animation"),
        (put("Distributions", "C2", "troc"), "Distributions", 2, "Canal", "sur place"),
        (put("Récupérations", "F2", "emprunt"), "Récupérations", 2, "Nature", "don"),
        (put("Interventions", "H2", "peut-être"), "Interventions", 2, "Statut", "réalisée"),
        (put("Récupérations", "E2", "#REF!"), "Récupérations", 2, "Kg", "formule est en erreur"),
        (put("Récupérations", "E2", "=SUM(1,2)"), "Récupérations", 2, "Kg", "pas de résultat"),
        (put("Récupérations", "A2", None), "Récupérations", 2, "N°", "vide"),
        (put("Interventions", "A3", "I001"), "Interventions", 3, "N°", "déjà écrit ligne 2"),
        (put("Interventions", "J2", 40), "Interventions", 2, "dont enfants", "plus d'enfants"),
        (put("Interventions", "I2", "12,5"), "Interventions", 2, "Participants", "arrondissez"),
        (put("Interventions", "I2", 10_000), "Interventions", 2, "Participants", "9 999"),
        (put("Interventions", "G2", "Maison des Vers"), "Interventions", 2, "Maison référente", "inconnu"),
        (put("Récupérations", "C2", "Ferme du Tilleull"), "Récupérations", 2, "Producteur", "Ferme du Tilleul"),
        (put("Récupérations", "B2", date(2017, 8, 9)), "Matières", 2, "Récupération", "récupéré le 09/08/2017"),
        (put("Distributions", "A2", date(2017, 8, 1)), "Distributions", 2, "Date", "avant d'être fait"),
        (put("Distributions", "F3", None), "Distributions", 3, "Euros", "sans prix"),
        (put("Distributions", "F2", 5), "Distributions", 2, "Euros", "canal ou le prix"),
        (put("Fabrications", "D2", None), "Fabrications", 2, "Format (ml)", "sans format"),
        (put("Matières", "A2", None), "Matières", 2, "Fabrication", "vide"),
        (add("Évaluations", "I001", 0, 0, 1, None), "Évaluations", 3, "Intervention", "déjà écrit"),
        (add("Heures", "I001", "Aline E.", 22, "animation", "bénévole"), "Heures", 4, "Heures", "24 heures"),
        (add("Fabrications", "F002", "I001", "Soupe", None, None, 5, 1, 0), "Fabrications", 3, "N°", "rien n'entre"),
        (without_column("Heures", 3), "Heures", 1, "Heures", "colonne manque"),
        (without_sheet("Heures"), "Heures", None, "", "feuille manque"),
    ],
)  # fmt: skip
def test_what_is_not_understood_names_its_cell(
    tmp_path: Path, change: Change, sheet: str, row: int | None, column: str, words: str
) -> None:
    found = problems_of(written(tmp_path, change))
    assert found, "it was let through"
    problem = found[0]
    assert (problem.sheet, problem.row, problem.column) == (sheet, row, column), problem
    assert words in problem.sentence


def test_every_wrong_cell_is_told_at_once(tmp_path: Path) -> None:
    changes = [put("Heures", f"C{row}", "x") for row in (2, 3)] + [put("Récupérations", "E2", -1)]
    assert len(problems_of(written(tmp_path, *changes))) == 3


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7 rien", b"PK\x03\x04 faux", "Nom;Type\nà;b".encode("latin-1")],
    ids=["empty", "pdf", "broken zip", "csv"],
)
def test_a_file_that_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "classeur.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnableToReadWorkbook, match="pas un classeur"):
        open_workbook(path)


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "classeur.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bonjour.txt", "rien")
    with pytest.raises(UnableToReadWorkbook, match="pas un classeur"):
        open_workbook(path)


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    """A few kilobytes that would unpack to three hundred megabytes."""
    path = tmp_path / "classeur.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(UnableToReadWorkbook, match="anormalement gros"):
        open_workbook(path)


def test_a_bomb_of_entities_is_not_opened(tmp_path: Path) -> None:
    path = written(tmp_path)
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>'
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = bomb.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(UnableToReadWorkbook):
        open_workbook(path)


def test_a_sheet_with_far_too_many_rows(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = sheet_of(book, "Heures")
        for _turn in range(20_001):
            sheet.append(["I001", "Aline E.", 1, "cuisine", "bénévole"])

    with pytest.raises(UnableToReadWorkbook, match="20 000 lignes"):
        open_workbook(written(tmp_path, fill))


@pytest.mark.parametrize("name", ["Zoé 🍓 d'Épi", "O’Connor", "=cmd|' /C calc'!A0", "x" * 300])
def test_names_are_only_names(tmp_path: Path, name: str) -> None:
    changes: list[Change] = [put("Bénévoles", "A3", name), put("Heures", "B3", name)]
    if name.startswith("="):
        changes = [put("Bénévoles", "A3", " " + name), put("Heures", "B3", " " + name)]
    season = season_of(written(tmp_path, *changes))
    assert season.persons[1].name == name


def test_other_sheets_and_columns_are_said_to_be_ignored(tmp_path: Path) -> None:
    def extra(book: Workbook) -> None:
        book.create_sheet("Notes").append(["à faire"])
        sheet_of(book, "Maisons")["D1"] = "Téléphone"

    assert season_of(written(tmp_path, extra)).ignored == ["Maisons › Téléphone", "Notes"]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("03/02/2018", date(2018, 2, 3)), ("3/2/18", date(2018, 2, 3)), ("3.2.2018", date(2018, 2, 3)),
        ("2018-02-03", date(2018, 2, 3)), ("samedi 3 février 2018", date(2018, 2, 3)),
        ("1er août 2017", date(2017, 8, 1)), (43134, date(2018, 2, 3)), (datetime(2018, 2, 3, 14, 5), date(2018, 2, 3)),  # noqa: DTZ001 (spreadsheets know no zone)
    ],
)  # fmt: skip
def test_dates_however_typed(tmp_path: Path, typed: Any, day: date) -> None:
    book = small_book()
    season = season_of(written(tmp_path, put("Interventions", "B3", typed), book=book))
    assert season.interventions[1].day == day
