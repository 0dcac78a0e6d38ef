"""Imported targets as goals: rows of the dataset `targets`, which live and are undone with it."""

from dataclasses import dataclass
from decimal import Decimal

from salesdash.datasets import TARGETS
from salesdash.metrics.plans import Stated
from salesdash.periods import FiscalCalendar
from salesdash.selection import Filter
from salesdash.warehouse import Warehouse
from salesdash.warehouse.stated import stated
from salesdash.workspace import Goal, Origin, Terms


@dataclass(frozen=True)
class Promised:
    """An imported target as a goal; `stated`: how many rows state its metric, scope and period."""

    goal: Goal
    stated: int = 1


def goals(warehouse: Warehouse, fiscal: FiscalCalendar, cut: int | None) -> tuple[Promised, ...]:
    """The targets that stand at a cut, each metric, scope and period once."""
    found = stated(warehouse, TARGETS, fiscal, cut)
    return tuple(Promised(Goal(_terms(each), origin=Origin.IMPORT), each.rows) for each in found)


def _terms(target: Stated) -> Terms:
    """Its terms; bounds that do not stand on the two sides of the target are none."""
    plan, below, above = target.plan, target.floor, target.stretch
    if below is not None and above is not None and not _between(plan.value, below, above):
        below = above = None
    scope = zip(plan.dimensions, plan.members, strict=True)
    return Terms(
        metric=str(target.metric),
        period=plan.period,
        target=plan.value,
        floor=None if below == plan.value else below,
        stretch=None if above == plan.value else above,
        scope=tuple(Filter(dimension, (member,)) for dimension, member in scope),
    )


def _between(target: Decimal, one: Decimal, other: Decimal) -> bool:
    return min(one, other) < target < max(one, other)
