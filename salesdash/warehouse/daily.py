"""How many rows the days have: which days a business is open on."""

from datetime import date

from salesdash.engine import identifier
from salesdash.periods import Period
from salesdash.selection import Selection
from salesdash.warehouse.statements import statement
from salesdash.warehouse.warehouse import Warehouse


def daily(
    warehouse: Warehouse, role: tuple[str, str], days: Period, cut: int | None = None
) -> dict[date, int]:
    """Rows by day of a dataset, dated by one of its date roles; days without any are left out."""
    dataset, field = role
    scope = warehouse.scope(dataset, Selection(None, cut=cut), (field,))
    sql = statement("days.sql").format(scope=scope.sql, day=identifier(field))
    params = {**scope.params, "start": days.start, "end": days.end}
    return {day: int(lines) for day, lines in warehouse.engine.rows(sql, params)}
