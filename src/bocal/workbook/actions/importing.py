"""From a season that was read to records, in one transaction.

What was imported before is known and left alone; what contradicts it refuses the whole workbook. A check does
everything an import does, then undoes it, so that it answers exactly what the import would.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bocal.parameters.actions import note_reconstructed
from bocal.people.models import Person
from bocal.people.names import fold
from bocal.toolbox.ids import new_id
from bocal.workbook import queries
from bocal.workbook.actions.recording import Recorder
from bocal.workbook.differences import Differences, Imported, compare, fingerprint, identity, is_reconstructed
from bocal.workbook.models import Import, ImportedRow
from bocal.workbook.reading import Problem, Season, UnableToReadWorkbook, crosscheck
from bocal.workbook.reading.layout import PERSONS


class UnableToImport(UnableToReadWorkbook):
    """The workbook was read, and contradicts itself or what is recorded."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or would do: new and known rows by sheet, warnings, what it did not read."""

    new: dict[str, int]
    known: dict[str, int]
    warnings: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()
    reconstructed: bool = False
    newly_trained: tuple[str, ...] = field(default=())

    @property
    def reconstructed_said(self) -> str:
        """What to tell of a season whose rows were made up from its totals."""
        return _(
            "Les lignes de cette saison ont été reconstituées à partir de totaux publiés : Bocal le dira partout "
            "où elles se voient."
        )

    @property
    def nothing_new(self) -> bool:
        """Whether everything was there already."""
        return not any(self.new.values()) and not self.newly_trained


def check_season(season: Season, *, filename: str, file_hash: str, by: Person, at: datetime) -> Report:
    """What `import_season` would answer; nothing is changed."""
    with transaction.atomic():
        report = import_season(season, id=new_id(), filename=filename, file_hash=file_hash, by=by, at=at)
        transaction.set_rollback(True)
    return report


@transaction.atomic
def import_season(
    season: Season, *, id: UUID, filename: str, file_hash: str, by: Person, at: datetime
) -> Report:
    """Record every row that is new, or refuse with every reason."""
    season.reconstructed = is_reconstructed(season)
    imported = queries.imported_rows()
    differences = compare(season, imported)
    warnings = _refuse_contradictions(season, differences, imported)
    report = Report(
        new={title: len(rows) for title, rows in differences.new.items()},
        known=dict(differences.known),
        warnings=tuple(warnings),
        ignored=tuple(season.ignored),
        reconstructed=season.reconstructed,
        newly_trained=tuple(row.name for row in differences.newly_trained),
    )
    if report.nothing_new:
        return report
    kept = Import.objects.create(
        id=id,
        fingerprint=fingerprint(season),
        filename=filename[:255],
        file_hash=file_hash,
        rows=report.new,
        reconstructed=season.reconstructed,
        imported_at=at,
        imported_by=by,
    )
    Recorder(season, by=by, at=at).record(differences)
    _keep_rows(kept, season, differences, imported)
    _say_reconstructed(season, filename, at)
    return report


def _refuse_contradictions(season: Season, differences: Differences, imported: Imported) -> list[Problem]:
    """The warnings; or a refusal with every problem, cell by cell."""
    whole = queries.with_earlier_rows(season, imported)
    problems, warnings = crosscheck(whole, queries.known_names())
    if found := [*problems, *differences.problems]:
        raise UnableToImport(found)
    new_lines = {(title, row.line) for title, rows in differences.new.items() for row in rows}
    return [warning for warning in warnings if (warning.sheet, warning.row) in new_lines]


def _keep_rows(kept: Import, season: Season, differences: Differences, imported: Imported) -> None:
    """Keep every new row as it was read, to know it again; rows of one number are ranked as they came."""
    rows = []
    for sheet, _rows in season.sheets():
        known = imported.get(sheet.title, {})
        ranks: Counter[str] = Counter()
        for row in differences.new[sheet.title]:
            number = identity(sheet, row)
            rows.append(
                ImportedRow(
                    id=new_id(),
                    sheet=sheet.title,
                    number=number,
                    rank=len(known.get(number, ())) + ranks[number],
                    content=row.content(),
                    source=kept,
                )
            )
            ranks[number] += 1
    ImportedRow.objects.bulk_create(rows)
    for person in differences.newly_trained:
        earlier = ImportedRow.objects.get(sheet=PERSONS.title, number=fold(person.name))
        earlier.content = person.content()
        earlier.save(update_fields=["content"])


def _say_reconstructed(season: Season, filename: str, at: datetime) -> None:
    days = [each.day for each in season.interventions]
    days += [each.day for each in season.collections]
    days += [each.day for each in season.exits]
    if season.reconstructed and days:
        source = _("classeur « %(filename)s » : lignes reconstituées, totaux publiés") % {
            "filename": filename
        }
        note_reconstructed(first=min(days), last=max(days), source=source, at=at)
