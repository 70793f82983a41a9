"""Which commune was meant: spellings, homonyms, former names, mistakes, and hostile text."""

from datetime import date

import pytest

from bocal.craft.distances import distance_km
from bocal.territory.models import Commune
from bocal.territory.queries import (
    AmbiguousCommune,
    UnknownCommune,
    distance_between,
    find_commune,
    names_to_type,
    outside_sentence,
    point_of,
    suggest_communes,
)
from tests.territory.factories import a_commune

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Romans-sur-Isère", "26281"),
        ("  romans sur isere ", "26281"),
        ("ROMANS S/ ISÈRE", "26281"),
        ("26100", "26281"),
        ("26100 Romans-sur-Isère", "26281"),
        ("26102 ROMANS SUR ISERE CEDEX", "26281"),
        ("26281", "26281"),
        ("St-Donat sur l’Herbasse", "26301"),
        ("Saint-Donat-sur-l'Herbasse", "26301"),
        ("Roche-de-Glun (La)", "26271"),
        ("Étoile-sur-Rhône", "26124"),
        ("ETOILE SUR RHONE", "26124"),
        ("Lyon", "69123"),
        ("Saint-Denis (974)", "97411"),
        ("Ajaccio (2a)", "2A004"),
    ],
)
def test_every_spelling_finds_its_commune(text: str, code: str) -> None:
    assert find_commune(text).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Valence", "26362"),  # also in Charente and Tarn-et-Garonne
        ("Saint-Vallier", "26333"),  # also in Charente, Saône-et-Loire, Vosges
        ("Saint-Vallier (71)", "71486"),
        ("71230 Saint-Vallier", "71486"),
        ("Crest", "26108"),  # outside the territory, but in its department; also in Puy-de-Dôme as "Le Crest"
    ],
)
def test_homonyms_are_told_apart_by_the_territory_or_by_what_is_written(text: str, code: str) -> None:
    assert find_commune(text).code == code


def test_homonyms_far_away_are_asked_about() -> None:
    with pytest.raises(AmbiguousCommune, match="« Saint-Denis » peut être") as refused:
        find_commune("Saint-Denis")
    assert "Saint-Denis (974)" in refused.value.suggestions
    assert all(find_commune(name).search_name == "saint denis" for name in refused.value.suggestions)


def test_the_department_where_one_already_is_tells_homonyms_apart() -> None:
    bobigny = Commune.objects.get(name="Bobigny")
    assert find_commune("Saint-Denis", near=bobigny).code == "93066"
    assert find_commune("Saint-Vallier", near=bobigny).code == "26333"  # the territory still comes first


@pytest.mark.parametrize(
    ("short", "meant"),
    [
        ("Romans", "Romans-sur-Isère"),
        ("Saint-Donat", "Saint-Donat-sur-l'Herbasse"),
        ("Mours", "Mours-Saint-Eusèbe"),
        ("Châteauneuf", "Châteauneuf-sur-Isère"),
    ],
)
def test_the_short_name_of_a_near_town_is_never_taken_for_a_village_far_away(short: str, meant: str) -> None:
    with pytest.raises(AmbiguousCommune) as refused:
        find_commune(short)
    assert refused.value.suggestions[0] == meant


def test_a_postcode_of_several_communes_is_asked_about() -> None:
    with pytest.raises(AmbiguousCommune, match="ou une autre commune"):
        find_commune("26260")


def test_a_former_commune_is_the_one_it_became_part_of() -> None:
    assert find_commune("Montrigaud").name == "Valherbasse"
    assert find_commune("La Motte de Galaure").name == "Saint-Jean-de-Galaure"
    with pytest.raises(AmbiguousCommune) as refused:  # a former commune of ours, and one near Lyon
        find_commune("Miribel")
    assert refused.value.suggestions == ("Valherbasse", "Miribel (01)")


