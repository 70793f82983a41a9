"""What the documentation quotes from the house is there: words of the screens, files, functions, words of the trade.

In the French pages, *italics* quote the screen and nothing else; so does `<em>` in the pages of help.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import render_to_string

from bocal.frontdoor.views.helping import PAGES

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "bocal"
DOCS = ROOT / "docs"
HELP = HOUSE / "frontdoor" / "templates" / "frontdoor" / "help"
STORY = DOCS / "explanation" / "one-crate-of-courgettes.md"

FOR_PEOPLE = [
    ROOT / "README.md",
    *HELP.glob("*.html"),
    *DOCS.glob("tutorials/*.md"),
    *DOCS.glob("how-to/*.md"),
]
QUOTED = re.compile(r"<em>(.+?)</em>|(?<![*\w])\*(?![*\s])(.+?)(?<![*\s])\*(?![*\w])", re.DOTALL)
ALSO_ON_SCREEN = re.compile(
    r"""{%\s*translate\s+"([^"]+)"|_\("([^"]+)"\)|{%\s*blocktranslate[^%]*%}(.*?){%\s*(?:plural|endblocktranslate)""",
    re.DOTALL,
)
HEARD_ONLY = re.compile(r"<span class=\"visually-hidden\">.*?</span>")
CODE = re.compile(r"`([^`]+)`")


def plain(words: str) -> str:
    return " ".join(words.split()).casefold()


@cache
def words_of_the_screens() -> frozenset[str]:
    """Every sentence of the programs and of the templates, the pages of help apart."""
    found = {
        node.value
        for path in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for path in HOUSE.rglob("*.html"):
        if HELP not in path.parents:
            text = HEARD_ONLY.sub("", path.read_text())
            found.update(word for words in ALSO_ON_SCREEN.findall(text) for word in words if word)
    return frozenset(map(plain, found))


def quotes_in(written: Path) -> set[str]:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", written.read_text(), flags=re.DOTALL)
    quotes = (a or b for a, b in QUOTED.findall(text))
    return {word for quote in quotes for word in re.split(r"\s›\s", quote) if not re.search(r"\d", word)}


@pytest.mark.parametrize("written", FOR_PEOPLE, ids=lambda written: written.stem)
def test_what_is_quoted_from_the_screens_is_on_the_screens(written: Path) -> None:
    assert {quote for quote in quotes_in(written) if plain(quote) not in words_of_the_screens()} == set()


def test_every_page_of_help_is_offered_and_every_one_offered_is_written() -> None:
    assert {written.stem for written in HELP.glob("*.html")} == set(PAGES)
    assert all("<p>" in render_to_string(f"frontdoor/help/{slug}.html") for slug in PAGES)


def sections_of_the_story() -> list[str]:
    return re.split(r"^## ", STORY.read_text(), flags=re.MULTILINE)[1:]


@cache
def named_in(section: str) -> tuple[frozenset[Path], frozenset[str]]:
    """(the files and folders a section names, the other names it writes as code)."""
    paths, names = set(), set()
    last = HOUSE
    for code in CODE.findall(section):
        if "/" in code or code.endswith((".py", ".typ")) or (HOUSE / code).is_dir():
            path = next(
                (base / code for base in (HOUSE, ROOT, last.parent) if (base / code).exists()), HOUSE / code
            )
            paths.add(path)
            last = path
        else:
            names.update(re.findall(r"^@?([A-Za-z_]{2,})(?:\(|$)", code))
    return frozenset(paths), frozenset(names)


@pytest.mark.parametrize("section", sections_of_the_story(), ids=lambda section: section.splitlines()[0])
def test_the_story_names_files_that_are_there_and_what_is_in_them(section: str) -> None:
    paths, names = named_in(section)
    files = {file for path in paths for file in ([path] if path.is_file() else path.rglob("*.py"))}
    text = "\n".join(file.read_text() for file in files)

    assert [path for path in paths if not path.exists()] == []
    assert {name for name in names if not re.search(rf"\b{name}\b", text)} == set()


def test_every_word_of_the_models_is_in_the_glossary() -> None:
    glossary = (DOCS / "reference" / "glossary.md").read_text()
    rows = set(re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", glossary, flags=re.MULTILINE))
    models = {
        (model.__name__, str(model._meta.verbose_name))
        for model in apps.get_models()
        if model.__module__.startswith("bocal.")
    }

    assert models <= rows
