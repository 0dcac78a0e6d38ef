"""What people write, and the event log: `workspace.sqlite`, one file beside the projection."""

from salesdash.workspace.log import Draft, Event, EventKind, Log, Status
from salesdash.workspace.mappings import Mappings, Remembered
from salesdash.workspace.names import Names
from salesdash.workspace.rows import Stamp
from salesdash.workspace.settings import Setting, Settings
from salesdash.workspace.store import Workspace

__all__ = [
    "Draft",
    "Event",
    "EventKind",
    "Log",
    "Mappings",
    "Names",
    "Remembered",
    "Setting",
    "Settings",
    "Stamp",
    "Status",
    "Workspace",
]
