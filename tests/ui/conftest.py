"""The app through its front door, with small homes of its own."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from salesdash.commands import homes
from salesdash.config import loading, watcher
from salesdash.ui import context, process
from tests.browser.homes import ORDERS_FILE, ROOT, TODAY, demo_company, own_copy

PATIENCE_SECONDS = 60


@pytest.fixture(scope="session", autouse=True)
def _looked_up_once() -> Iterator[None]:
    """What each app reads at its start and stays as it is: installed packages, config.yaml."""

    @cache
    def judged(path: Path, _content: bytes) -> loading.Loaded:
        return loading.check(path)

    def check(path: Path) -> loading.Loaded:
        return judged(path, path.read_bytes()) if path.is_file() else loading.check(path)

    with pytest.MonkeyPatch.context() as patch:
        scanned = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scanned)
        patch.setattr(watcher, "check", check)
        yield


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo company, made once; tests that change it copy it first."""
    place = tmp_path_factory.mktemp("homes") / "own-demo"
    demo_company(place)
    return place


@pytest.fixture
def front(demo_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """app.py, not yet run: demo company beside an own home that is empty, English."""
    own = demo_home.with_name("own")
    yield from _app(own, monkeypatch)


@pytest.fixture
def fresh(tmp_path: Path, demo_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The same with an own home nobody has written into, which the test may fill."""
    (tmp_path / "own-demo").symlink_to(demo_home)
    yield from _app(tmp_path / "own", monkeypatch)


@pytest.fixture
def stocked(fresh: AppTest, tmp_path: Path) -> AppTest:
    """The same with an own home that holds the order lines of `homes`."""
    own_copy(tmp_path / "own", ORDERS_FILE)
    return fresh


def _app(own: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("SALESDASH_HOME", str(own))
    monkeypatch.setenv("SALESDASH_TODAY", str(TODAY))
    monkeypatch.setenv("SALESDASH_CONFIG", str(ROOT / "config.yaml"))
    process.forget()
    context.begin()
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE_SECONDS)
    homes.close_all()
    process.forget()
