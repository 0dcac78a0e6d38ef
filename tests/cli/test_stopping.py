"""Ctrl-C in the middle of an import: nothing is stored, nothing is left, nothing is in the way."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from salesdash.commands.replies import loads
from tests.api.test_server import SECONDS, App, command
from tests.terminal import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Path:
    """Enough lines to be in the middle of."""
    path: Path = tmp_path_factory.mktemp("large") / "large.csv"
    lines = (f"A{number},2026-01-{number % 28 + 1:02},{number}.25\n" for number in range(300_000))
    path.write_text("Order,Date,Amount\n" + "".join(lines))
    return path


def _listening() -> None:
    """A terminal's signal, also where the tests run in the background and ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupted(home: Path, file: Path) -> subprocess.CompletedProcess[str]:
    """`import` in a terminal of its own, and ctrl-C once it has begun to read."""
    words = [sys.executable, "-m", "salesdash", "--home", str(home), "import", str(file)]
    process = subprocess.Popen(
        words,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_listening,
    )
    end = time.monotonic() + SECONDS
    while not list(home.glob("staging/*/original.zst")):
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=SECONDS)
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def test_ctrl_c_stores_nothing(tmp_path, large):
    home = tmp_path / "home"
    done = interrupted(home, large)
    assert (done.returncode, done.stdout) == (130, "")
    assert "Traceback" not in done.stderr
    assert command(home, "imports") == (0, [])
    assert not list((home / "staging").iterdir())
    assert not list((home / "imports").iterdir())


def test_ctrl_c_stops_the_work_of_the_app_and_others_go_on(tmp_path, large):
    app = App(tmp_path / "home")
    try:
        done = interrupted(app.home, large)
        assert done.returncode == 130
        end = time.monotonic() + SECONDS
        while list((app.home / "staging").glob("*/original.zst")):
            assert time.monotonic() < end
            time.sleep(0.05)
        assert command(app.home, "imports") == (0, [])
        small = tmp_path / "small.csv"
        small.write_text("Order,Date,Amount\nA,2026-01-05,100.50\n")
        assert command(app.home, "import", str(small))[0] == 0
        assert command(app.home, "query", "sales")[1]["rows"] == [[loads("100.5000")]]
    finally:
        assert app.stop() == 0
    assert "Traceback" not in app.said
