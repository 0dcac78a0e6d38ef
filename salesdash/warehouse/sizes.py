"""How much a scope holds: rows that count, different customers among them."""

from dataclasses import dataclass

from salesdash.datasets import DATASETS
from salesdash.selection import Selection
from salesdash.warehouse.warehouse import Warehouse

SIZE = """
select
    count(*) as rows,
    {customers} as customers
from ({scope}) as r
"""


@dataclass(frozen=True)
class Size:
    """Rows, and different customers; None of these where rows don't name them."""

    rows: int
    customers: int | None = None


def size(warehouse: Warehouse, dataset: str, selection: Selection) -> Size:
    """The size of a selection over all dates. Raises UsageError for an unknown filter."""
    named = "customer" in DATASETS[dataset].names
    scope = warehouse.scope(dataset, selection, ("customer",) if named else ())
    customers = "count(distinct r.customer)" if named else "cast(null as bigint)"
    sql = SIZE.format(customers=customers, scope=scope.sql)
    rows, found = warehouse.engine.rows(sql, scope.params)[0]
    return Size(rows, found or None)
