"""Arrivals: which files in the inbox are complete, and which are still being written.

Nothing tells when a copy, a download or an export has ended. So a file is taken when it looked
the same at two looks that are some seconds apart; names under which programs write unfinished
files are never taken.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SETTLE_SECONDS = 2.0
"""A file that did not change for so long is complete."""

UNFINISHED = re.compile(
    r"""
    ^[.~]                 # hidden, ~$orders.xlsx, .~lock.orders.ods#
    | \.(part|partial|crdownload|download|opdownload|tmp|temp|swp|filepart|!ut)$
    | ~$                  # an editor's older version
    | ^(thumbs\.db|desktop\.ini|icon\r)$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Names of files that programs keep for themselves, or are not done with."""


@dataclass(frozen=True)
class Look:
    """What a file looked like: its size, its time, and the file behind the name."""

    size: int
    modified: int
    inode: int

    @classmethod
    def at(cls, path: Path) -> "Look | None":
        """The look of a file; None when there is none."""
        try:
            facts = path.stat()
        except OSError:
            return None
        return cls(facts.st_size, facts.st_mtime_ns, facts.st_ino)


def candidates(folder: Path) -> dict[Path, Look]:
    """The files of a folder that may be taken, oldest first, each as it looks now."""
    found: dict[Path, Look] = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        if UNFINISHED.search(path.name) or not path.is_file():
            continue
        look = Look.at(path)
        if look is not None:
            found[path] = look
    return dict(sorted(found.items(), key=lambda pair: (pair[1].modified, pair[0].name)))


class Lookout:
    """Remembers how files looked, and when they were first seen so."""

    def __init__(self) -> None:
        self._seen: dict[Path, tuple[Look, float]] = {}

    def look(self, folder: Path, clock: float) -> tuple[Path, ...]:
        """The complete files: unchanged since a look at least two seconds ago.

        `clock`: seconds of a clock that only moves on.
        """
        now = candidates(folder)
        self._seen = {path: self._first(path, look, clock) for path, look in now.items()}
        return tuple(p for p, (_, since) in self._seen.items() if clock - since >= SETTLE_SECONDS)

    @property
    def arriving(self) -> Mapping[Path, Look]:
        """All files of the last look, complete or not."""
        return {path: look for path, (look, _) in self._seen.items()}

    def _first(self, path: Path, look: Look, clock: float) -> tuple[Look, float]:
        known = self._seen.get(path)
        return known if known is not None and known[0] == look else (look, clock)
