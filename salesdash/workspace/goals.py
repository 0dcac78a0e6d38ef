"""Goals: revisions that only grow; the newest one of a goal is the goal."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, insert, select

from salesdash.errors import Conflict, UsageError
from salesdash.workspace.rows import FIRST, Stamp
from salesdash.workspace.schema import goal_revisions
from salesdash.workspace.terms import Goal, Terms, goal_of, row_of

if TYPE_CHECKING:
    from salesdash.workspace.store import Workspace

KEPT = ("owner", "reason", "parent", "series", "rhythm")
"""Terms that stay when a goal is set again without them."""


class Goals:
    """Goals of a workspace."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def standing(self) -> tuple[Goal, ...]:
        """The goals as they are now, those withdrawn left out; by period, metric and scope."""
        with self._workspace.reading() as connection:
            return tuple(sorted(_standing(connection), key=_order))

    def revisions(self, number: int) -> tuple[Goal, ...]:
        """All revisions of a goal, the first one first. Raises UsageError if there is none."""
        with self._workspace.reading() as connection:
            return _revisions(connection, number)

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
            return _add(connection, terms, stamp, why)

    def put(self, terms: Sequence[Terms], stamp: Stamp, why: str = "") -> tuple[Goal, ...]:
        """Set goals, all or none, whether they stand already or not; as they are afterwards.

        One that stands with the same metric, scope and period is revised, and what the new terms
        leave open (owner, reason, parent, series, rhythm) stays. Raises UsageError as `add` does.
        """
        with self._workspace.writing() as connection:
            standing = {goal.terms.key: goal for goal in _standing(connection)}
            fresh = [each for each in terms if each.key not in standing]
            revised = [
                _put(connection, standing[each.key], each, stamp, why)
                for each in terms
                if each.key in standing
            ]
            return (*revised, *_add(connection, fresh, stamp, why))

    def revise(self, read: Goal, terms: Terms, stamp: Stamp, why: str = "") -> Goal:
        """Change a goal; `read` is the revision its editor saw.

        Raises Conflict, with `mine` and `theirs`, when somebody else wrote in between; UsageError
        as `add` does.
        """
        with self._workspace.writing() as connection:
            _must_be_newest(connection, read, terms)
            _check(connection, terms, read.number)
            return _write(connection, replace(read, terms=terms), stamp, why)

    def withdraw(self, read: Goal, stamp: Stamp, why: str = "") -> Goal:
        """Take a goal back; its revisions stay. Raises as `revise` does."""
        with self._workspace.writing() as connection:
            _must_be_newest(connection, read, read.terms)
            return _write(connection, replace(read, withdrawn=True), stamp, why)


def _standing(connection: Connection) -> Iterable[Goal]:
    newest = (
        select(goal_revisions.c.goal, func.max(goal_revisions.c.version).label("version"))
        .group_by(goal_revisions.c.goal)
        .subquery()
    )
    both = (goal_revisions.c.goal == newest.c.goal) & (goal_revisions.c.version == newest.c.version)
    question = select(goal_revisions).join(newest, both).where(~goal_revisions.c.withdrawn)
    return [goal_of(row) for row in connection.execute(question).mappings()]


def _revisions(connection: Connection, number: int) -> tuple[Goal, ...]:
    question = select(goal_revisions).where(goal_revisions.c.goal == number)
    rows = connection.execute(question.order_by(goal_revisions.c.version)).mappings()
    found = tuple(goal_of(row) for row in rows)
    if not found:
        raise UsageError("goal.unknown", goal=number)
    return found


def _must_be_newest(connection: Connection, read: Goal, mine: Terms) -> None:
    newest = _revisions(connection, read.number)[-1]
    if newest.version != read.version:
        raise Conflict("workspace.conflict", who=newest.who, mine=mine, theirs=newest)
    if newest.withdrawn:
        raise UsageError("goal.withdrawn", goal=read.number)


def _add(
    connection: Connection, terms: Sequence[Terms], stamp: Stamp, why: str
) -> tuple[Goal, ...]:
    newest = connection.execute(select(func.max(goal_revisions.c.goal))).scalar() or 0
    first = int(newest) + FIRST
    is_series = len(terms) > 1 and len({each.key[:2] for each in terms}) == 1
    added = []
    for number, each in enumerate(terms, first):
        joined = replace(each, series=each.series or first) if is_series else each
        _check(connection, joined, number)
        goal = Goal(joined, number, FIRST, stamp.who, stamp.at, why)
        connection.execute(insert(goal_revisions).values(**row_of(goal)))
        added.append(goal)
    return tuple(added)


def _put(connection: Connection, goal: Goal, terms: Terms, stamp: Stamp, why: str) -> Goal:
    old = goal.terms
    kept = {name: getattr(terms, name) or getattr(old, name) for name in KEPT}
    wanted = replace(terms, **kept)
    if wanted == old:
        return goal
    _check(connection, wanted, goal.number)
    return _write(connection, replace(goal, terms=wanted), stamp, why)


def _write(connection: Connection, goal: Goal, stamp: Stamp, why: str) -> Goal:
    version = goal.version + FIRST
    written = replace(goal, version=version, who=stamp.who, at=stamp.at, why=why)
    connection.execute(insert(goal_revisions).values(**row_of(written)))
    return written


def _check(connection: Connection, terms: Terms, number: int) -> None:
    if terms.target <= 0:
        raise UsageError("goal.not_positive", target=terms.target)
    _check_bounds(terms)
    standing = {goal.number: goal for goal in _standing(connection)}
    _check_parent(standing, terms.parent, number)
    for goal in standing.values():
        if goal.number != number:
            _check_apart(goal, terms)


def _check_bounds(terms: Terms) -> None:
    """Floor and stretch: one below the target, one above, whichever way is better."""
    sides = [bound > terms.target for bound in (terms.floor, terms.stretch) if bound is not None]
    equal = terms.target in (terms.floor, terms.stretch)
    if equal or len(set(sides)) != len(sides):
        raise UsageError(
            "goal.bounds", floor=terms.floor, target=terms.target, stretch=terms.stretch
        )


def _check_parent(standing: dict[int, Goal], parent: int | None, number: int) -> None:
    above = parent
    while above is not None:
        if above not in standing or above == number:
            raise UsageError("goal.parent", parent=parent)
        above = standing[above].terms.parent


def _check_apart(goal: Goal, terms: Terms) -> None:
    """Of one metric and scope, periods may lie one inside the other, and nothing else."""
    other = goal.terms
    if (other.metric, other.scope) != (terms.metric, terms.scope):
        return
    shared = other.period.clip(terms.period)
    if other.period == terms.period:
        raise UsageError("goal.duplicate", goal=goal.number)
    if shared is not None and shared not in (other.period, terms.period):
        period = other.period
        raise UsageError(
            "goal.overlaps", goal=goal.number, first=period.start, last=period.last_day
        )


def _order(goal: Goal) -> tuple[date, date, str, str, int]:
    period = goal.terms.period
    return period.start, period.end, goal.terms.metric, repr(goal.terms.scope), goal.number
