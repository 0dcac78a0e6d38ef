"""Histories: in which segments of time each key (a customer, a document) was seen.

SQL answers with one row for each different history: bits of the segments in BIGINT words, the
members of the breakdown, and how many keys share it. Every window is then a matter of bits, so
that one scan serves all of them, and distinct keys are united, never added up.
"""

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from salesdash.metrics.figures import Members
from salesdash.metrics.segments import Segments, Span

Truth = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.int64]

MEMBER, WORD, TWICE, STARTED, KEYS = "member_", "word_", "twice_", "started", "keys"
"""Names of the columns: one a dimension, one a word; `started`: segment of the first day.

Without `keys` each row is one key.
"""


NOT_STATED = -1
"""In `started`: no customer has a stated first day."""


class Histories:
    """The rows of a history question; sets of them are arrays of true and false."""

    def __init__(self, table: pa.Table, segments: Segments, dimensions: int) -> None:
        self._table = table
        self._segments = segments
        self._dimensions = dimensions

    def seen(self, span: Span) -> Truth:
        """Seen at least once within the span."""
        found = np.zeros(self._table.num_rows, dtype=np.bool_)
        for word in range(self._segments.words):
            mask = self._segments.mask(span, word)
            if mask:
                found |= (self._bits(WORD, word) & mask) != 0
        return found

    def started(self, span: Span) -> Truth:
        """The first day lies within the span: as stated, else the first time seen."""
        run = self._segments.run(span)
        first = self._bits(STARTED)
        if len(first) and first[0] == NOT_STATED:
            return self.seen(span) & ~self.seen(Span(None, span.start))
        return np.asarray((first >= run.start) & (first < run.stop))

    def repeated(self, span: Span) -> Truth:
        """Seen in two segments of the span, or twice in one."""
        several = np.zeros(self._table.num_rows, dtype=np.int64)
        twice = np.zeros(self._table.num_rows, dtype=np.bool_)
        for word in range(self._segments.words):
            mask = self._segments.mask(span, word)
            if mask:
                several += np.bitwise_count(self._bits(WORD, word) & mask)
                twice |= (self._bits(TWICE, word) & mask) != 0
        return np.asarray(twice | (several > 1))

    def within(self, span: Span) -> Mapping[Members, int]:
        """Different keys in a span, by members."""
        return self.count(self.seen(span))

    def count(self, chosen: Truth) -> Mapping[Members, int]:
        """Keys in the set, by members; members with none of them included."""
        shared = KEYS in self._table.column_names
        if not self._dimensions:
            return {(): int(self._bits(KEYS) @ chosen if shared else np.count_nonzero(chosen))}
        codes, members = self._groups
        weights = self._bits(KEYS) * chosen if shared else chosen
        sizes = np.bincount(codes, weights=weights, minlength=len(members))
        return {member: int(size) for member, size in zip(members, sizes, strict=True)}

    def _bits(self, name: str, word: int | None = None) -> Bits:
        column = name if word is None else f"{name}{word}"
        found = self._columns.get(column)
        if found is None:
            found = self._table.column(column).to_numpy().astype(np.int64, copy=False)
            self._columns[column] = found
        return found

    @cached_property
    def _columns(self) -> dict[str, Bits]:
        return {}

    @cached_property
    def _groups(self) -> tuple[npt.NDArray[np.int64], list[Members]]:
        """A number for each row, and the members it stands for."""
        columns = [self._table.column(f"{MEMBER}{n}").to_pylist() for n in range(self._dimensions)]
        numbers: dict[Members, int] = {}
        codes = [numbers.setdefault(row, len(numbers)) for row in zip(*columns, strict=True)]
        return np.asarray(codes, dtype=np.int64), list(numbers)
