"""What is wrong in a workbook, cell by cell, in sentences that say what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bocal.toolbox.refusals import Refused

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell (or row, or sheet) that was not understood, and what to do about it."""

    sentence: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        return f"{self.where} : {self.sentence}" if self.sheet else self.sentence

    @property
    def where(self) -> str:
        """« feuille Heures, ligne 12, colonne Heures (valeur « 25 ») »."""
        parts = [_("feuille « %(sheet)s »") % {"sheet": self.sheet}]
        if self.row is not None:
            parts.append(_("ligne %(row)d") % {"row": self.row})
        if self.column:
            parts.append(_("colonne « %(column)s »") % {"column": self.column})
        if self.value:
            parts.append(_("valeur « %(value)s »") % {"value": self.value})
        return ", ".join(parts)


class UnableToReadWorkbook(Refused):
    """The workbook is refused whole; `problems` says where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        sentences = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        if (more := len(self.problems) - MOST_SHOWN) > 0:
            sentences.append(
                ngettext("Et %(more)d autre problème.", "Et %(more)d autres problèmes.", more)
                % {"more": more}
            )
        super().__init__(*sentences)
