"""`bocal figures` and `bocal leaflet`: the same scope as the page, and refusals that say what to write."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from bocal.territory.models import CommuneGroup
from bocal.toolbox.refusals import Refused
from tests.impact.reading import words_of
from tests.programme.factories import a_commune, a_house, an_intervention, some_hours

pytestmark = pytest.mark.django_db

NOVEMBER = ("--from", "2026-11-01", "--to", "30/11/2026")


def said(*words: str) -> str:
    out = StringIO()
    call_command("figures", *words, stdout=out)
    return words_of(out.getvalue())


def figures(*words: str) -> dict[str, Any]:
    out = StringIO()
    call_command("figures", *NOVEMBER, *words, "--json", stdout=out)
    return dict(json.loads(out.getvalue()))


def refusal(*words: str) -> str:
    with pytest.raises(Refused) as caught:
        said(*words)
    return " ".join(caught.value.sentences)


def test_for_people_numbers_come_first_and_agree_with_their_labels() -> None:
    some_hours(intervention=an_intervention(), minutes=90)
    told = said(*NOVEMBER)
    assert "du dimanche 1er novembre 2026 au lundi 30 novembre 2026" in told
    assert "1 animation " in told
    assert "1 h 30 de bénévolat" in told
    assert "participants" not in told
    assert "0 pots : sur place" in told


def test_houses_communes_and_groups_narrow() -> None:
    ors, peyrins, genissieux = a_house("Les Ors"), a_commune(), a_commune("Génissieux", "26139")
    an_intervention(lead_house=ors, commune=peyrins)
    an_intervention(lead_house=ors, commune=genissieux)
    an_intervention(commune=genissieux)
    group = CommuneGroup.objects.create(name="L’Été à la ferme")
    group.communes.add(genissieux)

    assert figures()["workshops"] == 3
    assert figures("--house", "les ors")["workshops"] == 2
    assert figures("--commune", "genissieux")["workshops"] == 2
    assert figures("--commune", "Génissieux", "--commune", "26231")["workshops"] == 3
    assert figures("--group", "l'ete a la ferme")["workshops"] == 2
    assert figures("--group", "L'Été à la ferme", "--house", "Les Ors")["workshops"] == 1
    assert figures("--group", "L'Été à la ferme", "--commune", "Peyrins")["workshops"] == 0


def test_an_empty_group_lets_nothing_through() -> None:
    an_intervention()
    CommuneGroup.objects.create(name="Vide")
    assert figures("--group", "Vide")["workshops"] == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--from", "2026-11-30", "--to", "2026-11-01"), "La période finit avant de commencer"),
        (("--from", "hier", "--to", "2026-11-01"), "« hier » n'est pas un jour"),
        (("--from", "2018-02-30", "--to", "2026-11-01"), "« 2018-02-30 » n'est pas un jour"),
        ((*NOVEMBER, "--house", "Inconnue"), "Aucune structure ne s'appelle « Inconnue »"),
        ((*NOVEMBER, "--commune", "Genisieu"), "Genisieu"),
        ((*NOVEMBER, "--group", "Personne"), "Aucun groupe de communes ne s'appelle « Personne »"),
    ],
)
def test_what_is_not_understood_is_refused_with_a_way_on(words: tuple[str, ...], sentence: str) -> None:
    assert sentence in refusal(*words)


def test_a_leaflet_goes_only_into_a_folder_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="n'existe pas"):
        call_command("leaflet", *NOVEMBER, "-o", str(tmp_path / "nulle" / "part.pdf"))
    assert list(tmp_path.iterdir()) == []
