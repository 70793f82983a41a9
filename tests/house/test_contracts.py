"""Every kind of import that the house forbids is planted in a copy of the tree, and is caught."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

STAIRCASE = "The staircase"
ROOMS = "The rooms of an app"
CRAFT = "The craft is plain Python"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree, Python files only."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for path in (ROOT / "src" / "bocal").rglob("*.py"):
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    for room in ("urls", "views", "admin", "forms"):  # a room that a violation needs may not be furnished yet
        module(copy, f"people/{room}").touch()
    return copy


def module(house: Path, name: str) -> Path:
    """The file of a module, which may have grown into a folder of the same name."""
    path = house / "src" / "bocal" / name
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def broken_contracts(house: Path) -> str:
    """What import-linter says about the copy, whole."""
    answer = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=house,
        env={"PYTHONPATH": str(house / "src"), "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts:" in answer.stdout or "not listed as layers" in answer.stdout, (
        answer.stdout + answer.stderr
    )
    return "\n".join(
        line for line in answer.stdout.splitlines() if line.endswith("BROKEN") or "layer" in line
    )


@pytest.mark.parametrize(
    ("contract", "name", "line"),
    [
        pytest.param(
            STAIRCASE, "journal/models", "import bocal.kitchen.models", id="an app imports one above it"
        ),
        pytest.param(
            STAIRCASE, "toolbox/ids", "import bocal.people.models", id="the toolbox learns a trade word"
        ),
        pytest.param(
            STAIRCASE, "frontdoor/apps", "import bocal.settings", id="an app reads the settings module"
        ),
        pytest.param(
            STAIRCASE, "shop/planted", "import bocal.urls", id="an app imports the addresses of all"
        ),
        pytest.param(
            STAIRCASE, "craft/measures", "import bocal.toolbox.ids", id="the craft imports the toolbox"
        ),
        pytest.param(STAIRCASE, "planted/__init__", "", id="an app is born without choosing its step"),
        pytest.param(ROOMS, "people/models", "import bocal.people.queries", id="models read"),
        pytest.param(ROOMS, "people/queries", "import bocal.people.actions", id="a read writes"),
        pytest.param(
            ROOMS, "people/actions/planted", "import bocal.people.forms", id="an action knows a form"
        ),
        pytest.param(ROOMS, "people/forms", "import bocal.people.views", id="a form knows a page"),
        pytest.param(ROOMS, "people/views", "import bocal.people.urls", id="a page knows its address"),
        pytest.param(
            ROOMS, "people/views", "import bocal.people.admin", id="a page leans on the administration"
        ),
        pytest.param(CRAFT, "craft/planted", "import django.db", id="the craft imports Django"),
        pytest.param(CRAFT, "craft/planted", "import time", id="the craft looks at the clock"),
        pytest.param(CRAFT, "craft/planted", "import random", id="the craft throws dice"),
        pytest.param(CRAFT, "craft/planted", "import pathlib", id="the craft opens files"),
    ],
)
def test_a_planted_violation_is_caught(house: Path, contract: str, name: str, line: str) -> None:
    planted = module(house, name)
    before = planted.read_text() if planted.exists() else None
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f"{before or ''}\n{line}\n")
    try:
        assert contract in broken_contracts(house)
    finally:
        if before is None:
            planted.unlink()
        else:
            planted.write_text(before)
        if not any(planted.parent.iterdir()):
            planted.parent.rmdir()


def test_the_tree_itself_keeps_every_contract(house: Path) -> None:
    assert broken_contracts(house) == ""
