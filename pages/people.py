"""People: who is in which team on a day; moves, departures and newcomers, each an event."""

from salesdash.ui import shell
from salesdash.ui.staff import changing, grid, teams

shell.ensure_opened()
if teams.ready():
    day = teams.day()
    found = teams.found(day)
    teams.opening(found, day)
    changing.card(found, day)
    teams.gone(found)
    grid.show(day)
