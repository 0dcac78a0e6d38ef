"""Answers of `values.sql`: rows counted by value and segment, for what sits in the middle.

A median of medians is none, so the counts are merged and the middle is looked up last.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from salesdash.metrics.arithmetic import Number
from salesdash.metrics.figures import Members
from salesdash.metrics.segments import Segments, Span


class Spreads:
    """Rows of the answer: segment, members, value, how many rows have it."""

    def __init__(self, rows: Iterable[Sequence[Any]], segments: Segments) -> None:
        self._segments = segments
        self._counts: dict[Members, dict[int, Counter[Number]]] = defaultdict(
            lambda: defaultdict(Counter)
        )
        for segment, *members, value, count in rows:
            self._counts[tuple(members)][segment][value] += count

    def medians(self, span: Span) -> dict[Members, Number]:
        """For each member with values in the span their median."""
        run = self._segments.run(span)
        found = {}
        for members, segments in self._counts.items():
            counts = sum((segments[n] for n in run if n in segments), Counter[Number]())
            if counts:
                found[members] = median(counts)
        return found


def median(counts: Counter[Number]) -> Number:
    """The middle value, the mean of the two middle ones where there are two."""
    last = counts.total() - 1
    low, high = (_at(counts, place) for place in (last // 2, (last + 1) // 2))
    if low == high:
        return low
    return (Decimal(str(low)) + Decimal(str(high))) / 2


def _at(counts: Counter[Number], place: int) -> Number:
    """The value at a place (from 0) of all values in order."""
    seen = 0
    for value in sorted(counts):
        seen += counts[value]
        if seen > place:
            return value
    raise IndexError(place)
