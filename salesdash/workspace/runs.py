"""How the lines of a meeting go: a clock for the one that is talked about, and what became of each.

A line that was not done when its meeting closes is put on the next one, and names where it came
from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Select, select

from salesdash.workspace import sheets
from salesdash.workspace.agendas import TOPIC, Line, State
from salesdash.workspace.rows import Stamp, find, record
from salesdash.workspace.schema import line_runs, meeting_lines

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace

LONGEST = timedelta(hours=4)
"""A clock that nobody stopped counts no more than this."""


class Outcome(StrEnum):
    """What became of a line. OFF: taken off the agenda again."""

    DONE = "done"
    CARRY = "carry"
    OFF = sheets.OFF


@dataclass(frozen=True)
class Run:
    """How a line goes. `started`: since when its clock runs; `spent`: seconds before that."""

    line: int
    outcome: Outcome | None = None
    started: datetime | None = None
    spent: int = 0

    def seconds(self, now: datetime) -> int:
        """All that was spent on it until `now`."""
        return self.spent + (_lasted(self.started, now) if self.started else 0)


class Runs:
    """The clocks of lines and what became of them."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def of(self, meeting: int) -> dict[int, Run]:
        """By line; lines that nobody touched are missing."""
        with self._workspace.reading() as connection:
            return runs(connection, meeting)

    def mark(self, line: int, outcome: Outcome | None, stamp: Stamp) -> None:
        """Say what became of a line, None for "nothing yet"; its clock stops when it is done.

        Raises UsageError when the meeting is closed, or not open for anything but taking it off.
        """
        states = (State.OPEN, State.PLANNED) if outcome is Outcome.OFF else (State.OPEN,)
        with self._workspace.writing() as connection:
            sheets.require(connection, sheets.line_of(connection, line).meeting, *states)
            put_outcome(connection, line, outcome, stamp)

    def start(self, line: int, stamp: Stamp) -> None:
        """Start the clock of a line; that of any other line of the meeting stops."""
        with self._workspace.writing() as connection:
            meeting = sheets.line_of(connection, line).meeting
            sheets.require(connection, meeting, State.OPEN)
            known = runs(connection, meeting).get(line)
            if known is None or known.started is None:
                stop_all(connection, meeting, stamp)
                _put(connection, line, {"started": stamp.at}, stamp)

    def stop(self, meeting: int, stamp: Stamp) -> None:
        """Stop the clock of a meeting; what was spent is kept."""
        with self._workspace.writing() as connection:
            sheets.require(connection, meeting, State.OPEN)
            stop_all(connection, meeting, stamp)


def runs(connection: Connection, meeting: int) -> dict[int, Run]:
    """How the lines of a meeting go, by line."""
    rows = connection.execute(_of(meeting)).mappings()
    return {
        row["line"]: Run(
            row["line"],
            Outcome(row["outcome"]) if row["outcome"] else None,
            row["started"],
            row["spent"],
        )
        for row in rows
    }


def stop_all(connection: Connection, meeting: int, stamp: Stamp) -> None:
    """Stop whatever clock of a meeting runs."""
    for run in runs(connection, meeting).values():
        if run.started is not None:
            _put(connection, run.line, _stopped(run, stamp), stamp)


def unfinished(lines: Iterable[Line], known: Mapping[int, Run]) -> dict[int, bool]:
    """For each line whether the next meeting has to go on with it.

    Those that people added unless they are done, and any other that is marked so.
    """
    found = {}
    for line in lines:
        outcome = known[line.id].outcome if line.id in known else None
        added = line.kind == TOPIC and outcome is None
        found[line.id] = added or outcome is Outcome.CARRY
    return found


def put_outcome(connection: Connection, line: int, outcome: Outcome | None, stamp: Stamp) -> None:
    """Write what became of a line, whatever state its meeting is in."""
    known = runs(connection, sheets.line_of(connection, line).meeting).get(line, Run(line))
    if known.outcome is outcome:
        return
    ended = _stopped(known, stamp) if outcome is not None and known.started else {}
    _put(connection, line, {"outcome": outcome and outcome.value, **ended}, stamp)


def _put(connection: Connection, line: int, change: dict[str, object], stamp: Stamp) -> None:
    key = {"line": line}
    fresh = {"outcome": None, "started": None, "spent": 0}
    values = change if find(connection, line_runs, key) else {**fresh, **change}
    record(connection, line_runs, (key, values), stamp, None)


def _stopped(run: Run, stamp: Stamp) -> dict[str, object]:
    return {"started": None, "spent": run.seconds(stamp.at)}


def _lasted(started: datetime, now: datetime) -> int:
    return int(min(max(now - started, timedelta(0)), LONGEST).total_seconds())


def _of(meeting: int) -> Select[tuple[object, ...]]:
    both = meeting_lines.c.id == line_runs.c.line
    return select(line_runs).join(meeting_lines, both).where(meeting_lines.c.meeting == meeting)
