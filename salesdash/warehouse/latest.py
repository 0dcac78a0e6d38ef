"""When each member of a dimension was last seen buying."""

from datetime import date

from salesdash.datasets import DATASETS
from salesdash.engine import identifier
from salesdash.selection import Selection
from salesdash.warehouse import coverage
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse


def last_days(
    warehouse: Warehouse, dataset: str, dimension: str, selection: Selection, until: date
) -> dict[str | None, date]:
    """The last day before `until` with a positive amount, by member; the window is not looked at.

    Raises UsageError for an unknown dimension.
    """
    scope = warehouse.scope(dataset, selection)
    warehouse.ensure_dimension(dataset, dimension)
    known = DATASETS[dataset]
    sql = statement("last_days.sql").format(
        member=identifier(dimension),
        day=coverage.day(known),
        scope=scope.sql,
        bought="amount > 0" if "amount" in known.names else "true",
    )
    rows = warehouse.engine.rows(sql, {**scope.params, "until": until})
    return dict(rows)
