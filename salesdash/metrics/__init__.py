"""Metrics are definitions: what they are, what they need, and how they become SQL."""

from salesdash.metrics.arithmetic import Number
from salesdash.metrics.binding import Bound, Columns, Rules, bind
from salesdash.metrics.customers import Count
from salesdash.metrics.definitions import Better, Kind, Metric, Thresholds, Unit, Words
from salesdash.metrics.figures import NO_ROWS, OTHER, Figure, Key, Measured, Members

__all__ = [
    "NO_ROWS",
    "OTHER",
    "Better",
    "Bound",
    "Columns",
    "Count",
    "Figure",
    "Key",
    "Kind",
    "Measured",
    "Members",
    "Metric",
    "Number",
    "Rules",
    "Thresholds",
    "Unit",
    "Words",
    "bind",
]
