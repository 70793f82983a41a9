"""Files kept by the hash of their bytes, outside the database, exactly as they were given.

The same bytes are kept once, whoever gives them and under whatever name; the row says who gave which name
and when. A file appears under its hash whole or not at all, and its name never becomes a path.
"""

import hashlib
import os
import re
import tempfile
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.files.base import File

from bocal.toolbox.models import StoredFile

Content = IO[bytes] | File  # an opened file or an upload
CHUNK = 1024 * 1024


def store_file(
    *, id: UUID, content: Content, name: str, media_type: str, by: UUID | None, at: datetime
) -> StoredFile:
    """Keep the bytes, then the row that names them. Sent twice under one id, it is stored once."""
    if existing := StoredFile.objects.filter(pk=id).first():
        return existing
    digest, size = _keep(content)
    return StoredFile.objects.create(
        id=id,
        hash=digest,
        size=size,
        name=_plain_name(name),
        media_type=media_type[:100],
        uploaded_by=by,
        at=at,
    )


def path_of(file: StoredFile) -> Path:
    """Where the bytes lie: two levels of folders, so that none grows too long to list."""
    return _path(file.hash)


def open_file(file: StoredFile) -> IO[bytes]:
    return path_of(file).open("rb")


def is_intact(file: StoredFile) -> bool:
    """Are the bytes there, and still those that were given?"""
    path = path_of(file)
    if not path.is_file():
        return False
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == file.hash


def _keep(content: Content) -> tuple[str, int]:
    """Write beside, then move into place: a cut in the middle leaves no half file under a hash."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".arriving-", delete=False) as arriving:
        try:
            while chunk := content.read(CHUNK):
                arriving.write(chunk)
                digest.update(chunk)
                size += len(chunk)
            arriving.flush()
            os.fsync(arriving.fileno())
            place = _path(digest.hexdigest())
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(arriving.name, place)
        except BaseException:
            os.unlink(arriving.name)
            raise
    return digest.hexdigest(), size


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT)


def _path(digest: str) -> Path:
    return _folder() / digest[:2] / digest[2:4] / digest


def _plain_name(name: str) -> str:
    """The name somebody gave, for showing: no folders, nothing unprintable."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(letter for letter in last if letter.isprintable()).strip()[-255:] or "sans nom"
