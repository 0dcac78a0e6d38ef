"""Workspace: one database, many readers, one writer, every commit on the disk."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Table, exc

from salesdash.errors import Conflict, StorageError
from salesdash.workspace.actions import Actions
from salesdash.workspace.annotations import Annotations
from salesdash.workspace.asked import Asked
from salesdash.workspace.comments import Comments
from salesdash.workspace.copying import copy_rows, count_rows
from salesdash.workspace.databases import Database, Sqlite
from salesdash.workspace.goals import Goals
from salesdash.workspace.history import History
from salesdash.workspace.learning import Learning
from salesdash.workspace.log import Log
from salesdash.workspace.mappings import Mappings
from salesdash.workspace.meetings import Meetings
from salesdash.workspace.names import Names
from salesdash.workspace.queries import Queries
from salesdash.workspace.ratings import Ratings
from salesdash.workspace.reopenings import Reopenings
from salesdash.workspace.reviews import Reviews
from salesdash.workspace.rows import Stamp, put_aside
from salesdash.workspace.runs import Runs
from salesdash.workspace.settings import Settings
from salesdash.workspace.templates import Templates
from salesdash.workspace.trail import Trail
from salesdash.workspace.training import Training
from salesdash.workspace.upgrade import copy, migrate, revision, upgrade
from salesdash.workspace.verdicts import Verdicts


class Workspace:
    """An open file or database. Safe to share between threads."""

    def __init__(self, place: Path | Database) -> None:
        self.database: Database = Sqlite(place) if isinstance(place, Path) else place
        self._writer = threading.RLock()
        self._engine = self.database.engine()
        self._owned: Connection | None = None
        self._writes = threading.local()
        self.log = Log(self)
        self.mappings = Mappings(self)
        self.names = Names(self)
        self.settings = Settings(self)
        self.goals = Goals(self)
        self.reviews = Reviews(self)
        self.training = Training(self)
        self.learning = Learning(self)
        self.meetings = Meetings(self)
        self.runs = Runs(self)
        self.ratings = Ratings(self)
        self.reopenings = Reopenings(self)
        self.templates = Templates(self)
        self.actions = Actions(self)
        self.comments = Comments(self)
        self.verdicts = Verdicts(self)
        self.queries = Queries(self)
        self.asked = Asked(self)
        self.annotations = Annotations(self)
        self.history = History(self)
        self.trail = Trail(self)

    @classmethod
    def open(cls, place: Path | Database, now: datetime) -> Self:
        """Open a file or database, made or migrated first (after a copy into `backups/`).

        Raises StorageError (`workspace.newer`, `workspace.corrupt` ...) and leaves it alone.
        """
        workspace = cls(place)
        try:
            with workspace._translated():
                upgrade(workspace.database, workspace._engine, now)
        except BaseException:
            workspace.close()
            raise
        return workspace

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever made there: no table, perhaps no schema."""
        with self._translated(), self._engine.connect() as connection:
            return revision(connection) is None

    def own(self) -> None:
        """Keep other homes out until it is closed. Raises HomeBusy when another one has it."""
        with self._translated():
            self._owned = self.database.own(self._engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One unchanging state for several questions; who is writing sees what was written."""
        own: Connection | None = getattr(self._writes, "connection", None)
        if own is not None:
            yield own
            return
        with self._translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Everything or nothing, one writer at a time; on the disk when it returns."""
        writer = self._engine.execution_options(writes=True)
        with self._writer, self._translated(), writer.begin() as connection:
            self._writes.connection = connection
            try:
                yield connection
            finally:
                self._writes.connection = None

    @contextmanager
    def editing(
        self, table: Table, row: tuple[dict[str, Any], dict[str, Any]], stamp: Stamp
    ) -> Iterator[Connection]:
        """`writing` of a row (its key, its values), of which nothing is lost.

        What was to be written is kept among the revisions, too, when somebody else was faster.
        """
        try:
            with self.writing() as connection:
                yield connection
        except Conflict:
            with self.writing() as connection:
                put_aside(connection, table, *row, stamp)
            raise

    def backup(self, target: Path) -> Path:
        """Write a consistent copy, a SQLite file."""
        with self._translated():
            return copy(self.database, self._engine, target)

    def copy_to(self, other: "Workspace") -> dict[str, int]:
        """Write all rows into one that is new, all or nothing; how many by table.

        Raises StorageError `workspace.not_empty` when anything is there.
        """
        sink = other._engine.execution_options(writes=True)
        with self.reading() as source, other._translated(), sink.begin() as target:
            if revision(target) is not None:
                raise StorageError("workspace.not_empty", path=other.database.shown)
            other.database.ready(target)
            migrate(target, str(revision(source)))
            return copy_rows(source, target)

    def count(self) -> dict[str, int]:
        """How many rows each table holds."""
        with self.reading() as connection:
            return count_rows(connection)

    def clear(self) -> None:
        """Take all of it away, for another one in the same place."""
        writer = self._engine.execution_options(writes=True)
        with self._writer, self._translated(), writer.begin() as connection:
            self.database.drop(connection)

    def compact(self) -> None:
        """Leave nothing behind that is not in its tables any more."""
        with self._writer, self._translated():
            self.database.compact(self._engine)

    def close(self) -> None:
        """Let go of the file or server."""
        if self._owned is not None:
            self._owned.close()
        self._engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except exc.DBAPIError as error:
            raise self.database.error(error) from error
        except UnicodeEncodeError as error:  # half a character, as terminals can hand over
            raise StorageError("workspace.characters", path=self.database.shown) from error
        except exc.TimeoutError as error:  # all connections are in use
            raise StorageError("workspace.busy", path=self.database.shown) from error
