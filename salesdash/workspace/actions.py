"""Actions: what somebody promised to do until a day, and whether it was done."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import RowMapping, select

from salesdash.errors import Conflict, UsageError
from salesdash.workspace.rows import Stamp, add, find, put_aside, record
from salesdash.workspace.schema import actions, meeting_lines
from salesdash.workspace.training import tidy

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace


class Standing(StrEnum):
    """Where an action stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Promise:
    """An action before it is written down.

    `owner` "" is nobody yet; `line`: the line of the meeting it came from; `page` and `query`
    lead to the figures it is about.
    """

    text: str
    owner: str = ""
    due: date | None = None
    line: int | None = None
    page: str | None = None
    query: dict[str, list[str]] | None = None


@dataclass(frozen=True, kw_only=True)
class Action(Promise):
    """An action; `meeting` is the one its line belongs to, `settled` says who ended it and when."""

    id: int
    state: Standing
    meeting: int | None
    made_by: str
    made_at: datetime
    settled_by: str | None
    settled_at: datetime | None
    version: int


class Actions:
    """Actions of a workspace; nothing is ever deleted."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def all(self) -> tuple[Action, ...]:
        """Every action in the order they were written down."""
        with self._workspace.reading() as connection:
            found = connection.execute(_WITH_MEETING.order_by(actions.c.id)).mappings().all()
        return tuple(_action(row) for row in found)

    def get(self, number: int) -> Action:
        """The action of that number. Raises UsageError if there is none."""
        question = _WITH_MEETING.where(actions.c.id == number)
        with self._workspace.reading() as connection:
            found = connection.execute(question).mappings().one_or_none()
        if found is None:
            raise UsageError("action.unknown", number=number)
        return _action(found)

    def make(self, promise: Promise, stamp: Stamp) -> int:
        """Write an action down; returns its number. Raises UsageError without any text."""
        values = _values(promise)
        with self._workspace.writing() as connection:
            made = {"made_by": stamp.who, "made_at": stamp.at, "state": Standing.OPEN.value}
            return add(connection, actions, {**asdict(promise), **values, **made}, stamp)

    def edit(self, number: int, promise: Promise, stamp: Stamp, version: int | None) -> None:
        """Change text, owner and due day.

        `version`: the one read before, None to overwrite. Raises Conflict when somebody else was
        faster; what was to be written is kept among the revisions all the same.
        """
        self._write(number, _values(promise), stamp, version)

    def settle(
        self, number: int, state: Standing, stamp: Stamp, version: int | None = None
    ) -> None:
        """Say that it is done or dropped, or open it again; the same again changes nothing."""
        ended = state is not Standing.OPEN
        values = {
            "state": state.value,
            "settled_by": stamp.who if ended else None,
            "settled_at": stamp.at if ended else None,
        }
        if self.get(number).state is not state:
            self._write(number, values, stamp, version)

    def _write(
        self, number: int, values: dict[str, Any], stamp: Stamp, version: int | None
    ) -> None:
        key = {"id": number}
        try:
            with self._workspace.writing() as connection:
                if find(connection, actions, key) is None:
                    raise UsageError("action.unknown", number=number)
                record(connection, actions, (key, values), stamp, version)
        except Conflict:
            with self._workspace.writing() as connection:
                put_aside(connection, actions, key, values, stamp)
            raise


_WITH_MEETING = select(actions, meeting_lines.c.meeting).outerjoin(
    meeting_lines, meeting_lines.c.id == actions.c.line
)


def _action(row: RowMapping) -> Action:
    values = {field.name: row[field.name] for field in fields(Action)}
    return Action(**{**values, "state": Standing(row["state"])})


def _values(promise: Promise) -> dict[str, Any]:
    """What may be edited, tidy."""
    text = promise.text.strip()
    if not text:
        raise UsageError("action.empty")
    return {"text": text, "owner": tidy(promise.owner), "due": promise.due}
