"""The file of communes: what is loaded, what a newer file changes, and everything that is refused whole."""

import gzip
from pathlib import Path

import pytest
from django.core.management import call_command

from bocal.territory.actions import CommunesLoaded, UnableToReadCommunes, communes_file, load_communes
from bocal.territory.models import Commune, CommuneGroup
from tests.territory.factories import a_group

HEADER = ",".join(communes_file.COLUMNS)
ROMANS = "26281,Romans-sur-Isère,26100,33464,26,200068781,CA Valence Romans Agglo,45.0442,5.0523,"
PEYRINS = "26231,Peyrins,26380,2700,26,200068781,CA Valence Romans Agglo,45.0917,5.0464,"
CREST = "26108,Crest,26400,8700,26,200040509,CC du Crestois,44.7283,5.0222,Vieux-Crest|Crest-Haut"


def file(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def refusal(content: bytes) -> list[str]:
    with pytest.raises(UnableToReadCommunes) as refused:
        load_communes(content=content)
    return list(refused.value.sentences)


# --- What a file changes -----------------------------------------------------------------------------------------


@pytest.fixture
def three_communes(db: None) -> None:
    """France emptied (nothing points to it yet), then three communes loaded: two of them ours."""
    CommuneGroup.objects.all().delete()
    Commune.objects.all()._raw_delete(using="default")
    load_communes(content=file(ROMANS, PEYRINS, CREST))


@pytest.mark.usefixtures("three_communes")
def test_a_later_file_adds_corrects_and_lets_go() -> None:
    assert set(Commune.objects.filter(in_territory=True).values_list("code", flat=True)) == {"26281", "26231"}
    assert Commune.objects.get(code="26108").former_names == "|crest haut|vieux crest|"
    group = a_group(communes=[Commune.objects.get(code="26231")])

    triors = "26355,Triors,26750,600,26,200068781,CA Valence Romans Agglo,,,"
    loaded = load_communes(content=file(ROMANS.replace("33464", "33999"), CREST, triors))

    assert loaded == CommunesLoaded(new=1, changed=1, unchanged=1, gone=("Peyrins",))
    assert Commune.objects.get(code="26281").population == 33_999
    assert (Commune.objects.get(code="26355").in_territory, Commune.objects.get(code="26355").latitude) == (
        True,
        None,
    )
    assert not Commune.objects.get(code="26231").in_territory  # it stays, but no longer counts as ours
    assert group.communes.get().name == "Peyrins"


@pytest.mark.usefixtures("three_communes")
def test_a_file_refused_changes_nothing_at_all() -> None:
    with pytest.raises(UnableToReadCommunes):
        load_communes(content=file(ROMANS.replace("33464", "33999"), "26,Nulle part"))
    assert Commune.objects.get(code="26281").population == 33_464


@pytest.mark.usefixtures("three_communes")
def test_the_command_marks_another_territory_that_holds_until_said_otherwise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "communes.csv"
    given.write_bytes(file(ROMANS, CREST))
    call_command("import_communes", str(given), "--territory", "200040509")
    said = capsys.readouterr().out.splitlines()
    assert "2 modifiées" in said[0]
    assert said[1:] == [
        "1 n'est plus dans le fichier, gardée hors du territoire : Peyrins.",
        "1 commune dans le territoire.",
    ]
    load_communes(content=file(ROMANS, CREST.replace("8700", "8800")))
    assert Commune.objects.get(in_territory=True).name == "Crest"


@pytest.mark.django_db
def test_the_shipped_file_a_second_time_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_communes")
    said = capsys.readouterr().out
    assert "34\u00a0969 inchangées." in said
    assert "147 communes dans le territoire." in said


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(UnableToReadCommunes, match="ne peut pas être lu"):
        call_command("import_communes", str(tmp_path / "absent.csv"))


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(file(ROMANS)),
        b"\xef\xbb\xbf" + file(ROMANS),
        file(ROMANS.replace(",", ";"), header=HEADER.replace(",", ";")),
        file(ROMANS).replace(b"\n", b"\r\n"),
        file("", " , ,", ROMANS, ""),
        file(ROMANS + ",une colonne de plus", header=HEADER + ",remarques"),
        file(ROMANS, header=HEADER.upper().replace(",", " , ")),
    ],
    ids=["gzip", "bom", "semicolons", "windows", "blank lines", "a column more", "capitals and spaces"],
)
def test_files_written_otherwise_are_understood(content: bytes) -> None:
    [row] = communes_file.read_communes(content)
    assert (row.code, row.name, row.search_name, row.population) == (
        "26281",
        "Romans-sur-Isère",
        "romans sur isere",
        33_464,
    )


