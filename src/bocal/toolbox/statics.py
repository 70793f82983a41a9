"""Style sheets, scripts and fonts, gathered under names that carry their hash, only when one of them changed."""

import hashlib
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command


class GatheredFiles(ManifestStaticFilesStorage):
    """The gathered files. Each address is worked out once in a process: a page asks for thirty of them."""

    @cached_property
    def _known(self) -> dict[str | None, str]:
        return {}

    def url(self, name: str | None, force: bool = False) -> str:
        if name not in self._known:
            self._known[name] = super().url(name, force)  # type: ignore[arg-type]  # it takes None, unsaid
        return self._known[name]


def gather() -> None:
    """Fill `STATIC_ROOT`. A second start with the same files costs a look at their dates."""
    gathered = settings.DATA / "static.fingerprint"
    fingerprint = _fingerprint()
    if gathered.exists() and gathered.read_text() == fingerprint and settings.STATIC_ROOT.is_dir():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    gathered.write_text(fingerprint)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=None):
            facts = Path(storage.path(path)).stat()
            digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
