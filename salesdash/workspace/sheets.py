"""Rows of meetings and their lines, within a transaction that somebody else has begun."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, select

from salesdash.errors import UsageError
from salesdash.workspace.agendas import Line, Meeting, Occasion, Point, State
from salesdash.workspace.rows import Stamp, add, find, record
from salesdash.workspace.schema import line_runs, meeting_lines, meeting_series, meetings
from salesdash.workspace.training import tidy

APART = "/"
"""Between the kind of a one-to-one and the number of its series, in the table alone.

So several of a kind can be held in one week (docs/decisions/0022).
"""
LARGE = "answers"


def read(connection: Connection, *where: ColumnElement[bool]) -> tuple[Meeting, ...]:
    """Meetings by number; what they have kept is not read."""
    columns = (column for column in meetings.c if column.name != LARGE)
    question = select(*columns, meeting_series.c.person).outerjoin(
        meeting_series, meeting_series.c.id == meetings.c.series
    )
    rows = connection.execute(question.where(*where).order_by(meetings.c.id)).mappings()
    return tuple(_meeting({**row, LARGE: None}) for row in rows)


def required(connection: Connection, number: int) -> Meeting:
    """The meeting of that number with what it has kept. Raises UsageError if there is none."""
    row = row_of(connection, number)
    series = find(connection, meeting_series, {"id": row["series"]})
    return _meeting({**row, "person": series and series["person"]})


def row_of(connection: Connection, number: int) -> RowMapping:
    """Its row as it stands. Raises UsageError if there is none."""
    found = find(connection, meetings, {"id": number})
    if found is None:
        raise UsageError("meeting.unknown", number=number)
    return found


def require(connection: Connection, number: int, *states: State) -> None:
    """Raises UsageError unless the meeting is there and in one of these states."""
    found = row_of(connection, number)
    if found["state"] not in states:
        raise UsageError("meeting.closed" if found["state"] == State.CLOSED else "meeting.not_open")


def planned(connection: Connection, occasion: Occasion, stamp: Stamp) -> Meeting:
    """The meeting of an occasion; noted as planned when there is none yet."""
    person, series = tidy(occasion.person), None
    if person:
        series = _series(connection, {"kind": occasion.kind, "person": person}, stamp)
    kind = occasion.kind if series is None else f"{occasion.kind}{APART}{series}"
    key = {"kind": kind, "period": occasion.period}
    found = find(connection, meetings, key)
    if found is not None:
        return required(connection, found["id"])
    names = ("first_day", "last_day", "day")
    values = {name: getattr(occasion, name) for name in names}
    row = (key, {**values, "series": series, "state": State.PLANNED.value})
    return required(connection, record(connection, meetings, row, stamp, 0))


def put(connection: Connection, number: int, point: Point, stamp: Stamp) -> int:
    """Write a line of an agenda; returns its number."""
    values = {field.name: getattr(point, field.name) for field in fields(Point)}
    row = {**values, "tiles": list(point.tiles), "meeting": number}
    return add(connection, meeting_lines, row, stamp)


def lines(connection: Connection, *where: ColumnElement[bool]) -> tuple[Line, ...]:
    """Lines in the order they were written, without those that were taken off again."""
    rows = connection.execute(_LINES.where(*where).order_by(meeting_lines.c.id)).mappings()
    return tuple(_line(row) for row in rows if row["outcome"] != OFF)


def line_of(connection: Connection, number: int) -> Line:
    """One line by its number. Raises UsageError if there is none."""
    found = find(connection, meeting_lines, {"id": number})
    if found is None:
        raise UsageError("meeting.no_line", number=number)
    return _line(found)


def continued(connection: Connection, origins: Iterable[int]) -> dict[int, Line]:
    """The lines that go on with these, also those that were taken off, by where they came from."""
    question = select(meeting_lines).where(meeting_lines.c.origin.in_(tuple(origins)))
    rows = connection.execute(question.order_by(meeting_lines.c.id)).mappings()
    return {row["origin"]: _line(row) for row in rows}


OFF = "off"
"""What became of a line that was taken off the agenda."""

_LINES: Select[Any] = select(meeting_lines, line_runs.c.outcome).outerjoin(
    line_runs, line_runs.c.line == meeting_lines.c.id
)
_OF_MEETING = tuple(field.name for field in fields(Meeting))


def _series(connection: Connection, key: dict[str, Any], stamp: Stamp) -> int:
    found = find(connection, meeting_series, key)
    if found is not None:
        return int(found["id"])
    return record(connection, meeting_series, (key, {}), stamp, 0)


def _meeting(row: dict[str, Any]) -> Meeting:
    kind, _, _ = row["kind"].partition(APART)
    known = {**row, "kind": kind, "person": row["person"] or "", "state": State(row["state"])}
    return Meeting(**{name: known[name] for name in _OF_MEETING})


def _line(row: RowMapping) -> Line:
    values = {field.name: row[field.name] for field in fields(Line)}
    return Line(**{**values, "tiles": tuple(row["tiles"])})
