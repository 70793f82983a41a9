"""Where a line comes from, when nobody wrote it down on the day: said wherever it shows."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

Periods = Sequence[tuple[date, date]]


def say_origin(imported: bool, day: date, reconstructed: Periods) -> str:
    """« ligne reconstituée », « repris d'un classeur », or nothing for what was written down when it happened."""
    if not imported:
        return ""
    if any(first <= day <= last for first, last in reconstructed):
        return _("ligne reconstituée")
    return _("repris d'un classeur")
