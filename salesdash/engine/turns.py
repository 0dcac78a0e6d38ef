"""Turns: who may ask now. Each has one question running, few wait, and the others are told so."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from salesdash.errors import QueryError

TICK_SECONDS = 0.05


@dataclass(eq=False)
class _Ticket:
    """A place in the queue."""

    who: str
    runs: bool = False


@dataclass
class Turns:
    """First come, first served: `running` questions at once in all, and one of each person."""

    running: int = 2
    waiting: int = 8
    waiting_each: int = 2
    _queue: list[_Ticket] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def turn(self, who: str, tick: Callable[[], None] | None = None) -> Iterator[None]:
        """Wait for a turn and have it; `tick` may raise to give up.

        Raises QueryError when too many wait already.
        """
        ticket = self._taken(who)
        try:
            with self._changed:
                while not self._may_run(ticket):
                    self._changed.wait(TICK_SECONDS)
                    if tick is not None:
                        tick()
                ticket.runs = True
            yield
        finally:
            with self._changed:
                self._queue.remove(ticket)
                self._changed.notify_all()

    def _taken(self, who: str) -> _Ticket:
        with self._changed:
            mine = [each for each in self._queue if each.who == who]
            if len(mine) > self.waiting_each:
                raise QueryError("sql.too_many", running=1, waiting=self.waiting_each)
            if len(self._queue) >= self.running + self.waiting:
                raise QueryError("sql.busy")
            ticket = _Ticket(who)
            self._queue.append(ticket)
            return ticket

    def _may_run(self, ticket: _Ticket) -> bool:
        """Whether there is room, and nobody before in the queue could go instead."""
        busy = {each.who for each in self._queue if each.runs}
        if sum(each.runs for each in self._queue) >= self.running:
            return False
        ready: set[str] = set(busy)
        for each in self._queue:
            if not each.runs and each.who not in ready:
                return each is ticket
        return False
