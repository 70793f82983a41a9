"""The suite is hostile on purpose: what would only be ugly in production fails here.

Warnings are errors (naive datetimes among them), the network is out of reach, undefined template variables and
inline code fail, the browser complains aloud. Each habit has its file in `tests/support`.
"""

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.core.cache import cache

# Fixtures of the house; imported here, they stand nearer to the tests than those of the plugins they refine.
from tests.support.browser import (  # noqa: F401
    base_url,
    browser_context_args,
    browser_type_launch_args,
    complaints,
    enter,
    new_context,
)
from tests.support.database import django_db_setup, pytest_collection_modifyitems  # noqa: F401
from tests.support.evening import coordination, that_evening  # noqa: F401
from tests.support.live import as_role, live_demonstration, static_files_are_kept  # noqa: F401
from tests.support.network import network_forbidden  # noqa: F401
from tests.support.seasons import _demonstration_copy, demonstration  # noqa: F401

# A busy machine is slow, which is no defect.
hypothesis.settings.register_profile("house", hypothesis.settings.default, deadline=None)
hypothesis.settings.register_profile(
    "campaign", hypothesis.settings.default, deadline=None, max_examples=3_000
)
hypothesis.settings.load_profile("house")

ROOT = Path(__file__).resolve().parents[1]

gc.set_threshold(
    100_000, 50, 50
)  # what Django builds for a test is many and short-lived: look at it less often


def pytest_collection_finish() -> None:
    """Everything imported stays to the end: the collector need not walk through it at each round."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """Rate limits and cached pages of one test are no business of the next."""
    yield
    cache.clear()


def environment_of_a_process(data: Path) -> dict[str, str]:
    """What a real process of ours is told: nothing of the developer's settings, one data folder."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    return {**kept, "BOCAL_DATA": str(data)}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return environment_of_a_process(tmp_path / "var")


@pytest.fixture(scope="session")
def _migrated_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Filled by the first command that needed records: nobody asked it to migrate."""
    data = tmp_path_factory.mktemp("migrated") / "var"
    command = [sys.executable, "-m", "bocal", "rebuild-balances"]
    subprocess.run(command, env=environment_of_a_process(data), cwd=ROOT, check=True)
    return data


@pytest.fixture
def migrated(environment: dict[str, str], _migrated_folder: Path) -> Path:
    """The data folder of `bocal`, migrated and otherwise empty: a copy, made in no time."""
    return Path(shutil.copytree(_migrated_folder, environment["BOCAL_DATA"]))


@pytest.fixture
def bocal(environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`bocal("figures", "--json")`: the real command, in a real process, in its own empty data folder."""

    def run(*words: str, timeout: float = 60, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bocal", *words],
            env={**environment, **more},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,  # nobody is there to answer questions
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run
