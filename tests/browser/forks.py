"""Apps as forks of one Python that has imported all of them: a fresh one takes seconds to do so."""

import importlib
import json
import os
import pkgutil
import signal
import sys
import time
import traceback
from pathlib import Path

from tests.forking import ROOT, asked

SERVER = "tests.browser.forks"
IMPORTED = ("salesdash.__main__", "salesdash.server", "alembic.command", "anyio._backends._asyncio")


class Fork:
    """`python -m salesdash` with these words, used as what `subprocess.Popen` gives."""

    def __init__(self, words: list[str], environment: dict[str, str], log: Path) -> None:
        self.pid = int(asked(SERVER, "start", words, environment, str(log)))

    def poll(self) -> int | None:
        """How it ended, None while it runs."""
        found: int | None = asked(SERVER, "ended", self.pid)
        return found

    def terminate(self) -> None:
        """Ask it to stop."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)

    def wait(self, seconds: float) -> None:
        """Until it has ended."""
        latest = time.monotonic() + seconds
        while self.poll() is None:
            assert time.monotonic() < latest, "it does not stop"
            time.sleep(0.05)


def main() -> None:
    """Import everything, then answer each line of standard input by one of standard output."""
    # here: whoever asks need not import the screens
    from streamlit.components.v2 import manifest_scanner

    from salesdash import ui
    from tests import lookups

    screens = (found.name for found in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."))
    for name in (*IMPORTED, *screens):
        importlib.import_module(name)
    lookups.keep(setattr)
    lookups.check(ROOT / "config.yaml")
    manifest_scanner.scan_component_manifests()
    ended: dict[int, int] = {}
    for line in sys.stdin:
        order, *arguments = json.loads(line)
        answer = _start(*arguments) if order == "start" else _ended(arguments[0], ended)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _start(words: list[str], environment: dict[str, str], log: str) -> int:
    fork = os.fork()
    if fork:
        return fork
    code = None
    try:
        code = _run(words, environment, log)
    finally:
        if code is None:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(1 if code is None else code)


def _run(words: list[str], environment: dict[str, str], log: str) -> int:
    out, nothing = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), os.open(os.devnull, 0)
    for given, stream in ((nothing, sys.stdin), (out, sys.stdout), (out, sys.stderr)):
        os.dup2(given, stream.fileno())
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["salesdash", *words]
    code: int = importlib.import_module("salesdash.__main__")._run()
    return code


def _ended(fork: int, ended: dict[int, int]) -> int | None:
    """How a fork ended, None while it runs; the system tells it once."""
    if fork not in ended:
        found, status = os.waitpid(fork, os.WNOHANG)
        if not found:
            return None
        ended[fork] = os.waitstatus_to_exitcode(status)
    return ended[fork]


if __name__ == "__main__":
    main()
