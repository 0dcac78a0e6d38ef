"""The copy of the rows that typed questions read: a file of its own, one for a version of the data.

It is made when it is first asked for, goes with the next version, and at once when somebody is
forgotten. Nothing but questions reads it; it lies where a start clears away.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from salesdash.engine import Engine, Row, identifier
from salesdash.errors import QueryError, SalesdashError
from salesdash.imports.rows import quoted
from salesdash.warehouse import ledger
from salesdash.warehouse.copied import Relation, relations
from salesdash.warehouse.tables import EVERYTHING

if TYPE_CHECKING:
    from salesdash.imports.home import Home

FOLDER = "copies"
MEMORY = "1GB"
TICK_SECONDS = 0.05
TRIES = 100
SAMPLED = 10_000
"""Newest rows that examples of values are taken from."""

EXPORT = "copy ({sql}) to {path} (format parquet, compression snappy)"

FILLED = "select {counts} from read_parquet({path})"

MADE = "create table {table} as select {columns} from read_parquet({path})"

FREQUENT = """
select
    {columns}
from (
    select
        *
    from {table}
    limit {sampled}
    offset {skipped}
) as r
"""

RESERVED = "select keyword_name from duckdb_keywords() where keyword_category = 'reserved'"

PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
"""Names that need no quotes, unless they are words of SQL."""

ENDS = "select {columns} from {table}"


@dataclass(frozen=True)
class CopiedColumn:
    """A column, its SQL type, and examples: frequent values, else least and most.

    `typed`: the name as it stands in a question, with quotes where it needs some.
    """

    name: str
    type: str
    samples: tuple[str, ...]
    typed: str


@dataclass(frozen=True)
class CopiedTable:
    """A table with rows; its name needs no quotes."""

    name: str
    rows: int
    columns: tuple[CopiedColumn, ...]


@dataclass(frozen=True)
class Copy:
    """The file of a version of the data, and what it holds."""

    path: Path
    version: int
    tables: tuple[CopiedTable, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the tables."""
        return tuple(table.name for table in self.tables)


class Copies:
    """The copies of a home; safe between threads."""

    def __init__(self, home: "Home") -> None:
        self._home = home
        self._lock = Lock()
        self._newest: Copy | None = None

    def ready(self, tick: Callable[[], None] | None = None) -> Copy:
        """The copy of the newest rows, made when it is not there; `tick` may raise while waiting.

        Raises DiskFull and StorageError.
        """
        with self._held(tick):
            known = self._newest
            if known is not None and known.version == self._home.warehouse.version:
                return known
            self._remove()
            self._newest = self._made()
            return self._newest

    def drop(self) -> None:
        """Remove all of them, when what they hold must not stay."""
        with self._held(None):
            self._remove()

    def _remove(self) -> None:
        self._newest = None
        with suppress(SalesdashError):  # one that is read on Windows goes the next time
            self._home.disk.remove(self._home.staging / FOLDER)

    @contextmanager
    def _held(self, tick: Callable[[], None] | None) -> Iterator[None]:
        while not self._lock.acquire(timeout=TICK_SECONDS):
            if tick is not None:
                tick()
        try:
            yield
        finally:
            self._lock.release()

    def _made(self) -> Copy:
        home = self._home
        folder = home.disk.folder(home.staging / FOLDER)
        version, exported = self._exported(folder)
        path = folder / f"{version}.duckdb"
        with closing(_engine(path)) as engine:
            words = frozenset(word for (word,) in engine.rows(RESERVED))
            tables = [_table(engine, relation.name, file, words) for relation, file in exported]
            engine.checkpoint()
        for _, file in exported:
            home.disk.remove(file)
        return Copy(path, version, tuple(table for table in tables if table is not None))

    def _exported(self, folder: Path) -> tuple[int, list[tuple[Relation, Path]]]:
        """The rows of one state of the warehouse as files, and the version that it is."""
        home = self._home
        for _ in range(TRIES):
            with home.engine.reading() as snapshot:
                version, found = home.warehouse.version, []
                if version == ledger.newest(snapshot):
                    for relation in relations(home.warehouse.through(snapshot)):
                        file = folder / f"{relation.name}.parquet"
                        sql = EXPORT.format(sql=relation.sql, path=quoted(file))
                        snapshot.run(sql, relation.params)
                        found.append((relation, file))
                    return version, found
            time.sleep(TICK_SECONDS)  # an event was applied, and is not done yet
        raise QueryError("sql.busy")


def _engine(path: Path) -> Engine:
    return Engine.open(path, memory=MEMORY, temp=path.parent / "spill", allowed=(path.parent,))


def _table(engine: Engine, name: str, file: Path, words: frozenset[str]) -> CopiedTable | None:
    """Make a table of the columns that hold anything; None where there are no rows."""
    path, table = quoted(file), identifier(name)
    names = [n for n, _ in engine.describe(EVERYTHING.format(relation=f"read_parquet({path})"))]
    counts = ", ".join(("count(*)", *(f"count({identifier(n)})" for n in names)))
    rows, *filled = engine.rows(FILLED.format(counts=counts, path=path))[0]
    kept = [n for n, count in zip(names, filled, strict=True) if count]
    if not rows or not kept:
        return None
    columns = ", ".join(map(identifier, kept))
    engine.run(MADE.format(table=table, columns=columns, path=path))
    return CopiedTable(name, rows, _columns(engine, table, rows, words))


def _columns(
    engine: Engine, table: str, rows: int, words: frozenset[str]
) -> tuple[CopiedColumn, ...]:
    """Columns with examples: of texts the most frequent ones, of all others the ends."""
    found = engine.describe(EVERYTHING.format(relation=table))
    listed = ", ".join(f"approx_top_k({identifier(n)}, 3)" for n, _ in found)
    ends = ", ".join(f"min({identifier(n)}), max({identifier(n)})" for n, _ in found)
    frequent = engine.rows(
        FREQUENT.format(
            columns=listed, table=table, sampled=SAMPLED, skipped=max(rows - SAMPLED, 0)
        )
    )[0]
    least_most = engine.rows(ENDS.format(columns=ends, table=table))[0]
    return tuple(
        CopiedColumn(
            name,
            kind,
            _samples(kind, frequent[place], least_most[2 * place :][:2]),
            name if PLAIN.fullmatch(name) and name not in words else identifier(name),
        )
        for place, (name, kind) in enumerate(found)
    )


def _samples(kind: str, frequent: list[object] | None, ends: Row) -> tuple[str, ...]:
    values = (frequent or ()) if kind in ("VARCHAR", "BOOLEAN") else ends
    return tuple(dict.fromkeys(_written(value) for value in values if value is not None))


def _written(value: object) -> str:
    """An example without zeros that say nothing."""
    text = str(value)
    return text.rstrip("0").rstrip(".") if isinstance(value, Decimal) and "." in text else text
