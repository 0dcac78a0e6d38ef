"""Imports: drop a file, confirm how it is read, see what would change, import, take back."""

from salesdash.ui import shell
from salesdash.ui.imports import arrivals, inbox, log

shell.ensure_opened()
if not arrivals.pending():
    arrivals.drop()
    inbox.show()
    log.interrupted()
    log.events()
else:
    arrivals.review()
