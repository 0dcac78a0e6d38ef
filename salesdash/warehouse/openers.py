"""The rows of customers under the member of their first order: whom a channel won, not served."""

from salesdash.datasets import DATASETS
from salesdash.engine import identifier
from salesdash.warehouse import coverage
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse


def by_first_order(
    warehouse: Warehouse, dataset: str, dimension: str, cut: int | None = None
) -> Warehouse:
    """The same warehouse, in which all rows of a customer belong to where the first order lies.

    So any figure by the dimension is that of the customers a member won, new customers are counted
    once, and members add up. A dimension that is no column of the rows themselves stays as it is.
    """
    if dimension not in {name for name, _ in warehouse.columns(dataset)}:
        return warehouse
    sql = statement("openers.sql").format(
        dimension=identifier(dimension),
        relation=warehouse.relation(dataset, cut),
        day=coverage.day(DATASETS[dataset]),
    )
    return Warehouse(warehouse.engine, views={dataset: f"(\n{sql})"}, version=warehouse.version)
