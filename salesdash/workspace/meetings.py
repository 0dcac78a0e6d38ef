"""Meetings: planned, open with a pinned cut, closed with the answers they had."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from salesdash.errors import UsageError
from salesdash.workspace import attendance, onward, reopenings, sheets
from salesdash.workspace.agendas import Field, Line, Meeting, Occasion, Point, State, Text
from salesdash.workspace.attendance import Attendance, Column
from salesdash.workspace.rows import Stamp, find, record
from salesdash.workspace.runs import stop_all
from salesdash.workspace.schema import meeting_lines, meeting_texts, meetings

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace


class Meetings:
    """Meetings with their lines, texts and who was there."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def all(self) -> tuple[Meeting, ...]:
        """Every meeting, the newest period first; answers are not read."""
        with self._workspace.reading() as connection:
            found = sheets.read(connection)
        return tuple(sorted(found, key=lambda each: (each.last_day, each.id), reverse=True))

    def get(self, number: int) -> Meeting:
        """The meeting of that number. Raises UsageError if there is none."""
        with self._workspace.reading() as connection:
            return sheets.required(connection, number)

    def plan(self, occasion: Occasion, stamp: Stamp) -> Meeting:
        """The meeting of that occasion; noted as planned when there is none yet."""
        with self._workspace.writing() as connection:
            return sheets.planned(connection, occasion, stamp)

    def open(self, occasion: Occasion, cut: int, agenda: Iterable[Point], stamp: Stamp) -> Meeting:
        """Open the meeting of that occasion: its cut is pinned, its agenda written down.

        One that is open or closed already stays as it is and comes back.
        """
        with self._workspace.writing() as connection:
            found = sheets.planned(connection, occasion, stamp)
            if found.state is not State.PLANNED:
                return found
            for point in agenda:
                sheets.put(connection, found.id, point, stamp)
            change = {
                "state": State.OPEN.value,
                "cut": cut,
                "opened_by": stamp.who,
                "opened_at": stamp.at,
            }
            return _turned(connection, found.id, change, stamp)

    def close(
        self,
        number: int,
        answers: Callable[[], str],
        stamp: Stamp,
        following: Occasion | None = None,
    ) -> Meeting:
        """Close an open meeting and keep the answers it showed, as they are.

        `answers` is asked while nobody else can write, so that no note slips in between, and after
        the clock has stopped. Unfinished lines go on the agenda of the `following` meeting. Raises
        UsageError when the meeting is not open.
        """
        with self._workspace.writing() as connection:
            sheets.require(connection, number, State.OPEN)
            stop_all(connection, number, stamp)
            change = {
                "state": State.CLOSED.value,
                "closed_by": stamp.who,
                "closed_at": stamp.at,
                "answers": answers(),
            }
            closed = _turned(connection, number, change, stamp)
            onward.carry(connection, number, following, stamp)
            return closed

    def reopen(self, number: int, reason: str, stamp: Stamp) -> Meeting:
        """Open a closed meeting again, its figures pinned as before; what it had kept stays.

        Raises UsageError without a reason, and when the meeting is not closed.
        """
        if not reason.strip():
            raise UsageError("meeting.no_reason")
        with self._workspace.writing() as connection:
            found = sheets.row_of(connection, number)
            if found["state"] != State.CLOSED:
                raise UsageError("meeting.not_closed")
            reopenings.keep(connection, found, reason.strip(), stamp)
            empty = dict.fromkeys(("closed_by", "closed_at", "answers"))
            return _turned(connection, number, {**empty, "state": State.OPEN.value}, stamp)

    def put(self, number: int, point: Point, stamp: Stamp) -> int:
        """Put a line on the agenda of a meeting that is not closed; returns its number."""
        with self._workspace.writing() as connection:
            sheets.require(connection, number, State.PLANNED, State.OPEN)
            return sheets.put(connection, number, point, stamp)

    def lines(self, number: int) -> tuple[Line, ...]:
        """The agenda of a meeting, in the order it was written."""
        with self._workspace.reading() as connection:
            return sheets.lines(connection, meeting_lines.c.meeting == number)

    def all_lines(self) -> tuple[Line, ...]:
        """The agendas of all meetings."""
        with self._workspace.reading() as connection:
            return sheets.lines(connection)

    def line(self, number: int) -> Line:
        """One line by its number. Raises UsageError if there is none."""
        with self._workspace.reading() as connection:
            return sheets.line_of(connection, number)

    def texts(self, number: int | None = None) -> tuple[Text, ...]:
        """Notes and decisions of a meeting, or of all."""
        question = select(meeting_texts).order_by(meeting_texts.c.id)
        if number is not None:
            its_lines = select(meeting_lines.c.id).where(meeting_lines.c.meeting == number)
            question = question.where(meeting_texts.c.line.in_(its_lines))
        with self._workspace.reading() as connection:
            return tuple(Text(**row) for row in connection.execute(question).mappings())

    def write(self, key: tuple[int, Field], text: str, stamp: Stamp, version: int | None) -> None:
        """Write the note or decision of a line.

        `version`: the one read before, 0 for none, None to overwrite. Raises Conflict when
        somebody else was faster; what was to be written is kept among the revisions all the same.
        Raises UsageError when the meeting is not open.
        """
        row = ({"line": key[0], "field": key[1]}, {"text": text})
        with self._workspace.editing(meeting_texts, row, stamp) as connection:
            _require_open(connection, key[0], text)
            found = find(connection, meeting_texts, row[0])
            if text != ("" if found is None else found["text"]):
                record(connection, meeting_texts, row, stamp, version)

    def attend(self, number: int, people: Iterable[str], stamp: Stamp) -> None:
        """Say who is there; everybody else is not. Raises UsageError when it is not open."""
        self._say(number, "present", people, stamp)

    def invite(self, number: int, people: Iterable[str], stamp: Stamp) -> None:
        """Say who was invited; everybody else was not. Raises UsageError when it is not open."""
        self._say(number, "invited", people, stamp)

    def attendance(self, number: int) -> Attendance:
        """Who was invited, and who is there."""
        with self._workspace.reading() as connection:
            return attendance.read(connection, number)

    def all_attendance(self) -> dict[int, Attendance]:
        """The same for all meetings, by number; those without anybody are missing."""
        with self._workspace.reading() as connection:
            return attendance.of(connection)

    def present(self, number: int) -> tuple[str, ...]:
        """Who is there, sorted."""
        return self.attendance(number).present

    def _say(self, number: int, column: Column, people: Iterable[str], stamp: Stamp) -> None:
        with self._workspace.writing() as connection:
            sheets.require(connection, number, State.OPEN)
            attendance.put(connection, number, column, people, stamp)


def _turned(connection: Connection, number: int, change: dict[str, Any], stamp: Stamp) -> Meeting:
    record(connection, meetings, ({"id": number}, change), stamp, None)
    return sheets.required(connection, number)


def _require_open(connection: Connection, number: int, text: str) -> None:
    """The meeting of a line takes texts; what comes too late is said back to its writer."""
    meeting = sheets.line_of(connection, number).meeting
    if sheets.required(connection, meeting).state is State.CLOSED:
        raise UsageError("meeting.too_late", text=text)
    sheets.require(connection, meeting, State.OPEN)
