"""Fixtures every room may use."""

import gc
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from salesdash import config
from salesdash.engine import Engine, child
from salesdash.workspace import upgrade
from tests import inprocess, migrated, postgresql, terminal
from tests.examples import DAILY, THOROUGH

REAL = child.run, child._say
OPEN = Engine.open

# Machines are shared and noisy: how long an example takes is no finding.
settings.register_profile(
    "salesdash", max_examples=DAILY, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", settings.get_profile("salesdash"), max_examples=THOROUGH)
settings.load_profile("salesdash")

MEMORY = Path("/dev/shm")
ROOM_BYTES = 2 << 30
"""Four times what all homes of a run take."""

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


LAST = (
    "test_four_weeks.py",
    "test_team.py",
    "test_screens.py",
    "test_chinese.py",
    "test_way_in.py",
)
"""Of the files that drive Chromium, which come last, those that take longest, before the others."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """No search for garbage while thousands of tests are collected, nor among them later on."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Chromium last, long files of it first: both workers end at about the same time.

    Its driver keeps a loop of events open, which other tests must not find running.
    """
    rank = {name: number for number, name in enumerate(LAST)}
    items.sort(key=lambda item: _place(item, rank))


def _place(item: pytest.Item, rank: dict[str, int]) -> tuple[bool, int]:
    drives = item.path.parent.name == "browser"
    return drives, rank.get(item.path.name, len(rank)) if drives else 0


def pytest_configure() -> None:
    """Homes of tests lie in memory where it has room: a disk makes each of their writes wait.

    The same config.yaml is read once, the migrations of a new workspace are planned once: tests
    ask for them many hundred times.
    """
    pytest.MonkeyPatch().setattr(config, "load", terminal.read_once)
    pytest.MonkeyPatch().setattr(upgrade, "migrate", migrated.migrate)
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files beside the checkout; tests skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"real files are not here: {SHARED} is absent")
    return SHARED


@pytest.fixture(scope="session")
def server() -> Iterator[postgresql.Server]:
    """A PostgreSQL server of the tests' own."""
    with postgresql.running() as found:
        yield found


@pytest.fixture(scope="session", autouse=True)
def _children_here() -> Iterator[None]:
    """What is given to a child is done in this process, for fixtures of any scope, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "run", inprocess.run)
        patch.setattr(child, "_say", inprocess.say)
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_thread_each() -> Iterator[None]:
    """Engines of this process work alone: for small tables, threads cost more than they bring."""

    def alone(*of: Any, **given: Any) -> Engine:
        return OPEN(*of, **{"threads": 1, **given})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "open", alone)
        yield


@pytest.fixture(autouse=True)
def _children_of_their_own(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marked `child`: a real one."""
    if request.node.get_closest_marker("child"):
        monkeypatch.setattr(child, "run", REAL[0])
        monkeypatch.setattr(child, "_say", REAL[1])
