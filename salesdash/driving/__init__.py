"""Driving: a table of leaf cells in, the few slices that explain its change out.

Pure: no dates, no clock, no storage, no words; numpy and nothing else.
"""

from salesdash.driving.leaves import (
    MOST_MEMBERS,
    Coded,
    Leaves,
    Left,
    Sums,
    coded,
    leaves,
    ordered,
    steady,
    sums,
)
from salesdash.driving.search import MOST, Found, Part, Slice, search

__all__ = [
    "MOST",
    "MOST_MEMBERS",
    "Coded",
    "Found",
    "Leaves",
    "Left",
    "Part",
    "Slice",
    "Sums",
    "coded",
    "leaves",
    "ordered",
    "search",
    "steady",
    "sums",
]
