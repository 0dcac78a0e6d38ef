"""Questions in SQL that people saved under a name, for the whole team."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import RowMapping, select

from salesdash.errors import UsageError
from salesdash.workspace.rows import Stamp, add, find, save
from salesdash.workspace.schema_queries import saved_queries

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace


@dataclass(frozen=True)
class Query:
    """A question before it is saved. `chart`: how its answer is drawn, as the screen says it."""

    name: str
    sql: str
    description: str = ""
    chart: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Saved(Query):
    """A question that was saved, or withdrawn; `owner` is who saved it first."""

    id: int
    owner: str
    withdrawn: bool
    who: str
    at: datetime
    version: int


class Queries:
    """Saved questions of a workspace; nothing is ever deleted."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def all(self) -> tuple[Saved, ...]:
        """Those that stand, by name."""
        question = select(saved_queries).where(~saved_queries.c.withdrawn)
        with self._workspace.reading() as connection:
            found = map(_saved, connection.execute(question).mappings())
            return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))

    def get(self, number: int) -> Saved:
        """One of them, also a withdrawn one. Raises UsageError if there is none."""
        with self._workspace.reading() as connection:
            row = find(connection, saved_queries, {"id": number})
        if row is None:
            raise UsageError("saved_query.unknown", number=number)
        return _saved(row)

    def make(self, query: Query, stamp: Stamp) -> int:
        """Save a new one; returns its number. Raises UsageError without a name or a question."""
        values = {**_values(query), "owner": stamp.who, "withdrawn": False}
        with self._workspace.writing() as connection:
            return add(connection, saved_queries, values, stamp)

    def edit(self, number: int, query: Query, stamp: Stamp, version: int | None) -> None:
        """Save it differently.

        `version`: the one read before. Raises Conflict when somebody else was faster; what was to
        be written is kept among the revisions all the same.
        """
        self._write(number, _values(query), stamp, version)

    def withdraw(self, number: int, stamp: Stamp, *, withdrawn: bool = True) -> None:
        """List it no more, or again; its address goes on working."""
        self._write(number, {"withdrawn": withdrawn}, stamp, None)

    def _write(
        self, number: int, values: dict[str, Any], stamp: Stamp, version: int | None
    ) -> None:
        row = ({"id": number}, values)
        with self._workspace.editing(saved_queries, row, stamp) as connection:
            if find(connection, saved_queries, row[0]) is None:
                raise UsageError("saved_query.unknown", number=number)
            save(connection, saved_queries, row, stamp, version)


def _values(query: Query) -> dict[str, Any]:
    name, sql = query.name.strip(), query.sql.strip()
    if not name:
        raise UsageError("saved_query.no_name")
    if not sql:
        raise UsageError("saved_query.no_question")
    return {
        "name": name,
        "description": query.description.strip(),
        "sql": sql,
        "chart": dict(query.chart),
    }


def _saved(row: RowMapping) -> Saved:
    return Saved(**{field.name: row[field.name] for field in fields(Saved)})
