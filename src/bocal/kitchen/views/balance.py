"""« Où sont passés les kilos » : bars that share the inputs, and a plain sentence about what does not add up."""

from typing import Any

from django.utils.translation import gettext as _

from bocal.craft.measures import format_grams
from bocal.craft.recipes.mass_balance import MassBalance


def balance_card(balance: MassBalance) -> dict[str, Any]:
    """What the card draws: one bar a destination, and a warning when kilos are missing or too many."""
    return {
        "inputs": _about(balance.inputs_grams),
        "rows": [
            {
                "label": label,
                "number": _about(grams),
                "percent": min(100, balance.share_of_inputs(grams)),
            }
            for label, grams in _destinations(balance)
            if grams
        ],
        "estimated": bool(balance.jars_ml or balance.soup_ml),
        "warning": _warning(balance),
    }


def _destinations(balance: MassBalance) -> list[tuple[str, int]]:
    return [
        (_("Dans les pots"), balance.jars_grams),
        (_("En soupe servie"), balance.soup_grams),
        (_("Semi-fini gardé"), balance.semi_finished_grams),
        (_("Épluchures et pertes"), balance.waste_grams),
        (_("Mangé sur place"), balance.eaten_grams),
        (_("On ne sait pas"), balance.missing_grams),
    ]


def _warning(balance: MassBalance) -> str:
    if balance.missing_grams:
        return _(
            "%(kilos)s sont entrés et on ne les retrouve pas : la vapeur en emporte, une pesée a peut-être été oubliée."
        ) % {"kilos": _about(balance.missing_grams)}
    if balance.excess_grams:
        return _(
            "Il en sort %(kilos)s de plus qu'il n'en est entré : l'eau et le sucre ajoutés ne sont pas comptés ; "
            "sinon, relisez les pesées."
        ) % {"kilos": _about(balance.excess_grams)}
    return ""


def _about(grams: int) -> str:
    """To the nearest hundred grams: half of it is an estimate, and a balance in a truck knows no better."""
    return format_grams(round(grams, -2)) if grams >= 1_000 else format_grams(grams)
