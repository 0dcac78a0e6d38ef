"""What a meeting leaves to the next one: lines that were not done go on there."""

from dataclasses import replace

from sqlalchemy import Connection

from salesdash.workspace import sheets
from salesdash.workspace.agendas import TOPIC, Line, Occasion, Point, State
from salesdash.workspace.rows import Stamp
from salesdash.workspace.runs import Outcome, put_outcome, runs, unfinished
from salesdash.workspace.schema import meeting_lines, meetings


def carry(connection: Connection, number: int, onward: Occasion | None, stamp: Stamp) -> None:
    """Put unfinished lines of a meeting on the agenda of the next, each once.

    A meeting that was reopened may have left other lines the first time: what has been done since
    is taken off a next meeting that has not begun. Without a next one nothing goes on.
    """
    lines = sheets.lines(connection, meeting_lines.c.meeting == number)
    wanted = unfinished(lines, runs(connection, number))
    there = sheets.continued(connection, wanted)
    for line in lines:
        if line.id in there:
            _again(connection, there[line.id], stamp, wanted=wanted[line.id])
        elif wanted[line.id] and onward is not None:
            meeting = sheets.planned(connection, onward, stamp)
            sheets.put(connection, meeting.id, following(line), stamp)


def following(line: Line) -> Point:
    """What a line becomes on the next agenda: something to talk about, that names its origin."""
    values = {name: getattr(line, name) for name in Point.__dataclass_fields__}
    return replace(Point(**values), kind=TOPIC, tiles=(), place=None, origin=line.id)


def _again(connection: Connection, copy: Line, stamp: Stamp, *, wanted: bool) -> None:
    """A line that was carried over before: off an agenda that has not begun, or on it again."""
    (meeting,) = sheets.read(connection, meetings.c.id == copy.meeting)
    if meeting.state is not State.PLANNED:
        return
    put_outcome(connection, copy.id, None if wanted else Outcome.OFF, stamp)
