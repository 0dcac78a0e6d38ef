"""What people write, and the event log: `workspace.sqlite`, one file beside the projection."""

from salesdash.workspace.goals import Goals
from salesdash.workspace.log import Draft, Event, EventKind, Log, Status
from salesdash.workspace.mappings import Mappings, Remembered
from salesdash.workspace.names import Names
from salesdash.workspace.rows import Stamp
from salesdash.workspace.settings import Setting, Settings
from salesdash.workspace.store import Workspace
from salesdash.workspace.terms import Basis, Goal, Origin, Terms, period_of

__all__ = [
    "Basis",
    "Draft",
    "Event",
    "EventKind",
    "Goal",
    "Goals",
    "Log",
    "Mappings",
    "Names",
    "Origin",
    "Remembered",
    "Setting",
    "Settings",
    "Stamp",
    "Status",
    "Terms",
    "Workspace",
    "period_of",
]
