"""Meetings: which come next and how to prepare; or one, as a sheet or a screen for each line."""

from salesdash.ui import shell
from salesdash.ui.meetings import calendar, present, sheet, turning

shell.ensure_opened()
meeting = calendar.chosen()
if meeting is None:
    calendar.opening()
    calendar.upcoming()
    calendar.held()
elif turning.chosen() is not None:
    present.show(meeting)
else:
    sheet.show(meeting)
