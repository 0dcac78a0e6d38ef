"""Training: each person's share of each course, what is overdue, and the sentence about it."""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from salesdash.analysis.answers import Member, Reason
from salesdash.config import Course
from salesdash.datasets import DATASETS
from salesdash.warehouse import Warehouse
from salesdash.workspace import Assignment, Tick, Training, tidy

SOON = timedelta(days=7)
RENEW_SOON = timedelta(days=30)
MOST_PEOPLE = 500

CellState = Literal["none", "open", "soon", "overdue", "done", "renew"]
"""none: neither assigned nor begun. soon: due within a week. renew: done, but not for long."""


@dataclass(frozen=True)
class Cell:
    """A person's course: items that count of all, where it stands, the day it is (again) due."""

    person: str
    course: str
    done: int
    total: int
    state: CellState
    due: date | None


@dataclass(frozen=True)
class Person:
    """A row of the matrix."""

    name: str
    cells: tuple[Cell, ...]

    @property
    def overdue(self) -> int:
        """How many of the courses are."""
        return sum(cell.state == "overdue" for cell in self.cells)

    @property
    def begun(self) -> bool:
        """Whether any course was assigned or begun."""
        return any(cell.state != "none" for cell in self.cells)


@dataclass(frozen=True)
class Board:
    """People by courses, those with overdue courses first; `overdue`: the oldest first."""

    headline: Reason
    lead: Reason | None
    courses: tuple[Course, ...]
    people: tuple[Person, ...]
    overdue: tuple[Cell, ...]


@dataclass(frozen=True)
class Written:
    """What people wrote about training: names typed, ticks, assignments."""

    people: tuple[str, ...] = ()
    ticks: tuple[Tick, ...] = ()
    assignments: tuple[Assignment, ...] = ()

    @classmethod
    def read(cls, store: Training) -> "Written":
        """All of it, as it stands now."""
        return cls(store.people(), store.ticks(), store.assignments())


def people(warehouse: Warehouse) -> tuple[str, ...]:
    """The salespeople that the data know, from every dataset that names them."""
    found: dict[str, None] = {}
    for name, dataset in DATASETS.items():
        if "person" in dataset.names:
            found.update(
                (tidy(member), None)
                for member, _ in warehouse.members(name, "person", MOST_PEOPLE)
                if member
            )
    return tuple(found)


def build(
    courses: Mapping[str, Course], written: Written, known: Iterable[str], today: date
) -> Board:
    """The matrix of everybody `known` from the data or written about; those without last."""
    names = sorted({*known, *written.people})
    ticks = {(t.person, t.course, t.item): t for t in written.ticks if t.done}
    dues = {(a.person, a.course): a.due for a in written.assignments if a.due is not None}
    rows = [
        Person(
            name,
            tuple(
                cell(course, name, ticks, dues.get((name, course.id)), today)
                for course in courses.values()
            ),
        )
        for name in names
    ]
    rows.sort(key=lambda row: (-row.overdue, not row.begun, row.name))
    overdue = sorted(
        (each for row in rows for each in row.cells if each.state == "overdue"),
        key=lambda each: (each.due or today, each.person, each.course),
    )
    headline, lead = _sentence(courses, rows, overdue)
    return Board(headline, lead, tuple(courses.values()), tuple(rows), tuple(overdue))


def cell(
    course: Course,
    person: str,
    ticks: Mapping[tuple[str, str, str], Tick],
    due: date | None,
    today: date,
) -> Cell:
    """Where a person stands in a course; a tick older than the renewal counts no more.

    A course that was finished and lapsed is due since the day it lapsed.
    """
    found = [ticks[key] for item in course.items if (key := (person, course.id, item)) in ticks]
    lapses = [lapse for tick in found if (lapse := _lapse(course, tick)) is not None]
    counting = len(found) - sum(lapse <= today for lapse in lapses)
    total = len(course.items)
    if counting == total:
        lapse = min(lapses, default=None)
        renew = lapse is not None and lapse - today <= RENEW_SOON
        return Cell(person, course.id, total, total, "renew" if renew else "done", lapse)
    if len(found) == total:
        due = max([each for each in (due, min(lapses, default=None)) if each is not None])
    return Cell(person, course.id, counting, total, _state(counting, due, today), due)


def _lapse(course: Course, tick: Tick) -> date | None:
    """The day from which a tick counts no more: so many months later."""
    if course.renew_months is None:
        return None
    months = tick.at.year * 12 + tick.at.month - 1 + course.renew_months
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(tick.at.day, last))


def _state(done: int, due: date | None, today: date) -> CellState:
    if due is None:
        return "open" if done else "none"
    if due < today:
        return "overdue"
    return "soon" if due - today <= SOON else "open"


def _sentence(
    courses: Mapping[str, Course], rows: Sequence[Person], overdue: Sequence[Cell]
) -> tuple[Reason, Reason | None]:
    """What is overdue and with whom most; else how far everybody is."""
    if not courses:
        return Reason("team.training.no_courses"), Reason("team.training.no_courses_lead")
    begun = [each for row in rows for each in row.cells if each.state != "none"]
    if not begun:
        return Reason("team.training.nothing"), Reason("team.training.nothing_lead")
    finished = sum(each.done == each.total for each in begun)
    lead = Reason("team.training.finished", (("count", len(begun)), ("finished", finished)))
    if not overdue:
        return Reason("team.training.on_time"), lead
    most = max(rows, key=lambda row: row.overdue)
    count = ("count", len(overdue))
    if most.overdue > 1 and most.overdue < len(overdue):
        who = (("person", Member(most.name)), ("most", most.overdue))
        return Reason("team.training.overdue_most", (count, *who)), lead
    if most.overdue == len(overdue):
        return Reason("team.training.overdue_one", (count, ("person", Member(most.name)))), lead
    return Reason("team.training.overdue", (count,)), lead
