"""Answers of `sums.sql`: aggregates by segment, merged into any window of neighbours."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Any

from salesdash.metrics.aggregates import Merge
from salesdash.metrics.arithmetic import DIGITS, Number
from salesdash.metrics.figures import Members
from salesdash.metrics.segments import Segments, Span

_MERGES: Mapping[Merge, Callable[[list[Number]], Number]] = {
    Merge.ADD: sum,
    Merge.LEAST: min,
    Merge.GREATEST: max,
}


class Sums:
    """Rows of the answer: segment, members, rows found, one value for each figure."""

    def __init__(
        self, rows: Iterable[Sequence[Any]], segments: Segments, merges: Sequence[Merge]
    ) -> None:
        self._segments = segments
        self._merges = (Merge.ADD, *merges)
        self._values: dict[Members, dict[int, Sequence[Number | None]]] = defaultdict(dict)
        width = len(self._merges)
        for segment, *rest in rows:
            members, values = tuple(rest[: len(rest) - width]), rest[len(rest) - width :]
            self._values[members][segment] = values

    @property
    def members(self) -> tuple[Members, ...]:
        """Everybody who has rows in some segment."""
        return tuple(self._values)

    def within(self, span: Span) -> dict[Members, tuple[Number | None, ...]]:
        """For each member with rows in the span: their number, then the figures."""
        run = self._segments.run(span)
        found = {}
        with localcontext(prec=DIGITS):
            for members, segments in self._values.items():
                inside = [segments[number] for number in run if number in segments]
                if inside:
                    found[members] = tuple(
                        _merged(merge, values)
                        for merge, values in zip(
                            self._merges, zip(*inside, strict=True), strict=True
                        )
                    )
        return found


def _merged(merge: Merge, values: Iterable[Number | None]) -> Number | None:
    stated = [value for value in values if value is not None]
    if not stated:
        return None
    merged = _MERGES[merge](stated)
    return merged if isinstance(merged, (Decimal, float)) else int(merged)
