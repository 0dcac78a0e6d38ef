"""Meetings: planned, open with a pinned cut, closed with the answers they had."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, RowMapping, Table, select

from salesdash.errors import Conflict, UsageError
from salesdash.workspace.rows import Stamp, add, find, put_aside, record
from salesdash.workspace.schema import attendance, meeting_lines, meeting_texts, meetings
from salesdash.workspace.training import tidy

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace

Field = Literal["note", "decision"]
TOPIC = "topic"
"""The kind of a line that somebody put on the agenda; the others are those of config.yaml."""


class State(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Occasion:
    """Which meeting: its kind in config.yaml, and the unit it looks at, as a code with its days."""

    kind: str
    period: str
    first_day: date
    last_day: date


@dataclass(frozen=True, kw_only=True)
class Meeting(Occasion):
    """A meeting. `cut` is the event its figures are pinned to, `answers` what it closed with."""

    id: int
    state: State
    cut: int | None
    opened_by: str | None
    opened_at: datetime | None
    closed_by: str | None
    closed_at: datetime | None
    answers: str | None
    version: int


@dataclass(frozen=True)
class Point:
    """A line of an agenda before it is written. `place` None: wherever there is room.

    `title` and `hint` by language; `page` and `query` lead to the screen it was put on from.
    """

    kind: str
    title: dict[str, str]
    hint: dict[str, str]
    tiles: tuple[str, ...] = ()
    place: int | None = None
    page: str | None = None
    query: dict[str, list[str]] | None = None


@dataclass(frozen=True, kw_only=True)
class Line(Point):
    """A line of a meeting's agenda; who put it there, and when."""

    id: int
    meeting: int
    who: str
    at: datetime


@dataclass(frozen=True)
class Text:
    """What stands under a line: a note or a decision, by whoever wrote last."""

    line: int
    field: Field
    text: str
    who: str
    at: datetime
    version: int
    id: int


