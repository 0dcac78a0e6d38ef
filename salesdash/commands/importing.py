"""The command `import`, and the preflight that the screen shows too."""

from salesdash.commands.arguments import Import
from salesdash.commands.office import Desk
from salesdash.commands.replies import Reply


def import_files(desk: Desk, given: Import) -> Reply:
    """Being written."""
    return Reply([])
