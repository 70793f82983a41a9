"""Exports are typed, open well in France, and never carry a formula that somebody typed."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bocal.toolbox.exports import CSV, FORMULA_STARTS, Heading, download, to_csv, to_xlsx

HEADINGS = [
    Heading("Produit", "text"),
    Heading("Poids", "kilos"),
    Heading("Volume", "litres"),
    Heading("Prix", "euros"),
    Heading("Durée", "duration"),
    Heading("Pots", "number"),
    Heading("Part", "percent"),
    Heading("Le", "day"),
    Heading("Noté", "moment"),
]
ROW = [
    "courgette",
    1_900_500,
    1_500,
    -1250,
    96_030,
    844,
    0.125,
    date(2017, 8, 8),
    datetime(2026, 7, 14, 22, 30, tzinfo=UTC),
]
DANGEROUS = [
    "=1+1",
    "+33 6 12 34 56 78",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1+1",
    "\u00a0=1",
    "＝1+1",
    "＠SUM(1)",
    "\x00=1+1",
    '=HYPERLINK("http://x";"clic")',
    "|calc",
]


def sheet_of(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content)).active


def lines_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_spreadsheet_computes_with_numbers_and_days() -> None:
    sheet = sheet_of(to_xlsx("Collectes", HEADINGS, [ROW, [None] * 9, [""] * 9]))
    assert sheet.title == "Collectes"
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == [heading.label for heading in HEADINGS]
    assert all(cell.font.bold for cell in sheet[1])
    assert [cell.value for cell in sheet[2]] == [
        "courgette",
        1900.5,
        1.5,
        -12.5,
        timedelta(minutes=96_030),
        844,
        0.125,
        datetime(2017, 8, 8),  # noqa: DTZ001  spreadsheets know no time zones
        datetime(2026, 7, 15, 0, 30),  # noqa: DTZ001
    ]
    assert [cell.value for cell in sheet[3]] == [None] * 9
    assert [cell.value for cell in sheet[4]] == [None] * 9
    assert sheet["H2"].number_format == "[$-40C]ddd d mmm yyyy"


def test_a_csv_opens_by_a_double_click_in_france() -> None:
    content = to_csv(HEADINGS, [ROW, [None] * 9])
    assert content.startswith(b"\xef\xbb\xbfProduit;Poids;")
    assert content.endswith(b"\r\n;;;;;;;;\r\n")
    assert lines_of(content)[1] == [
        "courgette",
        "1900,5",
        "1,5",
        "-12,5",
        "1600:30",
        "844",
        "0,125",
        "08/08/2017",
        "15/07/2026 00:30",
    ]


@pytest.mark.parametrize("typed", DANGEROUS)
def test_text_that_looks_like_a_formula_stays_text(typed: str) -> None:
    headings = [Heading("=Titre", "text")]
    sheet = sheet_of(to_xlsx("=Liste", headings, [[typed]]))
    for cell in (sheet["A1"], sheet["A2"]):
        assert cell.data_type == "s"
        assert cell.quotePrefix
    for line in lines_of(to_csv(headings, [[typed]])):
        assert line[0].startswith("'")


@given(st.text(max_size=40))
def test_no_text_begins_like_a_formula_nor_spills_into_another_cell(typed: str) -> None:
    content = to_csv([Heading("A", "text"), Heading("B", "text")], [[typed, "fin"]])
    heading, (first, last) = lines_of(content)
    assert heading == ["A", "B"]
    assert last == "fin"
    assert not first.startswith(FORMULA_STARTS)


@settings(max_examples=30)
@given(st.text(max_size=40))
def test_any_text_fits_in_a_spreadsheet(typed: str) -> None:
    sheet = sheet_of(to_xlsx(typed, [Heading("A", "text")], [[typed]]))
    assert sheet["A2"].data_type != "f"
    assert sheet.max_row <= 2


def test_a_half_character_does_not_stop_an_export() -> None:
    assert lines_of(to_csv([Heading("A", "text")], [["\ud800x"]]))[1] == ["?x"]


def test_a_row_that_does_not_fit_its_headings_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        to_csv([Heading("A", "text")], [["a", "b"]])


@pytest.mark.parametrize(
    ("given", "plain", "full"),
    [
        ("collectes.csv", "collectes.csv", "collectes.csv"),
        ("Pots de l'été.csv", "pots-de-lete.csv", "Pots%20de%20l%27%C3%A9t%C3%A9.csv"),
        ('a"; b="c.exe\r\nX: 1.csv', "a-b-cexe-x-1.csv", "a%20%3B%20b%3D%20c.exe%20X%20%201.csv"),
        ("../../etc/passwd.csv", "etc-passwd.csv", "..%20..%20etc%20passwd.csv"),
        ("🥒.csv", "bocal.csv", "%F0%9F%A5%92.csv"),
        ("", "bocal", "bocal"),
    ],
)
def test_a_download_has_a_name_that_old_and_new_programs_read(given: str, plain: str, full: str) -> None:
    answer = download(b"x", filename=given, media_type=CSV)
    assert answer["Content-Disposition"] == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
