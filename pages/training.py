"""Training: who can do what, who is late, and a checklist that saves every tick."""

from salesdash.ui import shell, training

shell.ensure_opened()
training.screen()
