"""Selection: what is being looked at. Frozen: argument and cache key of every question."""

from dataclasses import dataclass, replace
from enum import StrEnum

from salesdash.periods import Against, Comparison, Window

LONGEST = 9
"""Digits of a number in a code; nothing of ours is counted further."""


class Organisation(StrEnum):
    """Team, region and manager of a row: as they were at the time, or as they are today."""

    THEN = "then"
    TODAY = "today"


@dataclass(frozen=True)
class Filter:
    """Keep rows whose `dimension` has one of `values` (None = empty); `exclude` turns it round."""

    dimension: str
    values: tuple[str | None, ...]
    exclude: bool = False


@dataclass(frozen=True)
class Selection:
    """Period, comparison, filters and cut of a question.

    `window` is None for "all dates". `cut` is an event number, None for the newest.
    `filters` are kept sorted by dimension, so that equal selections are equal keys.
    """

    window: Window | None
    comparison: Against = Comparison.NONE
    filters: tuple[Filter, ...] = ()
    cut: int | None = None
    organisation: Organisation = Organisation.THEN

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.filters, key=lambda f: (f.dimension, f.exclude)))
        object.__setattr__(self, "filters", ordered)

    def where(self, dimension: str, *values: str | None) -> "Selection":
        """The same selection narrowed to members of one dimension."""
        others = tuple(f for f in self.filters if f.dimension != dimension)
        return replace(self, filters=(*others, Filter(dimension, values)))


def numbered(code: str) -> int | None:
    """The number that a code says, of an event, a meeting, a page; None when it says none."""
    return int(code) if code.isdecimal() and len(code) <= LONGEST else None
