"""The tracked files themselves: sizes, words left for later, machines and hosts, inline code, licences."""

import re
import subprocess
import tomllib
from pathlib import Path

from tests.support.pages import inline_code

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MODULE = 500

# Written in halves, so that this file is not its own first offender.
FOR_LATER = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
FOLDERS_OF_ONE_MACHINE = re.compile(r"(?<![\w.])/(ro" r"ot|ho" r"me|wo" r"rk|Us" r"ers)/\w")
REGISTRIES = re.compile(
    r"pypi\.o" r"rg|pythonhosted\.o" r"rg|npmjs\.(o" r"rg|com)|deb\.debian\.o" r"rg|index-u" r"rl"
)
PUT_OFF = re.compile(r"mark\.(sk" r"ip|xf" r"ail)|pytest\.(sk" r"ip|xf" r"ail)\(")
TEMPLATE_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}")


def tracked(*patterns: str) -> list[Path]:
    answer = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in answer.stdout.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return ""


def is_ours(path: Path) -> bool:
    return "vendor" not in path.parts and path.name != "LICENSE"


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def test_nothing_is_left_for_later() -> None:
    assert not lines_with(
        FOR_LATER, [path for path in tracked("*.py", "*.html", "*.js", "*.css", "*.md") if is_ours(path)]
    )


def test_no_test_is_put_off() -> None:
    assert not lines_with(PUT_OFF, tracked("tests/*.py"))


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    assert not lines_with(FOLDERS_OF_ONE_MACHINE, [path for path in tracked() if is_ours(path)])


def test_no_file_names_a_package_registry() -> None:
    assert not lines_with(REGISTRIES, [path for path in tracked() if is_ours(path)])


def test_no_module_is_longer_than_a_person_reads() -> None:
    lengths = {path: text_of(path).count("\n") for path in tracked("*.py") if "migrations" not in path.parts}

    assert not {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > LONGEST_MODULE}


def test_every_module_tells_its_story() -> None:
    """A docstring at the top, except where a name says it all."""
    silent = {"__init__.py", "apps.py"}
    modules = [
        path for path in tracked("src/*.py") if path.name not in silent and "migrations" not in path.parts
    ]

    assert not [
        str(path.relative_to(ROOT)) for path in modules if not text_of(path).lstrip().startswith('"""')
    ]


def test_no_template_holds_inline_code() -> None:
    found = {
        template.name: inline_code(TEMPLATE_TAG.sub("x", text_of(template)))
        for template in tracked("src/*.html")
    }

    assert found
    assert not {name: lines for name, lines in found.items() if lines}


def test_every_vendored_library_comes_with_its_licence() -> None:
    folders = {
        folder
        for vendor in ROOT.glob("src/bocal/*/static/vendor")
        for folder in vendor.iterdir()
        if folder.is_dir()
    }

    assert folders
    assert not [
        folder.name
        for folder in folders
        if not any("licen" in file.name.lower() for file in folder.iterdir())
    ]


def test_bocal_is_free_software() -> None:
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (ROOT / "LICENSE").read_text()
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["license"] == "AGPL-3.0-or-later"


def test_every_dependency_is_locked_with_its_hash() -> None:
    for lock in tracked("requirements/*.txt"):
        blocks = re.split(r"\n(?=[a-z0-9])", lock.read_text())
        assert all("--hash=sha256:" in block for block in blocks if not block.startswith("#")), lock.name
