"""Courses given to many at once: who would get what until when, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from salesdash.analysis.staff import Staff, same
from salesdash.analysis.training import Board, Cell
from salesdash.config import Course


@dataclass(frozen=True)
class Wish:
    """Which courses, and for whom: people by name, all of some roles, all of some teams.

    `lacking`: only who has not finished the course and has not been given it. `days`: until due,
    or the `due` day itself; neither: the days of each course.
    """

    courses: Sequence[str]
    people: Sequence[str] = ()
    roles: Sequence[str] = ()
    teams: Sequence[str] = ()
    lacking: bool = True
    days: int | None = None
    due: date | None = None


@dataclass(frozen=True)
class Gift:
    """Who would get which course until when; how many have finished or were given theirs."""

    rows: tuple[tuple[str, str, date], ...]
    finished: int = 0
    given: int = 0

    def courses(self) -> Mapping[str, tuple[str, ...]]:
        """The people of each course."""
        found: dict[str, list[str]] = {}
        for person, course, _ in self.rows:
            found.setdefault(course, []).append(person)
        return {course: tuple(people) for course, people in found.items()}


def gift(wish: Wish, found: Board, staff: Staff, today: date) -> Gift:
    """What a wish comes to on a day."""
    courses = {course.id: course for course in found.courses}
    cells = {(each.person, each.course): each for row in found.people for each in row.cells}
    rows, finished, given = [], 0, 0
    for person in _people(wish, found, staff, today):
        for name in wish.courses:
            cell = cells.get((person, name))
            if wish.lacking and cell is not None and cell.state in ("done", "renew"):
                finished += 1
            elif wish.lacking and cell is not None and _is_given(cell):
                given += 1
            else:
                rows.append((person, name, _due(wish, courses[name], today)))
    return Gift(tuple(rows), finished, given)


def _people(wish: Wish, found: Board, staff: Staff, today: date) -> list[str]:
    """Those named, then those of the roles and teams, each once."""
    roles, teams = set(map(same, wish.roles)), set(map(same, wish.teams))
    named = dict.fromkeys(wish.people)
    for row in found.people:
        place = staff.place(row.name, today)
        if same(place.role) in roles or same(place.team) in teams:
            named[row.name] = None
    return list(named)


def _is_given(cell: Cell) -> bool:
    """Whether the course is asked of the person by a day, also one that has passed."""
    return cell.asked != "optional" and cell.due is not None


def _due(wish: Wish, course: Course, today: date) -> date:
    if wish.due is not None:
        return wish.due
    return today + timedelta(days=course.due_days if wish.days is None else wish.days)
