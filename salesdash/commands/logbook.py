"""The log of a home and its repairs: imports, undo, redo, rebuild, rejects."""

from salesdash import imports as way_in
from salesdash.commands.arguments import Event, Nothing, Rejects
from salesdash.commands.office import Desk, absolute
from salesdash.commands.replies import Reply, plain

IMPORT = "import"


def imports(desk: Desk, _: Nothing) -> Reply:
    """All events, oldest first: [{event, kind, dataset, status, file, counts, who, at, ...}]."""
    return Reply([event_facts(event) for event in desk.home.workspace.log.events()])
