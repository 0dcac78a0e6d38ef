"""Training: each person's share of each course, what is overdue, and the sentence about it."""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from salesdash.analysis.answers import Member, Reason
from salesdash.analysis.duties import Asked, Demand, duty
from salesdash.analysis.staff import Staff
from salesdash.config import Course
from salesdash.datasets import DATASETS
from salesdash.warehouse import Warehouse
from salesdash.workspace import Assignment, Completion, Evidence, Tick, Workspace, tidy

SOON = timedelta(days=7)
AHEAD = timedelta(days=14)
"""A meeting looks so far ahead."""

MOST_PEOPLE = 500

CellState = Literal["none", "missing", "open", "soon", "overdue", "done", "renew"]
"""none: neither asked of nor begun by anybody. missing: required, but since when is not known.
soon: due within a week. renew: done, but not for long."""


@dataclass(frozen=True)
class Cell:
    """A person's course: items that count of all, where it stands, the day it is (again) due.

    `late`: items past their own day. `asked`: why anybody should finish it.
    """

    person: str
    course: str
    done: int
    total: int
    state: CellState
    due: date | None
    late: int = 0
    asked: Asked = "optional"

    @property
    def left(self) -> int:
        """How many items are still to be done."""
        return self.total - self.done


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
        """Whether any course was assigned, is required or was begun."""
        return any(cell.state != "none" for cell in self.cells)


