"""Imported targets as goals: rows of the dataset `targets`, which live and are undone with it."""

from typing import Any

import pyarrow as pa

from salesdash.datasets import TARGETS
from salesdash.periods import FiscalCalendar, Grain, Period
from salesdash.selection import Filter, Selection
from salesdash.warehouse import Warehouse
from salesdash.workspace import Goal, Origin, Terms

MOST = 10_000
DEFAULT_METRIC = "sales"
"""What a target without a metric is about."""

_NO_SCOPE = frozenset({"metric", "status", "customer_name", "product_name"})
SCOPES = tuple(name for name in TARGETS.dimensions if name not in _NO_SCOPE)
"""Fields of a target that say what it is about."""


def goals(warehouse: Warehouse, fiscal: FiscalCalendar, cut: int | None) -> tuple[Goal, ...]:
    """The targets that stand at a cut, each metric, scope and period once: the newest row wins."""
    table = warehouse.rows_behind(TARGETS.name, Selection(None, cut=cut), MOST)
    found: dict[object, Goal] = {}
    for goal in _read(table, fiscal):
        found.setdefault(goal.terms.key, goal)
    return tuple(found.values())


def _read(table: pa.Table, fiscal: FiscalCalendar) -> list[Goal]:
    rows = sorted(table.to_pylist(), key=lambda row: (-row["event"], -row["sheet"], -row["record"]))
    return [
        Goal(_terms(row, fiscal), origin=Origin.IMPORT)
        for row in rows
        if row["period_start"] is not None and (row["target"] or 0) > 0
    ]


def _terms(row: dict[str, Any], fiscal: FiscalCalendar) -> Terms:
    start, last = row["period_start"], row["period_end"]
    month = fiscal.unit(Grain.MONTH, start)
    return Terms(
        metric=row["metric"] or DEFAULT_METRIC,
        period=month if last is None else Period.through(start, max(start, last)),
        target=row["target"],
        scope=tuple(Filter(name, (row[name],)) for name in SCOPES if row[name] is not None),
    )
