"""`{% say_reconstructed %}` above a list, `{% say_origin imported day %}` on a page: what nobody noted on the day."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _

from bocal.parameters import origins
from bocal.parameters.queries import reconstructed_periods
from bocal.toolbox.times import paris_day, say_period

register = template.Library()


@register.inclusion_tag("parameters/origin.html")
def say_reconstructed(day: date | None = None) -> dict[str, Any]:
    """Above a list: which lines were reconstructed. On a page, with its day: that this one was."""
    periods = [period for period in reconstructed_periods() if day is None or period[0] <= day <= period[1]]
    said = " ; ".join(say_period(first, last) for first, last in periods)
    sentence = _("Lignes reconstituées %(periods)s : seuls leurs totaux ont été publiés.") % {"periods": said}
    return {"text": sentence if periods else ""}


@register.inclusion_tag("parameters/origin.html")
def say_origin(imported: bool, day: date) -> dict[str, Any]:
    """That this record was taken from a workbook, and whether its line was reconstructed."""
    day = paris_day(day) if isinstance(day, datetime) else day
    said = origins.say_origin(imported, day, reconstructed_periods()) if imported else ""
    return {"text": f"{said.capitalize()}." if said else ""}
