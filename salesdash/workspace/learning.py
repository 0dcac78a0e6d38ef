"""Learning: what shows that somebody can do something, what files say was finished, big steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from salesdash.errors import UsageError
from salesdash.workspace.history import Revision
from salesdash.workspace.rows import Stamp, add, find, record
from salesdash.workspace.schema_training import (
    assignments,
    completions,
    evidence,
    training_steps,
)
from salesdash.workspace.training import tidy

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace

WHOLE = ""
"""Stands for the item where evidence is about a course as a whole."""


@dataclass(frozen=True)
class Evidence:
    """What shows that a person can do an item, or a whole course; `witness`: who says so."""

    person: str
    course: str
    item: str
    note: str
    witness: str
    who: str
    at: datetime
    version: int


@dataclass(frozen=True)
class Finished:
    """A course that a person finished on a day, as a file says; all its items count from then."""

    person: str
    course: str
    day: date
    score: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Completion(Finished):
    """The same as it is kept; it `stands` until its step is undone."""

    stands: bool
    step: int
    who: str
    at: datetime


Change = tuple[str, str, date | None, date | None]


class StepKind(StrEnum):
    """What was done to many at once."""

    ASSIGN = "assign"
    IMPORT = "import"


@dataclass(frozen=True)
class Step:
    """Something done to many at once.

    `changes`: person, course, and the days before and after. `who` and `at`: of undoing it, once
    it is `undone`.
    """

    id: int
    kind: StepKind
    file: str | None
    changes: tuple[Change, ...]
    undone: bool
    made_by: str
    made_at: datetime
    who: str
    at: datetime
    version: int


class Learning:
    """Evidence, finished courses, and the steps that brought or gave many at once."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def evidence(self) -> tuple[Evidence, ...]:
        """All notes as they stand; one that was emptied says nothing."""
        question = select(evidence).order_by(evidence.c.id)
        with self._workspace.reading() as connection:
            found = connection.execute(question).mappings().all()
        return tuple(Evidence(**{k: v for k, v in row.items() if k != "id"}) for row in found)

    def state(
        self, key: tuple[str, str, str], said: tuple[str, str], stamp: Stamp, version: int | None
    ) -> None:
        """Write what shows that (person, course, item) is so, as (note, witness).

        The item of a whole course is `WHOLE`. `version`: the one read before, 0 for none, None to
        overwrite. Raises Conflict when somebody else wrote meanwhile; what was to be written is
        kept among the revisions all the same.
        """
        person, course, item = key
        named = {"person": tidy(person), "course": course, "item": item}
        values = {"note": said[0].strip(), "witness": tidy(said[1])}
        with self._workspace.editing(evidence, (named, values), stamp) as connection:
            found = find(connection, evidence, named)
            known = {name: found[name] if found is not None else "" for name in values}
            if known != values:
                record(connection, evidence, (named, values), stamp, version)

    def wordings(self, key: tuple[str, str, str]) -> tuple[Revision, ...]:
        """All that was ever written about (person, course, item), the first wording first."""
        person, course, item = key
        named = {"person": tidy(person), "course": course, "item": item}
        with self._workspace.reading() as connection:
            found = find(connection, evidence, named)
        return () if found is None else self._workspace.history.of(evidence.name, found["id"])

    def completions(self) -> tuple[Completion, ...]:
        """Finished courses that files brought, without those of steps that were undone."""
        question = select(completions).where(completions.c.stands).order_by(completions.c.day)
        with self._workspace.reading() as connection:
            found = connection.execute(question.order_by(completions.c.id)).mappings().all()
        return tuple(
            Completion(**{k: v for k, v in row.items() if k not in ("id", "version")})
            for row in found
        )

    def steps(self) -> tuple[Step, ...]:
        """What was done to many at once, the newest first."""
        question = select(training_steps).order_by(training_steps.c.id.desc())
        with self._workspace.reading() as connection:
            found = connection.execute(question).mappings().all()
        return tuple(
            Step(**{**row, "kind": StepKind(row["kind"]), "changes": _changes(row["changes"])})
            for row in found
        )

    def assign(self, wanted: Iterable[tuple[str, str, date]], stamp: Stamp) -> int:
        """Give (person, course, due) as one step; its number, 0 when nothing had to change."""
        with self._workspace.writing() as connection:
            changes = []
            for person, course, due in wanted:
                before = _due(connection, tidy(person), course)
                if before != due:
                    changes.append((tidy(person), course, before, due))
            if not changes:
                return 0
            _give(connection, changes, stamp)
            return _step(connection, StepKind.ASSIGN, None, changes, stamp)

    def finish(self, found: Sequence[Finished], file: str, stamp: Stamp) -> int:
        """Keep what a file says was finished as one step; its number, 0 when all is known."""
        with self._workspace.writing() as connection:
            fresh = [each for each in found if not _is_kept(connection, each)]
            if not fresh:
                return 0
            changes = [(tidy(each.person), each.course, None, each.day) for each in fresh]
            step = _step(connection, StepKind.IMPORT, file, changes, stamp)
            for each in fresh:
                values = {"score": each.score, "note": each.note, "stands": True, "step": step}
                record(connection, completions, (_key(each), values), stamp, None)
            return step

    def undo(self, number: int, stamp: Stamp) -> int:
        """Take a step back; how many of its changes came back.

        What somebody changed again since then stays as it is. Raises UsageError when there is no
        such step or it is undone.
        """
        with self._workspace.writing() as connection:
            row = find(connection, training_steps, {"id": number})
            if row is None or row["undone"]:
                raise UsageError("training.step", number=number)
            if StepKind(row["kind"]) is StepKind.ASSIGN:
                done = _take_back(connection, _changes(row["changes"]), stamp)
            else:
                done = _withdraw(connection, number, stamp)
            record(connection, training_steps, ({"id": number}, {"undone": True}), stamp, None)
            return done


