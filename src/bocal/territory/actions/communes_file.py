"""The file of communes, read with suspicion: what is shipped, and what somebody may bring instead.

A CSV in UTF-8 with a header (comma or semicolon), plain or gzipped. Whatever is not understood refuses the whole
file, each complaint with its line; nothing is guessed. `docs/reference/communes.md` describes the columns.
"""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bocal.craft.communes import fold_name
from bocal.toolbox.refusals import Refused

SHIPPED_COMMUNES = Path(__file__).parent.parent / "data" / "communes.csv.gz"
COLUMNS = (
    "code", "name", "postcodes", "population", "department", "epci_code", "epci_name",
    "latitude", "longitude", "former_names",
)  # fmt: skip
LARGEST_FILE = 64 * 1024 * 1024  # unpacked; the shipped one is 3 MB
COMPLAINTS_SHOWN = 10
LONGEST = {"name": 80, "postcodes": 255, "epci_name": 120}

_CODE = re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{3}")
_DEPARTMENT = re.compile(r"[0-9]{2,3}|2[AB]")
_POSTCODES = re.compile(r"(?:[0-9]{5}(?: [0-9]{5})*)?")
_EPCI = re.compile(r"(?:[0-9]{9})?")
_COUNT = re.compile(r"[0-9]{1,9}")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?")


class UnableToReadCommunes(Refused):
    """The file is not one of communes; the sentences say where and why."""


class CommuneRow(NamedTuple):
    """One commune of the file, ready to be kept."""

    code: str
    name: str
    search_name: str
    postcodes: str
    population: int | None
    department: str
    epci_code: str
    epci_name: str
    latitude: float | None
    longitude: float | None
    former_names: str


def read_communes(content: bytes) -> list[CommuneRow]:
    """The communes of a whole file, or a refusal with the line of everything that is wrong."""
    complaints: list[str] = []
    rows: list[CommuneRow] = []
    line_of: dict[str, int] = {}
    for line, cells in _lines(_text(_unpacked(content))):
        try:
            row = _row(cells)
        except ValueError as reason:
            complaints.append(_at(line, str(reason)))
            continue
        if row.code in line_of:
            first = line_of[row.code]
            complaints.append(
                _at(
                    line, _("le code %(code)s est déjà ligne %(first)d.") % {"code": row.code, "first": first}
                )
            )
        line_of[row.code] = line
        rows.append(row)
    if not rows and not complaints:
        complaints.append(_("Ce fichier ne contient aucune commune."))
    if complaints:
        raise UnableToReadCommunes(_shown(complaints))
    return rows


def _unpacked(content: bytes) -> bytes:
    if content.startswith(b"\x1f\x8b"):
        try:
            with gzip.open(io.BytesIO(content)) as file:
                content = file.read(LARGEST_FILE + 1)
        except (OSError, EOFError, zlib.error):
            raise UnableToReadCommunes(_("Ce fichier compressé est abîmé : copiez-le de nouveau.")) from None
    if len(content) > LARGEST_FILE:
        raise UnableToReadCommunes(_("Ce fichier est bien trop grand pour être celui des communes."))
    return content


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnableToReadCommunes(
            _at(line, _("ce n'est pas de l'UTF-8. Enregistrez le fichier en « CSV UTF-8 ».")),
        ) from None


def _lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with their line numbers; blank ones are passed over."""
    header_line = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if ";" in header_line else ",", strict=True
    )
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        if missing := [column for column in COLUMNS if column not in header]:
            raise UnableToReadCommunes(_at(1, _("il manque les colonnes : %s.") % ", ".join(missing)))
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield (
                    reader.line_num,
                    dict(zip(header, cells, strict=False)) if len(cells) == len(header) else {},
                )
    except csv.Error:
        raise UnableToReadCommunes(
            _at(reader.line_num, _("les guillemets ou les séparateurs ne sont pas ceux d'un CSV.")),
        ) from None


def _row(cells: dict[str, str]) -> CommuneRow:
    """One row, or a ValueError whose text is the complaint."""
    if not cells:
        raise ValueError(_("il n'y a pas autant de cases que de colonnes."))
    values = {column: cells[column].strip() for column in COLUMNS}
    for column, pattern in (
        ("code", _CODE),
        ("department", _DEPARTMENT),
        ("postcodes", _POSTCODES),
        ("epci_code", _EPCI),
    ):
        if not pattern.fullmatch(values[column]):
            raise ValueError(_said(column, values[column]))
    for column, longest in LONGEST.items():
        if len(values[column]) > longest or not values[column].isprintable():
            raise ValueError(_said(column, values[column]))
    search_name = fold_name(values["name"])
    if not search_name:
        raise ValueError(_("il n'y a pas de nom."))
    if len(search_name) > LONGEST["name"]:  # "St" is folded to "saint"
        raise ValueError(_said("name", values["name"]))
    return CommuneRow(
        code=values["code"],
        name=values["name"],
        search_name=search_name,
        postcodes=values["postcodes"],
        population=_whole(values["population"]),
        department=values["department"],
        epci_code=values["epci_code"],
        epci_name=values["epci_name"],
        latitude=_degrees("latitude", values, 90),
        longitude=_degrees("longitude", values, 180),
        former_names=_between_bars(values["former_names"]),
    )


def _whole(value: str) -> int | None:
    if value and not _COUNT.fullmatch(value):
        raise ValueError(_said("population", value))
    return int(value) if value else None


def _degrees(column: str, values: dict[str, str], most: int) -> float | None:
    value = values[column]
    if bool(values["latitude"]) != bool(values["longitude"]):
        raise ValueError(_("il faut la latitude et la longitude, ou aucune des deux."))
    if value and not (_DEGREES.fullmatch(value) and abs(float(value)) <= most):
        raise ValueError(_said(column, value))
    return float(value) if value else None


def _between_bars(names: str) -> str:
    if not names:
        return ""
    folded = sorted({fold_name(name) for name in names.split("|")} - {""})
    return f"|{'|'.join(folded)}|" if folded else ""


def _said(column: str, value: str) -> str:
    return _("« %(value)s » ne convient pas à la colonne %(column)s.") % {
        "value": value[:60],
        "column": column,
    }


def _at(line: int, complaint: str) -> str:
    return _("Ligne %(line)d : %(complaint)s") % {"line": line, "complaint": complaint}


def _shown(complaints: list[str]) -> list[str]:
    hidden = len(complaints) - COMPLAINTS_SHOWN
    if hidden <= 0:
        return complaints
    more = ngettext("Et %d autre ligne à corriger.", "Et %d autres lignes à corriger.", hidden) % hidden
    return [*complaints[:COMPLAINTS_SHOWN], more]
