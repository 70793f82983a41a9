"""The upload: choose, read what it would bring, take it in; or read which cells to mend, and nothing has changed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, expect

from bocal.parameters.queries import reconstructed_periods
from bocal.people.models import User
from bocal.programme.models import Intervention
from bocal.toolbox.ids import new_id
from bocal.workbook.models import Import
from tests.people.factories import signed_in, somebody_who
from tests.support.browser import PHONE, Complaints
from tests.workbook.books import REAL, put, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def coordinator() -> Client:
    return signed_in(somebody_who("coordination"))


def send(client: Client, content: bytes, name: str = "classeur.xlsx", **more: str) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("workbook:upload"), {"id": str(new_id()), "file": file, **more})


def take_in(client: Client, preview: Any) -> Any:
    """Press the button under the preview."""
    form = preview.context["confirmation"]
    said = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return client.post(reverse("workbook:confirm"), {name: value for name, value in said.items() if value})


def test_a_preview_says_what_would_come_and_changes_nothing(coordinator: Client, tmp_path: Path) -> None:
    page = send(coordinator, written(tmp_path).read_bytes())
    assert page.status_code == 200
    assert "Ce classeur peut être repris" in page.content.decode()
    assert {row["sheet"]: row["new"] for row in page.context["rows"]}["Heures"] == 2
    assert not Import.objects.exists()
    assert not Intervention.objects.exists()


def test_what_was_previewed_is_taken_in_once(coordinator: Client, tmp_path: Path) -> None:
    preview = send(coordinator, written(tmp_path).read_bytes())
    done = take_in(coordinator, preview)
    assert "La saison est dans Bocal" in done.content.decode()
    assert Intervention.objects.count() == 2
    assert Import.objects.get().filename == "classeur.xlsx"
    again = take_in(coordinator, preview)
    assert "Rien de nouveau" in again.content.decode()
    assert Intervention.objects.count() == 2
    assert Import.objects.count() == 1


def test_a_known_season_is_recognised_at_the_preview(coordinator: Client, tmp_path: Path) -> None:
    take_in(coordinator, send(coordinator, written(tmp_path).read_bytes()))
    page = send(coordinator, written(tmp_path).read_bytes(), name="copie.xlsx")
    assert "Tout ce classeur est déjà dans Bocal" in page.content.decode()
    assert reverse("workbook:confirm") not in page.content.decode()


def test_reconstructed_lines_stay_so_from_the_box_to_the_records(coordinator: Client, tmp_path: Path) -> None:
    preview = send(coordinator, written(tmp_path).read_bytes(), reconstructed="on")
    take_in(coordinator, preview)
    assert Import.objects.get().reconstructed
    assert list(reconstructed_periods())


def test_cells_to_mend_are_named_and_nothing_is_changed(coordinator: Client, tmp_path: Path) -> None:
    book = written(tmp_path, put("Heures", "C2", 25), put("Récupérations", "E2", -3))
    page = send(coordinator, book.read_bytes())
    assert page.status_code == 422
    said = page.content.decode()
    assert "rien n'a été changé" in said
    for place in ("Feuille « Heures », ligne 2", "Feuille « Récupérations », ligne 2"):
        assert place in said
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("classeur.xlsx", b""),
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n"),
        ("classeur.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("classeur.csv", "N°;Date\nI001;08/08/2017\n".encode("cp1252")),
        ("../../etc/passwd", b"root"),
        ("ça <b>ne</b> va pas 🫙.xlsx", b"PK\x03\x04"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(
    coordinator: Client, name: str, content: bytes
) -> None:
    page = send(coordinator, content, name=name)
    assert page.status_code == 422
    assert page.context["problems"]
    assert "<b>ne</b>" not in page.content.decode()
    assert not Import.objects.exists()


def test_no_file_is_no_upload(coordinator: Client) -> None:
    page = coordinator.post(reverse("workbook:upload"), {"id": str(new_id())})
    assert "file" in page.context["form"].errors


def test_what_contradicts_a_season_taken_in_meanwhile_is_refused(coordinator: Client, tmp_path: Path) -> None:
    """Two coordinators preview two versions; the second to confirm reads what changed under her feet."""
    first = send(coordinator, written(tmp_path).read_bytes())
    second = send(coordinator, written(tmp_path, put("Interventions", "I2", 13)).read_bytes())
    take_in(coordinator, first)
    page = take_in(coordinator, second)
    assert page.status_code == 422
    assert "I001" in page.content.decode()
    assert Import.objects.count() == 1


def test_a_file_somebody_else_sent_is_not_taken_in(coordinator: Client, tmp_path: Path) -> None:
    preview = send(coordinator, written(tmp_path).read_bytes())
    other = signed_in(somebody_who("coordination", "Autre coordination"))
    assert take_in(other, preview).status_code == 404
    assert not Import.objects.exists()


def test_a_confirmation_of_nothing_leads_back_to_the_choice(coordinator: Client) -> None:
    answer = coordinator.post(reverse("workbook:confirm"), {"id": str(new_id()), "stored": "n'importe quoi"})
    assert answer.headers["location"] == reverse("workbook:upload")


@pytest.mark.django_db(transaction=True)
def test_a_season_on_a_phone(
    context: BrowserContext, enter: Callable[..., None], complaints: Complaints
) -> None:
    """The season of 2017-2018, from the file in the phone to its figures."""
    enter(User.objects.get(person=somebody_who("coordination")))
    page = context.new_page()
    page.set_viewport_size(PHONE)
    page.goto("/reglages/classeurs/")
    page.get_by_role("link", name="Choisir un classeur").click()
    page.get_by_label("Le classeur de la saison").set_input_files(REAL)
    page.get_by_role("button", name="Vérifier le classeur").click()
    expect(page.get_by_role("heading", name="Ce classeur peut être repris")).to_be_visible(timeout=60_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(page.get_by_text("Les lignes de cette saison ont été reconstituées")).to_be_visible()
    page.get_by_role("button", name="Reprendre ce classeur").click()
    expect(page.get_by_text("La saison est dans Bocal")).to_be_visible(timeout=60_000)
    page.goto("/chiffres/?from=2017-07-01&to=2018-12-31")
    expect(page.get_by_text("reconstitué").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("844")
