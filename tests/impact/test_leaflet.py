"""Two pages whatever was typed and whatever happened."""

import threading
from datetime import date

import pytest

from bocal.craft.figures import Period
from bocal.impact.actions import write_texts
from bocal.impact.leaflet.content import content
from bocal.impact.leaflet.printing import leaflet_pdf, pdf_of
from bocal.impact.leaflet.texts import PLACES
from bocal.impact.queries import Scope
from bocal.people.queries import system_person
from bocal.territory.models import Commune
from bocal.toolbox.ids import new_id
from tests.impact.reading import pages_of, squeezed
from tests.programme.factories import NOW, YESTERDAY, a_commune, a_house, an_intervention
from tests.surplus.factories import the_cannery

NOVEMBER = Scope(Period(date(2026, 11, 1), date(2026, 11, 30)))


def leaflet(scope: Scope = NOVEMBER) -> list[str]:
    pages = pages_of(leaflet_pdf(scope, reconstructed=False))
    assert len(pages) == 2
    return pages


def fill(unit: str) -> dict[str, str]:
    """Every text as long as it may be, in as many lines as it may have."""
    texts = {}
    for place, told in PLACES.items():
        lines = told.most_lines or 1
        each = (told.longest - lines) // lines
        texts[place] = "\n".join([(unit * each)[:each].strip()] * lines)
    return texts


@pytest.mark.django_db
class TestWhateverHappens:
    @pytest.fixture(autouse=True)
    def _somebody_signs(self, db: None) -> None:
        the_cannery()

    @pytest.mark.parametrize(
        "unit", ["Transformation maraîchère ", "W", "i ", "l'été d'Œuvre, « à l'essai » ; "]
    )
    def test_the_longest_texts_allowed_make_it_smaller_never_longer(self, unit: str) -> None:
        for number in range(8):
            a_house(f"Maison de quartier de Saint-Marcel-lès-Valence et environs {number}")
        write_texts(id=new_id(), texts=fill(unit), by=system_person(), at=NOW)
        first, _second = leaflet()
        assert "Quatre objectifs" in first

    def test_a_period_without_anything(self) -> None:
        _first, second = leaflet()
        assert "0 animation " in second
        assert "0 commune visitée" in second
        assert "Aucune pendant cette période" in second

    def test_sixty_communes(self) -> None:
        communes = Commune.objects.filter(in_territory=True).order_by("code")[:60]
        for commune in communes:
            an_intervention(commune=commune)
        _first, second = leaflet()
        assert "60 communes visitées" in second
        assert all(squeezed(commune.name) in squeezed(second) for commune in communes)

    def test_more_communes_than_can_be_listed_are_counted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("bocal.impact.leaflet.content.MOST_COMMUNES_LISTED", 2)
        for commune in Commune.objects.filter(in_territory=True).order_by("code")[:5]:
            an_intervention(commune=commune)
        _first, second = leaflet()
        assert "5 communes visitées" in second
        assert "et 3 autres" in second

    def test_a_faraway_commune_does_not_stretch_the_map_and_says_so(self) -> None:
        near = Commune.objects.get(code="26281")
        an_intervention(commune=near)
        an_intervention(commune=Commune.objects.get(code="75056"))
        _first, second = leaflet()
        assert "Paris hors carte" in second
        assert "Romans-sur-Isère" in second

    def test_a_commune_without_coordinates_is_listed(self) -> None:
        lost = a_commune("Île perdue", "98899")
        assert lost.latitude is None
        an_intervention(commune=lost)
        _first, second = leaflet()
        assert "Île perdue hors carte" in second

    def test_emoji_apostrophes_and_other_alphabets_never_stop_the_press(self) -> None:
        a_house("Maison de l’été 🥕🇫🇷 d'à côté")
        a_house("Дом ☺")
        an_intervention(commune=a_commune("L’Haÿ-les-🌹Roses", "98898"))
        write_texts(id=new_id(), texts={"title": "🥫 La conserverie ✨"}, by=system_person(), at=NOW)
        first, second = leaflet()
        assert "La conserverie" in first
        assert "Maison de l’été d'à côté" in first
        assert "L’Haÿ-les-Roses" in squeezed(second)

    def test_one_of_each_is_said_in_the_singular(self) -> None:
        an_intervention(day=YESTERDAY)
        _first, second = leaflet()
        assert "1 animation " in second
        assert "1 commune visitée" in second

    def test_figures_that_nobody_counted_are_left_out(self) -> None:
        an_intervention()
        _first, second = leaflet()
        assert "participant" not in second
        assert "heure" not in second

    def test_two_people_at_once(self) -> None:
        """typst serves one thread at a time: each leaflet has its own."""
        told = content(NOVEMBER, reconstructed=False)
        compiled: list[int] = []

        def print_one() -> None:
            compiled.append(len(pages_of(pdf_of(told, YESTERDAY))))

        threads = [threading.Thread(target=print_one) for _time in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert compiled == [2, 2, 2, 2]
