"""Opening a workbook that may be anything: a picture, a bomb, a formula never computed.

The archive is weighed before it is opened, rows and columns are counted while they are read, and formulas
are read twice: their value, and whether a cell without value holds one.
"""

import hashlib
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bocal.workbook.reading.problems import Problem, UnableToReadWorkbook

MOST_BYTES = 20 * 1024 * 1024
MOST_BYTES_UNPACKED = 150 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 20_000
MOST_COLUMNS = 60

_UNREADABLE = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    DefusedXmlException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    NotImplementedError,
    zipfile.LargeZipFile,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as the spreadsheet holds it; `kind` is openpyxl's data type ('e' is an error)."""

    value: Any
    kind: str = "n"
    formula: str = ""


@dataclass(slots=True)
class Table:
    """A sheet as read: its title, and its rows of cells with their numbers in the spreadsheet."""

    title: str
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)


def open_workbook(path: Path) -> list[Table]:
    """Read every sheet of the workbook at `path`, or refuse it."""
    _weigh(path)
    try:
        # Given opened: by name, openpyxl refuses what does not end in .xlsx, and an upload lies under its hash.
        with path.open("rb") as content:
            formulas = _formulas(content)
            book = load_workbook(content, read_only=True, data_only=True, keep_links=False)
            try:
                return [_read(sheet, formulas.get(sheet.title, {})) for sheet in book.worksheets]
            finally:
                book.close()
    except _UNREADABLE as error:
        raise _refusal(
            _("Ce fichier n'a pas pu être lu comme un classeur. Enregistrez-le de nouveau au format .xlsx.")
        ) from error


def _refusal(sentence: str) -> UnableToReadWorkbook:
    return UnableToReadWorkbook([Problem(sentence)])


def _weigh(path: Path) -> None:
    """Refuse what is not a workbook, and what would unpack to far more than a season."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _refusal(
            _("Le fichier « %(name)s » n'existe pas ou ne peut pas être ouvert.") % {"name": path.name}
        ) from error
    if path.is_dir():
        raise _refusal(_("« %(name)s » est un dossier, pas un classeur.") % {"name": path.name})
    if size > MOST_BYTES:
        raise _refusal(_("Ce fichier est trop lourd pour un classeur de saison (20 Mo au plus)."))
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _refusal(
            _(
                "Ce fichier n'est pas un classeur .xlsx. Dans le tableur, choisissez « Enregistrer sous "
                "», format .xlsx."
            )
        ) from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise _refusal(
            _(
                "Ce fichier n'est pas un classeur .xlsx. Dans le tableur, choisissez « Enregistrer sous "
                "», format .xlsx."
            )
        )
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES_UNPACKED:
        raise _refusal(_("Ce classeur est anormalement gros une fois déplié : il n'a pas été ouvert."))


def _formulas(content: IO[bytes]) -> dict[str, dict[tuple[int, int], str]]:
    """Where formulas are: sheet -> (row, column) -> formula."""
    book = load_workbook(content, read_only=True, data_only=False, keep_links=False)
    found: dict[str, dict[tuple[int, int], str]] = {}
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            for row in _bounded(sheet):
                for cell in row:
                    if getattr(cell, "data_type", "") == "f":
                        found.setdefault(sheet.title, {})[cell.row, cell.column] = str(cell.value)
    finally:
        book.close()
    return found


def _read(sheet: Any, formulas: dict[tuple[int, int], str]) -> Table:
    table = Table(sheet.title)
    sheet.reset_dimensions()
    for cells in _bounded(sheet):
        row = [
            Cell(
                cell.value,
                cell.data_type or "n",
                formulas.get((getattr(cell, "row", 0), getattr(cell, "column", 0)), ""),
            )
            for cell in cells
        ]
        number = next((cell.row for cell in cells if hasattr(cell, "row")), None)
        if number is not None:
            table.rows.append((number, row))
    return table


def _bounded(sheet: Any) -> Any:
    """The rows of a sheet, refused when there are far more than a season has. Blank rows do not count."""
    filled = 0
    for cells in sheet.iter_rows(max_col=MOST_COLUMNS):
        if any(cell.value is not None for cell in cells):
            filled += 1
        if filled > MOST_ROWS:
            raise _refusal(
                _("La feuille « %(sheet)s » a plus de 20 000 lignes : ce n'est pas un classeur de saison.")
                % {"sheet": sheet.title}
            )
        yield cells


def fingerprint_of_file(path: Path) -> str:
    """The hash of the file's own bytes, to find the very file again."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
