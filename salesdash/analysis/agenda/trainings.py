"""Trainings in a meeting: who is late with which course."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from salesdash.analysis import training
from salesdash.analysis.agenda.held import Held
from salesdash.metrics import Words
from salesdash.workspace import Line


@dataclass(frozen=True)
class Late:
    """A training that is overdue: whose, which, since when, how many items are left."""

    person: str
    course: Words
    due: date | None
    left: int


def fill(_line: Line, held: Held) -> dict[str, Any]:
    """`trainings` that are overdue on the day of the meeting, the oldest first."""
    return {"trainings": tuple(_late(held))}


def _late(held: Held) -> Iterator[Late]:
    question = held.question
    courses = question.settings.training
    for cell in training.build(courses, held.kept.trainings, (), question.today).overdue:
        name = courses[cell.course].name
        yield Late(cell.person, name, cell.due, cell.total - cell.done)
