"""How a sum changed between two windows, by the members of one dimension.

The members with the largest changes come by themselves, all others together: a dimension may have
as many members as there are customers, and a screen shows five.
"""

from dataclasses import dataclass
from decimal import Decimal

from salesdash.engine import identifier
from salesdash.metrics.aggregates import Aggregate, Merge
from salesdash.metrics.binding import Bound
from salesdash.metrics.definitions import Kind
from salesdash.periods import Period
from salesdash.selection import Selection
from salesdash.warehouse.families import day
from salesdash.warehouse.limits import Limits
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse


@dataclass(frozen=True)
class Shift:
    """A member (None: the empty one) now and then; `others`: so many members together."""

    member: str | None
    now: Decimal | int
    then: Decimal | int
    others: int = 0


def can_shift(bound: Bound, metric: str) -> bool:
    """Whether a metric is one sum or count, which a single statement compares."""
    simple = bound.get(metric).kind is Kind.SIMPLE
    plain = bound.get(metric).months is None and bound.get(metric).least is None
    return simple and plain and bound.aggregates[metric].merge is Merge.ADD


def shifts(  # noqa: PLR0913 - a metric, by a dimension, in two windows of a selection
    warehouse: Warehouse,
    bound: Bound,
    metric: str,
    selection: Selection,
    windows: tuple[Period, Period],
    by: str,
    keep: int,
) -> tuple[Shift, ...]:
    """The `keep` largest changes, up or down, then the others: those that fell, those that rose.

    `windows`: now, then; they may overlap. A member without rows in one of them has 0 there. None
    at all where the rows of the metric lack a filter or the dimension. Ties go by name.
    """
    if Limits(warehouse, selection, (by,)).blanks(bound, (metric,)):
        return ()
    now, then = windows
    definition = bound.get(metric)
    needed = {by, *bound.aggregates[metric].columns}
    scope = warehouse.scope(definition.dataset, selection, needed)
    sql = statement("changes.sql").format(
        scope=scope.sql,
        day=day(definition.dataset, definition.date),
        dimension=identifier(by),
        value=_value(bound.aggregates[metric]),
        keep=int(keep),
    )
    ends = {
        "now_start": now.start,
        "now_end": now.end,
        "then_start": then.start,
        "then_end": then.end,
        "first_start": min(now.start, then.start),
        "last_end": max(now.end, then.end),
    }
    rows = warehouse.engine.rows(sql, {**scope.params, **ends})
    return tuple(
        Shift(member, current, earlier, 0 if place else members)
        for place, member, members, current, earlier in rows
    )


def _value(aggregate: Aggregate) -> str:
    """What one row adds: the argument of a sum; of a count 1, where it is stated."""
    if not aggregate.sql.lower().startswith("count"):
        return f"({aggregate.argument})"
    if aggregate.argument == "*":
        return "1"
    return f"case when ({aggregate.argument}) is not null then 1 end"
