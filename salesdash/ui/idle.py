"""Work for moments in which nobody waits: one thread, which gives way to any screen that runs.

A screen stirs the process when its run begins, waits and ends. Once nothing has stirred for a
while, what was asked for last is worked through; a question that a screen waits for is finished.
"""

import logging
import time
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor

from salesdash.ui.memory import Answers

IDLE_SECONDS = 0.3
"""So long nothing may have stirred: people read, they don't choose."""

REMEMBERED = 4096
"""Questions known to have been asked; then all are asked anew, which costs little while kept."""

Tick = Callable[[], None]
Question = Callable[[Tick], object]
"""Asks, calling the tick now and then, which raises `GivenWay` when it is to stop."""

_log = logging.getLogger(__name__)


class GivenWay(Exception):
    """Somebody else needs the processor."""


class Idle:
    """Asks what may be asked soon. What a question brings must be kept by the question itself."""

    def __init__(self, answers: Answers, after: float = IDLE_SECONDS) -> None:
        self._answers = answers
        self._after = after
        self._stirred = time.monotonic()
        self._newest = 0
        self._asked: set[Hashable] = set()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="idle")

    def stir(self) -> None:
        """A screen runs now."""
        self._stirred = time.monotonic()

    def expect(self, questions: Mapping[Hashable, Question]) -> None:
        """Ask these by their keys once it is quiet, instead of those that were expected before.

        What was asked under a key once is not asked again.
        """
        self.stir()
        self._newest += 1
        left = {key: ask for key, ask in questions.items() if key not in self._asked}
        if left:
            self._pool.submit(self._work, self._newest, left)

    def close(self) -> None:
        """Ask nothing more; comes back when nothing is being asked."""
        self._newest += 1
        self._pool.shutdown()

    def _work(self, number: int, questions: Mapping[Hashable, Question]) -> None:
        for key, ask in questions.items():
            done = False
            while not done:
                if not self._rests(number):
                    return
                done = self._ask(number, ask)
            if len(self._asked) >= REMEMBERED:
                self._asked.clear()
            self._asked.add(key)

    def _rests(self, number: int) -> bool:
        """Wait until nothing stirs; False: other questions are expected by now."""
        while number == self._newest:
            left = self._stirred + self._after - time.monotonic()
            if left <= 0:
                return True
            time.sleep(left)
        return False

    def _ask(self, number: int, ask: Question) -> bool:
        """Whether the question was worked through."""
        began = time.monotonic()

        def tick() -> None:
            outrun = self._stirred > began or number != self._newest
            if outrun and not self._answers.awaited:
                raise GivenWay

        try:
            ask(tick)
        except GivenWay:
            return False
        except Exception:  # noqa: BLE001 - whoever asks it himself is told
            _log.debug("asked ahead in vain", exc_info=True)
        return True
