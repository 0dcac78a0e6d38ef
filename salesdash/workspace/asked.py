"""What each person asked in SQL last: read again by themselves, kept in a row for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, update

from salesdash.workspace.rows import Stamp, find
from salesdash.workspace.schema_queries import asked_queries

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace

MOST = 100
"""Questions that are kept for each person; the oldest give way."""


@dataclass(frozen=True)
class Entry:
    """A question, when it was asked last, and what came of it: rows and seconds, or why not."""

    sql: str
    at: datetime
    rows: int | None = None
    seconds: float | None = None
    error: str | None = None


class Asked:
    """Questions by person, the newest first; the same one again moves to the top."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def of(self, who: str) -> tuple[Entry, ...]:
        """What somebody asked."""
        with self._workspace.reading() as connection:
            row = find(connection, asked_queries, {"who": who})
        return tuple(map(_entry, row["entries"])) if row is not None else ()

    def note(self, entry: Entry, stamp: Stamp) -> None:
        """Keep a question that was asked."""
        with self._workspace.writing() as connection:
            row = find(connection, asked_queries, {"who": stamp.who})
            known = [each for each in row["entries"] if each["sql"] != entry.sql] if row else []
            values = {"entries": [_kept(entry), *known][:MOST], "at": stamp.at}
            if row is None:
                connection.execute(insert(asked_queries).values(who=stamp.who, **values))
            else:
                mine = asked_queries.c.who == stamp.who
                connection.execute(update(asked_queries).where(mine).values(**values))


def _entry(kept: Mapping[str, Any]) -> Entry:
    return Entry(**{**kept, "at": datetime.fromisoformat(kept["at"])})


def _kept(entry: Entry) -> dict[str, object]:
    return {**vars(entry), "at": entry.at.isoformat()}
