"""What each customer had done by two days: how recently, how often and how much they bought."""

from datetime import date

import pyarrow as pa

from salesdash.metrics.binding import Bound
from salesdash.selection import Selection
from salesdash.warehouse.families import day
from salesdash.warehouse.pairs import row_value
from salesdash.warehouse.probes import Probes
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse


def purchases(  # noqa: PLR0913 - a metric of a selection, at two moments
    warehouse: Warehouse,
    bound: Bound,
    metric: str,
    selection: Selection,
    now: date,
    then: date,
) -> pa.Table:
    """A row a customer with a purchase before the day `now`, in the order of their names.

    Columns: `customer`, then `last_`, `orders_`, `figure_` of `now` and of `then`; who had not
    bought before the earlier day `then` has no `last_then`. The window is not looked at.
    """
    definition, aggregate = bound.get(metric), bound.aggregates[metric]
    needed = {*aggregate.columns, "customer", "document"}
    scope = warehouse.scope(definition.dataset, selection, needed)
    on, document = day(definition.dataset, definition.date), "document"
    if False in Probes(warehouse, selection.cut).of(definition.dataset, (document,))[document]:
        document = f"coalesce(document, cast({on} as varchar))"
    sql = statement("rfm.sql").format(
        scope=scope.sql, day=on, order=document, value=row_value(aggregate)
    )
    return warehouse.engine.arrow(sql, {**scope.params, "now": now, "then": then})