def _changes(found: Iterable[Sequence[str | None]]) -> tuple[Change, ...]:
    return tuple(
        (str(person), str(course), _day(before), _day(after))
        for person, course, before, after in found
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _due(connection: Connection, person: str, course: str) -> date | None:
    found = find(connection, assignments, {"person": person, "course": course})
    return None if found is None else found["due"]


def _give(connection: Connection, changes: Iterable[Change], stamp: Stamp) -> None:
    for person, course, _, due in changes:
        key = {"person": person, "course": course}
        record(connection, assignments, (key, {"due": due}), stamp, None)


def _step(
    connection: Connection,
    kind: StepKind,
    file: str | None,
    changes: Iterable[Change],
    stamp: Stamp,
) -> int:
    told = [[p, c, *(day and day.isoformat() for day in days)] for p, c, *days in changes]
    values = {"kind": kind.value, "file": file, "changes": told, "undone": False}
    made = {"made_by": stamp.who, "made_at": stamp.at}
    return add(connection, training_steps, {**values, **made}, stamp)


def _take_back(connection: Connection, changes: Iterable[Change], stamp: Stamp) -> int:
    back = [
        (person, course, after, before)
        for person, course, before, after in changes
        if _due(connection, person, course) == after
    ]
    _give(connection, back, stamp)
    return len(back)


def _withdraw(connection: Connection, step: int, stamp: Stamp) -> int:
    question = select(completions).where(completions.c.step == step, completions.c.stands)
    found = connection.execute(question).mappings().all()
    for row in found:
        key = {name: row[name] for name in ("person", "course", "day")}
        record(connection, completions, (key, {"stands": False}), stamp, None)
    return len(found)


def _key(finished: Finished) -> dict[str, Any]:
    return {"person": tidy(finished.person), "course": finished.course, "day": finished.day}


def _is_kept(connection: Connection, finished: Finished) -> bool:
    found = find(connection, completions, _key(finished))
    return found is not None and bool(found["stands"])
