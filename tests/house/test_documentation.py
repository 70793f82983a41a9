"""The reference names everything there is (settings, commands, targets of `make`), and no page names anything else."""

import re
from pathlib import Path

from django.core.management import get_commands

from bocal.settings.environment import read_environment

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)|<img src=\"([^\":]+)\"")


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


def settings_there_are() -> set[str]:
    environ = Listening()
    read_environment(environ)
    return environ.asked


def targets_announced() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))


def links_of(page: Path) -> list[Path]:
    return [page.parent / (link or image) for link, image in LINK.findall(page.read_text())]


def test_every_setting_is_documented_and_nothing_else() -> None:
    documented = {name for name in names_in(REFERENCE / "settings.md") if name.isupper()}

    assert settings_there_are() == documented


def test_every_command_of_ours_is_documented() -> None:
    ours = {name.replace("_", "-") for name, app in get_commands().items() if str(app).startswith("bocal.")}

    assert ours <= names_in(REFERENCE / "commands.md")


def test_every_target_that_make_announces_is_documented() -> None:
    assert targets_announced() - {"help", "install-dev"} <= names_in(REFERENCE / "commands.md")


def test_every_decision_says_why_and_how_to_undo_it() -> None:
    for decision in (ROOT / "docs" / "decisions").glob("[0-9]*.md"):
        headings = set(re.findall(r"^\*\*(.+?)\.\*\*", decision.read_text(), flags=re.MULTILINE))
        assert {"Context", "Choice", "Cost", "Undoing it"} <= headings, decision.name


def test_pages_name_only_commands_targets_and_settings_that_there_are() -> None:
    code = "\n".join(piece for page in PAGES for piece in CODE.findall(page.read_text()))
    commands = {name.replace("_", "-") for name in get_commands()}
    targets = targets_announced() | {"tests"}  # a part of `make test`, named for its ARGS

    assert set(re.findall(r"\bbocal ([a-z][a-z-]+)", code)) - commands == set()
    assert set(re.findall(r"\bmake ([a-z][a-z-]+)", code)) - targets == set()
    assert set(re.findall(r"\bBOCAL_[A-Z_]+", code)) - settings_there_are() == set()


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)} -> {target}"
        for page in PAGES
        for target in links_of(page)
        if not target.exists()
    ]

    assert not broken


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), {ROOT / "README.md"}
    while waiting:
        page = waiting.pop()
        reached.add(page)
        waiting |= {link.resolve() for link in links_of(page) if link.suffix == ".md"} - reached

    assert set(PAGES) - reached == set()
