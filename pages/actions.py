"""Actions: mine, the team's, the overdue ones; done with one click."""

from salesdash.ui import actions, shell

shell.ensure_opened()
actions.screen()
