"""Figures in words and numbers, the same on the page, in the terminal and on the leaflet."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bocal.craft import measures
from bocal.craft.figures import CHANNELS, DEFINITIONS, Figures, Period, Unit
from bocal.journal.models import Lot

_WRITE = {
    Unit.COUNT: measures.format_number,
    Unit.MINUTES: lambda minutes: f"{measures.format_number(minutes)}{measures.NBSP}min",
    Unit.HOURS: measures.format_minutes,
    Unit.KILOS: measures.format_grams,
    Unit.LITRES: lambda millilitres: measures.format_number(millilitres / 1000),
    Unit.EUROS: measures.format_cents,
}


def written(key: str, quantity: int) -> str:
    """A figure the French way: « 1 900 kg », « 1 600 h », « 844 »."""
    return _WRITE[DEFINITIONS[key].unit](quantity)


def number_and_label(key: str, quantity: int) -> tuple[str, str]:
    """A figure in two parts that read together: « 1 900 », « kilos transformés »; « 1 h 30 », « de bénévolat »."""
    unit, label = DEFINITIONS[key].unit, _(DEFINITIONS[key].label_for(quantity))
    if unit is Unit.HOURS and quantity % 60:
        return written(key, quantity), _("de bénévolat")
    if unit in (Unit.KILOS, Unit.LITRES, Unit.HOURS):  # the label says the unit
        return measures.format_number(Decimal(quantity) / (60 if unit is Unit.HOURS else 1000)), label
    return written(key, quantity), label


def as_json(figures: Figures, period: Period) -> dict[str, Any]:
    """Every key of `bocal figures --json`: kilos, litres, hours and euros as numbers with decimals."""
    answer: dict[str, Any] = {"period": [period.first.isoformat(), period.last.isoformat()]}
    for key, definition in DEFINITIONS.items():
        if key == "jars_by_channel":
            answer[key] = {CHANNELS[kind]: jars for kind, jars in figures.jars_by_channel.items()}
        elif key in figures:
            answer[key] = definition.unit.for_people(figures[key])
    answer["kg_collected_by_nature"] = _kilos_by_nature(figures.grams_collected)
    answer["kg_transformed_by_nature"] = _kilos_by_nature(figures.grams_transformed)
    return answer


def _kilos_by_nature(grams: Mapping[str, int]) -> dict[str, float]:
    return {str(Lot.Nature(nature).label): quantity / 1000 for nature, quantity in sorted(grams.items())}
