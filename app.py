"""salesdash: page settings, navigation, frame. No logic."""

from salesdash.ui import shell

shell.configure()
page = shell.navigation()
with shell.opened(page) as ready:
    if ready:
        page.run()
