"""Watches config.yaml while the app runs: a file in the middle of being written harms nobody."""

from pathlib import Path
from threading import Lock

from salesdash.config.loading import check
from salesdash.config.settings import Settings
from salesdash.errors import ConfigError, Problem

Stamp = tuple[int, int, int]


class Watcher:
    """The settings in use: those of the file, or the last good ones. Safe between threads.

    `problems` belong to the file as it is now; with `is_stale` they are why an older state of it
    is in use.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._stamp: Stamp | None = None
        self._settings: Settings | None = None
        self.problems: tuple[Problem, ...] = ()
        self.is_stale = False

    @property
    def settings(self) -> Settings:
        """The settings, read again when the file changed.

        Raises ConfigError with all problems as long as there never were good ones.
        """
        self.refresh()
        if self._settings is None:
            raise ConfigError(self.problems)
        return self._settings

    def refresh(self) -> bool:
        """Look at the file; True when other settings are in use than before."""
        stamp = self._look()
        with self._lock:
            if stamp == self._stamp:
                return False
            found = check(self._path)
            self._stamp, self.problems = stamp, found.problems
            self.is_stale = found.settings is None
            if found.settings is None:
                return False
            changed = found.settings != self._settings
            self._settings = found.settings
            return changed

    def _look(self) -> Stamp:
        """Time and size, and the file behind the name: editors replace it."""
        try:
            facts = self._path.stat()
        except OSError:
            return (0, 0, 0)
        return (facts.st_mtime_ns, facts.st_size, facts.st_ino)
