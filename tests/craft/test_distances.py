"""Distances between points of the territory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bocal.craft.distances import Point, crow_flight_km, distance_km

ROMANS, VALENCE = Point(45.0461, 5.0512), Point(44.9331, 4.8921)
PARIS, MARSEILLE = Point(48.8566, 2.3522), Point(43.2965, 5.3698)
points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("start", "end", "km"),
    [
        (PARIS, MARSEILLE, 660.5),
        (ROMANS, VALENCE, 17.7),
        (Point(0, 0), Point(0, 180), 20015.1),  # half-way round the earth
        (Point(0, 179.5), Point(0, -179.5), 111.2),  # across the date line
    ],
)
def test_known_distances(start: Point, end: Point, km: float) -> None:
    assert crow_flight_km(start, end) == pytest.approx(km, abs=0.1)


def test_the_road_is_longer_by_the_detour() -> None:
    assert distance_km(ROMANS, VALENCE) == pytest.approx(1.3 * crow_flight_km(ROMANS, VALENCE))
    assert distance_km(ROMANS, VALENCE, detour=1) == crow_flight_km(ROMANS, VALENCE)


@pytest.mark.parametrize("detour", [0.99, 0, -1, float("nan")])
def test_a_road_shorter_than_the_crow_flight_is_refused(detour: float) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        distance_km(ROMANS, VALENCE, detour=detour)


@given(points, points)
def test_a_distance_is_the_same_both_ways_and_never_longer_than_half_the_earth(
    start: Point, end: Point
) -> None:
    assert crow_flight_km(start, end) == pytest.approx(crow_flight_km(end, start), abs=1e-6)
    assert 0 <= crow_flight_km(start, end) <= 20015.2


@given(points, points, points)
def test_going_through_a_third_point_is_never_shorter(start: Point, end: Point, other: Point) -> None:
    assert crow_flight_km(start, end) <= crow_flight_km(start, other) + crow_flight_km(other, end) + 1e-6


@given(points)
def test_a_point_is_nowhere_from_itself(point: Point) -> None:
    assert crow_flight_km(point, point) == 0
