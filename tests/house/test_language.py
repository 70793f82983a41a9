"""French is the source language, and its plurals come from the compiled catalogue."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.utils.translation import ngettext

HOUSE = Path(__file__).resolve().parents[2] / "src" / "bocal"
CATALOGUE = HOUSE / "locale" / "fr" / "LC_MESSAGES" / "django.mo"
PLURAL_IN_TEMPLATE = re.compile(
    r"{%\s*blocktranslate[^%]*\bcount\b.*?%}(.*?){%\s*plural\s*%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL
)


def plurals_in_python() -> set[str]:
    return {
        str(call.args[0].value)
        for path in HOUSE.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "").startswith("ngettext")
        and isinstance(call.args[0], ast.Constant)
    }


def plurals_in_templates() -> set[str]:
    """The singular of each, as gettext knows it: `{{ total }}` has become `%(total)s`."""
    return {
        re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", " ".join(singular.split()))
        for path in HOUSE.rglob("*.html")
        for singular, _ in PLURAL_IN_TEMPLATE.findall(path.read_text())
    }


def test_every_plural_is_in_the_compiled_catalogue() -> None:
    """When this fails: `make messages`."""
    with CATALOGUE.open("rb") as file:
        translations = gettext.GNUTranslations(file)
    known = {" ".join(key[0].split()) for key in translations._catalog if isinstance(key, tuple)}  # type: ignore[attr-defined]

    assert plurals_in_python() | plurals_in_templates() <= known


@pytest.mark.parametrize(("number", "words"), [(0, "0 ligne"), (1, "1 ligne"), (2, "2 lignes")])
def test_nothing_is_singular_in_french(number: int, words: str) -> None:
    assert ngettext("%(total)s ligne", "%(total)s lignes", number) % {"total": number} == words
