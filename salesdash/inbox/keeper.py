"""Keeper: a thread of the app that takes what arrives in an inbox, as long as the app runs."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from salesdash.imports import opened
from salesdash.imports.running import under_way
from salesdash.inbox.arrivals import Lookout
from salesdash.inbox.intake import Outcome, Taker
from salesdash.inbox.rounds import is_tidy, rounds

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
PATIENCE_SECONDS = 30.0
"""So long a file that could not be taken for no fault of its own is left alone."""


class Keeper:
    """Looks into the inbox of a home every second, and takes what is complete.

    `desk` opens the home and says who takes files into it; it is called only when there are some.
    """

    def __init__(self, home: Path, desk: Callable[[], AbstractContextManager[Taker]]) -> None:
        self._home = home.resolve()
        self._desk = desk
        self._end = threading.Event()
        self._later: dict[Path, float] = {}
        self._thread = threading.Thread(target=self._keep, name="inbox", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Let go of a file that is being read, finish one that is being written, and end."""
        self._end.set()
        for work in under_way(self._home):
            work.stop(ending=True)
        if self._thread.is_alive():
            self._thread.join()

    def _keep(self) -> None:
        lookout = Lookout()
        while not self._end.wait(LOOK_SECONDS):
            try:
                self._look(lookout)
            except Exception:  # the thread must outlive whatever happens to a file or the config
                log.exception("The inbox could not be looked at")
                self._end.wait(PATIENCE_SECONDS)

    def _look(self, lookout: Lookout) -> None:
        clock = time.monotonic()
        ready = lookout.look(self._home / "inbox", clock)
        files = [path for path in ready if self._later.get(path, clock) <= clock]
        if not files and self._nothing_waits():
            return
        with self._desk() as taker:
            for taken in rounds(replace(taker, leaving=self._end.is_set), files):
                if taken.outcome is Outcome.LATER:
                    self._later[taken.path] = time.monotonic() + PATIENCE_SECONDS
                    log.warning("inbox: %s", (taken.why or {}).get("en"))

    def _nothing_waits(self) -> bool:
        home = opened.get(self._home)
        return home is None or is_tidy(home)