# --- What is refused ---------------------------------------------------------------------------------------------


def with_cell(column: str, value: str) -> bytes:
    cells = ROMANS.split(",")
    cells[communes_file.COLUMNS.index(column)] = value
    return file(CREST, ",".join(cells))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("code", ""),
        ("code", "2628"),
        ("code", "26281; DROP TABLE territory_commune"),
        ("code", "２６２８１"),
        ("name", "R" * 81),
        ("name", "St " * 20 + "Donat"),
        ("name", "Romans\x00"),
        ("postcodes", "26100/26102"),
        ("postcodes", "2610"),
        ("population", "33 464"),
        ("population", "-1"),
        ("population", "1e9"),
        ("department", "Drôme"),
        ("epci_code", "20006878"),
        ("latitude", "45°02"),
        ("latitude", "91"),
        ("longitude", "181"),
        ("latitude", "nan"),
    ],
)
def test_a_cell_that_is_not_understood_is_shown_with_its_line(column: str, value: str) -> None:
    [sentence] = refusal(with_cell(column, value))
    assert sentence.startswith("Ligne 3 : ")
    assert column in sentence
    assert value[:60] in sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Ligne 1 : il manque les colonnes"),
        (file(), "aucune commune"),
        (file("", ""), "aucune commune"),
        (b"\x00\x01\x02\xff", "Ligne 1 : ce n'est pas de l'UTF-8"),
        (file(CREST) + ROMANS.encode("latin-1"), "Ligne 3 : ce n'est pas de l'UTF-8"),
        (file(ROMANS).decode().encode("utf-16"), "Ligne 1 : ce n'est pas de l'UTF-8"),
        (gzip.compress(file(ROMANS), mtime=0)[:40], "abîmé"),
        (b"\x1f\x8b n'importe quoi", "abîmé"),
        (b"PK\x03\x04 un classeur", "Ligne 1 : il manque les colonnes"),
        (file(ROMANS, header=HEADER.replace("postcodes,", "")), "il manque les colonnes : postcodes"),
        (file(CREST, "26281,Romans"), "Ligne 3 : il n'y a pas autant de cases"),
        (file(CREST, ROMANS, CREST), "Ligne 4 : le code 26108 est déjà ligne 2"),
        (with_cell("name", "  "), "Ligne 3 : il n'y a pas de nom"),
        (with_cell("name", "---"), "Ligne 3 : il n'y a pas de nom"),
        (with_cell("latitude", ""), "Ligne 3 : il faut la latitude et la longitude"),
        (file('26281,"Romans'), "guillemets"),
        (file(f"26281,{'R' * 200_000}"), "guillemets ou les séparateurs"),
    ],
)
def test_a_file_that_is_not_one_of_communes_is_refused(content: bytes, sentence: str) -> None:
    assert sentence in refusal(content)[0]


def test_a_bomb_is_not_unpacked_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(communes_file, "LARGEST_FILE", 1_000_000)
    assert "trop grand" in refusal(gzip.compress(b"0" * 50_000_000))[0]


def test_a_thousand_mistakes_are_ten_sentences_and_a_count() -> None:
    sentences = refusal(file(*["rien"] * 1_000))
    assert len(sentences) == 11
    assert sentences[0].startswith("Ligne 2 : ")
    assert sentences[-1] == "Et 990 autres lignes à corriger."
