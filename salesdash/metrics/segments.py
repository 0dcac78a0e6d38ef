"""Many stretches of time answered by one scan: the days between all their ends are segments.

Windows overlap (October, the year to date, twelve months ...). Their starts and ends cut the time
into segments, numbered in order: 0 is everything before the first cut, i the days from cut i - 1
to cut i, the last one everything after. Each row belongs to one segment, each window is a run of
neighbouring segments.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

WORD = 62
"""Segments that fit in one BIGINT of a history, sign and one spare bit left alone."""


@dataclass(frozen=True)
class Span:
    """Half-open days [start, end); None is without limit on that side."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Segments:
    """The cuts, in order."""

    cuts: tuple[date, ...]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> "Segments":
        """The segments that all spans are made of."""
        days = {day for span in spans for day in (span.start, span.end) if day is not None}
        return cls(tuple(sorted(days)))

    def __len__(self) -> int:
        return len(self.cuts) + 1

    def run(self, span: Span) -> range:
        """Numbers of the segments inside the span; its ends must be cuts."""
        first = 0 if span.start is None else self.number(span.start)
        last = len(self) if span.end is None else self.number(span.end)
        return range(first, max(first, last))

    def number(self, day: date) -> int:
        """The segment that contains the day."""
        return bisect_right(self.cuts, day)

    @property
    def words(self) -> int:
        """BIGINTs that a history of these segments takes."""
        return -(-len(self) // WORD)

    def mask(self, span: Span, word: int) -> int:
        """Bits of the span's segments in one word of a history."""
        inside = (i - word * WORD for i in self.run(span))
        return sum(1 << bit for bit in inside if 0 <= bit < WORD)

    def sql_number(self, day: str) -> str:
        """SQL: the segment of a day expression, as a balanced tree of comparisons."""
        return self._tree(day, str)

    def sql_bit(self, day: str, word: int) -> str:
        """SQL: the bit of a day's segment in one word; 0 when it lies in another word."""

        def bit(number: int) -> str:
            place = number - word * WORD
            return str(1 << place) if 0 <= place < WORD else "0"

        return f"cast({self._tree(day, bit)} as bigint)"

    def _tree(self, day: str, leaf: Callable[[int], str]) -> str:
        leaves = [leaf(number) for number in range(len(self))]

        def branch(low: int, high: int) -> str:
            if len(set(leaves[low : high + 1])) == 1:
                return leaves[low]
            middle = (low + high + 1) // 2
            cut = self.cuts[middle - 1].isoformat()
            below, above = branch(low, middle - 1), branch(middle, high)
            return f"case when {day} < date '{cut}' then {below} else {above} end"

        return branch(0, len(self) - 1)

    def sql_limits(self, spans: Iterable[Span], day: str) -> str:
        """SQL: a condition that keeps the days of the spans (and those between them)."""
        wanted = tuple(spans)
        parts = []
        if all(span.start is not None for span in wanted):
            first = min(span.start for span in wanted if span.start is not None)
            parts.append(f"{day} >= date '{first.isoformat()}'")
        if all(span.end is not None for span in wanted):
            last = max(span.end for span in wanted if span.end is not None)
            parts.append(f"{day} < date '{last.isoformat()}'")
        return " and ".join(parts) or "true"


Item = TypeVar("Item")


def chunks(
    items: Iterable[Item], spans: Callable[[Item], Iterable[Span]], limit: int
) -> Iterator[tuple[Item, ...]]:
    """Items in groups whose spans make at most `limit` segments, in the order given.

    A year by days has more segments than one statement takes; each group then scans its own
    days only. A single item beyond the limit stands alone.
    """
    group: list[Item] = []
    cuts: set[date] = set()
    for item in items:
        own = {d for span in spans(item) for d in (span.start, span.end) if d is not None}
        if group and len(cuts | own) >= limit:
            yield tuple(group)
            group, cuts = [], set()
        group.append(item)
        cuts |= own
    if group:
        yield tuple(group)
