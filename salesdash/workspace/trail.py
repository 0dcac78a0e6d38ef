"""The trail: every write of anybody, from all tables at once, the newest first.

A table whose rows are recorded speaks through `revisions`; of any other table that says who and
when, each row is a write itself. So a new table is in the trail from its first row on.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Select,
    String,
    Table,
    UniqueConstraint,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
)

from salesdash.workspace.metadata import metadata
from salesdash.workspace.redaction import FROZEN
from salesdash.workspace.schema import revisions

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace

Row = tuple[str, int]
"""A table and the number of a row in it."""

Values = Mapping[str, Any]

KEPT = tuple(sorted({f'"{place.partition(".")[2]}": "' for place in FROZEN}))
"""How JSON begins with answers that were kept whole: they are not searched for words."""

BOOKS = frozenset(("id", "who", "at", "version"))
"""Columns that say who wrote, not what."""


@dataclass(frozen=True)
class Wanted:
    """Which writes: of one person, of some tables (None: all), on these days, with a text in them.

    `first` and `last` are included.
    """

    who: str = ""
    tables: frozenset[str] | None = None
    first: date | None = None
    last: date | None = None
    text: str = ""


@dataclass(frozen=True)
class Written:
    """A write: what was said of a row, and what the row said of these things before.

    `before` None: nothing was there. `kept` False: it was put aside, somebody had been faster.
    """

    table: str
    row: int
    version: int
    who: str
    at: datetime
    content: Values
    before: Values | None
    kept: bool = True


@dataclass(frozen=True)
class Page:
    """Some writes with how many there are in all; `around`: their rows, and those they belong to.

    Rows of `around` are as they stand now.
    """

    total: int
    writes: tuple[Written, ...]
    around: Mapping[Row, Values] = field(default_factory=dict)


class Trail:
    """All writes of a workspace; nothing is ever written here."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def page(self, wanted: Wanted, skip: int = 0, count: int = 100) -> Page:
        """So many of the writes that are wanted, the newest first."""
        found = union_all(*_parts(wanted)).subquery()
        newest = select(found).order_by(
            found.c.at.desc(), found.c.recorded, found.c.number.desc(), found.c.table
        )
        with self._workspace.reading() as connection:
            total = connection.execute(select(func.count()).select_from(found)).scalar_one()
            heads = connection.execute(newest.offset(skip).limit(count)).all()
            writes = _writes(connection, heads)
            return Page(total, writes, _around(connection, writes))

    def people(self) -> tuple[str, ...]:
        """Everybody who ever wrote, sorted."""
        parts = [select(part.selected_columns.who.label("who")) for part in _parts(Wanted())]
        found = union_all(*parts).subquery()
        question = select(found.c.who).distinct().order_by(found.c.who)
        with self._workspace.reading() as connection:
            return tuple(connection.execute(question).scalars())


def tables() -> Iterator[Table]:
    """All tables that say who wrote and when, but for the revisions themselves."""
    for table in metadata.sorted_tables:
        if table is not revisions and {"who", "at"} <= set(table.c.keys()):
            yield table


def _parts(wanted: Wanted) -> Iterator[Select[Any]]:
    """The heads of all writes: recorded ones, then rows of tables that are not recorded."""
    chosen = [table for table in tables() if wanted.tables is None or table.name in wanted.tables]
    yield _head(revisions, revisions.c.source, revisions.c.row_id, recorded=True).where(
        true() if wanted.tables is None else revisions.c.source.in_([t.name for t in chosen]),
        _holds(revisions, wanted),
    )
    for table in chosen:
        recorded = (revisions.c.source == table.name) & (revisions.c.row_id == table.c.id)
        yield _head(table, literal(table.name), table.c.id, recorded=False).where(
            ~select(literal(1)).where(recorded).exists(), _holds(table, wanted)
        )


def _head(
    table: Table, name: ColumnElement[str], row: ColumnElement[int], *, recorded: bool
) -> Select[Any]:
    return select(
        name.label("table"),
        row.label("row"),
        table.c.id.label("number"),
        table.c.at,
        table.c.who,
        (true() if recorded else false()).label("recorded"),
    )


def _holds(table: Table, wanted: Wanted) -> ColumnElement[bool]:
    """Whether a row is wanted."""
    found: ColumnElement[bool] = true()
    if wanted.who:
        found &= table.c.who == wanted.who
    if wanted.first:
        found &= table.c.at >= datetime.combine(wanted.first, time())
    if wanted.last:
        found &= table.c.at < datetime.combine(wanted.last + timedelta(days=1), time())
    if wanted.text:
        found &= or_(*_texts(table, wanted.text))
    return found


