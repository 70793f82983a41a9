"""Lists as spreadsheets: XLSX with real numbers and dates, CSV as a French Excel opens it.

What somebody typed is text and stays text: a cell that begins like a formula is never one. Numbers are
exported in the unit people read (kilos, litres, euros), days as days, durations as durations.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from bocal.toolbox.times import in_paris

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

WIDEST_COLUMN = 60
LONGEST_SHEET_TITLE = 31  # Excel refuses to open a file with a longer one
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")

Value = str | int | float | Decimal | date | timedelta | None


@dataclass(frozen=True)
class Kind:
    """How one kind of value is exported: what the spreadsheet computes with, and how it shows it."""

    value: Callable[[Any], Value]
    number_format: str | None = None


class Heading(NamedTuple):
    """A column of an export."""

    label: str
    kind: str


def _minutes(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


def _naive_paris(instant: datetime) -> datetime:
    return in_paris(instant).replace(tzinfo=None)  # spreadsheets know no time zones


KINDS = {
    "text": Kind(str),
    "number": Kind(lambda number: number, "#,##0.###"),
    "percent": Kind(lambda ratio: ratio, "0.0%"),
    "kilos": Kind(lambda grams: Decimal(grams) / 1000, "#,##0.###"),
    "litres": Kind(lambda millilitres: Decimal(millilitres) / 1000, "#,##0.###"),
    "euros": Kind(lambda cents: Decimal(cents) / 100, '#,##0.00" €"'),
    "duration": Kind(_minutes, "[h]:mm"),
    "day": Kind(lambda day: day, "[$-40C]ddd d mmm yyyy"),
    "moment": Kind(_naive_paris, "[$-40C]ddd d mmm yyyy hh:mm"),
}


def to_xlsx(title: str, headings: Sequence[Heading], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet: a bold frozen heading, and typed cells."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(title))
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(headings, start=1):
        width = max(len(heading.label) + 4, 14 if heading.kind != "text" else 24)
        sheet.column_dimensions[get_column_letter(place)].width = min(width, WIDEST_COLUMN)
    sheet.append([_xlsx_cell(sheet, heading.label, bold=True) for heading in headings])
    for row in rows:
        sheet.append(
            [
                _xlsx_cell(sheet, _typed(value, heading), KINDS[heading.kind].number_format)
                for heading, value in zip(headings, row, strict=True)
            ]
        )
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def to_csv(headings: Sequence[Heading], rows: Iterable[Sequence[Any]]) -> bytes:
    """Semicolons, decimal commas, a byte order mark: what opens well by a double click in France."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_harmless(heading.label) for heading in headings])
    for row in rows:
        writer.writerow(
            [_csv_cell(_typed(value, heading)) for heading, value in zip(headings, row, strict=True)]
        )
    return text.getvalue().encode("utf-8-sig", errors="replace")


def download(content: bytes, *, filename: str, media_type: str) -> HttpResponse:
    """A file to keep. Old programs read the plain name, the others the one with its accents."""
    clean = re.sub(r'[\x00-\x1f\x7f/\\":*?<>|]+', " ", filename).strip() or "bocal"
    stem, dot, suffix = clean.rpartition(".")
    plain = f"{slugify(stem or suffix) or 'bocal'}{dot if stem else ''}{slugify(suffix) if stem else ''}"
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean)}"},
    )


def _typed(value: Any, heading: Heading) -> Value:
    return None if value is None or value == "" else KINDS[heading.kind].value(value)


def _xlsx_cell(sheet: Any, value: Any, number_format: str | None = None, *, bold: bool = False) -> Any:
    if isinstance(value, str):
        value = _printable(value)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl would make a formula of "=…"
        cell.quotePrefix = _looks_like_formula(value)  # and Excel too, once somebody edits the cell
    elif number_format:
        cell.number_format = number_format
    if bold:
        cell.font = Font(bold=True)
    return cell


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _harmless(value)
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, timedelta):
        hours, minutes = divmod(abs(value) // timedelta(minutes=1), 60)
        return f"{'-' if value < timedelta() else ''}{hours}:{minutes:02}"
    exact = Decimal(repr(value) if isinstance(value, float) else value)
    return f"{exact:f}".replace(".", ",")


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula, marked the way they all mark text."""
    text = _printable(text)
    return f"'{text}" if _looks_like_formula(text) else text


def _looks_like_formula(text: str) -> bool:
    """Also behind spaces, and in the wide letters that some programs read as the plain ones."""
    return text.startswith(FORMULA_STARTS) or unicodedata.normalize("NFKC", text).lstrip().startswith(
        FORMULA_STARTS
    )


def _printable(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def _sheet_title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", _printable(title)).strip(" '")[:LONGEST_SHEET_TITLE] or "Bocal"
