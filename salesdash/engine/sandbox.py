"""A typed question, answered by a process of its own that holds a copy of the rows and no more.

The process opens the copy for reading, gives up files, extensions and all changes of that, and is
ended by the system when it takes too long or too much memory, whatever it is doing then.
"""

import json
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import duckdb

from salesdash.engine import child, objections
from salesdash.engine.child import Watch
from salesdash.engine.process import Limits
from salesdash.engine.statement import ensure_question, ensure_text
from salesdash.errors import FileError, QueryError

Kind = Literal["flag", "whole", "exact", "real", "day", "moment", "text"]

MOST_ROWS = 10_000
LONGEST_CELL = 2_000
"""Characters of a cell; longer ones end with a sign that they go on."""

MOST_CHARACTERS = 16_000_000
"""Of all cells together; the rows behind are more rows."""

GRACE_SECONDS = 1.5
"""How long a question that is asked to stop may take for it."""

START_SECONDS = 20
"""How long the process may take until it begins, on a machine that is busy."""

LOCKED = (
    "temp_directory = ''",
    "python_enable_replacements = false",
    "autoload_known_extensions = false",
    "autoinstall_known_extensions = false",
    "allow_community_extensions = false",
    "enable_progress_bar = false",
    "errors_as_json = true",
    "enable_external_access = false",
    "lock_configuration = true",
)
"""Settings in the order in which DuckDB takes them: the last two let no other follow."""

