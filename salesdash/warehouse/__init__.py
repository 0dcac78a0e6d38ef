"""The projection: clean rows as queryable tables, with their history and its cuts.

Rows get in through `imports` only. Everything here can be rebuilt from the log.
"""

from salesdash.warehouse.calendar import Calendars, PlainCalendars, ensure_calendar
from salesdash.warehouse.coverage import Coverage, Month
from salesdash.warehouse.dimensions import Dimension
from salesdash.warehouse.ledger import Applied
from salesdash.warehouse.scope import Scope
from salesdash.warehouse.tables import create, ensure_columns
from salesdash.warehouse.warehouse import Warehouse

__all__ = [
    "Applied",
    "Calendars",
    "Coverage",
    "Dimension",
    "Month",
    "PlainCalendars",
    "Scope",
    "Warehouse",
    "create",
    "ensure_calendar",
    "ensure_columns",
]
