"""Places: the folders below the inbox, what lies in them, and moving a file from one to another."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from salesdash.errors import FileError
from salesdash.errors import Place as Where
from salesdash.imports import Home
from salesdash.inbox import notes
from salesdash.inbox.arrivals import candidates
from salesdash.inbox.notes import SUFFIX, Note


class Place(StrEnum):
    """Folders below the inbox."""

    DONE = "done"
    QUESTIONS = "questions"
    REFUSED = "refused"


@dataclass(frozen=True)
class Waiting:
    """A file that lies in a place, and what its note says; None: nobody wrote one."""

    path: Path
    note: Note | None

    @property
    def name(self) -> str:
        """What people call it."""
        return self.note.file if self.note else self.path.name


def move(home: Home, path: Path, place: Place, note: Note | None = None) -> Path:
    """Move a file out of the way, never over another; where it is now.

    The note is written first: a file never lies there without its reason.
    """
    folder = home.disk.folder(home.inbox / place)
    target = free(folder, path.name)
    if note is not None:
        notes.write(home.disk, target, note)
    else:
        home.disk.remove(notes.beside(target))
    home.disk.publish(path, target)
    home.disk.settle(path.parent)
    home.disk.remove(notes.beside(path))
    return target


def back(home: Home, path: Path) -> Path:
    """Put a file into the inbox again, to be taken anew; where it is now."""
    target = free(home.inbox, path.name)
    home.disk.publish(path, target)
    home.disk.remove(notes.beside(path))
    return target


def free(folder: Path, name: str) -> Path:
    """A name in the folder that no file has: the given one, or with a number."""
    plain = Path(name)
    numbered = (f"{plain.stem} ({number}){plain.suffix}" for number in itertools.count(2))
    names = itertools.chain((name,), numbered)
    return next(folder / each for each in names if not (folder / each).exists())


def lying(home: Home, place: Place) -> Iterator[Waiting]:
    """The files of a place with their notes, oldest first."""
    for path in candidates(home.inbox / place):
        if not path.name.endswith(SUFFIX):
            yield Waiting(path, notes.read(path))


def waiting(home: Home) -> tuple[Waiting, ...]:
    """The files that wait for an answer; those that were answered meanwhile are left out."""
    imported = home.living_files()
    found = lying(home, Place.QUESTIONS)
    return tuple(each for each in found if each.note is None or each.note.sha256 not in imported)


def refused(home: Home) -> tuple[Waiting, ...]:
    """The files that were refused, oldest first."""
    return tuple(lying(home, Place.REFUSED))


def again(home: Home, place: Place, name: str) -> None:
    """Take a file of a place once more. Raises FileError when it is not there any more."""
    back(home, named(home, place, name))


def put_away(home: Home, place: Place, name: str) -> None:
    """Somebody has seen to a file of a place: it is done. Raises FileError when it is gone."""
    move(home, named(home, place, name), Place.DONE)


def named(home: Home, place: Place, name: str) -> Path:
    """The file of that name in a place. Raises FileError when there is none."""
    path = home.inbox / place / Path(name).name
    if not path.is_file():
        raise FileError("file.not_found", place=Where(name))
    return path
