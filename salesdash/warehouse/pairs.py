"""Sums by the members of one dimension in two windows: what changes and standings are made of."""

from datetime import date

from salesdash.engine import identifier
from salesdash.metrics.aggregates import Aggregate, Merge
from salesdash.metrics.binding import Bound
from salesdash.metrics.definitions import Kind
from salesdash.periods import Period
from salesdash.selection import Selection
from salesdash.warehouse.families import day
from salesdash.warehouse.limits import Limits
from salesdash.warehouse.scope import Scope
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse

Windows = tuple[Period, Period | None]
"""Now and then; None: nothing to compare with."""


def can_pair(bound: Bound, metric: str) -> bool:
    """Whether a metric is one sum or count, which a single statement compares."""
    definition = bound.get(metric)
    simple = definition.kind is Kind.SIMPLE
    plain = definition.months is None and definition.least is None and not definition.ahead
    return simple and plain and bound.aggregates[metric].merge is Merge.ADD


def paired(  # noqa: PLR0913 - a metric, by a dimension, in two windows of a selection
    warehouse: Warehouse,
    bound: Bound,
    metric: str,
    selection: Selection,
    windows: Windows,
    by: str,
) -> Scope | None:
    """A select of each member's sums, with its parameters; the windows may overlap.

    None where the rows of the metric lack a filter or the dimension.
    """
    if Limits(warehouse, selection, (by,)).blanks(bound, (metric,)):
        return None
    definition, aggregate = bound.get(metric), bound.aggregates[metric]
    scope = warehouse.scope(definition.dataset, selection, {by, *aggregate.columns})
    sql = statement("paired.sql").format(
        scope=scope.sql,
        day=day(definition.dataset, definition.date),
        dimension=identifier(by),
        value=row_value(aggregate),
        picked=_picked(aggregate),
    )
    return Scope(sql, {**scope.params, **ends(windows)})


def ends(windows: Windows) -> dict[str, date]:
    """The days of two windows as parameters."""
    now, then = windows
    starts, ends = [now.start], [now.end]
    if then is not None:
        starts, ends = [now.start, then.start], [now.end, then.end]
    return {
        "now_start": now.start,
        "now_end": now.end,
        "then_start": starts[-1],
        "then_end": starts[-1] if then is None else then.end,
        "first_start": min(starts),
        "last_end": max(ends),
    }


def row_value(aggregate: Aggregate) -> str:
    """What one row adds: the argument of a sum; of a count 1, where it is stated."""
    if not _counts(aggregate):
        return f"({aggregate.argument})"
    if aggregate.argument == "*":
        return "1"
    return f"case when ({aggregate.argument}) is not null then 1 end"


def _picked(aggregate: Aggregate) -> str:
    """1 for a row without which the figure is blank if no other states anything."""
    if aggregate.where is not None:
        return f"case when {aggregate.where} then 1 end"
    return row_value(aggregate) if _counts(aggregate) else "1"


def _counts(aggregate: Aggregate) -> bool:
    return aggregate.sql.lower().startswith("count")
