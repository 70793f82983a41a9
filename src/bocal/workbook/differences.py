"""What a workbook brings that was not imported before.

Identity is the content of rows after cleaning, however spelt. A row that has a number (or a name) is the same
row as the one imported under it: with the same content it is known, with other content it is refused and both
are shown. Rows without a number hang on a numbered one (hours on an intervention, exits on a batch): new ones
may be added to it later, but a workbook that repeats the numbered row repeats all that hung on it.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from bocal.people.names import fold
from bocal.workbook.reading import Problem, Season
from bocal.workbook.reading.layout import PARENTS, Sheet
from bocal.workbook.reading.rows import PersonRow, Row

Content = dict[str, Any]
Imported = Mapping[str, Mapping[str, Sequence[Content]]]
"""Sheet title -> folded number, name or parent -> the contents imported under it."""


RECONSTRUCTED_SEASONS = frozenset(
    {
        "a53ab5ce1d4a76598ba24f990197c2ee67611b5675c50f6046bd3ab7ec5b613c",  # 2017-2018, the one Bocal comes with
    }
)
"""Fingerprints of seasons of which only totals were published: their rows are said to be reconstructed, told or not."""


@dataclass(slots=True)
class Differences:
    """Rows to record, newly trained persons, counts of known rows, and contradictions."""

    new: dict[str, list[Row]] = field(default_factory=dict)
    newly_trained: list[PersonRow] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def nothing_new(self) -> bool:
        """Whether everything was imported before."""
        return not any(self.new.values()) and not self.newly_trained


def fingerprint(season: Season) -> str:
    """The same for two workbooks that say the same, whatever their order, spelling or bytes."""
    said = {
        sheet.title: sorted(json.dumps(_canonical(row.content()), sort_keys=True) for row in rows)
        for sheet, rows in season.sheets()
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def is_reconstructed(season: Season) -> bool:
    """Were its rows made up from totals? Somebody said so, or its content is known for it."""
    return season.reconstructed or fingerprint(season) in RECONSTRUCTED_SEASONS


def identity(sheet: Sheet, row: Row) -> str:
    """What a row is known under: its number, its name, or what it hangs on."""
    return fold(getattr(row, sheet.key or PARENTS[sheet.title]))


def compare(season: Season, imported: Imported) -> Differences:
    """Tell new rows from known ones and from contradictions."""
    differences = Differences()
    repeated = {fold(outing.number) for outing in season.interventions}
    repeated |= {fold(batch.number) for batch in season.batches}
    for sheet, rows in season.sheets():
        earlier = imported.get(sheet.title, {})
        if sheet.key:
            differences.new[sheet.title] = _compare_keyed(sheet, rows, earlier, differences)
        else:
            differences.new[sheet.title] = _compare_hanging(sheet, rows, earlier, repeated, differences)
        differences.known[sheet.title] = len(rows) - len(differences.new[sheet.title])
    return differences


def _compare_keyed(
    sheet: Sheet, rows: Sequence[Row], earlier: Mapping[str, Sequence[Content]], differences: Differences
) -> list[Row]:
    new: list[Row] = []
    for row in rows:
        contents = earlier.get(identity(sheet, row))
        if not contents:
            new.append(row)
        elif _canonical(contents[0]) == _canonical(row.content()):
            continue
        elif isinstance(row, PersonRow) and _only_trained_since(contents[0], row):
            differences.newly_trained.append(row)
        else:
            differences.problems.append(_contradiction(sheet, row, contents))
    return new


def _compare_hanging(
    sheet: Sheet,
    rows: Sequence[Row],
    earlier: Mapping[str, Sequence[Content]],
    repeated: set[str],
    differences: Differences,
) -> list[Row]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(identity(sheet, row), []).append(row)
    new: list[Row] = []
    for parent in [*groups, *(repeated & earlier.keys() - groups.keys())]:
        contents = earlier.get(parent, ())
        left = Counter(_key(content) for content in contents)
        added: list[Row] = []
        for row in groups.get(parent, ()):
            key = _key(row.content())
            if left[key]:
                left[key] -= 1
            else:
                added.append(row)
        if parent in repeated and any(left.values()):
            gone = [content for content in contents if left[_key(content)]]
            differences.problems.append(
                _contradiction(sheet, added[0], gone) if added else _disappearance(sheet, gone)
            )
        else:
            new += added
    return new


def _only_trained_since(content: Content, row: PersonRow) -> bool:
    """A volunteer trained since the earlier import: her row says more, and nothing else."""
    before = _canonical(content)
    after = _canonical(row.content())
    return before.pop("trained_on") is None and after.pop("trained_on") is not None and before == after


def _contradiction(sheet: Sheet, row: Row, contents: Sequence[Content]) -> Problem:
    header = {column.attribute: column.header for column in sheet.columns}
    before = " ; ".join(_in_words(content, header) for content in contents[:3])
    sentence = _(
        "déjà repris avec un autre contenu. Dans Bocal : %(before)s. Dans ce classeur : %(now)s. "
        "Corrigez dans Bocal ce qui a changé, ou remettez l'ancienne valeur ici."
    ) % {"before": before, "now": _in_words(row.content(), header)}
    attribute = sheet.key or PARENTS[sheet.title]
    return Problem(sentence, sheet.title, row.line, header[attribute], getattr(row, attribute))


def _disappearance(sheet: Sheet, gone: Sequence[Content]) -> Problem:
    header = {column.attribute: column.header for column in sheet.columns}
    attribute = PARENTS[sheet.title]
    sentence = _(
        "cette ligne, déjà reprise, n'est plus dans le classeur : %(before)s. "
        "Remettez-la ; ce qui doit changer se corrige dans Bocal."
    ) % {"before": " ; ".join(_in_words(content, header) for content in gone[:3])}
    return Problem(sentence, sheet.title, None, header[attribute], str(gone[0][attribute]))


def _in_words(content: Content, header: Mapping[str, str]) -> str:
    said = [f"{header[name]} = {value}" for name, value in content.items() if value is not None]
    return "(" + ", ".join(said) + ")"


def _canonical(content: Content) -> Content:
    return {name: fold(value) if isinstance(value, str) else value for name, value in content.items()}


def _key(content: Content) -> str:
    return json.dumps(_canonical(content), sort_keys=True)
