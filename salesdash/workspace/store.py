"""Workspace: one SQLite file, many readers, one writer, every commit on the disk."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from salesdash.errors import DiskFull, StorageError
from salesdash.workspace.actions import Actions
from salesdash.workspace.comments import Comments
from salesdash.workspace.goals import Goals
from salesdash.workspace.history import History
from salesdash.workspace.learning import Learning
from salesdash.workspace.log import Log
from salesdash.workspace.mappings import Mappings
from salesdash.workspace.meetings import Meetings
from salesdash.workspace.names import Names
from salesdash.workspace.reviews import Reviews
from salesdash.workspace.settings import Settings
from salesdash.workspace.training import Training
from salesdash.workspace.upgrade import copy, upgrade
from salesdash.workspace.verdicts import Verdicts

PRAGMAS = ("journal_mode = wal", "synchronous = full", "foreign_keys = on")

MEANINGS = (
    ("is full", DiskFull, "disk.full"),
    ("malformed", StorageError, "workspace.corrupt"),
    ("not a database", StorageError, "workspace.corrupt"),
    ("readonly", StorageError, "workspace.readonly"),
    ("unable to open", StorageError, "workspace.unreachable"),
)


class Workspace:
    """The open file. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer = threading.RLock()
        self._engine = create_engine(
            f"sqlite:///{path}", connect_args={"isolation_level": None, "timeout": 30}
        )
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)
        self.log = Log(self)
        self.mappings = Mappings(self)
        self.names = Names(self)
        self.settings = Settings(self)
        self.goals = Goals(self)
        self.reviews = Reviews(self)
        self.training = Training(self)
        self.learning = Learning(self)
        self.meetings = Meetings(self)
        self.actions = Actions(self)
        self.comments = Comments(self)
        self.verdicts = Verdicts(self)
        self.history = History(self)

    @classmethod
    def open(cls, path: Path, now: datetime) -> Self:
        """Open the file, make or migrate it first (after a backup into `backups/` beside it).

        Raises StorageError (`workspace.newer`, `workspace.corrupt` ...) and leaves the file alone.
        """
        workspace = cls(path)
        try:
            with workspace._translated():
                upgrade(workspace._engine, path, now)
        except BaseException:
            workspace.close()
            raise
        return workspace

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One unchanging state for several questions."""
        with self._translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Everything or nothing, one writer at a time; on the disk when it returns."""
        writer = self._engine.execution_options(writes=True)
        with self._writer, self._translated(), writer.begin() as connection:
            yield connection

    def backup(self, target: Path) -> Path:
        """Write a consistent copy of the file."""
        with self._translated():
            return copy(self.path, target)

    def compact(self) -> None:
        """Leave nothing in the file that is not in its tables any more."""
        with self._writer, closing(sqlite3.connect(self.path, isolation_level=None)) as bare:
            for statement in ("vacuum", "pragma wal_checkpoint(truncate)"):
                bare.execute(statement).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            text = str(error.orig)
            for mark, kind, key in MEANINGS:
                if mark in text:
                    raise kind(key, path=str(self.path)) from error
            raise StorageError("workspace.failed", detail=text) from error


def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - of sqlite3
    for pragma in PRAGMAS:
        connection.execute(f"pragma {pragma}")


def _begin(connection: Connection) -> None:
    # taking the write lock at once: two writers wait for each other instead of failing halfway
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("begin immediate" if writes else "begin")
