"""Training: who can do what, who is late, and a checklist that saves every tick."""

from salesdash.ui import shell
from salesdash.ui.training import screen

shell.ensure_opened()
screen.draw()
