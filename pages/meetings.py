"""Meetings: which come next and how to prepare; or one, with its agenda filled, until closed."""

from salesdash.ui import shell
from salesdash.ui.meetings import calendar, sheet

shell.ensure_opened()
meeting = calendar.chosen()
if meeting is None:
    calendar.opening()
    calendar.upcoming()
    calendar.held()
else:
    sheet.show(meeting)
