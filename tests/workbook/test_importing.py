"""Taking a season in: all or nothing, once, and known again however it is spelt."""

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from bocal.journal.models import Lot
from bocal.journal.queries import lot_state
from bocal.people.models import Person, Training
from bocal.people.queries import find_person, system_person
from bocal.programme.models import Hours, Intervention
from bocal.surplus.models import Collection
from bocal.toolbox.ids import new_id
from bocal.workbook.actions import Report, check_season, import_season
from bocal.workbook.models import Import
from bocal.workbook.reading import UnableToReadWorkbook, open_workbook, read_season
from tests.workbook.books import Change, add, put, real_book, written

pytestmark = pytest.mark.django_db

AT = datetime(2019, 5, 1, 9, tzinfo=UTC)


def take_in(path: Path, *, check: bool = False) -> Report:
    season = read_season(open_workbook(path))
    facts: dict[str, Any] = {
        "filename": path.name,
        "file_hash": hashlib.sha256(path.read_bytes()).hexdigest(),
        "by": system_person(),
        "at": AT,
    }
    return check_season(season, **facts) if check else import_season(season, id=new_id(), **facts)


def everything() -> dict[str, int]:
    """How many rows each table of Bocal has."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model.__module__.startswith("bocal.")
    }


def test_a_season_is_taken_in_whole(tmp_path: Path) -> None:
    report = take_in(written(tmp_path))
    assert report.new["Heures"] == 2
    assert Intervention.objects.get(code="I002").status == "cancelled"
    assert Hours.objects.filter(validated_at=None).count() == 0
    assert lot_state(Lot.objects.get(kind="jar")) == "prior"


def test_a_collection_is_for_the_intervention_that_cooked_it(tmp_path: Path) -> None:
    take_in(written(tmp_path))
    made_for = Collection.objects.get(code="R001").intervention
    assert made_for is not None
    assert made_for.code == "I001"


def test_a_check_changes_nothing(tmp_path: Path) -> None:
    system_person()
    before = everything()
    report = take_in(written(tmp_path), check=True)
    assert not report.nothing_new
    assert everything() == before


def test_the_same_season_again_changes_nothing_and_says_so(tmp_path: Path) -> None:
    take_in(written(tmp_path))
    before = everything()
    messy: tuple[Change, ...] = (put("Récupérations", "E2", "12,50"), put("Heures", "B2", "ALINE E."))
    report = take_in(written(tmp_path, *messy, name="autre.xlsx"))
    assert report.nothing_new
    assert report.known["Heures"] == 2
    assert everything() == before


@pytest.mark.parametrize(
    ("change", "before", "now"),
    [
        (put("Interventions", "I2", 13), "Participants = 12", "Participants = 13"),
        (put("Récupérations", "E2", 14), "Kg = 12500", "Kg = 14000"),
        (put("Fabrications", "G2", 2), "Déchets kg = 2500", "Déchets kg = 2000"),
        (put("Heures", "C2", 4), "Heures = 195", "Heures = 240"),
        (put("Distributions", "E2", 3), "Pots = 4", "Pots = 3"),
        (put("Matières", "C2", 10), "Kg = 11000", "Kg = 10000"),
        (put("Évaluations", "D2", 8), "Content = 9", "Content = 8"),
    ],
)
def test_a_known_number_with_other_content_is_refused_and_both_are_shown(
    tmp_path: Path, change: Change, before: str, now: str
) -> None:
    take_in(written(tmp_path))
    there = everything()
    with pytest.raises(UnableToReadWorkbook) as refusal:
        take_in(written(tmp_path, change, name="autre.xlsx"))
    said = str(refusal.value)
    assert before in said
    assert now in said
    assert everything() == there


def test_a_row_that_disappeared_is_asked_about(tmp_path: Path) -> None:
    take_in(written(tmp_path))
    with pytest.raises(UnableToReadWorkbook, match="n'est plus dans le classeur"):
        take_in(written(tmp_path, lambda book: book["Heures"].delete_rows(3), name="autre.xlsx"))


def test_a_season_goes_on(tmp_path: Path) -> None:
    """The workbook of the spring holds that of the autumn, and new rows that lean on it."""
    take_in(written(tmp_path))
    report = take_in(
        written(
            tmp_path,
            add("Interventions", "I003", date(2018, 3, 2), "animation", "Peyrins", *[None] * 3, "réalisée", 5, None),
            add("Heures", "I001", "Zoé H.", 1, "transport", "bénévole"),
            add("Heures", "I003", "Zoé H.", 1, "cuisine", "bénévole"),
            add("Distributions", date(2018, 3, 3), "F001", "producteur", "Ferme du Tilleul", 1, None, None),
            put("Bénévoles", "C3", date(2018, 1, 8)),
            name="printemps.xlsx",
        )
    )  # fmt: skip
    assert report.new["Interventions"] == 1
    assert report.new["Heures"] == 2
    assert report.new["Distributions"] == 1
    zoe = find_person("Zoé H.")
    assert Training.objects.get(person=zoe).on == date(2018, 1, 8)
    assert Import.objects.count() == 2


def test_a_workbook_of_new_rows_alone_leans_on_the_earlier_one(tmp_path: Path) -> None:
    def only_an_exit(book: Any) -> None:
        for title in book.sheetnames:
            book[title].delete_rows(2, 100)
        book["Distributions"].append([date(2018, 3, 3), "F001", "casse", None, 2, None, None])

    take_in(written(tmp_path))
    assert take_in(written(tmp_path, only_an_exit, name="suite.xlsx")).new["Distributions"] == 1


def test_new_exits_of_known_jars_never_exceed_them(tmp_path: Path) -> None:
    take_in(written(tmp_path))
    too_many = add("Distributions", date(2018, 3, 3), "F001", "casse", None, 4, None, None)
    with pytest.raises(UnableToReadWorkbook, match="11 pots distribués pour 10 faits"):
        take_in(written(tmp_path, too_many, name="suite.xlsx"))


def test_one_wrong_commune_takes_nothing_in(tmp_path: Path) -> None:
    before = everything() | {"people.Person": Person.objects.count()}
    with pytest.raises(UnableToReadWorkbook, match="Génissieux") as refusal:
        take_in(written(tmp_path, put("Interventions", "D2", "Génisieux")))
    problem = refusal.value.problems[0]
    assert (problem.sheet, problem.row, problem.column) == ("Interventions", 2, "Commune")
    after = everything()
    assert {name: count for name, count in after.items() if name != "people.Person"} == {
        name: count for name, count in before.items() if name != "people.Person"
    }


def test_what_an_action_refuses_names_its_line(tmp_path: Path) -> None:
    """The cross-checks do not know today's date; the action does."""
    future = [put("Interventions", "B2", date(2020, 1, 1)), put("Distributions", "A2", date(2020, 1, 2))]
    later = [put("Distributions", f"A{row}", date(2020, 1, 2)) for row in (3, 4)]
    with pytest.raises(UnableToReadWorkbook) as refusal:
        take_in(written(tmp_path, *future, *later))
    assert (refusal.value.problems[0].sheet, refusal.value.problems[0].row) == ("Interventions", 2)


def test_the_season_whose_rows_were_reconstructed_says_so_though_nobody_ticks_it(tmp_path: Path) -> None:
    """Known by its content, whatever the order of its rows; another season is believed."""
    book = real_book()
    rows = list(book["Heures"].iter_rows(min_row=2, values_only=True))
    for line, row in enumerate(reversed(rows), start=2):
        for column, value in enumerate(row, start=1):
            book["Heures"].cell(line, column, value)
    assert take_in(written(tmp_path, book=book, name="Autre nom.xlsx"), check=True).reconstructed
    assert not take_in(written(tmp_path), check=True).reconstructed
