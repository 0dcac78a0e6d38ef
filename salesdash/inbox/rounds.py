"""Rounds: all complete files of an inbox are taken, one after the other, by one taker at a time."""

from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock

from salesdash.imports import Home
from salesdash.inbox import intake
from salesdash.inbox.intake import Taken, Taker
from salesdash.inbox.places import Place, Waiting, back, lying, move

_turns: dict[Path, Lock] = {}
_guard = Lock()


def rounds(taker: Taker, files: Iterable[Path]) -> Iterator[Taken]:
    """Take files, and those that come out of them; what became of each is told at once.

    One bad file stops no other.
    """
    with turn(taker.home):
        _tidy(taker.home)
        ready = deque(files)
        while ready and not taker.leaving():
            found = intake.take(taker, ready.popleft())
            if found is not None:
                ready.extend(found.files)
                yield found


def turn(home: Home) -> Lock:
    """Held while the files of a home are taken: two never take the same one."""
    with _guard:
        return _turns.setdefault(home.path, Lock())


def tidy(home: Home) -> None:
    """Let files go on that waited: what was answered is done, what may fit by now is taken again.

    A refused file that was mended in its place is taken again, too.
    """
    with turn(home):
        _tidy(home)


def _tidy(home: Home) -> None:
    for each, is_in in tuple(_moves(home)):
        if is_in:
            move(home, each.path, Place.DONE)
        else:
            back(home, each.path)


def is_tidy(home: Home) -> bool:
    """Whether nothing that waits may go on."""
    return not any(_moves(home))


def _moves(home: Home) -> Iterator[tuple[Waiting, bool]]:
    """Files that need not wait any more, and whether they are in."""
    imported = home.living_files()
    for each in lying(home, Place.QUESTIONS):
        note = each.note
        if note is None or not note.is_of(each.path):
            yield each, False
        elif note.sha256 in imported:
            yield each, True
        elif note.confirmed != intake.confirmed(home, note.fingerprints):
            yield each, False
    for each in lying(home, Place.REFUSED):
        if each.note is not None and not each.note.is_of(each.path):
            yield each, False
