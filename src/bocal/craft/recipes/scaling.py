"""A recipe card is written for one kilo of prepared produce; a kitchen has the kilos it has.

Scaling is integer arithmetic on grams, rounded half up once per ingredient: the same card and the same
kilos give the same shopping list on every machine.
"""

from collections.abc import Iterable
from dataclasses import dataclass

GRAMS_PER_KILO = 1000


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One line of a card: so many grams of it for one kilo of prepared produce."""

    name: str
    grams_per_kilo: int


@dataclass(frozen=True, slots=True)
class Portion:
    """What to weigh of one ingredient for the kilos at hand."""

    name: str
    grams: int


def scale(ingredients: Iterable[Ingredient], *, produce_grams: int) -> list[Portion]:
    """What to weigh for `produce_grams` of prepared produce, in the order of the card."""
    if produce_grams < 0:
        raise ValueError("produce cannot weigh less than nothing")
    return [Portion(each.name, _for_produce(each.grams_per_kilo, produce_grams)) for each in ingredients]


def _for_produce(grams_per_kilo: int, produce_grams: int) -> int:
    return (grams_per_kilo * produce_grams + GRAMS_PER_KILO // 2) // GRAMS_PER_KILO
