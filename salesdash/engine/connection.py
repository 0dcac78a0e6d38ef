"""Engine: one DuckDB instance, a fresh cursor for every question, one writer at a time."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol, Self

import duckdb
import pyarrow as pa

from salesdash.engine.failures import translated
from salesdash.errors import StorageError

Parameters = Mapping[str, object]
Row = tuple[Any, ...]

STORAGE = "v1.5.0"
"""The oldest DuckDB that must be able to read a new file: what is older knows less compression."""

REOPEN_SECONDS = 5.0
"""How long a broken instance may take to be let go by the cursors that still hold it."""


def identifier(name: str) -> str:
    """The name quoted as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


class Asks(Protocol):
    """What answers questions: an engine, a transaction, a watched engine."""

    def rows(self, sql: str, params: Parameters | None = None) -> list[Row]:
        """All rows as tuples."""
        ...

    def arrow(self, sql: str, params: Parameters | None = None) -> pa.Table:
        """All rows as one Arrow table."""
        ...

    def describe(self, sql: str, params: Parameters | None = None) -> tuple[tuple[str, str], ...]:
        """(name, type) of the columns that the statement would return."""
        ...


class Transaction:
    """Statements on one cursor: of a single call, or of everything until commit."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def rows(self, sql: str, params: Parameters | None = None) -> list[Row]:
        """All rows as tuples."""
        return self._cursor.execute(sql, dict(params or {})).fetchall()

    def arrow(self, sql: str, params: Parameters | None = None) -> pa.Table:
        """All rows as one Arrow table."""
        return self._cursor.sql(sql, params=dict(params or {})).to_arrow_table()

    def describe(self, sql: str, params: Parameters | None = None) -> tuple[tuple[str, str], ...]:
        """(name, type) of the columns that the statement would return."""
        answer = self._cursor.execute(f"describe {sql}", dict(params or {}))
        return tuple((row[0], row[1]) for row in answer.fetchall())

    def run(self, sql: str, params: Parameters | None = None) -> None:
        """Execute a statement and read its result to the end."""
        self._cursor.execute(sql, dict(params or {})).fetchall()

    def register(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table readable under `name`, on this cursor only."""
        self._cursor.register(name, table)

    def interrupt(self) -> None:
        """Stop the statement that runs on this cursor; safe from another thread."""
        self._cursor.interrupt()


class Engine:
    """One DuckDB instance, shared by threads; `allowed` limits the files it may touch."""

    def __init__(
        self, path: Path | None, settings: dict[str, str], allowed: tuple[Path, ...] | None
    ) -> None:
        self.path = path
        self._settings = settings
        self._allowed = allowed
        self._guard = threading.Lock()
        self._writer = threading.RLock()
        self._writing = False
        with translated():
            self._connection: duckdb.DuckDBPyConnection | None = self._connect()

    @classmethod
    def open(
        cls,
        path: Path | None = None,
        *,
        memory: str = "4GB",
        threads: int | None = None,
        temp: Path | None = None,
        allowed: tuple[Path, ...] | None = None,
    ) -> Self:
        """Open a file (made when absent) or, with None, an instance in memory.

        `allowed` None lets it read and write any file (children only); a tuple of folders limits
        it to these. Raises HomeBusy, DiskFull or StorageError.
        """
        settings = {"memory_limit": memory}
        if threads is not None:
            settings["threads"] = str(threads)
        if temp is not None:
            settings["temp_directory"] = str(temp)
        return cls(path, settings, allowed)

    def _connect(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(
            str(self.path) if self.path else ":memory:",
            config={"storage_compatibility_version": STORAGE},
        )
        for name, value in self._settings.items():
            connection.execute(f"set {name} = '{value}'")
        for name in (
            "python_enable_replacements",
            "autoload_known_extensions",
            "autoinstall_known_extensions",
            "allow_community_extensions",
            "enable_progress_bar",
        ):
            connection.execute(f"set {name} = false")
        if self._allowed is not None:
            folders = ", ".join("'" + str(p).replace("'", "''") + "'" for p in self._allowed)
            connection.execute(f"set allowed_directories = [{folders}]")
            connection.execute("set enable_external_access = false")
            connection.execute("set lock_configuration = true")
        return connection

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        with self._guard:
            if self._connection is None:
                self._connection = self._reconnect()
            return self._connection.cursor()

    def _reconnect(self) -> duckdb.DuckDBPyConnection:
        deadline = time.monotonic() + REOPEN_SECONDS
        while True:
            try:
                connection = self._connect()
                connection.execute("select 1").fetchall()
            except duckdb.Error:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                return connection

    def _abandon(self) -> None:
        """Let go of a broken instance; the next question opens a new one."""
        with self._guard:
            if self._connection is not None:
                with suppress(duckdb.Error):
                    self._connection.close()
            self._connection = None

    @contextmanager
    def session(self) -> Iterator[Transaction]:
        """A cursor of its own, each statement for itself."""
        with translated(on_fatal=self._abandon):
            cursor = self._cursor()
            try:
                yield Transaction(cursor)
            finally:
                cursor.close()

    def rows(self, sql: str, params: Parameters | None = None) -> list[Row]:
        """All rows as tuples."""
        with self.session() as session:
            return session.rows(sql, params)

    def arrow(self, sql: str, params: Parameters | None = None) -> pa.Table:
        """All rows as one Arrow table."""
        with self.session() as session:
            return session.arrow(sql, params)

    def describe(self, sql: str, params: Parameters | None = None) -> tuple[tuple[str, str], ...]:
        """(name, type) of the columns that the statement would return."""
        with self.session() as session:
            return session.describe(sql, params)

    def run(self, sql: str, params: Parameters | None = None) -> None:
        """Execute one statement, committed by itself."""
        with self._writer, self.session() as session:
            session.run(sql, params)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Everything or nothing: one writer at a time, rolled back on any exception."""
        with self._writer:
            if self._writing:
                raise StorageError("engine.nested_transaction")
            self._writing = True
            try:
                with self._bracket("commit") as transaction:
                    yield transaction
            finally:
                self._writing = False

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One unchanging state for several questions."""
        with self._bracket("rollback") as transaction:
            yield transaction

    @contextmanager
    def trial(self) -> Iterator[Transaction]:
        """Changes that are seen only here and always taken back; waits for no writer."""
        with self._bracket("rollback") as transaction:
            yield transaction

    @contextmanager
    def _bracket(self, end: str) -> Iterator[Transaction]:
        with self.session() as session:
            session.run("begin transaction")
            try:
                yield session
                session.run(end)
            except BaseException:
                with suppress(duckdb.Error):
                    session.run("rollback")
                raise

    def checkpoint(self) -> None:
        """Write the log of changes into the file."""
        self.run("checkpoint")

    def close(self) -> None:
        """Close the instance; later questions open it again."""
        self._abandon()
