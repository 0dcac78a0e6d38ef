"""Revisions: all that was ever written into a row, also what lost to somebody faster."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from salesdash.workspace.schema import revisions

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace


@dataclass(frozen=True)
class Revision:
    """What was written, by whom; `kept` is False for what was put aside after a conflict.

    `version` is the row's after a kept revision, and the one it lost to otherwise.
    """

    version: int
    content: dict[str, Any]
    kept: bool
    who: str
    at: datetime


class History:
    """Revisions by table and row; they can be neither changed nor deleted."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def of(self, source: str, row: int) -> tuple[Revision, ...]:
        """The revisions of a row, the first one first."""
        question = (
            select(revisions)
            .where(revisions.c.source == source, revisions.c.row_id == row)
            .order_by(revisions.c.id)
        )
        with self._workspace.reading() as connection:
            found = connection.execute(question).mappings().all()
        return tuple(
            Revision(each["version"], each["content"], each["kept"], each["who"], each["at"])
            for each in found
        )
