"""Key figures: what each one counts, what it is dated by, and how sums of facts become figures.

`definitions` says what every key means (the words a funder reads); `periods` what « from … to … » covers;
`reckoning` turns sums of recorded facts into the figures, with the rules that are easy to get wrong: a
figure nobody counted is absent rather than zero, channels and stock add up to the jars made.
"""

from bocal.craft.figures.definitions import CHANNELS, DEFINITIONS, KeyFigure, Unit
from bocal.craft.figures.periods import Period, PeriodTurnedRound
from bocal.craft.figures.reckoning import Facts, Figures, reckon

__all__ = [
    "CHANNELS",
    "DEFINITIONS",
    "Facts",
    "Figures",
    "KeyFigure",
    "Period",
    "PeriodTurnedRound",
    "Unit",
    "reckon",
]
