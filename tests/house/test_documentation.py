"""The reference names everything there is: every setting, every command, every target of `make`."""

import re
from pathlib import Path

from django.core.management import get_commands

from bocal.settings.environment import read_environment

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"


class Listening(dict[str, str]):
    """An environment that remembers which names it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        self.asked.add(name)
        return default


def names_in(path: Path) -> set[str]:
    """The names that open a row of a table of that page."""
    return set(re.findall(r"^\| `(?:bocal |make )?([\w-]+)`", path.read_text(), flags=re.MULTILINE))


def test_every_setting_is_documented_and_nothing_else() -> None:
    environ = Listening()
    read_environment(environ)
    documented = {name for name in names_in(REFERENCE / "settings.md") if name.isupper()}

    assert environ.asked == documented


def test_every_command_of_ours_is_documented() -> None:
    ours = {name.replace("_", "-") for name, app in get_commands().items() if str(app).startswith("bocal.")}

    assert ours <= names_in(REFERENCE / "commands.md")


def test_every_target_that_make_announces_is_documented() -> None:
    announced = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))

    assert announced - {"help", "install-dev"} <= names_in(REFERENCE / "commands.md")


def test_every_decision_says_why_and_how_to_undo_it() -> None:
    for decision in (ROOT / "docs" / "decisions").glob("[0-9]*.md"):
        headings = set(re.findall(r"^\*\*(.+?)\.\*\*", decision.read_text(), flags=re.MULTILINE))
        assert {"Context", "Choice", "Cost", "Undoing it"} <= headings, decision.name


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    broken = [
        f"{page.relative_to(ROOT)} -> {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text())
        if not (page.parent / target).exists()
    ]

    assert not broken
