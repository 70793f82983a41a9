"""From a file somebody filled in to clean rows, or to sentences that say which cell to mend.

`files` opens the workbook and refuses what is not one; `layout` says which sheets and columns there are and
what each holds; `cells` cleans one value; `rows` turns sheets into typed rows; `crosschecks` holds the rows
against each other. Nothing here touches the database.
"""

from bocal.workbook.reading.crosschecks import Known, crosscheck
from bocal.workbook.reading.files import open_workbook
from bocal.workbook.reading.problems import Problem, UnableToReadWorkbook
from bocal.workbook.reading.rows import Season, read_season

__all__ = [
    "Known",
    "Problem",
    "Season",
    "UnableToReadWorkbook",
    "crosscheck",
    "open_workbook",
    "read_season",
]
