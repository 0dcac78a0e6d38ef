"""Goals and the goals within them: whether the parts add up to the whole, and by how much not.

Parts are those whose terms name the goal above them, and those that lie within it on their own: the
same scope in units that make up its period, or the same period by the members of one dimension.
Only metrics that add up have families.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from salesdash.analysis.answers import Amount, Name, Reason
from salesdash.analysis.progress import Progress
from salesdash.metrics import Bound, Unit
from salesdash.periods import FiscalCalendar, Grain, between
from salesdash.workspace import Goal, Terms

ENOUGH = 2
"""A single goal by a member lies within another one by chance."""


@dataclass(frozen=True)
class Family:
    """A goal and its parts of one kind: by the same dimensions, in the same units of time.

    `by`: the dimensions that the parts have beyond the goal. `grain`: the unit they are of, None
    where their period is that of the goal. `offered`: the parts that do not name the goal yet.
    """

    parent: Goal
    parts: tuple[Goal, ...]
    by: tuple[str, ...] = ()
    grain: Grain | None = None

    @property
    def offered(self) -> tuple[Goal, ...]:
        """Parts set by hand that lie within the goal and do not name one above them."""
        return tuple(g for g in self.parts if g.number and g.terms.parent is None)

    @property
    def total(self) -> Decimal:
        """What the parts add up to."""
        return sum((goal.terms.target for goal in self.parts), Decimal(0))

    @property
    def gap(self) -> Decimal:
        """What the parts have beyond the goal; below zero: what they lack."""
        return self.total - self.parent.terms.target

    def told(self, unit: Unit) -> Reason:
        """4 goals by region add up to 3.1M, 200K less than this one."""
        kinds: list[object] = [Name("dimension", name) for name in self.by]
        if self.grain is not None:
            kinds.append(Reason(f"families.unit.{self.grain.value}"))
        side = "less" if self.gap < 0 else "more" if self.gap else "exact"
        values: tuple[tuple[str, object], ...] = (
            ("count", len(self.parts)),
            ("kinds", tuple(kinds) or (Reason("families.stretch"),)),
            ("total", Amount(self.total, unit)),
        )
        gap = (("gap", Amount(abs(self.gap), unit)),) if self.gap else ()
        return Reason(f"families.{side}", (*values, *gap))


def build(goals: Sequence[Goal], bound: Bound) -> tuple[Family, ...]:
    """The families among goals that stand, in the order of the goals above."""
    index = _Index.of(goals)
    found: dict[tuple[int, tuple[str, ...], Grain | None], dict[int, Goal]] = {}
    for place, goal in enumerate(goals):
        if _adds_up(goal.terms.metric, bound):
            for top in index.above(goal):
                kind = _kind(goals[top].terms, goal.terms, bound.fiscal)
                found.setdefault((top, *kind), {})[place] = goal
    order = sorted(found, key=lambda kind: (kind[0], kind[1], str(kind[2])))
    families = (Family(goals[k[0]], tuple(found[k].values()), k[1], k[2]) for k in order)
    return tuple(each for each in families if _is_one(each))


def noted(found: Sequence[Progress], bound: Bound) -> Iterator[Progress]:
    """Goals with notes on their floor and stretch, and on how their parts add up."""
    goals = [each.goal for each in found]
    told: dict[str, list[Family]] = {}
    for family in build(goals, bound):
        told.setdefault(family.parent.code, []).append(family)
    for each in found:
        unit = each.subject.unit
        sums = (family.told(unit) for family in told.get(each.goal.code, ()))
        notes = (*each.notes, *_bounds(each.goal.terms, unit), *sums)
        yield replace(each, notes=notes) if notes != each.notes else each


def _bounds(terms: Terms, unit: Unit) -> Iterator[Reason]:
    """Floor and stretch of a goal that has them."""
    for name in ("floor", "stretch"):
        value = getattr(terms, name)
        if value is not None:
            yield Reason(f"goals.bound.{name}", (("value", Amount(value, unit)),))


@dataclass(frozen=True)
class _Index:
    """Places of goals by number, by what they are about, and by metric and scope."""

    goals: Sequence[Goal]
    numbers: Mapping[int, int]
    keys: Mapping[object, int]
    subjects: Mapping[object, Sequence[int]]

    @classmethod
    def of(cls, goals: Sequence[Goal]) -> "_Index":
        subjects: dict[object, list[int]] = {}
        for place, goal in enumerate(goals):
            subjects.setdefault(goal.terms.key[:2], []).append(place)
        numbers = {goal.number: place for place, goal in enumerate(goals) if goal.number}
        return cls(goals, numbers, {g.terms.key: n for n, g in enumerate(goals)}, subjects)

    def above(self, goal: Goal) -> Iterator[int]:
        """The goal that is named above it, else those it lies directly within."""
        terms, parent = goal.terms, goal.terms.parent
        if parent is not None and parent in self.numbers:
            yield self.numbers[parent]
            return
        for one in terms.scope:
            others = tuple(each for each in terms.scope if each != one)
            place = self.keys.get((terms.metric, others, terms.period))
            if place is not None and not one.exclude and len(one.values) == 1:
                yield place
        around = [
            place
            for place in self.subjects[terms.key[:2]]
            if _holds(self.goals[place].terms, terms)
        ]
        if around:
            yield min(around, key=lambda place: self.goals[place].terms.period.days)


def _holds(one: Terms, other: Terms) -> bool:
    """Whether the period of another goal lies within that of one, and is shorter."""
    return one.period != other.period and one.period.clip(other.period) == other.period


def _kind(
    above: Terms, terms: Terms, fiscal: FiscalCalendar
) -> tuple[tuple[str, ...], Grain | None]:
    """The dimensions that parts have beyond the goal, and the unit of time they are of."""
    own = {each.dimension for each in terms.scope if each not in above.scope}
    if terms.period == above.period:
        return tuple(sorted(own)), None
    period = terms.period
    return tuple(sorted(own)), between(period.start, period.last_day, fiscal).grain


def _is_one(family: Family) -> bool:
    """Whether the parts say that they are, or make up the goal's period or go by its members."""
    if any(goal.terms.parent == family.parent.number for goal in family.parts if goal.number):
        return True
    if family.by:
        return len(family.parts) >= ENOUGH
    periods = [goal.terms.period for goal in family.parts]
    return sum(period.days for period in periods) == family.parent.terms.period.days


def _adds_up(metric: str, bound: Bound) -> bool:
    return metric in bound.metrics and bound.is_additive(metric)
