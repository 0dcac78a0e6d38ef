"""config.yaml becomes frozen Settings; whatever is wrong with it is told at once, with its line."""

from salesdash.config.faults import nearest
from salesdash.config.loading import Loaded, check, check_text, load
from salesdash.config.settings import (
    AgendaLine,
    Alert,
    Company,
    Course,
    Item,
    Limits,
    Meeting,
    Overview,
    Required,
    Settings,
    Statuses,
)
from salesdash.config.team import LineKind
from salesdash.config.watcher import Watcher

__all__ = [
    "AgendaLine",
    "Alert",
    "Company",
    "Course",
    "Item",
    "Limits",
    "LineKind",
    "Loaded",
    "Meeting",
    "Overview",
    "Required",
    "Settings",
    "Statuses",
    "Watcher",
    "check",
    "check_text",
    "load",
    "nearest",
]
