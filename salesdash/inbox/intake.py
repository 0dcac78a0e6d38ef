"""Intake: one complete file of the inbox goes in, waits with its question, or is refused."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from salesdash import texts
from salesdash.errors import InputError, SalesdashError, Stopped, UsageError
from salesdash.imports import Home, Request, Staged, commit, stage, together
from salesdash.imports.running import ENDING, Work, working
from salesdash.inbox import notes
from salesdash.inbox.arrivals import Look
from salesdash.inbox.notes import Note
from salesdash.inbox.places import Place, move
from salesdash.inbox.unpacking import unpacked
from salesdash.workspace import Event

log = logging.getLogger(__name__)

WHO = "inbox"
"""The name that the log keeps where nobody stands behind an import."""


class Outcome(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    ALREADY = "already"  # the same file is in
    QUESTION = "question"  # only people know the answer
    REFUSED = "refused"
    UNPACKED = "unpacked"  # its files are taken by themselves
    LATER = "later"  # not its fault: it stays in the inbox and is taken again


@dataclass(frozen=True)
class Taken:
    """What became of the file called `file`, where it lies now, why in each language.

    `events`: what it brought, or the import that brought it before. `files`: what it was unpacked
    to, in the inbox.
    """

    file: str
    outcome: Outcome
    path: Path
    events: tuple[Event, ...] = ()
    why: dict[str, str] | None = None
    files: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Taker:
    """Who takes files into which home; `clock` says the moment, naive in the company's zone.

    `leaving`: whether the process is about to end, so that no further file is taken.
    """

    home: Home
    who: str
    clock: Callable[[], datetime]
    leaving: Callable[[], bool] = lambda: False


def take(taker: Taker, path: Path) -> Taken | None:
    """Bring a file in and move it out of the way; None when it is gone or changed meanwhile."""
    before = Look.at(path)
    if before is None:
        return None
    try:
        with working(taker.home.path, path.name, taker.who) as work:
            return _taken(taker, path, before, work)
    except Stopped as error:
        is_end = error.key == ENDING
        return _later(path, error) if is_end else _refused(taker, path, before, error)
    except InputError as error:
        return _refused(taker, path, before, error) if path.exists() else None
    except (SalesdashError, OSError) as error:  # disk full, locked by another program ...
        return _later(path, error)
    except Exception as error:
        log.exception("A file of the inbox failed in a way that nobody expected")
        return _refused(taker, path, before, error)


def _taken(taker: Taker, path: Path, before: Look, work: Work) -> Taken | None:
    home = taker.home
    files = unpacked(home, path)
    if files:
        return Taken(path.name, Outcome.UNPACKED, move(home, path, Place.DONE), files=files)
    staged = stage(home, Request(path, path.name), taker.clock(), work.tell)
    try:
        if Look.at(path) != before:  # somebody still writes it
            return None
        about = _note(taker, staged, before)
        if staged.duplicate_of is not None:
            return _already(home, path, staged.duplicate_of, about)
        if staged.questions:
            why = notes.worded(lambda lang: _asked(staged, lang))
            about = replace(about, why=why)
            target = move(home, path, Place.QUESTIONS, about)
            return Taken(path.name, Outcome.QUESTION, target, why=why)
        work.check()
        event = commit(home, staged, taker.who, taker.clock())
        target = move(home, path, Place.DONE)
        return Taken(path.name, Outcome.IMPORTED, target, together(event, home.done()))
    finally:
        staged.discard()


def _already(home: Home, path: Path, number: int, about: Note) -> Taken:
    why = notes.worded(lambda lang: texts.t("inbox.already", lang, number=number))
    target = move(home, path, Place.DONE, replace(about, why=why, event=number))
    return Taken(path.name, Outcome.ALREADY, target, (home.workspace.log.event(number),), why)


def _asked(staged: Staged, lang: str) -> str:
    """The questions in words, one a line."""
    return "\n".join(texts.t(each.text, lang, **each.values) for each in staged.questions)


def _refused(taker: Taker, path: Path, before: Look, error: BaseException) -> Taken:
    why = notes.refusal(error)
    about = Note(path.name, taker.clock(), why, size=before.size, modified=before.modified)
    target = move(taker.home, path, Place.REFUSED, about)
    return Taken(path.name, Outcome.REFUSED, target, why=why)


def _later(path: Path, error: BaseException) -> Taken:
    if not isinstance(error, SalesdashError):
        error = UsageError("inbox.locked", file=path.name, detail=str(error))
    return Taken(path.name, Outcome.LATER, path, why=notes.refusal(error))


def _note(taker: Taker, staged: Staged, look: Look) -> Note:
    """What helps to know the file again; why it waits is not said yet."""
    fingerprints = tuple(t.fingerprint for t in staged.reading.tables) if staged.reading else ()
    return Note(
        staged.request.name,
        taker.clock(),
        {},
        sha256=staged.sha256,
        fingerprints=fingerprints,
        confirmed=confirmed(taker.home, fingerprints),
        size=look.size,
        modified=look.modified,
    )


def confirmed(home: Home, fingerprints: tuple[str, ...]) -> int:
    """How often mappings of these sets of headers were confirmed so far."""
    known = home.workspace.mappings.known
    return sum(found.version for name in fingerprints for found in known(name))
