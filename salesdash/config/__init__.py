"""config.yaml becomes frozen Settings; whatever is wrong with it is told at once, with its line."""

from salesdash.config.loading import Loaded, check, check_text, load
from salesdash.config.settings import (
    Alert,
    Company,
    Limits,
    Overview,
    Settings,
    Statuses,
)
from salesdash.config.watcher import Watcher

__all__ = [
    "Alert",
    "Company",
    "Limits",
    "Loaded",
    "Overview",
    "Settings",
    "Statuses",
    "Watcher",
    "check",
    "check_text",
    "load",
]
