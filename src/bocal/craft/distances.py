"""How far apart two points are by road, as near as one can say without a road map.

The distance as the crow flies, lengthened by a detour factor: enough to rank offers and to foresee
kilometres. A route actually driven is read from the truck's counter, never from here.
"""

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS_KM = 6371.0088  # mean radius of the International Union of Geodesy and Geophysics
ROAD_DETOUR = 1.3  # usual ratio of road to crow flight in rolling country; each cannery may set its own


class Point(NamedTuple):
    """A point of the earth, in degrees."""

    latitude: float
    longitude: float


def crow_flight_km(start: Point, end: Point) -> float:
    """Kilometres along the great circle (haversine: exact enough even for the two ends of a street)."""
    half_height = radians(end.latitude - start.latitude) / 2
    half_width = radians(end.longitude - start.longitude) / 2
    narrowing = cos(radians(start.latitude)) * cos(radians(end.latitude))
    chord = sin(half_height) ** 2 + narrowing * sin(half_width) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))


def distance_km(start: Point, end: Point, *, detour: float = ROAD_DETOUR) -> float:
    """Kilometres by road: the crow's flight times `detour`, which can never shorten it."""
    if not detour >= 1:
        raise ValueError("a road is never shorter than the crow's flight: the detour is at least 1")
    return crow_flight_km(start, end) * detour
