"""Actions: mine, the team's, the overdue ones; done with one click."""

from salesdash.ui import shell
from salesdash.ui.actions import screen

shell.ensure_opened()
screen.show()
