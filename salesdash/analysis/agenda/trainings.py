"""Trainings in a meeting: who is late with which course, what comes next, what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from salesdash.analysis import training
from salesdash.analysis.agenda.held import Held
from salesdash.analysis.answers import Reason
from salesdash.analysis.staff import Staff
from salesdash.analysis.training import CellState
from salesdash.metrics import Words
from salesdash.workspace import Line


@dataclass(frozen=True)
class Late:
    """A training that is overdue, due or to be renewed soon, or required and missing.

    Whose, which, since or until when, how many items are left.
    """

    person: str
    course: Words
    due: date | None
    left: int
    state: CellState = "overdue"


MOST_MISSING = 8
"""Required trainings that are listed though nobody knows since when."""


def fill(_line: Line, held: Held) -> dict[str, Any]:
    """`trainings` overdue on the day of the meeting, then due in two weeks, then missing ones.

    `due` counts the missing ones that are not listed.
    """
    found = tuple(_waiting(held))
    missing = [late for late in found if late.state == "missing"]
    more = len(missing) - MOST_MISSING
    if more <= 0:
        return {"trainings": found}
    told = Reason("learning.more_missing", (("count", more),))
    return {"trainings": found[:-more], "due": told}


def _waiting(held: Held) -> Iterator[Late]:
    """All of them, the missing ones last."""
    question = held.question
    courses, cut = question.settings.training, question.selection.cut
    staff = held.remember(("staff", cut), lambda: Staff.read(question.warehouse, cut))
    board = training.build(courses, held.kept.trainings, (), question.today, staff)
    for cell in (*board.overdue, *board.coming, *board.missing):
        if held.kept.is_about(cell.person):
            name = courses[cell.course].name
            yield Late(cell.person, name, cell.due, cell.left, cell.state)
