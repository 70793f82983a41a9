"""The map of the leaflet: the communes of the territory as points, those visited in colour and named.

No outline and no outside tile server: a commune stands where its town hall does. Longitudes are shortened by
the cosine of the latitude, which is all the projection a département needs.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 520.0
HEIGHT = 500.0
MARGIN = 24.0
LABEL_SIZE = 12.0

_TOMATO, _PALE, _INK, _CREAM = "#b0301d", "#cfc3b0", "#26211c", "#fbf4e8"


@dataclass(frozen=True, slots=True)
class Spot:
    """A commune on the map; `visits` is 0 for one that was not visited."""

    name: str
    latitude: float
    longitude: float
    visits: int = 0


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "_Box") -> bool:
        return not (
            self.right < other.left
            or other.right < self.left
            or self.bottom < other.top
            or other.bottom < self.top
        )


def map_svg(spots: Sequence[Spot], description: str) -> str:
    """Draw `spots`; the most visited are named first, and a name that would cover another is left out."""
    shapes = [f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" rx="14" fill="{_CREAM}"/>']
    if spots:
        project = _projection(spots)
        for spot in sorted(spots, key=lambda each: each.visits):
            shapes.append(_dot(spot, *project(spot)))
        shapes += _labels([(spot, *project(spot)) for spot in spots if spot.visits])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img">'
        f"<title>{escape(description)}</title>{''.join(shapes)}</svg>"
    )


def _projection(spots: Sequence[Spot]) -> Callable[[Spot], tuple[float, float]]:
    north, south = max(each.latitude for each in spots), min(each.latitude for each in spots)
    east, west = max(each.longitude for each in spots), min(each.longitude for each in spots)
    shrink = math.cos(math.radians((north + south) / 2))
    scale = min(
        (WIDTH - 2 * MARGIN) / max((east - west) * shrink, 1e-6),
        (HEIGHT - 2 * MARGIN) / max(north - south, 1e-6),
    )
    left = (WIDTH - (east - west) * shrink * scale) / 2
    top = (HEIGHT - (north - south) * scale) / 2

    def project(spot: Spot) -> tuple[float, float]:
        return left + (spot.longitude - west) * shrink * scale, top + (north - spot.latitude) * scale

    return project


def _radius(spot: Spot) -> float:
    return 2.2 if not spot.visits else min(4.0 + 1.7 * math.sqrt(spot.visits), 12.0)


def _dot(spot: Spot, x: float, y: float) -> str:
    colour = _TOMATO if spot.visits else _PALE
    edge = ' stroke="#ffffff" stroke-width="1"' if spot.visits else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_radius(spot):.1f}" fill="{colour}"{edge}/>'


def _labels(placed: Sequence[tuple[Spot, float, float]]) -> list[str]:
    taken = [
        _Box(x - _radius(spot), y - _radius(spot), x + _radius(spot), y + _radius(spot))
        for spot, x, y in placed
    ]
    labels: list[str] = []
    for spot, x, y in sorted(placed, key=lambda each: (-each[0].visits, each[0].name)):
        for anchor, label_x, label_y in _positions(spot, x, y):
            box = _box_of(spot.name, anchor, label_x, label_y)
            inside = box.left >= 4 and box.right <= WIDTH - 4 and box.top >= 4 and box.bottom <= HEIGHT - 4
            if inside and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                labels.append(
                    f'<text x="{label_x:.1f}" y="{label_y:.1f}" text-anchor="{anchor}" font-size="{LABEL_SIZE:g}" '
                    f'font-family="Atkinson Hyperlegible Next" fill="{_INK}">{escape(spot.name)}</text>'
                )
                break
    return labels


def _positions(spot: Spot, x: float, y: float) -> list[tuple[str, float, float]]:
    away = _radius(spot) + 2.5
    return [
        ("start", x + away, y + 3.5),
        ("end", x - away, y + 3.5),
        ("middle", x, y - away),
        ("middle", x, y + away + LABEL_SIZE * 0.75),
    ]


def _box_of(name: str, anchor: str, x: float, y: float) -> _Box:
    width = len(name) * LABEL_SIZE * 0.54
    left = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
    return _Box(left, y - LABEL_SIZE * 0.8, left + width, y + LABEL_SIZE * 0.25)
