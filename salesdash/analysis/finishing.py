"""Finished trainings of a file: which of them are new, and which rows cannot be taken and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from salesdash.analysis import training
from salesdash.analysis.answers import Member, Reason
from salesdash.analysis.staff import same
from salesdash.config import Course, nearest
from salesdash.ingest import BadLine
from salesdash.ingest.finished import Line, Listing
from salesdash.workspace import Completion, Finished, tidy


@dataclass(frozen=True)
class Refused:
    """A row that cannot be taken, and why; `meant`: the name it may stand for."""

    line: Line
    reason: Reason
    meant: str | None = None


@dataclass(frozen=True)
class Plan:
    """What a file would bring.

    `fresh`: what is new; of it `lapsed` only tells history. `known`: rows that say what is kept
    already, or what an earlier row says. `newcomers`: people nobody knows yet who would be added.
    """

    file: str
    headers: Mapping[str, str]
    rows: int
    fresh: tuple[Finished, ...]
    lapsed: int
    known: int
    refused: tuple[Refused, ...]
    newcomers: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        """How many people finished something new."""
        return len({each.person for each in self.fresh})


@dataclass(frozen=True)
class Known:
    """What rows are held against: courses, names of people, what is kept, and the day."""

    courses: Mapping[str, Course]
    people: tuple[str, ...]
    completions: tuple[Completion, ...]
    today: date
    lang: str = "en"

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Courses by what they may be called: their id, their name in either language."""
        found = {}
        for name, course in self.courses.items():
            found.update(dict.fromkeys(map(same, (name, *course.name.values())), name))
        return found

    @cached_property
    def persons(self) -> Mapping[str, str]:
        """People by their names as they are compared."""
        return {same(name): name for name in self.people}

    def shown(self) -> tuple[str, ...]:
        """What the courses are called in the reader's language."""
        return tuple(course.name[self.lang] for course in self.courses.values())


def plan(listing: Listing, known: Known, *, add_people: bool = False) -> Plan:
    """Hold every row of a file against what is known; with `add_people` new names come along.

    A name that looks like one that is known is never added: it is a slip until somebody mends it.
    """
    kept = {(each.person, each.course, each.day) for each in known.completions}
    fresh: dict[tuple[str, str, date], Finished] = {}
    refused = [_damaged(each) for each in listing.damaged]
    newcomers, again = dict[str, None](), 0
    for line in listing.lines:
        found = _read(line, known, add_people=add_people)
        if isinstance(found, Refused):
            refused.append(found)
            continue
        key = found.person, found.course, found.day
        if key in kept or key in fresh:
            again += 1
            continue
        fresh[key] = found
        if same(found.person) not in known.persons:
            newcomers[found.person] = None
    return Plan(
        file=listing.file,
        headers=listing.headers,
        rows=len(listing.lines) + len(listing.damaged),
        fresh=tuple(fresh.values()),
        lapsed=sum(_is_history(each, known) for each in fresh.values()),
        known=again,
        refused=tuple(refused),
        newcomers=tuple(newcomers),
    )


def _damaged(bad: BadLine) -> Refused:
    """A line that could not be cut into cells."""
    line = Line(bad.line, " | ".join(bad.cells), "", "", None, "", "")
    return Refused(line, Reason(bad.reason))


def _read(line: Line, known: Known, *, add_people: bool) -> Finished | Refused:
    empty = next((n for n in ("person", "course", "told") if not getattr(line, n)), None)
    if empty is not None:
        return Refused(line, Reason(f"learning.refused.no_{empty}"))
    course = known.names.get(same(line.course))
    if course is None:
        meant = nearest(line.course, (*known.shown(), *known.courses))
        return _unknown(line, "course", line.course, meant)
    person = known.persons.get(same(line.person))
    if person is None:
        meant = _similar(line.person, known.people)
        if meant is not None or not add_people:
            return _unknown(line, "person", line.person, meant)
    if line.day is None:
        return Refused(line, Reason("learning.refused.no_date", (("told", Member(line.told)),)))
    if line.day > known.today:
        return Refused(line, Reason("learning.refused.future", (("day", line.day),)))
    return Finished(person or tidy(line.person), course, line.day, line.score, line.note)


def _unknown(line: Line, what: str, word: str, meant: str | None) -> Refused:
    values: tuple[tuple[str, object], ...] = (("word", Member(word)),)
    if meant is None:
        return Refused(line, Reason(f"learning.refused.{what}", values))
    values = (*values, ("meant", Member(meant)))
    return Refused(line, Reason(f"learning.refused.{what}_meant", values), meant)


def _similar(name: str, people: Iterable[str]) -> str | None:
    """A known name like this one, also with its parts in the other order: Ruiz, Elena."""
    known = tuple(people)
    words = sorted(same(name).replace(",", " ").split())
    turned = next((each for each in known if sorted(same(each).split()) == words), None)
    return turned or nearest(name, known)


def _is_history(finished: Finished, known: Known) -> bool:
    """Whether all of it has lapsed by today."""
    course = known.courses[finished.course]
    until = [training.lapse(course, item, finished.day) for item in course.items]
    return all(last is not None and last <= known.today for last in until)


def table(refused: Sequence[Refused]) -> Iterator[tuple[Refused, tuple[str, ...]]]:
    """Each refused row with its cells, as they stood in the file."""
    for each in refused:
        line = each.line
        yield each, (line.person, line.course, line.told, line.score, line.note)
