"""Comments on actions: what somebody said, never changed and never deleted."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from salesdash.errors import UsageError
from salesdash.workspace.rows import Stamp, find
from salesdash.workspace.schema import action_comments, actions

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace


@dataclass(frozen=True)
class Comment:
    """What somebody said of an action."""

    id: int
    action: int
    text: str
    who: str
    at: datetime


class Comments:
    """Comments of a workspace; they only grow."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def of(self, action: int) -> tuple[Comment, ...]:
        """The comments on an action, the newest last."""
        question = select(action_comments).where(action_comments.c.action == action)
        with self._workspace.reading() as connection:
            found = connection.execute(question.order_by(action_comments.c.id)).mappings().all()
        return tuple(Comment(**row) for row in found)

    def counts(self) -> dict[int, int]:
        """How many comments each action has; those without any are left out."""
        question = select(action_comments.c.action, func.count()).group_by(action_comments.c.action)
        with self._workspace.reading() as connection:
            return {int(action): int(count) for action, count in connection.execute(question)}

    def add(self, action: int, text: str, stamp: Stamp) -> int:
        """Say something; returns its number. Raises UsageError without words or action."""
        if not text.strip():
            raise UsageError("comment.empty")
        with self._workspace.writing() as connection:
            if find(connection, actions, {"id": action}) is None:
                raise UsageError("action.unknown", number=action)
            made = insert(action_comments).values(
                action=action, text=text.strip(), who=stamp.who, at=stamp.at
            )
            found = connection.execute(made).inserted_primary_key
        return int(found[0]) if found else 0
