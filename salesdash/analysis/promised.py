"""Imported targets as goals: rows of the dataset `targets`, which live and are undone with it."""

from dataclasses import dataclass

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
    plan = target.plan
    scope = zip(plan.dimensions, plan.members, strict=True)
    return Terms(
        metric=str(target.metric),
        period=plan.period,
        target=plan.value,
        scope=tuple(Filter(dimension, (member,)) for dimension, member in scope),
    )
