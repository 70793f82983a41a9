"""Where things are: points, distances by road, and the outlines of the territory for its map."""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from bocal.craft.distances import Point, distance_km
from bocal.parameters.catalogue import Kind, declare
from bocal.parameters.queries import setting
from bocal.territory.models import Commune

OUTLINES = Path(__file__).parent.parent / "data" / "outlines.json"

DETOUR = declare(
    "road_detour",
    kind=Kind.WHOLE,
    label=_("longueur de la route pour 100 km à vol d'oiseau"),
    help=_("Sert à estimer les kilomètres entre deux communes. Comparez avec un trajet que vous connaissez."),
    default=130,
    source=_("rapport habituel en pays vallonné, entre 1,2 et 1,4"),
    unit=_("km"),
    least=100,
    most=300,
)

Outline = tuple[tuple[tuple[float, float], ...], ...]


def point_of(commune: Commune) -> Point | None:
    """The point that stands for a commune: its town hall, or its middle; None for a few faraway islands."""
    if commune.latitude is None or commune.longitude is None:
        return None
    return Point(commune.latitude, commune.longitude)


def distance_between(start: Commune, end: Commune, *, on: date) -> float | None:
    """Kilometres by road between two communes, with the detour that held on that day; None when one has no point."""
    points = point_of(start), point_of(end)
    if points[0] is None or points[1] is None:
        return None
    return distance_km(points[0], points[1], detour=setting(DETOUR.key, on) / 100)


@lru_cache(maxsize=1)
def outlines() -> dict[str, Outline]:
    """By INSEE code, the outline of each commune of the first territory: rings of (longitude, latitude)."""
    read = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return {
        code: tuple(tuple((longitude, latitude) for longitude, latitude in ring) for ring in rings)
        for code, rings in read.items()
    }
