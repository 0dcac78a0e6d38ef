"""The pen of goals: revisions in one name, each checked against all others that stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Connection, func, insert, select

from salesdash.errors import UsageError
from salesdash.workspace.coherence import Held
from salesdash.workspace.rows import FIRST, Stamp
from salesdash.workspace.schema_goals import goal_revisions
from salesdash.workspace.terms import Goal, Key, Terms, goal_of, row_of


@dataclass(frozen=True)
class Edit:
    """What becomes of one goal among several that are written together.

    `read`: the revision its editor saw, None for "there was none". `terms` None: it is taken back.
    `under`: metric, scope and period of the goal above it, which may be written along with it.
    """

    read: Goal | None
    terms: Terms | None
    under: Key | None = None

    @property
    def key(self) -> Key:
        """What it is about."""
        stated = self.terms or (self.read and self.read.terms)
        assert stated, "an edit changes a goal or sets one"
        return stated.key


class Pen:
    """Writes revisions in one name within one transaction, each checked against all others."""

    def __init__(self, connection: Connection, stamp: Stamp, why: str) -> None:
        self.held = Held.of(standing(connection))
        self._connection, self._why = connection, why
        self._stamp = _apart(connection, stamp, why)

    def add(self, terms: Sequence[Terms]) -> tuple[Goal, ...]:
        """New goals; those of one metric and scope are a series."""
        newest = self._connection.execute(select(func.max(goal_revisions.c.goal))).scalar() or 0
        numbered = list(enumerate(terms, int(newest) + FIRST))
        several: dict[object, list[int]] = {}
        for number, each in numbered:
            several.setdefault(each.key[:2], []).append(number)
        added = []
        for number, each in numbered:
            series = several[each.key[:2]]
            if len(series) > 1:
                each = replace(each, series=each.series or series[0])
            self.held.check(each, number)
            added.append(self._write(Goal(each, number)))
        return tuple(added)

    def put(self, goal: Goal, terms: Terms) -> Goal:
        """Revise a goal; what the new terms leave open stays, and without a change nothing is."""
        wanted = terms.beside(goal.terms)
        return goal if wanted == goal.terms else self.revise(goal, wanted)

    def settle(self, edits: Sequence[Edit]) -> list[Goal]:
        """Revise and add; a goal without one above it comes under the one that is named."""
        above = self.held.keys
        fresh, done = [], []
        for edit in edits:
            top, terms = above.get(edit.under) if edit.under else None, edit.terms
            if terms is None:
                continue
            if top is not None and terms.parent is None:
                terms = replace(terms, parent=top.number)
            if edit.read is None:
                fresh.append(terms)
            elif terms != edit.read.terms:
                done.append(self.revise(edit.read, terms))
        return [*done, *self.add(fresh)]

    def revise(self, goal: Goal, terms: Terms) -> Goal:
        """Write other terms."""
        changed = replace(goal, terms=terms)
        if terms.parent == goal.terms.parent:
            return self.restore(changed)
        self.held.check(terms, goal.number)
        return self._write(changed)

    def restore(self, goal: Goal) -> Goal:
        """Write a goal as it was, without one above it that does not stand any more."""
        if goal.terms.parent not in self.held.goals:
            goal = replace(goal, terms=replace(goal.terms, parent=None))
        if not goal.withdrawn:
            self.held.check(goal.terms, goal.number)
        return self._write(goal)

    def withdraw(self, goal: Goal) -> Goal:
        """Take a goal back."""
        return self._write(replace(goal, withdrawn=True))

    def _write(self, goal: Goal) -> Goal:
        version = goal.version + FIRST
        who, at = self._stamp.who, self._stamp.at
        written = replace(goal, version=version, who=who, at=at, why=self._why)
        self._connection.execute(insert(goal_revisions).values(**row_of(written)))
        self.held.keep(written)
        return written


def _apart(connection: Connection, stamp: Stamp, why: str) -> Stamp:
    """A stamp that is not the newest revision's: what is written together is known by it."""
    columns = (goal_revisions.c.who, goal_revisions.c.at, goal_revisions.c.why)
    newest = connection.execute(select(*columns).order_by(goal_revisions.c.id.desc())).first()
    if newest is None or tuple(newest) != (stamp.who, stamp.at, why):
        return stamp
    return replace(stamp, at=stamp.at + timedelta(microseconds=1))


def standing(connection: Connection) -> Iterable[Goal]:
    """The newest revisions of the goals that are not withdrawn."""
    newest = (
        select(goal_revisions.c.goal, func.max(goal_revisions.c.version).label("version"))
        .group_by(goal_revisions.c.goal)
        .subquery()
    )
    both = (goal_revisions.c.goal == newest.c.goal) & (goal_revisions.c.version == newest.c.version)
    question = select(goal_revisions).join(newest, both).where(~goal_revisions.c.withdrawn)
    return [goal_of(row) for row in connection.execute(question).mappings()]


def revisions(connection: Connection, number: int) -> tuple[Goal, ...]:
    """All revisions of a goal, the first one first. Raises UsageError if there is none."""
    question = select(goal_revisions).where(goal_revisions.c.goal == number)
    rows = connection.execute(question.order_by(goal_revisions.c.version)).mappings()
    found = tuple(goal_of(row) for row in rows)
    if not found:
        raise UsageError("goal.unknown", goal=number)
    return found
