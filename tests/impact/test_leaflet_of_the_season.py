"""The leaflet of the imported season: the eight figures in its text, two tagged pages, the same every time."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from bocal.craft.figures import Period
from bocal.impact.leaflet.printing import leaflet_pdf
from bocal.impact.queries import Scope
from bocal.people.models import Organisation
from bocal.people.queries import find_organisation
from tests.impact.reading import alternatives, pages_of, squeezed

pytestmark = pytest.mark.usefixtures("demonstration")

SEASON = Scope(Period(date(2017, 7, 1), date(2018, 12, 31)))
EIGHT = (
    "71 animations",
    "1 600 heures de bénévolat",
    "700 participants aux animations",
    "19 bénévoles impliqués et formés à l'animation",
    "26 communes visitées",
    "1 900 kilos de fruits et légumes récupérés puis transformés",
    "100 litres de soupes et veloutés",
    "844 pots réalisés",
)
DISTRIBUTION = (
    "sur place 212",
    "maison de quartier 236",
    "producteur 118",
    "vente en euros 164",
    "vente en temps 71",
    "échantillon témoin 24",
    "casse 7",
    "encore en stock 12",
)


@pytest.fixture(scope="module")
def pdf(demonstration: None, django_db_blocker: Any) -> bytes:
    with django_db_blocker.unblock():
        return leaflet_pdf(SEASON, reconstructed=True)


def test_the_eight_figures_and_the_distribution_are_in_its_text(pdf: bytes) -> None:
    first, second = pages_of(pdf)
    for run in (*EIGHT, *DISTRIBUTION):
        assert run in second, run
    assert "de juillet 2017 à décembre 2018" in second
    assert "reconstitué" in second
    assert "IGN – Licence Ouverte" in second
    assert not any(figure in first for figure in ("844", "1 900", "700"))


def test_it_says_what_it_is(pdf: bytes) -> None:
    first, second = pages_of(pdf)
    for words in (
        "La conserverie mobile et solidaire", "Comment ça marche ?", "Quatre objectifs, qui tiennent ensemble",
        "Solidarité", "Développement durable", "Une innovation sociale reconnue", "Accorderie",
        "Maison Citoyenne Noël Guichard", "Maison de quartier des Ors", "Maison de quartier Saint-Nicolas",
    ):  # fmt: skip
        assert words in first, words
    assert "Génissieux × 8" in second
    assert "Tain-l'Hermitage" in squeezed(second)


def test_it_is_a4_tagged_and_in_french(pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert (round(width), round(height)) == (595, 842)
    assert root["/Lang"] == "fr-FR"
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in pdf or "pdfuaid" in root["/Metadata"].get_data().decode()
    assert "2017" in reader.metadata.title


def test_every_picture_that_says_something_has_words(pdf: bytes) -> None:
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    told = list(alternatives(root["/StructTreeRoot"]))
    assert "Carte des 26 communes visitées" in told
    assert any("camion" in words for words in told)


def test_the_same_data_gives_the_same_bytes(pdf: bytes) -> None:
    assert leaflet_pdf(SEASON, reconstructed=True) == pdf


def test_only_our_fonts_are_inside(pdf: bytes) -> None:
    names = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in PdfReader(io.BytesIO(pdf)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all(name.startswith(("AtkinsonHyperlegibleNext", "BocalFigures")) for name in names), names


def test_the_command_writes_the_same_leaflet(pdf: bytes, tmp_path: Path) -> None:
    output = tmp_path / "plaquette.pdf"
    call_command("leaflet", "--from", "2017-07-01", "--to", "2018-12-31", "-o", str(output))
    assert output.read_bytes() == pdf


def test_a_house_has_its_own() -> None:
    ors = find_organisation(Organisation.Kind.HOUSE, "Maison de quartier des Ors")
    assert ors is not None
    _first, second = pages_of(
        leaflet_pdf(Scope(SEASON.period, house_ids=frozenset({ors.id})), reconstructed=True)
    )
    assert "71 animations" not in second
    assert "animations" in second