class Meetings:
    """Meetings with their lines, texts and who was there."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def all(self) -> tuple[Meeting, ...]:
        """Every meeting, the newest period first; answers are not read."""
        return tuple(
            sorted(
                (_meeting({**row, "answers": None}) for row in self._rows(meetings)),
                key=lambda meeting: (meeting.last_day, meeting.id),
                reverse=True,
            )
        )

    def get(self, number: int) -> Meeting:
        """The meeting of that number. Raises UsageError if there is none."""
        with self._workspace.reading() as connection:
            return _meeting(_required(connection, number))

    def plan(self, occasion: Occasion, stamp: Stamp) -> Meeting:
        """The meeting of that occasion; noted as planned when there is none yet."""
        with self._workspace.writing() as connection:
            return _meeting(_planned(connection, occasion, stamp))

    def open(self, occasion: Occasion, cut: int, agenda: Iterable[Point], stamp: Stamp) -> Meeting:
        """Open the meeting of that occasion: its cut is pinned, its agenda written down.

        One that is open or closed already stays as it is and comes back.
        """
        with self._workspace.writing() as connection:
            found = _planned(connection, occasion, stamp)
            if found["state"] != State.PLANNED:
                return _meeting(found)
            for point in agenda:
                _put(connection, found["id"], point, stamp)
            change = {
                "state": State.OPEN.value,
                "cut": cut,
                "opened_by": stamp.who,
                "opened_at": stamp.at,
            }
            record(connection, meetings, ({"id": found["id"]}, change), stamp, found["version"])
            return _meeting(_required(connection, found["id"]))

    def close(self, number: int, answers: Callable[[], str], stamp: Stamp) -> Meeting:
        """Close an open meeting and keep the answers it showed, as they are.

        `answers` is asked while nobody else can write, so that no note slips in between. Raises
        UsageError when the meeting is not open.
        """
        with self._workspace.writing() as connection:
            _require(connection, number, State.OPEN)
            change = {
                "state": State.CLOSED.value,
                "closed_by": stamp.who,
                "closed_at": stamp.at,
                "answers": answers(),
            }
            record(connection, meetings, ({"id": number}, change), stamp, None)
            return _meeting(_required(connection, number))

    def put(self, number: int, point: Point, stamp: Stamp) -> int:
        """Put a line on the agenda of a meeting that is not closed; returns its number."""
        with self._workspace.writing() as connection:
            _require(connection, number, State.PLANNED, State.OPEN)
            return _put(connection, number, point, stamp)

    def lines(self, number: int) -> tuple[Line, ...]:
        """The agenda of a meeting, in the order it was written."""
        return tuple(_line(row) for row in self._rows(meeting_lines, meeting=number))

    def line(self, number: int) -> Line:
        """One line by its number. Raises UsageError if there is none."""
        found = self._rows(meeting_lines, id=number)
        if not found:
            raise UsageError("meeting.no_line", number=number)
        return _line(found[0])

    def texts(self, number: int) -> tuple[Text, ...]:
        """Notes and decisions of a meeting."""
        question = (
            select(meeting_texts)
            .join(meeting_lines, meeting_lines.c.id == meeting_texts.c.line)
            .where(meeting_lines.c.meeting == number)
            .order_by(meeting_texts.c.id)
        )
        with self._workspace.reading() as connection:
            return tuple(Text(**row) for row in connection.execute(question).mappings())

    def write(self, key: tuple[int, Field], text: str, stamp: Stamp, version: int | None) -> None:
        """Write the note or decision of a line.

        `version`: the one read before, 0 for none, None to overwrite. Raises Conflict when
        somebody else was faster; what was to be written is kept among the revisions all the same.
        Raises UsageError when the meeting is not open.
        """
        named = {"line": key[0], "field": key[1]}
        try:
            with self._workspace.writing() as connection:
                _require_open(connection, key[0], text)
                found = find(connection, meeting_texts, named)
                if text != ("" if found is None else found["text"]):
                    record(connection, meeting_texts, (named, {"text": text}), stamp, version)
        except Conflict:
            with self._workspace.writing() as connection:
                put_aside(connection, meeting_texts, named, {"text": text}, stamp)
            raise

    def attend(self, number: int, people: Iterable[str], stamp: Stamp) -> None:
        """Say who is there; everybody else is not. Raises UsageError when it is not open."""
        wanted = {tidy(person) for person in people if tidy(person)}
        with self._workspace.writing() as connection:
            _require(connection, number, State.OPEN)
            known = self.present(number)
            for person in sorted(wanted ^ set(known)):
                key = {"meeting": number, "person": person}
                row = (key, {"present": person in wanted})
                record(connection, attendance, row, stamp, None)

    def present(self, number: int) -> tuple[str, ...]:
        """Who is there, sorted."""
        rows = self._rows(attendance, meeting=number)
        return tuple(sorted(row["person"] for row in rows if row["present"]))

    def _rows(self, table: Table, **key: int) -> list[RowMapping]:
        question = select(table).filter_by(**key).order_by(table.c.id)
        with self._workspace.reading() as connection:
            return list(connection.execute(question).mappings())


_OF_MEETING = tuple(field.name for field in fields(Meeting))


def _meeting(row: Any) -> Meeting:  # noqa: ANN401 - a row, or a mapping made of one
    values = {name: row[name] for name in _OF_MEETING}
    return Meeting(**{**values, "state": State(row["state"])})


def _line(row: RowMapping) -> Line:
    values = {field.name: row[field.name] for field in fields(Line)}
    return Line(**{**values, "tiles": tuple(row["tiles"])})


def _planned(connection: Connection, occasion: Occasion, stamp: Stamp) -> RowMapping:
    key = {"kind": occasion.kind, "period": occasion.period}
    found = find(connection, meetings, key)
    if found is None:
        days = {"first_day": occasion.first_day, "last_day": occasion.last_day}
        row = (key, {**days, "state": State.PLANNED.value})
        found = _required(connection, record(connection, meetings, row, stamp, 0))
    return found


def _put(connection: Connection, number: int, point: Point, stamp: Stamp) -> int:
    values = {field.name: getattr(point, field.name) for field in fields(Point)}
    row = {**values, "tiles": list(point.tiles), "meeting": number}
    return add(connection, meeting_lines, row, stamp)


def _require(connection: Connection, number: int, *states: State) -> None:
    found = _required(connection, number)
    if found["state"] not in states:
        raise UsageError("meeting.closed" if found["state"] == State.CLOSED else "meeting.not_open")


def _require_open(connection: Connection, number: int, text: str) -> None:
    """The meeting of a line takes texts; what comes too late is said back to its writer."""
    line = find(connection, meeting_lines, {"id": number})
    if line is None:
        raise UsageError("meeting.no_line", number=number)
    if _required(connection, line["meeting"])["state"] == State.CLOSED:
        raise UsageError("meeting.too_late", text=text)
    _require(connection, line["meeting"], State.OPEN)


def _required(connection: Connection, number: int) -> RowMapping:
    found = find(connection, meetings, {"id": number})
    if found is None:
        raise UsageError("meeting.unknown", number=number)
    return found
