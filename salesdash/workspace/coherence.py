"""Which goals may stand together: targets above zero, bounds on their two sides, no two alike."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from salesdash.errors import UsageError
from salesdash.selection import Filter
from salesdash.workspace.terms import Goal, Key, Terms

Subject = tuple[str, tuple[Filter, ...]]
"""Metric and scope."""


@dataclass
class Held:
    """The goals that stand, by number and by what they are about, while some of them change."""

    goals: dict[int, Goal] = field(default_factory=dict)
    _numbers: dict[Subject, set[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, goals: Iterable[Goal]) -> "Held":
        """Of these goals."""
        held = cls()
        for goal in goals:
            held.keep(goal)
        return held

    @property
    def keys(self) -> dict[Key, Goal]:
        """The goals by metric, scope and period."""
        return {goal.terms.key: goal for goal in self.goals.values()}

    def keep(self, goal: Goal) -> None:
        """Take over a revision: it stands now, or it is withdrawn."""
        old = self.goals.pop(goal.number, None)
        if old is not None:
            self._numbers[old.terms.key[:2]].discard(goal.number)
        if not goal.withdrawn:
            self.goals[goal.number] = goal
            self._numbers.setdefault(goal.terms.key[:2], set()).add(goal.number)

    def check(self, terms: Terms, number: int) -> None:
        """Raise UsageError when these cannot be the terms of that goal beside the others."""
        if terms.target <= 0:
            raise UsageError("goal.not_positive", target=terms.target)
        _check_bounds(terms)
        self._check_parent(terms.parent, number)
        for other in sorted(self._numbers.get(terms.key[:2], ())):
            if other != number:
                apart(self.goals[other], terms)

    def _check_parent(self, parent: int | None, number: int) -> None:
        above = parent
        while above is not None:
            if above not in self.goals or above == number:
                raise UsageError("goal.parent", parent=parent)
            above = self.goals[above].terms.parent


def _check_bounds(terms: Terms) -> None:
    """Floor and stretch: one below the target, one above, whichever way is better."""
    sides = [bound > terms.target for bound in (terms.floor, terms.stretch) if bound is not None]
    equal = terms.target in (terms.floor, terms.stretch)
    if equal or len(set(sides)) != len(sides):
        raise UsageError(
            "goal.bounds", floor=terms.floor, target=terms.target, stretch=terms.stretch
        )


def apart(goal: Goal, terms: Terms) -> None:
    """Of one metric and scope, periods may lie one inside the other, and nothing else.

    Raises UsageError with the goal that is in the way.
    """
    other = goal.terms
    shared = other.period.clip(terms.period)
    if other.period == terms.period:
        raise UsageError("goal.duplicate", goal=goal.number)
    if shared is not None and shared not in (other.period, terms.period):
        period = other.period
        raise UsageError(
            "goal.overlaps", goal=goal.number, first=period.start, last=period.last_day
        )
