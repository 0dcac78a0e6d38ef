"""Trail: who did what and when, newest first; nothing of it can be changed."""

from salesdash.ui import shell, trail

shell.ensure_opened()
trail.opening()
with shell.patience("trail"):
    found = trail.found()
trail.listed(found)
