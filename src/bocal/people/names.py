"""Names as people type them, made comparable.

Two spellings of one name (« L’Épi d’Or », "l'epi d'or") fold to the same text, so that a name is found
however it is typed and is never recorded twice. Folding keeps what tells names apart, emoji included.
"""

import functools
import hashlib
import unicodedata
from uuid import UUID

NAME_LENGTH = 120
SEARCH_NAME_LENGTH = 255

_JOINER = "\u200d"  # it holds composed emoji together
_SPACE_LIKE = dict.fromkeys(map(ord, "'’‘ʼ`´-‐‑–—_.,"), " ")
_LIGATURES = {ord("œ"): "oe", ord("æ"): "ae", ord("ø"): "o", ord("ł"): "l"}


@functools.lru_cache(maxsize=2048)  # a workbook names the same people a thousand times
def fold(text: str) -> str:
    """Accents, case, apostrophes, hyphens and spaces put aside: the search name."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", tidy(text)).casefold())
    bare = "".join(letter for letter in plain if unicodedata.category(letter)[0] not in "MC")
    return " ".join(bare.translate(_SPACE_LIKE | _LIGATURES).split())[:SEARCH_NAME_LENGTH].rstrip()


def tidy(text: str) -> str:
    """The name to write down: as typed, less doubled spaces and invisible characters."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(letter for letter in composed if _is_seen(letter)).split())


def _is_seen(letter: str) -> bool:
    return letter.isspace() or letter == _JOINER or unicodedata.category(letter)[0] != "C"


def pseudonym_of(person_id: UUID) -> str:
    """What stands for a person in the history once her name is gone; always the same for one person."""
    return "p-" + hashlib.sha256(person_id.bytes).hexdigest()[:10]
