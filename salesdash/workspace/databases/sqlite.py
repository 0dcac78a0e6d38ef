"""A SQLite file: many readers, one writer, every commit on the disk."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from salesdash.errors import DiskFull, StorageError

PRAGMAS = ("journal_mode = wal", "synchronous = full", "foreign_keys = on")

MEANINGS = (
    ("is full", DiskFull, "disk.full"),
    ("malformed", StorageError, "workspace.corrupt"),
    ("not a database", StorageError, "workspace.corrupt"),
    ("readonly", StorageError, "workspace.readonly"),
    ("unable to open", StorageError, "workspace.unreachable"),
    ("is locked", StorageError, "workspace.busy"),
)


@dataclass(frozen=True)
class Sqlite:
    """The file `path`."""

    path: Path

    @property
    def shown(self) -> str:
        """The path."""
        return str(self.path)

    @property
    def folder(self) -> Path:
        """Where the file lies."""
        return self.path.parent

    def engine(self) -> Engine:
        """Connections; the file is made with the first one."""
        made = create_engine(
            f"sqlite:///{self.path}", connect_args={"isolation_level": None, "timeout": 30}
        )
        event.listen(made, "connect", _prepare)
        event.listen(made, "begin", _begin)
        return made

    def ready(self, connection: Connection) -> None:
        """A file needs nothing."""

    def drop(self, connection: Connection) -> None:
        """A file goes with its folder."""

    def error(self, error: DBAPIError) -> StorageError:
        """By the words of SQLite, which has no finer codes for these."""
        text = str(error.orig)
        for mark, kind, key in MEANINGS:
            if mark in text:
                return kind(key, path=self.shown)
        return StorageError("workspace.failed", detail=text)

    def own(self, engine: Engine) -> None:
        """Who has the home has the file."""

    def compact(self, engine: Engine) -> None:  # noqa: ARG002 - no transaction may be around it
        """Write the file anew without freed pages."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as bare:
            for statement in ("vacuum", "pragma wal_checkpoint(truncate)"):
                bare.execute(statement).fetchall()

    def copy(self, target: Path) -> None:
        """A consistent copy, also while the file is being written."""
        with (
            closing(sqlite3.connect(self.path)) as source,
            closing(sqlite3.connect(target)) as sink,
        ):
            source.backup(sink)


def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - of sqlite3
    for pragma in PRAGMAS:
        connection.execute(f"pragma {pragma}")


def _begin(connection: Connection) -> None:
    # taking the write lock at once: two writers wait for each other instead of failing halfway
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("begin immediate" if writes else "begin")
