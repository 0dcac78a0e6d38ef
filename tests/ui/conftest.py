"""The app through its front door, with small homes of its own."""

from collections.abc import Callable, Hashable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest, local_script_runner

from salesdash.commands import homes
from salesdash.ui import context, process
from salesdash.ui.memory import Answers, T
from tests import lookups
from tests.browser.homes import ORDERS_FILE, ROOT, TODAY, demo_company, own_copy

PATIENCE_SECONDS = 60
KEPT = Answers(4096)
"""What was asked of the demo company, which stays as it is, by any test of this process."""


class _OfDemo(Answers):
    """Answers of one app: those of the demo company are looked up in KEPT, others begin empty.

    Their key says all that they depend on, but a folder of a test may be that of one before.
    """

    def __init__(self, demo: Path, limit: int) -> None:
        super().__init__(limit)
        self._demo = demo.resolve()

    def get(self, key: Hashable, make: Callable[[], T], wait: Callable[[], None]) -> T:
        of_demo = isinstance(key, tuple) and self._demo in key
        return KEPT.get(key, make, wait) if of_demo else super().get(key, make, wait)


@pytest.fixture(scope="session", autouse=True)
def _waited_for() -> Iterator[None]:
    """A run is waited for by its thread's end; AppTest looks a thousand times a second."""
    look = local_script_runner.require_widgets_deltas

    def wait(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
        if runner._script_thread is not None:
            runner._script_thread.join(timeout)
        if not runner.script_stopped():
            look(runner, 0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "require_widgets_deltas", wait)
        yield


@pytest.fixture(scope="session", autouse=True)
def _looked_up_once() -> Iterator[None]:
    """What each app reads at its start and stays as it is: installed packages, config.yaml."""
    with pytest.MonkeyPatch.context() as patch:
        lookups.keep(patch.setattr)
        yield


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo company, made once; tests that change it copy it first."""
    place = tmp_path_factory.mktemp("homes") / "own-demo"
    demo_company(place)
    return place


@pytest.fixture
def unasked() -> None:
    """Nobody has asked the demo company anything yet, as at the start of the app."""
    KEPT.clear()


@pytest.fixture
def front(demo_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """app.py, not yet run: demo company beside an own home that is empty, English."""
    own = demo_home.with_name("own")
    yield from _app(own, monkeypatch, demo_home)


@pytest.fixture
def fresh(tmp_path: Path, demo_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The same with an own home nobody has written into, which the test may fill."""
    (tmp_path / "own-demo").symlink_to(demo_home)
    yield from _app(tmp_path / "own", monkeypatch, demo_home)


@pytest.fixture
def stocked(fresh: AppTest, tmp_path: Path) -> AppTest:
    """The same with an own home that holds the order lines of `homes`."""
    own_copy(tmp_path / "own", ORDERS_FILE)
    return fresh


def _app(own: Path, monkeypatch: pytest.MonkeyPatch, demo: Path | None = None) -> Iterator[AppTest]:
    """`demo`: the company beside `own` that no test changes."""
    monkeypatch.setenv("SALESDASH_HOME", str(own))
    monkeypatch.setenv("SALESDASH_TODAY", str(TODAY))
    monkeypatch.setenv("SALESDASH_CONFIG", str(ROOT / "config.yaml"))
    if demo is not None:
        monkeypatch.setattr(process, "Answers", lambda limit: _OfDemo(demo, limit))
    process.forget()
    context.begin()
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE_SECONDS)
    homes.close_all()
    process.forget()
