"""Home: one folder with a company's data, open in exactly one process."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Self

from filelock import FileLock, Timeout

from salesdash.datasets import DATASETS, TARGETS
from salesdash.engine import Engine
from salesdash.errors import HomeBusy, StorageError
from salesdash.imports import promises, recovery, retention, seat, shown
from salesdash.imports.copies import Copies
from salesdash.imports.disk import Disk
from salesdash.imports.speeches import speeches, standing
from salesdash.warehouse import Calendars, PlainCalendars, Warehouse
from salesdash.workspace import Event, EventKind, Status, Workspace

OnStep = Callable[[str], None]

FOLDERS = ("originals", "imports", "staging", "inbox")

MEMORY = "1GB"
"""What DuckDB keeps to itself, of rows on their way into the file too; more goes by the disk."""

opened: dict[Path, "Home"] = {}
"""The homes that this process has open, by resolved path."""

_opening = RLock()


def _watch_nothing(_: str) -> None:
    """Steps are watched by tests and progress bars only."""


class Home:
    """An open home. Safe to share between threads: many read, one writes.

    `originals` holds the files as they came (zstd), `imports` the clean rows and rejects as
    Parquet, all named by their content. `on_step` is told each step of a write. `copies` serve
    typed questions.
    """

    def __init__(self, path: Path, calendars: Calendars, disk: Disk, on_step: OnStep) -> None:
        self.path = path.resolve()
        self.calendars = calendars
        self.disk = disk
        self.on_step = on_step
        self.originals, self.imports, self.staging, self.inbox = (
            self.path / name for name in FOLDERS
        )
        self.copies = Copies(self)
        self._writer = RLock()
        # Not one for each thread: who lets go of a home need not be who opened it.
        self._lock = FileLock(self.path / ".lock", thread_local=False)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        now: datetime,
        settings: Calendars | None = None,
        disk: Disk | None = None,
        on_step: OnStep = _watch_nothing,
    ) -> Self:
        """Open a home, made when absent; interrupted writes are settled, damage is mended.

        Raises HomeBusy with the PID of the process that has it open, StorageError, DiskFull.
        """
        home = cls(path, settings or PlainCalendars(), disk or Disk(), on_step)
        for folder in FOLDERS:
            home.disk.folder(home.path / folder)
        home._own()
        try:
            home._start(now)
        except BaseException:
            home.close()
            raise
        opened[home.path] = home
        return home

    @classmethod
    def shared(cls, path: Path, *, now: datetime, settings: Calendars | None = None) -> "Home":
        """The open home of that folder in this process; opened when it is not."""
        with _opening:
            known = opened.get(path.resolve())
            return known or cls.open(path, now=now, settings=settings)

    def _own(self) -> None:
        owner = self.path / "owner.pid"
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            pid = owner.read_text() if owner.exists() else "?"
            raise HomeBusy("home.busy", pid=pid, path=str(self.path)) from None
        except OSError as error:
            raise StorageError("home.unreachable", path=str(self.path)) from error
        owner.write_text(str(os.getpid()))

    def _start(self, now: datetime) -> None:
        for left in self.staging.iterdir():
            self.disk.remove(left)
        seat.require_log(self.path)
        self.workspace = Workspace.open(seat.of(self.path), now)
        self.workspace.own()
        self.engine = recovery.open_engine(self)
        self.warehouse = Warehouse(
            self.engine,
            by_hand=partial(promises.stated, self.workspace),
            moments=partial(shown.moments, self),
        )
        retention.sweep(self)
        retention.expire(self, now)

    def close(self) -> None:
        """Let go of all files; another process may open the home."""
        if opened.get(self.path) is self:
            del opened[self.path]
        for part in ("engine", "workspace"):
            if part in self.__dict__:
                self.__dict__[part].close()
        self._lock.release()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One writer at a time; a write that was interrupted before is settled first."""
        with self._writer:
            recovery.settle(self)
            yield

    @property
    def is_empty(self) -> bool:
        """No rows to show figures of: neither targets nor reference sets have any by themselves."""
        facts = (d.name for d in DATASETS.values() if not d.reference and d is not TARGETS)
        return not any(self.warehouse.coverage(name).rows for name in facts)

    def holds_import(self) -> bool:
        """Whether an import stands."""
        return bool(speeches(self.done(), self.imports))

    def living_files(self) -> frozenset[str]:
        """SHA-256 of every file whose import stands."""
        events = self.done()
        alive = standing(events)
        return frozenset(
            str(event.file_sha256)
            for event in events
            if event.kind is EventKind.IMPORT and alive.get(event.id, False)
        )

    def done(self, cut: int | None = None) -> tuple[Event, ...]:
        """The events that are in the projection, in order; with a cut those up to it."""
        events = self.workspace.log.events(Status.DONE)
        return tuple(each for each in events if each.id <= cut) if cut is not None else events

    def open_engine(self) -> Engine:
        """DuckDB on the warehouse file, confined to the files of this home."""
        return Engine.open(
            self.path / "warehouse.duckdb",
            memory=MEMORY,
            temp=self.staging / "spill",
            allowed=(self.imports, self.staging),
        )
