"""Which family a recipe belongs to, guessed from its title.

A guess for cards that arrive from a spreadsheet with a title and nothing else; a person confirms it when the
recipe is validated. The first known word of the title decides: « Confiture de tomate verte » is a jam whatever follows.
"""

import re
import unicodedata

FAMILY_OF_WORD = {
    "confiture": "jam",
    "gelee": "jam",
    "marmelade": "jam",
    "creme": "jam",
    "compote": "compote",
    "puree": "compote",
    "sirop": "compote",
    "chutney": "chutney",
    "pickles": "chutney",
    "confit": "chutney",
    "aigre": "chutney",
    "coulis": "sauce",
    "sauce": "sauce",
    "ketchup": "sauce",
    "ratatouille": "sauce",
    "soupe": "soup",
    "veloute": "soup",
    "potage": "soup",
    "gaspacho": "soup",
    "caviar": "spread",
    "tartinade": "spread",
    "poivronnade": "spread",
    "pesto": "spread",
    "houmous": "spread",
}
OTHER = "other"


def guess_family(title: str) -> str:
    """The code of the family of the first known word of the title, `other` when none is known."""
    families = (FAMILY_OF_WORD.get(word) for word in _plain_words(title))
    return next((family for family in families if family), OTHER)


def _plain_words(text: str) -> list[str]:
    """Words without accents or capitals: « Velouté » and « VELOUTE » are the same word."""
    without_accents = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z]+", without_accents.lower())
