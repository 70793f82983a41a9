"""Files are kept whole, once, under their hash; names are only for showing."""

import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bocal.toolbox.files import is_intact, open_file, path_of, store_file
from bocal.toolbox.ids import new_id
from bocal.toolbox.models import StoredFile

NOW = datetime(2026, 11, 26, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def keep(content: bytes, name: str = "sonde.csv", **fields: Any) -> StoredFile:
    given = {"id": new_id(), "media_type": "text/csv", "by": None, "at": NOW, **fields}
    return store_file(content=io.BytesIO(content), name=name, **given)


@pytest.mark.django_db
def test_bytes_come_back_as_they_were_given(folder: Path) -> None:
    content = bytes(range(256)) * 9000
    file = keep(content)
    assert (file.size, file.hash) == (len(content), hashlib.sha256(content).hexdigest())
    assert path_of(file) == folder / file.hash[:2] / file.hash[2:4] / file.hash
    with open_file(file) as opened:
        assert opened.read() == content


@pytest.mark.django_db
def test_the_same_bytes_are_kept_once_under_two_names(folder: Path) -> None:
    first, second = keep(b"20;21,5", "a.csv"), keep(b"20;21,5", "b.csv")
    assert first.hash == second.hash
    assert (first.name, second.name) == ("a.csv", "b.csv")
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [first.hash]


@pytest.mark.django_db
def test_sent_twice_it_is_stored_once() -> None:
    same = new_id()
    first, second = keep(b"un", id=same), keep(b"deux", id=same)
    assert first == second
    assert StoredFile.objects.count() == 1
    assert second.size == 2


@pytest.mark.django_db
def test_an_upload_and_an_empty_file_are_files_too() -> None:
    upload = SimpleUploadedFile("été 🥒.csv", b"1;2")
    file = store_file(
        id=new_id(), content=upload, name=upload.name or "", media_type="text/csv", by=None, at=NOW
    )
    assert (file.name, file.size) == ("été 🥒.csv", 3)
    assert keep(b"").size == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Zoé\\sonde.csv", "sonde.csv"),
        ("sonde\r\nX-Evil: 1.csv", "sondeX-Evil: 1.csv"),
        ("\u202egnp.exe", "gnp.exe"),
        ("..", ".."),
        ("a/", "sans nom"),
        ("", "sans nom"),
        ("é" * 300 + ".csv", "é" * 251 + ".csv"),
    ],
)
def test_a_name_is_never_a_path(folder: Path, given: str, shown: str) -> None:
    file = keep(b"x", given)
    assert file.name == shown
    assert path_of(file).is_relative_to(folder)


@pytest.mark.django_db
def test_damage_and_loss_are_noticed() -> None:
    file = keep(b"20;21,5")
    assert is_intact(file)
    path_of(file).write_bytes(b"20;99,9")
    assert not is_intact(file)
    path_of(file).unlink()
    assert not is_intact(file)


@pytest.mark.django_db
def test_a_file_cut_on_its_way_leaves_nothing_behind(folder: Path) -> None:
    class Cut(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ConnectionError("the phone left the network")

    with pytest.raises(ConnectionError):
        store_file(id=new_id(), content=Cut(), name="a.csv", media_type="text/csv", by=None, at=NOW)
    assert not StoredFile.objects.exists()
    assert list(folder.iterdir()) == []
