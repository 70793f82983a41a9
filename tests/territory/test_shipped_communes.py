"""What every database knows from its first migration: France, the territory, the first group."""

from math import hypot

import pytest
from django.db.models import Count

from bocal.craft.communes import fold_name
from bocal.territory.models import Commune, CommuneGroup
from bocal.territory.queries import outlines, point_of

pytestmark = pytest.mark.django_db

TERRITORY = {
    "CA Valence Romans Agglo": 54,
    "CA Arche Agglo": 41,
    "CC Porte de DrômArdèche": 34,
    "CC du Royans-Vercors": 18,
}


def test_all_of_france_is_there() -> None:
    assert Commune.objects.count() == 34_969
    assert Commune.objects.values("department").distinct().count() == 109  # 101, and 8 overseas


def test_the_territory_is_exactly_its_four_intercommunalites() -> None:
    counted = Commune.objects.filter(in_territory=True).values_list("epci_name").annotate(count=Count("code"))
    assert dict(counted) == TERRITORY
    assert Commune.objects.filter(epci_name__in=TERRITORY, in_territory=False).count() == 0


def test_a_commune_says_what_is_known_of_it() -> None:
    romans = Commune.objects.get(code="26281")
    assert (romans.name, romans.postcodes, romans.population) == ("Romans-sur-Isère", "26100", 33_464)
    assert (romans.department, romans.epci_code) == ("26", "200068781")
    assert (romans.latitude, romans.longitude) == (45.0442, 5.0523)


def test_the_folded_names_are_those_of_the_names() -> None:
    for commune in Commune.objects.filter(department__in=["26", "2A", "974"]):
        assert commune.search_name == fold_name(commune.name)


def test_every_commune_of_the_territory_has_a_point_inside_its_own_outline() -> None:
    ours = Commune.objects.filter(in_territory=True)
    drawn = outlines()
    assert set(drawn) == set(ours.values_list("code", flat=True))
    for commune in ours:
        point = point_of(commune)
        assert point is not None
        corners = [corner for ring in drawn[commune.code] for corner in ring]
        west, east = min(x for x, _ in corners), max(x for x, _ in corners)
        south, north = min(y for _, y in corners), max(y for _, y in corners)
        assert west <= point.longitude <= east, commune.name
        assert south <= point.latitude <= north, commune.name


def test_only_faraway_islands_and_a_few_restored_communes_have_no_point() -> None:
    assert Commune.objects.filter(latitude=None, department__gte="97").count() == 94
    assert Commune.objects.filter(latitude=None, department__lt="97").count() == 8
    assert not Commune.objects.filter(latitude=None, department__in=["26", "07", "38"]).exists()


def test_no_two_points_of_france_are_absurdly_far_from_their_postcode_neighbours() -> None:
    """A town hall registered at the other end of France (there were dozens) would stand out here."""
    by_department: dict[str, list[tuple[float, float]]] = {}
    mainland = Commune.objects.exclude(latitude=None).exclude(department__gte="97")
    for department, latitude, longitude in mainland.values_list("department", "latitude", "longitude"):
        by_department.setdefault(department, []).append((latitude, longitude))
    for department, points in by_department.items():
        middle = [sum(axis) / len(points) for axis in zip(*points, strict=True)]
        assert max(hypot(x - middle[0], y - middle[1]) for x, y in points) < 1.6, department


def test_the_first_group_says_where_its_list_comes_from() -> None:
    group = CommuneGroup.objects.get(name="Drôme des Collines")
    assert "à vérifier" in group.note
    assert group.communes.count() == 47
    assert set(group.communes.values_list("department", flat=True)) == {"26"}
