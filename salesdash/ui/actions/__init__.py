"""The pieces of Actions: the page, rows with their ticks, fields and forms, changes in place."""

from salesdash.ui.actions.making import form
from salesdash.ui.actions.rows import table, ticked

__all__ = ["form", "table", "ticked"]