@dataclass(frozen=True)
class Board:
    """People by courses, those with overdue courses first, without those who left (`gone`).

    `overdue`, and `coming`, due or to be renewed within two weeks: the earliest first. `missing`:
    required and not finished, with no day known.
    """

    headline: Reason
    lead: Reason | None
    courses: tuple[Course, ...]
    people: tuple[Person, ...]
    overdue: tuple[Cell, ...]
    coming: tuple[Cell, ...] = ()
    missing: tuple[Cell, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """What people wrote about training, and what files say was finished."""

    people: tuple[str, ...] = ()
    ticks: tuple[Tick, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    completions: tuple[Completion, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def read(cls, workspace: Workspace) -> "Written":
        """All of it, as it stands now."""
        store, more = workspace.training, workspace.learning
        own = store.people(), store.ticks(), store.assignments()
        return cls(*own, more.completions(), more.evidence())


@dataclass(frozen=True)
class Book:
    """What is written and who works here, found by person and course, on a day."""

    written: Written
    staff: Staff
    today: date

    @cached_property
    def ticks(self) -> Mapping[tuple[str, str, str], Tick]:
        """The last word on each item, also when it was taken back."""
        return {(tick.person, tick.course, tick.item): tick for tick in self.written.ticks}

    @cached_property
    def given(self) -> Mapping[tuple[str, str], Assignment]:
        """The courses that somebody assigned and nobody took off."""
        found = (each for each in self.written.assignments if each.due is not None)
        return {(each.person, each.course): each for each in found}

    @cached_property
    def finished(self) -> Mapping[tuple[str, str], date]:
        """The newest day on which a file says that a course was finished."""
        found: dict[tuple[str, str], date] = {}
        for each in self.written.completions:
            key = each.person, each.course
            if each.day <= self.today:
                found[key] = max(each.day, found.get(key, each.day))
        return found

    def day(self, person: str) -> date:
        """The day somebody is looked at on: today, of who left the last one here."""
        return self.staff.place(person, self.today).left or self.today

    def done(self, course: Course, person: str) -> dict[str, date]:
        """The day each item was done last, by a tick or with the whole course; the later one."""
        whole, found = self.finished.get((person, course.id)), {}
        for item in course.items:
            tick = self.ticks.get((person, course.id, item))
            if tick is not None and (whole is None or tick.at.date() >= whole):
                if tick.done:
                    found[item] = tick.at.date()
            elif whole is not None:
                found[item] = whole
        return found


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
    courses: Mapping[str, Course],
    written: Written,
    known: Iterable[str],
    today: date,
    staff: Staff | None = None,
) -> Board:
    """Where everybody stands who is known, listed or written about, on a day."""
    staff = staff or Staff()
    book = Book(written, staff, today)
    names = sorted({*known, *written.people, *staff.entries})
    rows = [
        Person(name, tuple(cell(course, name, book) for course in courses.values()))
        for name in names
        if staff.here(name, today)
    ]
    rows.sort(key=lambda row: (-row.overdue, not row.begun))
    cells = [each for row in rows for each in row.cells]
    overdue = _by_day(each for each in cells if each.state == "overdue")
    missing = tuple(each for each in cells if each.state == "missing")
    headline, lead = _sentence(courses, rows, overdue, missing)
    return Board(
        headline,
        lead,
        tuple(courses.values()),
        tuple(rows),
        overdue,
        _by_day(each for each in cells if _comes(each, today)),
        missing,
        tuple(name for name in names if staff.place(name, today).left is not None),
    )


def cell(course: Course, person: str, book: Book) -> Cell:
    """Where a person stands in a course; what was done so long ago that it lapsed counts no more.

    A course that was finished and lapsed is due since the day it lapsed. Who left stands where they
    stood on the last day.
    """
    today, total = book.day(person), len(course.items)
    done = book.done(course, person)
    until = {item: lapse(course, item, day) for item, day in done.items()}
    counting = [item for item, last in until.items() if last is None or last > today]
    asked = demand(course, person, book)
    if len(counting) == total:
        first = min((last for last in until.values() if last is not None), default=None)
        renew = first is not None and first - today <= timedelta(days=course.remind_days)
        state: CellState = "renew" if renew else "done"
        return Cell(person, course.id, total, total, state, first, asked=asked.why)
    lapsed = until if len(done) == total else {}
    open_items = (item for item in course.items if item not in counting)
    dues = [asked.due(item, lapsed.get(item)) for item in open_items]
    days = [day for day in dues if day is not None]
    due, late = min(days, default=None), sum(day < today for day in days)
    state = _state(len(counting), due, today, required=asked.duty is not None)
    return Cell(person, course.id, len(counting), total, state, due, late, asked.why)


def demand(course: Course, person: str, book: Book) -> Demand:
    """What is asked of a person in a course, by whom and until when."""
    since = book.staff.place(person, book.today).since
    required = duty(course, person, book.staff, book.today)
    return Demand(course, required, book.given.get((person, course.id)), since)


def lapse(course: Course, item: str, day: date) -> date | None:
    """The day from which what was done on a day counts no more: so many months later."""
    renew = course.items[item].renew_months
    if renew is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + renew, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _by_day(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    return tuple(sorted(cells, key=lambda each: (each.due or date.max, each.person, each.course)))


def _comes(each: Cell, today: date) -> bool:
    """Whether something is due or to be renewed within two weeks."""
    waits = each.state in ("open", "soon", "renew") and each.due is not None
    return waits and each.due is not None and each.due - today <= AHEAD


def _state(done: int, due: date | None, today: date, *, required: bool) -> CellState:
    if due is None:
        return "missing" if required else "open" if done else "none"
    if due < today:
        return "overdue"
    return "soon" if due - today <= SOON else "open"


def _sentence(
    courses: Mapping[str, Course],
    rows: Sequence[Person],
    overdue: Sequence[Cell],
    missing: Sequence[Cell],
) -> tuple[Reason, Reason | None]:
    """What is overdue and with whom most, or is missing; else how far everybody is."""
    if not courses:
        return Reason("team.training.no_courses"), Reason("team.training.no_courses_lead")
    begun = [each for row in rows for each in row.cells if each.state != "none"]
    if not begun:
        return Reason("team.training.nothing"), Reason("team.training.nothing_lead")
    finished = sum(each.done == each.total for each in begun)
    lead = Reason("team.training.finished", (("count", len(begun)), ("finished", finished)))
    if overdue:
        return _late(rows, overdue), lead
    if missing:
        return Reason("learning.missing", (("count", len(missing)),)), lead
    return Reason("team.training.on_time"), lead


def _late(rows: Sequence[Person], overdue: Sequence[Cell]) -> Reason:
    """How much is overdue, and with whom all or most of it."""
    most = max(rows, key=lambda row: row.overdue)
    count = ("count", len(overdue))
    if most.overdue == len(overdue):
        return Reason("team.training.overdue_one", (count, ("person", Member(most.name))))
    if most.overdue > 1:
        who = (("person", Member(most.name)), ("most", most.overdue))
        return Reason("team.training.overdue_most", (count, *who))
    return Reason("team.training.overdue", (count,))