def _texts(table: Table, text: str) -> Iterator[ColumnElement[bool]]:
    """Whether a text stands in a column; JSON keeps most signs as ASCII."""
    inside = json.dumps(text)[1:-1]
    for column in table.columns:
        if f"{table.name}.{column.name}" in FROZEN:
            continue
        if isinstance(column.type, JSON):
            told = cast(column, String)
            yield told.icontains(inside, autoescape=True) & ~or_(*map(told.contains, KEPT))
        elif isinstance(column.type, String):
            yield column.icontains(text, autoescape=True)


def _writes(connection: Connection, heads: Iterable[Any]) -> tuple[Written, ...]:
    heads = list(heads)
    recorded = _recorded(connection, [head for head in heads if head.recorded])
    own = _own(connection, [head for head in heads if not head.recorded])
    return tuple(
        recorded[head.number] if head.recorded else own[head.table, head.number] for head in heads
    )


def _recorded(connection: Connection, heads: list[Any]) -> dict[int, Written]:
    """Revisions by their numbers, each with what the row said before."""
    if not heads:
        return {}
    rows = {(head.table, head.row) for head in heads}
    question = (
        select(revisions)
        .where(tuple_(revisions.c.source, revisions.c.row_id).in_(sorted(rows)))
        .where(revisions.c.id <= max(head.number for head in heads))
        .order_by(revisions.c.id)
    )
    known: dict[Row, dict[str, Any]] = {}
    found = {}
    for each in connection.execute(question).mappings():
        row = each["source"], each["row_id"]
        before = known.get(row)
        found[each["id"]] = Written(
            *row,
            each["version"],
            each["who"],
            each["at"],
            each["content"],
            None if before is None else dict(before),
            each["kept"],
        )
        if each["kept"]:
            known[row] = {**(before or {}), **each["content"]}
    return found


def _own(connection: Connection, heads: list[Any]) -> dict[Row, Written]:
    """Rows that are writes themselves; the version before one, where they are versions."""
    found = {}
    for name in {head.table for head in heads}:
        table = metadata.tables[name]
        numbers = [head.number for head in heads if head.table == name]
        rows = _rows(connection, table, numbers)
        earlier = _earlier(connection, table, list(rows.values()))
        for number, row in rows.items():
            before = earlier.get(number)
            found[name, number] = Written(
                name,
                number,
                row.get("version", 1),
                row["who"],
                row["at"],
                _told(row),
                None if before is None else _told(before),
            )
    return found


def _earlier(connection: Connection, table: Table, rows: list[Values]) -> dict[int, Values]:
    """The version before each row, of a table with (what, version) as its key."""
    what = _versioned(table)
    if what is None:
        return {}
    keys = [(row[what], row["version"] - 1) for row in rows if row["version"] > 1]
    if not keys:
        return {}
    question = select(table).where(tuple_(table.c[what], table.c.version).in_(keys))
    known = {(r[what], r["version"]): r for r in connection.execute(question).mappings()}
    before = {row["id"]: known.get((row[what], row["version"] - 1)) for row in rows}
    return {number: dict(row) for number, row in before.items() if row is not None}


def _versioned(table: Table) -> str | None:
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            names = list(constraint.columns.keys())
            if len(names) == 2 and names[1] == "version":  # noqa: PLR2004 - of what, and which one
                return str(names[0])
    return None


def _told(row: Values) -> Values:
    return {name: value for name, value in row.items() if name not in BOOKS}


def _around(connection: Connection, writes: Iterable[Written]) -> dict[Row, Values]:
    """The rows that were written, and all rows they refer to, as they stand."""
    found: dict[Row, Values] = {}
    missing = {(each.table, each.row) for each in writes}
    while missing:
        for name in {name for name, _ in missing}:
            table = metadata.tables.get(name)
            if table is not None:
                numbers = [number for each, number in missing if each == name]
                rows = _rows(connection, table, numbers)
                found |= {(name, number): row for number, row in rows.items()}
        missing = {row for row in _references(found) if row not in found}
    return found


def _references(rows: Mapping[Row, Values]) -> Iterator[Row]:
    for (name, _), row in rows.items():
        for column in metadata.tables[name].columns:
            for key in column.foreign_keys:
                if row.get(column.name) is not None:
                    yield key.column.table.name, row[column.name]


def _rows(connection: Connection, table: Table, numbers: list[int]) -> dict[int, Values]:
    wanted = [c for c in table.columns if f"{table.name}.{c.name}" not in FROZEN]
    question = select(*wanted).where(table.c.id.in_(numbers))
    return {row["id"]: dict(row) for row in connection.execute(question).mappings()}
