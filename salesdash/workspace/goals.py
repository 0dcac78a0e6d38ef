"""Goals: revisions that only grow; the newest one of a goal is the goal."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from salesdash.errors import Conflict, UsageError
from salesdash.workspace.coherence import Held
from salesdash.workspace.pen import Edit, Pen, revisions, standing
from salesdash.workspace.rows import FIRST, Stamp
from salesdash.workspace.schema_goals import goal_revisions
from salesdash.workspace.terms import Goal, Terms, goal_of

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace


class Goals:
    """Goals of a workspace."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def standing(self) -> tuple[Goal, ...]:
        """The goals as they are now, those withdrawn left out; by period, metric and scope."""
        with self._workspace.reading() as connection:
            return tuple(sorted(standing(connection), key=_order))

    def revisions(self, number: int) -> tuple[Goal, ...]:
        """All revisions of a goal, the first one first. Raises UsageError if there is none."""
        with self._workspace.reading() as connection:
            return revisions(connection, number)

    def originals(self) -> dict[int, Goal]:
        """The first revision of each goal, by its number."""
        question = select(goal_revisions).where(goal_revisions.c.version == FIRST)
        with self._workspace.reading() as connection:
            rows = connection.execute(question).mappings().all()
        return {goal.number: goal for goal in map(goal_of, rows)}

    def state(self) -> int:
        """Number of the newest revision of all: part of what answers about goals depend on."""
        with self._workspace.reading() as connection:
            return int(connection.execute(select(func.max(goal_revisions.c.id))).scalar() or 0)

    def add(self, terms: Sequence[Terms], stamp: Stamp, why: str = "") -> tuple[Goal, ...]:
        """Set new goals, all or none; several of one metric and scope are a series.

        Raises UsageError: a target that is not positive, floor and stretch on the wrong sides, a
        parent that is not there, a goal that stands already or overlaps with one.
        """
        with self._workspace.writing() as connection:
            return Pen(connection, stamp, why).add(terms)

    def put(self, terms: Sequence[Terms], stamp: Stamp, why: str = "") -> tuple[Goal, ...]:
        """Set goals, all or none, whether they stand already or not; as they are afterwards.

        One that stands with the same metric, scope and period is revised, and what the new terms
        leave open (owner, reason, parent, series, rhythm) stays. Raises UsageError as `add` does.
        """
        with self._workspace.writing() as connection:
            pen = Pen(connection, stamp, why)
            held = pen.held.keys
            fresh = [each for each in terms if each.key not in held]
            known = [each for each in terms if each.key in held]
            revised = [pen.put(held[each.key], each) for each in known]
            return (*revised, *pen.add(fresh))

    def settle(self, edits: Sequence[Edit], stamp: Stamp, why: str = "") -> tuple[Goal, ...]:
        """Write several goals together, all or none; the revisions that were written.

        Raises Conflict, with the clashing edits as `mine` and what stands instead as `theirs`,
        when somebody else wrote one of them since it was read; UsageError as `add` does.
        """
        with self._workspace.writing() as connection:
            pen = Pen(connection, stamp, why)
            _must_be_unmoved(connection, pen.held, edits)
            gone = [pen.withdraw(each.read) for each in edits if each.read and not each.terms]
            done = {goal.number: goal for goal in gone}
            tops = [each for each in edits if each.terms and each.under is None]
            for group in (tops, [each for each in edits if each.terms and each.under]):
                done.update({goal.number: goal for goal in pen.settle(group)})
            return tuple(done.values())

    def last(self) -> tuple[Goal, ...]:
        """The revisions that were written together last: one a goal, by the same stamp."""
        question = select(goal_revisions).order_by(goal_revisions.c.id.desc())
        found: dict[int, Goal] = {}
        with self._workspace.reading() as connection:
            for goal in map(goal_of, connection.execute(question).mappings()):
                newest = next(iter(found.values()), goal)
                same = (goal.who, goal.at, goal.why) == (newest.who, newest.at, newest.why)
                if goal.number in found or not same:
                    break
                found[goal.number] = goal
        return tuple(found.values())[::-1]

    def take_back(self, written: Sequence[Goal], stamp: Stamp, why: str = "") -> tuple[Goal, ...]:
        """Make goals what they were before these revisions, all or none; their revisions stay.

        Raises Conflict when one of them has changed since.
        """
        with self._workspace.writing() as connection:
            pen = Pen(connection, stamp, why)
            newest = {goal.number: goal for goal in written}
            first = {goal.number: goal for goal in reversed(written)}
            before = []
            for goal in newest.values():
                known = revisions(connection, goal.number)
                _must_be_last(known, goal)
                earlier = known[: first[goal.number].version - FIRST]
                before.append(earlier[-1] if earlier else replace(goal, withdrawn=True))
            for goal in before:  # all of them first: they are checked against one another
                pen.held.keep(goal)
            return tuple(
                pen.restore(replace(each, version=newest[each.number].version)) for each in before
            )

    def revise(self, read: Goal, terms: Terms, stamp: Stamp, why: str = "") -> Goal:
        """Change a goal; `read` is the revision its editor saw.

        Raises Conflict, with `mine` and `theirs`, when somebody else wrote in between; UsageError
        as `add` does.
        """
        with self._workspace.writing() as connection:
            _must_be_newest(connection, read, terms)
            return Pen(connection, stamp, why).revise(read, terms)

    def withdraw(self, read: Goal, stamp: Stamp, why: str = "") -> Goal:
        """Take a goal back; its revisions stay. Raises as `revise` does."""
        with self._workspace.writing() as connection:
            _must_be_newest(connection, read, read.terms)
            return Pen(connection, stamp, why).withdraw(read)


def _must_be_newest(connection: Connection, read: Goal, mine: Terms) -> None:
    newest = revisions(connection, read.number)[-1]
    if newest.version != read.version:
        raise Conflict("workspace.conflict", who=newest.who, mine=mine, theirs=newest)
    if newest.withdrawn:
        raise UsageError("goal.withdrawn", goal=read.number)


def _must_be_last(known: Sequence[Goal], written: Goal) -> None:
    newest = known[-1]
    if newest.version != written.version:
        raise Conflict("workspace.conflict", who=newest.who, mine=written, theirs=newest)


def _must_be_unmoved(connection: Connection, held: Held, edits: Sequence[Edit]) -> None:
    """Raise Conflict for edits of what is no longer as it was read."""
    keys, mine, theirs = held.keys, [], []
    for edit in edits:
        now = _now(connection, held, edit.read) if edit.read else keys.get(edit.key)
        if (edit.read and edit.read.version) != (now and now.version):
            mine.append(edit)
            theirs.append(now)
    if mine:
        who = ", ".join(dict.fromkeys(goal.who for goal in theirs if goal))
        raise Conflict("workspace.conflict", who=who, mine=tuple(mine), theirs=tuple(theirs))


def _now(connection: Connection, held: Held, read: Goal) -> Goal:
    """The newest revision of a goal, also of one that was taken back."""
    return held.goals.get(read.number) or revisions(connection, read.number)[-1]


def _order(goal: Goal) -> tuple[date, date, str, str, int]:
    period = goal.terms.period
    return period.start, period.end, goal.terms.metric, repr(goal.terms.scope), goal.number
