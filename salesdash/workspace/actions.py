"""Actions: what somebody promised to do until a day, what for, and whether it was done."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, RowMapping, select

from salesdash.errors import UsageError
from salesdash.selection import Filter
from salesdash.workspace.rows import Stamp, add, find, record
from salesdash.workspace.schema import actions, meeting_lines, revisions
from salesdash.workspace.terms import ordered, scope_of, scope_row
from salesdash.workspace.training import tidy

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace


class Standing(StrEnum):
    """Where an action stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Priority(StrEnum):
    """How much an action matters beside the others."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


Kind = Literal["line", "goal", "metric", "lever"]


@dataclass(frozen=True)
class Source:
    """Where an action was made: at a line of a meeting, a goal, a figure, a lever of a goal.

    `ref`: the line's number, the goal's code, the metric, the goal's code and the lever as
    "12:win_rate".
    """

    kind: Kind
    ref: str


@dataclass(frozen=True)
class Promise:
    """An action before it is written down.

    `owner` "" is nobody yet; `line`: the line of the meeting it came from; `page` and `query`
    lead to the figures it is about. `metric` within `scope` is what it is to move, by `expected`:
    a signed change in the metric's own unit (shares as fractions); `check` is the day its effect
    is judged.
    """

    text: str
    owner: str = ""
    due: date | None = None
    line: int | None = None
    page: str | None = None
    query: dict[str, list[str]] | None = None
    priority: Priority = Priority.NORMAL
    origin: Source | None = None
    metric: str | None = None
    scope: tuple[Filter, ...] = ()
    expected: Decimal | None = None
    check: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "scope", ordered(self.scope))


EDITABLE = ("text", "owner", "due", "priority", "metric", "scope", "expected", "check")
"""What may be changed of an action; where it came from stays."""


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
        values = {**_values(promise), **_roots(promise)}
        with self._workspace.writing() as connection:
            made = {"made_by": stamp.who, "made_at": stamp.at, "state": Standing.OPEN.value}
            return add(connection, actions, {**values, **made}, stamp)

    def amend(
        self, number: int, part: Mapping[str, Any], stamp: Stamp, version: int | None
    ) -> None:
        """Change some of what may be changed (`EDITABLE`); the same again changes nothing.

        `version`: the one read before, None to overwrite. Somebody else who changed another part
        since then stands in nobody's way. Raises Conflict when it was the same part; what was to
        be written is kept among the revisions all the same.
        """
        old = self.get(number)
        values = _values(replace(old, **part))
        if values != _values(old):
            self._write(number, {name: values[name] for name in part}, stamp, version)

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
        row = ({"id": number}, values)
        with self._workspace.editing(actions, row, stamp) as connection:
            found = find(connection, actions, row[0])
            if found is None:
                raise UsageError("action.unknown", number=number)
            if version and not _touched(connection, number, version) & values.keys():
                version = int(found["version"])
            record(connection, actions, row, stamp, version)


_WITH_MEETING = select(actions, meeting_lines.c.meeting).outerjoin(
    meeting_lines, meeting_lines.c.id == actions.c.line
)


def _touched(connection: Connection, number: int, version: int) -> set[str]:
    """What was changed of an action since a version of it."""
    question = select(revisions.c.content).where(
        revisions.c.source == actions.name,
        revisions.c.row_id == number,
        revisions.c.kept,
        revisions.c.version > version,
    )
    return {name for content in connection.execute(question).scalars() for name in content}


def _action(row: RowMapping) -> Action:
    values: dict[str, Any] = {field.name: row[field.name] for field in fields(Action)}
    return Action(
        **{
            **values,
            "state": Standing(row["state"]),
            "priority": Priority(row["priority"]),
            "origin": Source(row["origin"], row["ref"]) if row["origin"] else None,
            "scope": scope_of(row["scope"] or []),
            "expected": None if row["expected"] is None else Decimal(row["expected"]),
        }
    )


def _values(promise: Promise) -> dict[str, Any]:
    """What may be edited, tidy, as it stands in a row: `EDITABLE`."""
    text, metric = promise.text.strip(), promise.metric or None
    if not text:
        raise UsageError("action.empty")
    if metric is None and (promise.scope or promise.expected is not None):
        raise UsageError("action.no_metric")
    values = {name: getattr(promise, name) for name in EDITABLE}
    expected = promise.expected
    return {
        **values,
        "text": text,
        "owner": tidy(promise.owner),
        "metric": metric,
        "priority": promise.priority.value,
        "scope": scope_row(promise.scope),
        "expected": None if expected is None else format(expected, "f"),
    }


def _roots(promise: Promise) -> dict[str, Any]:
    """Where it came from; a line of a meeting is an origin by itself."""
    origin = promise.origin
    if origin is None and promise.line is not None:
        origin = Source("line", str(promise.line))
    return {
        **{name: getattr(promise, name) for name in ("line", "page", "query")},
        "origin": None if origin is None else origin.kind,
        "ref": None if origin is None else origin.ref,
    }
