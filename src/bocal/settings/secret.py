"""The key that signs sessions and links: drawn once, kept in the data folder, readable by its owner alone."""

import os
import secrets
from pathlib import Path


def kept_secret(data: Path) -> str:
    """The secret of this data folder; drawn now if it is new.

    Two processes may start at the same moment in an empty folder: each writes its own draft, and the link that
    comes second fails, so both read the same key.
    """
    kept = data / "secret-key"
    if not kept.exists():
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = data / f".secret-key-{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, kept)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return kept.read_text().strip()
