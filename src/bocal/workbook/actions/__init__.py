"""Taking a season in, whole or not at all, through the same actions as the screens."""

from bocal.workbook.actions.importing import Report, UnableToImport, check_season, import_season

__all__ = ["Report", "UnableToImport", "check_season", "import_season"]
