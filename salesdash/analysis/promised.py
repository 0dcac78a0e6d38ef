"""Imported targets as goals: rows of the dataset `targets`, which live and are undone with it."""

from dataclasses import dataclass, replace
from typing import Any

from salesdash.datasets import TARGETS
from salesdash.periods import FiscalCalendar, Grain, Period
from salesdash.selection import Filter, Selection
from salesdash.warehouse import Warehouse
from salesdash.workspace import Goal, Origin, Terms

MOST = 100_000
DEFAULT_METRIC = "sales"
"""What a target without a metric is about."""

_NO_SCOPE = frozenset({"metric", "status", "customer_name", "product_name"})
SCOPES = tuple(name for name in TARGETS.dimensions if name not in _NO_SCOPE)
"""Fields of a target that say what it is about."""


@dataclass(frozen=True)
class Promised:
    """An imported target as a goal; `stated`: how many rows state its metric, scope and period."""

    goal: Goal
    stated: int = 1


def goals(warehouse: Warehouse, fiscal: FiscalCalendar, cut: int | None) -> tuple[Promised, ...]:
    """The targets that stand at a cut, each metric, scope and period once: the newest row wins."""
    table = warehouse.rows_behind(TARGETS.name, Selection(None, cut=cut), MOST)
    found: dict[object, Promised] = {}
    for row in sorted(table.to_pylist(), key=_newest_first):
        if row["period_start"] is None or row["target"] is None:
            continue
        goal = Goal(_terms(row, fiscal), origin=Origin.IMPORT)
        earlier = found.get(goal.terms.key)
        found[goal.terms.key] = (
            Promised(goal) if earlier is None else replace(earlier, stated=earlier.stated + 1)
        )
    return tuple(found.values())


def _newest_first(row: dict[str, Any]) -> tuple[int, int, int]:
    return -row["event"], -row["sheet"], -row["record"]


def _terms(row: dict[str, Any], fiscal: FiscalCalendar) -> Terms:
    start, last = row["period_start"], row["period_end"]
    month = fiscal.unit(Grain.MONTH, start)
    return Terms(
        metric=row["metric"] or DEFAULT_METRIC,
        period=month if last is None else Period.through(start, max(start, last)),
        target=row["target"],
        scope=tuple(Filter(name, (row[name],)) for name in SCOPES if row[name] is not None),
    )
