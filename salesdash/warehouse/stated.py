"""Plans as rows state them: what a target or a market size is about, and which row stands."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from salesdash.datasets import TARGETS, Dataset
from salesdash.engine import identifier
from salesdash.metrics.plans import Plan, Stated
from salesdash.periods import FiscalCalendar, Grain, Period
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse

DEFAULT_METRIC = "sales"
"""What a target without a metric is about."""

BOUNDS = ("floor", "stretch")
"""What a target may state on its two sides; homes of older days lack the columns."""

_NO_SCOPE = frozenset({"metric", "status", "customer_name", "product_name"})


def scopes(dataset: Dataset) -> tuple[str, ...]:
    """Fields of a plan that say what it is about, by name."""
    return tuple(sorted({*dataset.dimensions} - _NO_SCOPE))


def stated(
    warehouse: Warehouse, dataset: Dataset, fiscal: FiscalCalendar, cut: int | None
) -> tuple[Stated, ...]:
    """All plans at a cut, each once: the newest target of a metric, scope, period; markets add up.

    A plan is about what its own row says, whatever reference sets know; without a last day it
    holds for the fiscal month of its first.
    """
    found: dict[object, Stated] = {}
    for each in _rows(warehouse, dataset, fiscal, cut):
        key = each.metric, each.plan.about
        newer = found.get(key)
        if newer is None:
            found[key] = each
        else:
            value = newer.plan.value + (0 if dataset is TARGETS else each.plan.value)
            found[key] = replace(newer, plan=newer.plan.worth(value), rows=newer.rows + 1)
    return tuple(found.values())


def standing(warehouse: Warehouse, fiscal: FiscalCalendar, cut: int | None) -> tuple[Stated, ...]:
    """All targets: one that was set by hand stands before the same one of a file."""
    by_hand = warehouse.by_hand()
    known = {(each.metric, each.plan.about) for each in by_hand}
    files = stated(warehouse, TARGETS, fiscal, cut)
    return (*by_hand, *(e for e in files if (e.metric, e.plan.about) not in known))


def _rows(
    warehouse: Warehouse, dataset: Dataset, fiscal: FiscalCalendar, cut: int | None
) -> Iterator[Stated]:
    """Row by row, the newest first."""
    names, is_target = scopes(dataset), dataset is TARGETS
    held = {name for name, _ in warehouse.columns(dataset.name)}
    bounds = {name: name if name in held else "null" for name in BOUNDS}
    sql = statement("plans.sql").format(
        metric=f"coalesce(metric, '{DEFAULT_METRIC}')" if is_target else "null",
        value="target" if is_target else "amount",
        **bounds,
        scopes=",\n    ".join(identifier(name) for name in names),
        relation=warehouse.relation(dataset.name, cut),
    )
    for metric, first, last, value, floor, stretch, *members in warehouse.engine.rows(sql):
        scope = [(name, each) for name, each in zip(names, members, strict=True) if each]
        dimensions, stands = (tuple(part[n] for part in scope) for n in (0, 1))
        plan = Plan(dimensions, stands, _period(first, last, fiscal), value)
        yield Stated(metric, plan, floor=floor, stretch=stretch)


def _period(first: date, last: date | None, fiscal: FiscalCalendar) -> Period:
    if last is None:
        return fiscal.unit(Grain.MONTH, first)
    return Period.through(first, max(first, last))