KINDS: Mapping[str, Kind] = {
    "BOOLEAN": "flag",
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"), "whole"),
    **dict.fromkeys(("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"), "whole"),
    **dict.fromkeys(("FLOAT", "DOUBLE"), "real"),
    "DATE": "day",
    **dict.fromkeys(("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), "moment"),
}

_CHILD = "salesdash.engine.sandbox:work"


@dataclass(frozen=True)
class Allowance:
    """What a question may take. Seconds count from when it begins, not from the queue."""

    seconds: float = 5
    memory_mib: int = 1024
    threads: int = 2
    rows: int = MOST_ROWS

    @property
    def limits(self) -> Limits:
        """Of the process: room for the interpreter beside DuckDB's, time for a start."""
        most = self.seconds + GRACE_SECONDS
        return Limits(
            memory_mib=self.memory_mib + 1024,
            cpu_seconds=int(most * self.threads) + START_SECONDS,
            wall_seconds=int(most) + START_SECONDS,
            strict=True,
        )


@dataclass(frozen=True)
class Column:
    """A column of an answer: its name (no two are equal), SQL type, and kind of its values."""

    name: str
    type: str
    kind: Kind


@dataclass(frozen=True)
class Answer:
    """Rows of an answer as Python values; `more`: there are more of them than these."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    more: bool
    seconds: float


def ask(
    copy: Path,
    tables: Sequence[str],
    sql: str,
    allowed: Allowance | None = None,
    tick: Callable[[], None] | None = None,
) -> Answer:
    """Answer a typed question from the tables of a copy; `tick` may raise to give it up.

    Raises QueryError for what is not one question about these tables, for what DuckDB objects to,
    and for what takes more than is allowed.
    """
    ensure_text(sql)
    allowed = allowed or Allowance()
    order = {"copy": str(copy), "tables": list(tables), "sql": sql, "allowed": asdict(allowed)}
    try:
        return _answer(child.run(_CHILD, order, allowed.limits, Watch(tick=tick)))
    except FileError as error:
        raise _ended(error, allowed) from error


def _ended(error: FileError, allowed: Allowance) -> QueryError:
    """What the death of the process means."""
    if error.key == "file.too_slow":
        return QueryError("sql.too_slow", seconds=allowed.seconds)
    if error.key == "file.child_failed" or error.values.get("code") == -signal.SIGSEGV:
        return QueryError("sql.broke")
    return QueryError("sql.too_much_memory", memory=allowed.memory_mib)


def _answer(told: Mapping[str, Any]) -> Answer:
    columns = tuple(Column(*each) for each in told["columns"])
    readers = [_READERS.get(column.kind, _same) for column in columns]
    rows = tuple(
        tuple(None if cell is None else read(cell) for read, cell in zip(readers, row, strict=True))
        for row in told["rows"]
    )
    return Answer(columns, rows, told["more"], told["seconds"])


def _same(cell: object) -> object:
    return cell


def _day(cell: str) -> object:
    """A day; one beyond our calendar stays a text."""
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return cell


def _moment(cell: str) -> object:
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        return cell


_READERS: Mapping[Kind, Callable[[Any], object]] = {
    "exact": Decimal,
    "day": _day,
    "moment": _moment,
}


# --- the child's side -----------------------------------------------------------------------


def work(copy: str, tables: list[str], sql: str, allowed: dict[str, Any]) -> dict[str, Any]:
    """Check a question, and answer it: {columns, rows, more, seconds}, all of it JSON."""
    given = Allowance(**allowed)
    child.alarm(given.seconds + GRACE_SECONDS)
    ensure_question(sql, tables)
    with locked(Path(copy), given) as connection:
        return _asked(connection, sql, given)


@contextmanager
def locked(copy: Path, allowed: Allowance) -> Iterator[duckdb.DuckDBPyConnection]:
    """The copy, open for reading, with no way to anything else."""
    connection = duckdb.connect(str(copy), read_only=True)
    try:
        for setting in (
            f"threads = {int(allowed.threads)}",
            f"memory_limit = '{int(allowed.memory_mib)}MiB'",
            *LOCKED,
        ):
            connection.execute(f"set {setting}")
        yield connection
    finally:
        connection.close()


def _asked(connection: duckdb.DuckDBPyConnection, sql: str, allowed: Allowance) -> dict[str, Any]:
    start = time.monotonic()
    bell = threading.Timer(allowed.seconds, connection.interrupt)
    bell.start()
    try:
        found = connection.execute(sql)
        columns = _columns(found.description or [])
        rows = found.fetchmany(allowed.rows + 1)
    except duckdb.InterruptException as error:
        raise QueryError("sql.too_slow", seconds=allowed.seconds) from error
    except duckdb.OutOfMemoryException as error:
        raise QueryError("sql.too_much_memory", memory=allowed.memory_mib) from error
    except duckdb.Error as error:
        raise objections.objection(error, sql) from error
    finally:
        bell.cancel()
    kept = list(_within([list(map(_cell, row)) for row in rows[: allowed.rows]]))
    return {
        "columns": columns,
        "rows": kept,
        "more": len(kept) < len(rows),
        "seconds": time.monotonic() - start,
    }


def _columns(description: Sequence[Any]) -> list[tuple[str, str, Kind]]:
    """Name, SQL type and kind; of several equal names the later ones get numbers."""
    found: list[tuple[str, str, Kind]] = []
    used: set[str] = set()
    for told in description:
        name, kind = str(told[0]), str(told[1])
        number = 2
        while name in used:
            name, number = f"{told[0]} ({number})", number + 1
        used.add(name)
        found.append((name, kind, _kind(kind)))
    return found


def _kind(sql_type: str) -> Kind:
    return "exact" if sql_type.startswith("DECIMAL") else KINDS.get(sql_type, "text")


def _cell(value: object) -> object:
    """A value as JSON; what has no kind of its own is a text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict | list | tuple):
        value = json.dumps(value, ensure_ascii=False, default=str)
    elif isinstance(value, bytes):
        value = value[:LONGEST_CELL].hex()
    text = str(value)
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"


def _within(rows: list[list[object]]) -> Iterator[list[object]]:
    """The first rows whose texts fit together."""
    room = MOST_CHARACTERS
    for row in rows:
        room -= sum(len(cell) if isinstance(cell, str) else 8 for cell in row)
        if room < 0:
            return
        yield row
