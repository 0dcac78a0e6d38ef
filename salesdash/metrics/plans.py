"""Plans: targets and market sizes. Each holds for its own period and members and is never spread.

Plans that are about the same dimensions make a level: the company, the teams, the people by
product. A figure takes one level, so that nothing is planned twice.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from salesdash.metrics.figures import Figure, Members
from salesdash.metrics.slots import Slot
from salesdash.periods import Period

FILE = "plans.sql"
"""The statement that reads them, in warehouse/sql."""


@dataclass(frozen=True)
class Plan:
    """One plan: the dimensions it is about with their members, its period, its value."""

    dimensions: tuple[str, ...]
    members: tuple[str, ...]
    period: Period
    value: Decimal

    def member(self, dimension: str) -> str:
        """Whom of a dimension it is about."""
        return self.members[self.dimensions.index(dimension)]

    @property
    def about(self) -> tuple[frozenset[tuple[str, str]], Period]:
        """Scope and period: of one metric no two plans share them."""
        return frozenset(zip(self.dimensions, self.members, strict=True)), self.period

    def worth(self, value: Decimal) -> "Plan":
        """The same plan of another value."""
        return replace(self, value=value)

    @property
    def days(self) -> int:
        """Length of its period."""
        return (self.period.end - self.period.start).days


@dataclass(frozen=True)
class Stated:
    """A plan of a metric (None: of the market, whatever is measured); so many rows state it.

    `floor`, `stretch`: what a target says of the least and the most, None where it says nothing.
    """

    metric: str | None
    plan: Plan
    rows: int = 1
    floor: Decimal | None = None
    stretch: Decimal | None = None


@dataclass(frozen=True)
class Planned:
    """The figures of a planned metric by slot and members; `blank` where no plan holds."""

    blank: Figure
    figures: Mapping[Slot, Mapping[Members, Figure]] = field(default_factory=dict)

    def figure(self, slot: Slot, members: Members) -> Figure:
        """The figure, or the reason there is none."""
        return self.figures.get(slot, {}).get(members, self.blank)

    def members(self, slot: Slot) -> tuple[Members, ...]:
        """Everybody a plan is about."""
        return tuple(self.figures.get(slot, ()))


def chosen(
    plans: Iterable[Plan], period: Period, needed: Collection[str], *, whole: bool
) -> tuple[Plan, ...]:
    """The plans that lie wholly in a period, of the level that covers most of it.

    Of levels that cover as much the one about fewest dimensions; all are about those `needed`. Of
    plans of the same members that overlap the longest stands. `whole`: only members whose plans
    cover the whole period.
    """
    levels: dict[tuple[str, ...], dict[tuple[str, ...], list[Plan]]] = {}
    for plan in plans:
        if {*needed} <= {*plan.dimensions} and period.clip(plan.period) == plan.period:
            levels.setdefault(plan.dimensions, {}).setdefault(plan.members, []).append(plan)
    length = (period.end - period.start).days
    found: dict[tuple[str, ...], tuple[Plan, ...]] = {}
    for level, members in levels.items():
        apart = (_apart(each) for each in members.values())
        full = (each for each in apart if not whole or sum(plan.days for plan in each) == length)
        found[level] = tuple(plan for each in full for plan in each)
    ranked = sorted(found, key=lambda level: (-covered(found[level]), len(level), level))
    return found[ranked[0]] if ranked else ()


def covered(plans: Iterable[Plan]) -> int:
    """On how many days some plan holds."""
    periods = {plan.period for plan in plans}
    days: set[int] = set()
    for period in periods:
        days.update(range(period.start.toordinal(), period.end.toordinal()))
    return len(days)


def _apart(plans: Sequence[Plan]) -> list[Plan]:
    """Plans that don't overlap: a year stands for its months."""
    kept: list[Plan] = []
    for plan in sorted(plans, key=lambda plan: (-plan.days, plan.period.start)):
        if all(plan.period.clip(other.period) is None for other in kept):
            kept.append(plan)
    return kept
