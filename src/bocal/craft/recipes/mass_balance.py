"""Where the kilos of a batch went, and how many nobody can account for.

Jars and soup are measured by volume and counted here at one gram a millilitre: an estimate, shown as one.
Cooking drives water off and recipes add water, sugar or vinegar, so a difference is a thing to look at and
never a reason to refuse what was recorded.
"""

from dataclasses import dataclass

GRAMS_PER_MILLILITRE = 1


@dataclass(frozen=True, slots=True)
class MassBalance:
    """Grams in and out of one batch; `jars_ml` and `soup_ml` are the volumes the estimate comes from."""

    inputs_grams: int
    jars_ml: int = 0
    soup_ml: int = 0
    semi_finished_grams: int = 0
    waste_grams: int = 0
    eaten_grams: int = 0

    @property
    def jars_grams(self) -> int:
        return self.jars_ml * GRAMS_PER_MILLILITRE

    @property
    def soup_grams(self) -> int:
        return self.soup_ml * GRAMS_PER_MILLILITRE

    @property
    def outputs_grams(self) -> int:
        return (
            self.jars_grams + self.soup_grams + self.semi_finished_grams + self.waste_grams + self.eaten_grams
        )

    @property
    def missing_grams(self) -> int:
        """What went in and is found nowhere: steam, or something that was not weighed."""
        return max(0, self.inputs_grams - self.outputs_grams)

    @property
    def excess_grams(self) -> int:
        """What came out beyond what went in: water, sugar, vinegar, or a weighing to look at again."""
        return max(0, self.outputs_grams - self.inputs_grams)

    def share_of_inputs(self, grams: int) -> int:
        """Whole per cent of the inputs, for a bar that can be drawn; 0 when nothing went in."""
        return round(100 * grams / self.inputs_grams) if self.inputs_grams else 0
