"""Meetings: which come next; or one, as a sheet or a screen for each line; or own templates."""

from salesdash.ui import shell
from salesdash.ui.meetings import calendar, history, present, rooms, sheet, templates, turning

shell.ensure_opened()
meeting = calendar.chosen()
if meeting is not None and turning.chosen() is not None:
    present.show(meeting)
elif meeting is not None:
    sheet.show(meeting)
elif rooms.view() == "history":
    history.show()
elif rooms.view() == "templates":
    templates.show()
else:
    calendar.opening()
    calendar.upcoming()
    calendar.held()
