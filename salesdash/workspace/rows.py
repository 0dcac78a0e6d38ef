"""Rows that people edit: a version each, who and when on every write, no silent overwriting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, insert, select, update

from salesdash.errors import Conflict
from salesdash.workspace.schema import revisions

FIRST = 1


@dataclass(frozen=True)
class Stamp:
    """Who writes, and when (company time)."""

    who: str
    at: datetime


def find(connection: Connection, table: Table, key: dict[str, Any]) -> RowMapping | None:
    """The row with these key values, None if there is none."""
    return connection.execute(select(table).filter_by(**key)).mappings().one_or_none()


def save(
    connection: Connection,
    table: Table,
    row: tuple[dict[str, Any], dict[str, Any]],
    stamp: Stamp,
    version: int | None,
) -> int:
    """Insert or update `row` (its key, its values); returns its new version.

    What was written is kept among the revisions, for good.
    `version`: the one that was read before the edit, 0 for "there was none", None to overwrite.
    Raises Conflict with `mine` and `theirs` when somebody else wrote in between.
    """
    key, values = row
    found = find(connection, table, key)
    known = 0 if found is None else int(found["version"])
    if version is not None and version != known:
        theirs = {} if found is None else dict(found)
        raise Conflict("workspace.conflict", who=theirs.get("who"), mine=values, theirs=theirs)
    written = {**values, "who": stamp.who, "at": stamp.at, "version": known + FIRST}
    if found is None:
        made = connection.execute(insert(table).values(**key, **written)).inserted_primary_key
        number = made[0] if made else 0
    else:
        connection.execute(update(table).filter_by(**key).values(**written))
        number = found["id"]
    _revise(connection, table, {"id": number, "version": known + FIRST}, values, stamp)
    return known + FIRST


def record(
    connection: Connection,
    table: Table,
    row: tuple[dict[str, Any], dict[str, Any]],
    stamp: Stamp,
    version: int | None,
) -> int:
    """`save`, for rows that others refer to; returns the row's id."""
    save(connection, table, row, stamp, version)
    return int(connection.execute(select(table.c.id).filter_by(**row[0])).scalar_one())


def add(connection: Connection, table: Table, values: dict[str, Any], stamp: Stamp) -> int:
    """Insert a row that has no key but its number, with its first revision; returns its id."""
    written = {**values, "who": stamp.who, "at": stamp.at, "version": FIRST}
    found = connection.execute(insert(table).values(**written)).inserted_primary_key
    number = int(found[0]) if found else 0
    _revise(connection, table, {"id": number, "version": FIRST}, values, stamp)
    return number


def put_aside(
    connection: Connection, table: Table, key: dict[str, Any], values: dict[str, Any], stamp: Stamp
) -> None:
    """Keep what somebody wrote in vain: it is among the revisions, and the row stays as it is."""
    found = find(connection, table, key)
    if found is not None:
        _revise(connection, table, found, values, stamp, kept=False)


def _revise(  # noqa: PLR0913 - a row, what was written, by whom
    connection: Connection,
    table: Table,
    row: Mapping[Any, Any],
    values: dict[str, Any],
    stamp: Stamp,
    *,
    kept: bool = True,
) -> None:
    content = {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}
    connection.execute(
        insert(revisions).values(
            source=table.name,
            row_id=row["id"],
            version=row["version"],
            content=content,
            kept=kept,
            who=stamp.who,
            at=stamp.at,
        )
    )
