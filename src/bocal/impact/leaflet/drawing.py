"""The map of the leaflet: the communes' own outlines, those visited tinted and named.

No outside tile server. The frame follows what was visited, with some air around it; a commune without outline is
a dot. Longitudes are shortened by the cosine of the latitude, all the projection a département needs.
Names stand on their commune or near it, the most visited first; one that would cover another is left out: the
list beside the map has them all.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 520.0
HEIGHT = 560.0
LABEL_SIZE = 12.0
NARROWEST_DEGREES = 0.16  # some eighteen kilometres from north to south: one commune is not a map
AIR = 0.09  # of the frame, on each side
TRIES = 12  # to find room for every name

_PAPER, _LAND, _BORDER, _INK = "#fbf4e8", "#f1e6d3", "#dccdb2", "#26211c"
TINTS = ("#f6cf9c", "#eda55c", "#e07f50")
"""Visited once, a few times, often."""
FEW, OFTEN = 2, 5

Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Area:
    """A commune: its outline as rings of (longitude, latitude), or the point that stands for it."""

    name: str
    point: tuple[float, float]
    rings: Sequence[Ring] = ()
    visits: int = 0

    @property
    def extent(self) -> Iterator[tuple[float, float]]:
        """The points that must be inside the frame for the commune to be seen."""
        yield from (point for ring in self.rings for point in ring) if self.rings else (self.point,)


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def inside(self, margin: float) -> bool:
        return (
            self.left >= margin
            and self.top >= margin
            and self.right <= WIDTH - margin
            and self.bottom <= HEIGHT - margin
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """What the map shows: a middle, and how many units of the drawing a degree of latitude is."""

    longitude: float
    latitude: float
    scale: float

    @classmethod
    def around(cls, areas: Iterable[Area]) -> "Frame":
        """The frame that holds these communes."""
        points = [point for area in areas for point in area.extent]
        west, east = min(x for x, _y in points), max(x for x, _y in points)
        south, north = min(y for _x, y in points), max(y for _x, y in points)
        latitude = (north + south) / 2
        tall = max(north - south, NARROWEST_DEGREES)
        wide = max((east - west) * _shrink(latitude), NARROWEST_DEGREES * WIDTH / HEIGHT)
        scale = min(WIDTH / wide, HEIGHT / tall) * (1 - 2 * AIR)
        return cls((east + west) / 2, latitude, scale)

    @property
    def scale_eastwards(self) -> float:
        """How many units of the drawing a degree of longitude is, in the middle of the frame."""
        return self.scale * _shrink(self.latitude)

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point of the earth is on the drawing."""
        return next(self.places([(longitude, latitude)]))

    def places(self, points: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
        """Where points of the earth are on the drawing."""
        eastwards = self.scale_eastwards
        for longitude, latitude in points:
            yield (
                WIDTH / 2 + (longitude - self.longitude) * eastwards,
                HEIGHT / 2 + (self.latitude - latitude) * self.scale,
            )

    def shows(self, area: Area) -> bool:
        """Whether the commune's point is on the map."""
        x, y = self.place(*area.point)
        return 0 <= x <= WIDTH and 0 <= y <= HEIGHT

    def touches(self, area: Area) -> bool:
        """Whether some of the commune is on the map."""
        longitudes, latitudes = zip(*area.extent, strict=True)
        half_wide, half_tall = WIDTH / 2 / self.scale_eastwards, HEIGHT / 2 / self.scale
        return (
            max(longitudes) >= self.longitude - half_wide
            and min(longitudes) <= self.longitude + half_wide
            and max(latitudes) >= self.latitude - half_tall
            and min(latitudes) <= self.latitude + half_tall
        )


def frame_of(areas: Sequence[Area]) -> Frame | None:
    """The frame around what was visited: around the communes with an outline, if there are any.

    A commune far from the territory is listed without stretching the map to the horizon.
    """
    visited = [area for area in areas if area.visits]
    near = [area for area in visited if area.rings] or visited or list(areas)
    return Frame.around(near) if near else None


def tint(visits: int) -> str:
    """The colour of a commune visited so many times."""
    return TINTS[0 if visits < FEW else 1 if visits < OFTEN else 2]


def map_svg(areas: Sequence[Area], description: str) -> str:
    """Draw the communes; `description` is what a screen reader says."""
    frame = frame_of(areas)
    shapes = [f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="{_PAPER}"/>']
    if frame is not None:
        seen = sorted((area for area in areas if frame.touches(area)), key=lambda area: area.visits)
        shapes += [_shape(area, frame) for area in seen]
        shapes += _labels([area for area in seen if area.visits], frame)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img">'
        f"<title>{escape(description)}</title>"
        f'<clipPath id="card"><rect width="{WIDTH:g}" height="{HEIGHT:g}" rx="16"/></clipPath>'
        f'<g clip-path="url(#card)" stroke-linejoin="round">{"".join(shapes)}</g></svg>'
    )


def _shrink(latitude: float) -> float:
    return math.cos(math.radians(latitude))


def _shape(area: Area, frame: Frame) -> str:
    fill = tint(area.visits) if area.visits else _LAND
    edge, width = ("#ffffff", 1.6) if area.visits else (_BORDER, 1.0)
    if not area.rings:
        x, y = frame.place(*area.point)
        radius = 7 if area.visits else 2.5
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" stroke="{edge}" stroke-width="{width}"/>'
    path = "".join(f"M{' '.join(_pair(place) for place in frame.places(ring))}z" for ring in area.rings)
    return f'<path d="{path}" fill="{fill}" stroke="{edge}" stroke-width="{width}" fill-rule="evenodd"/>'


def _pair(place: tuple[float, float]) -> str:
    return f"{place[0]:.1f},{place[1]:.1f}"


@dataclass(frozen=True, slots=True)
class _Label:
    """A name in one or two lines, and the box it covers."""

    lines: tuple[str, ...]
    box: _Box


def _labels(areas: Sequence[Area], frame: Frame) -> list[str]:
    """The names that find room. Those left out go first at the next try; the try that names most is kept."""
    order = sorted(areas, key=lambda each: (-each.visits, each.name))
    best: list[_Label] = []
    for _turn in range(TRIES):
        placed: list[_Label] = []
        left_out: list[Area] = []
        for area in order:
            label = _first_free(_candidates(area, frame), placed)
            if label is None:
                left_out.append(area)
            else:
                placed.append(label)
        if len(placed) > len(best):
            best = placed
        if not left_out:
            break
        order = left_out + [area for area in order if area not in left_out]
    return [_text(label) for label in best]


def _first_free(candidates: Iterable[_Label], placed: Sequence[_Label]) -> _Label | None:
    return next(
        (label for label in candidates if not any(label.box.overlaps(other.box) for other in placed)), None
    )


# Where a name may stand around the middle of its commune, the nearest first.
_STEPS: list[tuple[float, float]] = sorted(
    ((dx, dy) for dx in range(-42, 43, 6) for dy in range(-36, 37, 6)),
    key=lambda step: (math.hypot(step[0] * 0.8, step[1]), step),
)


def _candidates(area: Area, frame: Frame) -> Iterator[_Label]:
    x, y = frame.place(*_middle(area))
    lines = _lines(area.name)
    half_wide, half_tall = _half_size(lines)
    steps = _STEPS
    if not area.rings:  # beside the dot, not on it
        away = LABEL_SIZE * (0.6 + len(lines) / 2)
        steps = [(0, -away), (0, away), *_STEPS]
    for dx, dy in steps:
        box = _Box(x + dx - half_wide, y + dy - half_tall, x + dx + half_wide, y + dy + half_tall)
        if box.inside(5):
            yield _Label(lines, box)


def _middle(area: Area) -> tuple[float, float]:
    """The middle of the largest ring, by area; the point of a commune without outline."""
    if not area.rings:
        return area.point
    ring = max(area.rings, key=lambda each: abs(_signed_area(each)))
    area_twice = 2 * _signed_area(ring)
    if not area_twice:
        return area.point
    x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    return x / (3 * area_twice), y / (3 * area_twice)


def _signed_area(ring: Ring) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs) / 2


