"""Rows that people edit: a version each, who and when on every write, no silent overwriting."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, insert, select, update

from salesdash.errors import Conflict

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
        connection.execute(insert(table).values(**key, **written))
    else:
        connection.execute(update(table).filter_by(**key).values(**written))
    return known + FIRST