@pytest.mark.parametrize(
    ("misspelt", "suggestion"),
    [
        ("Roman sur Isère", "Romans-sur-Isère"),
        ("Peyrin", "Peyrins"),
        ("Bour de Péage", "Bourg-de-Péage"),
        ("Chatuzanges le Goubet", "Chatuzange-le-Goubet"),
        ("Saintt Donnat sur l'Herbase", "Saint-Donat-sur-l'Herbasse"),
        ("Roche de Glun", "La Roche-de-Glun"),
        ("Chatuzange", "Chatuzange-le-Goubet"),
        ("Grenobel", "Grenoble"),
        ("Romans-sur-Isère (38)", "Romans-sur-Isère"),
        ("38000 Romans-sur-Isère", "Romans-sur-Isère"),
    ],
)
def test_a_misspelt_one_is_refused_with_suggestions(misspelt: str, suggestion: str) -> None:
    with pytest.raises(UnknownCommune, match="Vouliez-vous dire") as refused:
        find_commune(misspelt)
    assert refused.value.suggestions[0] == suggestion
    assert len(refused.value.suggestions) <= 3
    for name in refused.value.suggestions:
        find_commune(name)


@pytest.mark.parametrize(
    "text",
    [
        "Tombouctou",
        "🍅🍅🍅",
        "'; DROP TABLE territory_commune; --",
        "%",
        "saint%",
        "Ro\x00mans-sur-Isère\x00",
        "<script>alert(1)</script>",
        "Romans-sur-Isère " * 100_000,
        "١٢٣٤٥",
        "99999",
        "0",
        "-",
        "| |",
    ],
)
def test_what_is_not_a_commune_is_refused_and_quoted_shortly(text: str) -> None:
    with pytest.raises(UnknownCommune) as refused:
        find_commune(text)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "'’-"])
def test_nothing_asks_for_a_name(text: str) -> None:
    with pytest.raises(UnknownCommune, match="Écrivez le nom d'une commune"):
        find_commune(text)


def test_a_commune_outside_is_accepted_and_said_so() -> None:
    assert outside_sentence(a_commune("Romans-sur-Isère")) == ""
    assert outside_sentence(find_commune("Crest")) == (
        "Crest (26, CC du Crestois et de Pays de Saillans Coeur de Drôme) est en dehors du territoire ; c'est accepté."
    )
    assert outside_sentence(Commune(name="Ailleurs", department="988")) == (
        "Ailleurs (988) est en dehors du territoire ; c'est accepté."
    )


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("rom", "Romans-sur-Isère"),
        ("pey", "Peyrins"),
        ("isère", "Romans-sur-Isère"),
        ("26380", "Peyrins"),
        ("grenobl", "Grenoble"),
        ("peirins", "Peyrins"),
    ],
)
def test_names_are_offered_while_one_types(typed: str, first: str) -> None:
    offered = suggest_communes(typed)
    assert offered[0].name == first
    assert len(offered) <= 10


@pytest.mark.parametrize("typed", ["", "r", "🍅", "99999", "%%%%", "_" * 5_000])
def test_nothing_is_offered_where_nothing_fits(typed: str) -> None:
    assert suggest_communes(typed) == []


def test_what_is_offered_can_be_typed_back() -> None:
    for typed in ("saint", "valence", "romans", "sainte marie", "26260"):
        offered = suggest_communes(typed)
        for code, name in names_to_type(offered).items():
            assert find_commune(name).code == code


def test_finding_is_one_query_and_refusing_a_few(django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        find_commune("Romans-sur-Isère")
    with django_assert_max_num_queries(4), pytest.raises(UnknownCommune):  # type: ignore[operator]
        find_commune("Roman sur Isère")


def test_distances_are_by_road_and_unknown_where_a_point_is_missing() -> None:
    romans, valence = a_commune("Romans-sur-Isère"), a_commune("Valence")
    today = date(2026, 11, 24)
    start, end = point_of(romans), point_of(valence)
    assert start is not None
    assert end is not None
    assert distance_between(romans, valence, on=today) == pytest.approx(distance_km(start, end, detour=1.3))
    assert distance_between(romans, valence, on=today) == pytest.approx(23, abs=1)
    assert distance_between(romans, Commune(latitude=None, longitude=None), on=today) is None
