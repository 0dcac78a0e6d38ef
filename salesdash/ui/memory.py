"""Frozen answers, kept while they may be asked again: bounded, shared by all sessions.

Streamlit's own caches hash arguments by content; here the key is already a tuple of frozen
values, so a hit costs microseconds.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")


class Answers:
    """Newest answers by key; the one used longest ago leaves first.

    The same question asked by two sessions at once is worked out once, the second one waits. If
    the first one gave up, the second one asks itself.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._busy: dict[Hashable, threading.Lock] = {}
        self._waiting = 0
        self._guard = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def awaited(self) -> bool:
        """Whether somebody waits for an answer that another is working out."""
        return self._waiting > 0

    def holds(self, key: Hashable) -> bool:
        """Whether the answer is there already."""
        return key in self._kept

    def get(self, key: Hashable, make: Callable[[], T], wait: Callable[[], None]) -> T:
        """The answer to `key`, made by `make` when nobody has it; `wait` runs meanwhile."""
        with self._guard:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast("T", self._kept[key])
            turn = self._busy.setdefault(key, threading.Lock())
        self._acquire(turn, wait)
        try:
            if key in self._kept:
                return cast("T", self._kept[key])
            return self._keep(key, make())
        finally:
            turn.release()
            with self._guard:
                self._busy.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        with self._guard:
            self._kept.clear()

    def _acquire(self, turn: threading.Lock, wait: Callable[[], None]) -> None:
        if turn.acquire(blocking=False):
            return
        with self._guard:
            self._waiting += 1
        try:
            while not turn.acquire(timeout=0.05):
                wait()
        finally:
            with self._guard:
                self._waiting -= 1

    def _keep(self, key: Hashable, answer: T) -> T:
        with self._guard:
            self._kept[key] = answer
            while len(self._kept) > self._limit:
                self._kept.popitem(last=False)
        return answer
