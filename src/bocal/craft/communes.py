"""The names of communes as people write them: one fold for all spellings, and the nearest names to a mistake.

"ST-DONAT S/ L’HERBASSE", "Saint Donat sur l'Herbasse" and "Saint-Donat-sur-l'Herbasse" are one name; so are
"Roche-de-Glun (La)" and "La Roche-de-Glun". What follows the name, a postcode or the number of a department,
is not part of it but tells homonyms apart.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import combining, normalize

LONGEST_NAME = 120  # the longest in France has 45 letters; beyond this nobody is writing a commune

_APART = re.compile(r"[\s\x00-\x1f\x7f\-‐‑‒–—'’‘ʼ`´.,;:/_]+")
_SUR = re.compile(r"\bs\s*/\s*", re.IGNORECASE)
_ARTICLE_BEHIND = re.compile(r"^(?P<name>.+?)\s*\(\s*(?P<article>le|la|les|l['’])\s*\)$", re.IGNORECASE)
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_SHORTENED = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}

_CODE = r"(?P<code>[0-9]{5}|[0-9]{3}|[0-9]{2}|2[AB])"
_CODE_BEHIND = re.compile(rf"(?P<name>.*\D)[\s(,]\s*{_CODE}\s*\)?(?:\s*cedex.*)?", re.IGNORECASE)
_CODE_BEFORE = re.compile(r"(?P<code>[0-9]{5})\s+(?P<name>\D.*?)(?:\s+cedex.*)?", re.IGNORECASE)


def fold_name(name: str) -> str:
    """The name without accents, capitals, hyphens, apostrophes nor shortenings: what two spellings share."""
    if ")" in name and (behind := _ARTICLE_BEHIND.match(name.strip())):
        name = f"{behind['article']} {behind['name']}"
    plain = _SUR.sub("sur ", name) if "/" in name else name
    if not plain.isascii():
        decomposed = normalize("NFKD", plain.translate(_LIGATURES))
        plain = "".join(letter for letter in decomposed if not combining(letter))
    return " ".join([_SHORTENED.get(word, word) for word in _APART.split(plain.casefold()) if word])


@dataclass(frozen=True)
class Spoken:
    """A commune as somebody wrote it: the folded name, and the postcode or department that came with it."""

    name: str
    postcode: str = ""
    department: str = ""


def understand(text: str) -> Spoken:
    """Split "26100 Romans-sur-Isère", "Saint-Vallier (71)" or "26100" into the name and what tells it apart."""
    text = text.strip()[:LONGEST_NAME]
    if re.fullmatch(r"[0-9]{5}", text):
        return Spoken("", postcode=text)
    written = _CODE_BEFORE.fullmatch(text) or _CODE_BEHIND.fullmatch(text)
    if written is None:
        return Spoken(fold_name(text))
    code = written["code"].upper()
    if len(code) == 5:
        return Spoken(fold_name(written["name"]), postcode=code)
    return Spoken(fold_name(written["name"]), department=code)


def spelling_distance(left: str, right: str, *, most: int) -> int | None:
    """How many letters to change, add, take away or swap to go from one name to the other; None beyond `most`."""
    if abs(len(left) - len(right)) > most:
        return None
    before_last: list[int] = []
    last = list(range(len(right) + 1))
    for row, letter in enumerate(left, start=1):
        current = [row]
        for column, other in enumerate(right, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return None
        before_last, last = last, current
    return last[-1] if last[-1] <= most else None


def nearest_names(typed: str, names: Iterable[str], *, most: int = 3) -> list[str]:
    """At most `most` of the folded `names` that `typed` (folded) was probably meant to be, best first.

    A name that begins with what was typed comes before one that is misspelt by as much as a letter in four;
    among equals, the order of `names` decides, so the caller says who comes first.
    """
    if not typed:
        return []
    reach = max(1, len(typed) // 4)
    ranked: list[tuple[int, int, str]] = []
    for order, name in enumerate(dict.fromkeys(names)):
        if name.startswith(f"{typed} ") or (len(typed) >= 4 and name.startswith(typed)):
            ranked.append((0, order, name))
        elif (distance := spelling_distance(typed, name, most=reach)) is not None:
            ranked.append((distance, order, name))
    return [name for _, _, name in sorted(ranked)[:most]]
