"""The rows behind a figure: what was counted, and where each row came from."""

from dataclasses import dataclass, replace

import pyarrow as pa

from salesdash.datasets import SALES
from salesdash.metrics import Metric
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse, limits


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of a selection, newest first: `table` has all fields and event, sheet, record.

    `more`: there are others beyond the limit.
    """

    table: pa.Table
    more: bool


def build(
    warehouse: Warehouse, selection: Selection, limit: int = 200, metric: Metric | None = None
) -> Rows:
    """The first `limit` rows that count within the selection: those of a metric, else of sales.

    None where the rows lack what is filtered by, as the figure is blank then.
    """
    dataset, role = (metric.dataset, metric.date) if metric else (SALES.name, None)
    known = limits.filterable(warehouse, dataset)
    fitting = tuple(one for one in selection.filters if one.dimension in known)
    limit = limit if fitting == selection.filters else -1
    selection = replace(selection, filters=fitting)
    table = warehouse.rows_behind(dataset, selection, limit + 1, role)
    return Rows(table.slice(0, max(limit, 0)), 0 <= limit < table.num_rows)
