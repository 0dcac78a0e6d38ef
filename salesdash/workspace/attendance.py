"""Who was invited to a meeting, and who is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from salesdash.workspace.rows import Stamp, record
from salesdash.workspace.schema import attendance
from salesdash.workspace.training import tidy

Column = Literal["present", "invited"]


@dataclass(frozen=True)
class Attendance:
    """Names, sorted; somebody may come who was not invited."""

    present: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()

    @property
    def absent(self) -> tuple[str, ...]:
        """Invited, and not there."""
        return tuple(name for name in self.invited if name not in self.present)


def read(connection: Connection, meeting: int) -> Attendance:
    """Of one meeting."""
    return of(connection, meeting).get(meeting, Attendance())


def of(connection: Connection, meeting: int | None = None) -> dict[int, Attendance]:
    """Of one meeting, or of all; those without anybody are missing."""
    question = select(attendance).order_by(attendance.c.person)
    if meeting is not None:
        question = question.where(attendance.c.meeting == meeting)
    found: dict[int, tuple[list[str], list[str]]] = {}
    for row in connection.execute(question).mappings():
        present, invited = found.setdefault(row["meeting"], ([], []))
        for wanted, names in ((row["present"], present), (row["invited"], invited)):
            if wanted:
                names.append(row["person"])
    return {number: Attendance(*map(tuple, names)) for number, names in found.items()}


def put(
    connection: Connection, meeting: int, column: Column, people: Iterable[str], stamp: Stamp
) -> None:
    """Say who is there, or who was invited; everybody else is not."""
    wanted = {tidy(person) for person in people if tidy(person)}
    known = read(connection, meeting)
    there = {*known.present, *known.invited}
    for person in sorted(wanted ^ set(getattr(known, column))):
        fresh = {} if person in there else {"present": False, "invited": False}
        key = {"meeting": meeting, "person": person}
        row = (key, {**fresh, column: person in wanted})
        record(connection, attendance, row, stamp, None)