def _lines(name: str) -> tuple[str, ...]:
    """A long name in two lines, cut at the hyphen or space nearest its middle."""
    cuts = [index + 1 for index, letter in enumerate(name) if letter in "- " and 2 < index < len(name) - 3]
    if len(name) < 13 or not cuts:
        return (name,)
    cut = min(cuts, key=lambda index: abs(index - len(name) / 2))
    return name[:cut].rstrip(), name[cut:]


def _half_size(lines: Sequence[str]) -> tuple[float, float]:
    """Half the width and half the height that a name covers."""
    return max(map(len, lines)) * LABEL_SIZE * 0.29 + 2, len(lines) * LABEL_SIZE * 0.52 + 2


def _text(label: _Label) -> str:
    x, top = (label.box.left + label.box.right) / 2, label.box.top
    spans = "".join(
        f'<tspan x="{x:.1f}" y="{top + 2 + LABEL_SIZE * (0.82 + 1.04 * rank):.1f}">{escape(line)}</tspan>'
        for rank, line in enumerate(label.lines)
    )
    return (
        f'<text text-anchor="middle" font-size="{LABEL_SIZE:g}" font-weight="600" '
        f'font-family="Atkinson Hyperlegible Next" fill="{_INK}" '
        f'stroke="{_PAPER}" stroke-opacity=".75" stroke-width="3" paint-order="stroke">{spans}</text>'
    )
