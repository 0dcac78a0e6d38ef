"""Work that is under way in this process: on which file, how far it is, and a way to stop it.

Whoever brings a file in, by a screen, the terminal or the inbox, does so within `working`; so
everybody can see it and stop it. What was stopped has stored nothing.
"""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Flag
from threading import Lock

from salesdash.errors import Stopped

ENDING = "import.ending"
"""Key of the error when the process ends, and nobody wished the work to stop."""


@dataclass
class Work:
    """One file on its way in. `share` (0 to 1) and `step` (a text key) say how far it is.

    `tag`: a name by which whoever began it can find it again.
    """

    number: int
    home: Path
    name: str
    who: str
    tag: str = ""
    share: float = 0.0
    step: str = ""
    _why: str = "import.stopped"
    _stopped: Flag = field(default_factory=Flag, repr=False)
    _interrupt: Callable[[], None] | None = field(default=None, repr=False)

    def tell(self, share: float, step: str) -> None:
        """Say how far it is; raises Stopped when somebody wants no more of it."""
        self.check()
        self.share, self.step = min(max(share, 0.0), 1.0), step

    def check(self) -> None:
        """Raise Stopped when somebody wants no more of it."""
        if self._stopped.is_set():
            raise Stopped(self._why, file=self.name)

    def stop(self, *, ending: bool = False) -> None:
        """Nobody wants it any more; or (`ending`) the process is about to end."""
        if ending:
            self._why = ENDING
        self._stopped.set()
        interrupt = self._interrupt
        if interrupt is not None:
            interrupt()

    @contextmanager
    def interruptible(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """A part that says nothing of how far it is; `interrupt` makes it fail at once."""
        self._interrupt = interrupt
        try:
            self.check()
            yield
            self.check()
        except Exception:
            self.check()  # whatever an interrupted part fails with
            raise
        finally:
            self._interrupt = None


_numbers = itertools.count(1)
_under_way: dict[int, Work] = {}
_current: ContextVar[Work | None] = ContextVar("current", default=None)
_tag: ContextVar[str] = ContextVar("tag", default="")
_guard = Lock()


@contextmanager
def tagged(tag: str) -> Iterator[None]:
    """What is begun within can be found under the tag."""
    token = _tag.set(tag)
    try:
        yield
    finally:
        _tag.reset(token)


@contextmanager
def working(home: Path, name: str, who: str) -> Iterator[Work]:
    """Work on a file of that name; all can see it meanwhile, and stop it."""
    work = Work(next(_numbers), home.resolve(), name, who, _tag.get())
    with _guard:
        _under_way[work.number] = work
    token = _current.set(work)
    try:
        yield work
    finally:
        _current.reset(token)
        with _guard:
            del _under_way[work.number]


@contextmanager
def interruptible(interrupt: Callable[[], None], step: str) -> Iterator[None]:
    """A step of the work of this thread, if there is any, that can be interrupted."""
    work = _current.get()
    if work is None:
        yield
        return
    work.tell(0.0, step)
    with work.interruptible(interrupt):
        yield


def under_way(home: Path | None = None, tag: str = "") -> tuple[Work, ...]:
    """What is being worked on, in a home or under a tag, or all; what began first stands first."""
    place = home.resolve() if home else None
    with _guard:
        found = tuple(_under_way.values())
    return tuple(each for each in found if place in (None, each.home) and tag in ("", each.tag))
