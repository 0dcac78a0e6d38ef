"""config.yaml becomes frozen Settings; whatever is wrong with it is told at once, with its line."""

from salesdash.config.loading import Loaded, check, check_text, load
from salesdash.config.settings import (
    AgendaLine,
    Alert,
    Company,
    Course,
    Limits,
    Meeting,
    Overview,
    Settings,
    Statuses,
)
from salesdash.config.watcher import Watcher

__all__ = [
    "AgendaLine",
    "Alert",
    "Company",
    "Course",
    "Limits",
    "Loaded",
    "Meeting",
    "Overview",
    "Settings",
    "Statuses",
    "Watcher",
    "check",
    "check_text",
    "load",
]
