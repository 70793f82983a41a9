"""From sums of recorded facts to key figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bocal.craft.figures.definitions import CHANNELS

_RARE_CHANNELS = {"to_association", "destruction"}


@dataclass(frozen=True, slots=True)
class Facts:
    """Sums over the records of one period and one set of filters; grams, millilitres, cents, minutes.

    `attendances_counted`, `hours_counted` and `facon_recorded` say whether anybody counted at all: None means
    there was nothing to count, False that there was and nobody did.
    """

    workshops: int
    workshops_cancelled: int
    services_done: int
    volunteer_minutes: int
    hours_counted: bool | None
    participants: int
    attendances_counted: bool | None
    trained_volunteers_involved: int
    communes_visited: int
    grams_collected: Mapping[str, int]
    grams_transformed: Mapping[str, int]
    millilitres_of_soup: int
    jars_made: int
    exits: Mapping[str, int]
    cents: int
    minutes: int
    grams_facon: int = 0
    jars_facon: int = 0
    facon_recorded: bool | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one period. `quantities` holds integers in the unit each key is held in."""

    quantities: Mapping[str, int]
    jars_by_channel: Mapping[str, int]
    grams_collected: Mapping[str, int] = field(default_factory=dict)
    grams_transformed: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, key: str) -> int:
        return self.quantities[key]

    def __contains__(self, key: str) -> bool:
        return key in self.quantities


def reckon(facts: Facts) -> Figures:
    """Return the key figures of `facts`.

    A figure that was not counted is absent, not zero. Channels are always there, zero included, except the
    two that few canneries use, shown once they serve. Channels and stock add up to the jars made.
    """
    channels = {
        kind: facts.exits.get(kind, 0)
        for kind in CHANNELS
        if kind not in _RARE_CHANNELS or facts.exits.get(kind, 0)
    }
    quantities = {
        "workshops": facts.workshops,
        "workshops_cancelled": facts.workshops_cancelled,
        "services_done": facts.services_done,
        "volunteer_hours": facts.volunteer_minutes,
        "participants": facts.participants,
        "trained_volunteers_involved": facts.trained_volunteers_involved,
        "communes_visited": facts.communes_visited,
        "kg_collected": sum(facts.grams_collected.values()),
        "kg_transformed": sum(facts.grams_transformed.values()),
        "litres_of_soup": facts.millilitres_of_soup,
        "jars_made": facts.jars_made,
        "jars_in_stock": facts.jars_made - sum(channels.values()),
        "euros": facts.cents,
        "minutes": facts.minutes,
        "kg_facon": facts.grams_facon,
        "jars_facon": facts.jars_facon,
    }
    for uncounted in _not_counted(facts):
        del quantities[uncounted]
    return Figures(quantities, channels, dict(facts.grams_collected), dict(facts.grams_transformed))


def _not_counted(facts: Facts) -> list[str]:
    keys: list[str] = []
    if facts.attendances_counted is False:
        keys.append("participants")
    if facts.hours_counted is False:
        keys += ["volunteer_hours", "trained_volunteers_involved"]
    if facts.facon_recorded is False:
        keys += ["kg_facon", "jars_facon"]
    return keys
