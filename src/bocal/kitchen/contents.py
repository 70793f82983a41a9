"""What goes into a batch and what comes out of it, as it was weighed and counted.

Plain values between screens, actions and queries; the journal alone keeps the quantities.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from bocal.journal.models import Lot
from bocal.people.models import Organisation
from bocal.people.names import tidy
from bocal.toolbox.acts import register_key

INPUTS = register_key("inputs_grams", _("produits entrés"))
JARS = register_key("jars", _("pots"))
SOUP = register_key("soup_millilitres", _("soupe servie"))
SEMI_FINISHED = register_key("semi_finished_grams", _("semi-fini"))
WASTE = register_key("waste_grams", _("pertes"))
EATEN = register_key("eaten_grams", _("mangé sur place"))


@dataclass(frozen=True)
class Input:
    """So many grams of a lot."""

    lot: Lot
    grams: int


@dataclass(frozen=True)
class Jars:
    """So many jars of one format that went through the same thermal load."""

    capacity_ml: int
    count: int
    thermal_load: int = 1


@dataclass(frozen=True)
class SemiFinished:
    """Something half made that is kept to be cooked again: juice, pulp, peeled fruit."""

    label: str
    grams: int


@dataclass(frozen=True)
class Contents:
    """All that went in and came out, as it was weighed and counted."""

    inputs: tuple[Input, ...]
    jars: tuple[Jars, ...] = ()
    soup_ml: int = 0
    waste_grams: int = 0
    eaten_grams: int = 0
    semi_finished: tuple[SemiFinished, ...] = ()

    @classmethod
    def of(
        cls,
        *,
        inputs: Iterable[tuple[Lot, int]],
        jars: Iterable[tuple[int, int, int]] = (),
        soup_ml: int = 0,
        waste_grams: int = 0,
        eaten_grams: int = 0,
        semi_finished: Iterable[tuple[str, int]] = (),
    ) -> "Contents":
        """From the plain pairs and triples that screens and imports have."""
        return cls(
            inputs=tuple(Input(lot, grams) for lot, grams in inputs),
            jars=tuple(Jars(*each) for each in jars),
            soup_ml=soup_ml,
            waste_grams=waste_grams,
            eaten_grams=eaten_grams,
            semi_finished=tuple(SemiFinished(tidy(label), grams) for label, grams in semi_finished),
        )

    @property
    def owner(self) -> Organisation:
        """Whose produce it is; a batch never mixes owners."""
        return self.inputs[0].lot.owner

    @property
    def nature(self) -> Lot.Nature:
        """What came of custom produce stays custom; all the rest is simply made here."""
        custom = any(each.lot.nature == Lot.Nature.CUSTOM for each in self.inputs)
        return Lot.Nature.CUSTOM if custom else Lot.Nature.MADE

    @property
    def quantities(self) -> dict[str, int]:
        """What an act keeps of it."""
        return {
            INPUTS: sum(each.grams for each in self.inputs),
            JARS: sum(each.count for each in self.jars),
            SOUP: self.soup_ml,
            SEMI_FINISHED: sum(each.grams for each in self.semi_finished),
            WASTE: self.waste_grams,
            EATEN: self.eaten_grams,
        }
