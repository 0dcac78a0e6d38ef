"""Closings of meetings that were reopened: what each had kept, and why it was opened again.

They only grow, and do not change.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, RowMapping, insert, select

from salesdash.errors import UsageError
from salesdash.workspace.rows import FIRST, Stamp
from salesdash.workspace.schema import reopenings

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace


@dataclass(frozen=True)
class Reopening:
    """A closing that was taken back; `version` counts those of its meeting."""

    meeting: int
    version: int
    closed_by: str | None
    closed_at: datetime | None
    reason: str
    who: str
    at: datetime


class Reopenings:
    """Earlier closings of meetings."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def of(self, meeting: int) -> tuple[Reopening, ...]:
        """Of a meeting, the first one first; what they had kept is not read."""
        names = tuple(Reopening.__dataclass_fields__)
        question = select(*(reopenings.c[name] for name in names)).filter_by(meeting=meeting)
        with self._workspace.reading() as connection:
            rows = connection.execute(question.order_by(reopenings.c.version)).mappings()
            return tuple(Reopening(**row) for row in rows)

    def answers(self, meeting: int, version: int) -> str:
        """What a meeting had kept at that closing. Raises UsageError if there is none."""
        question = select(reopenings.c.answers).filter_by(meeting=meeting, version=version)
        with self._workspace.reading() as connection:
            found = connection.execute(question).scalar()
        if found is None:
            raise UsageError("meeting.no_version", number=meeting, version=version)
        return str(found)


def keep(connection: Connection, meeting: RowMapping, reason: str, stamp: Stamp) -> None:
    """Keep what a closed meeting had, before it is opened again."""
    question = select(reopenings.c.id).filter_by(meeting=meeting["id"])
    earlier = len(connection.execute(question).all())
    values = {name: meeting[name] for name in ("cut", "closed_by", "closed_at", "answers")}
    connection.execute(
        insert(reopenings).values(
            meeting=meeting["id"],
            reason=reason,
            who=stamp.who,
            at=stamp.at,
            version=earlier + FIRST,
            **values,
        )
    )
