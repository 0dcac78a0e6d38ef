"""Sums by day, which any windows are made of: asked once of all days, kept, cut as often as wanted.

A day lies in one segment, so sums of days make those of segments exactly, whatever the windows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from salesdash.metrics.aggregates import Merge
from salesdash.metrics.histories import MEMBER
from salesdash.metrics.segments import Segments
from salesdash.metrics.sums import Sums
from salesdash.selection import Filter

DAY, SEGMENT, ROWS, FIGURE = "on_day", "segment_number", "rows_found", "figure_"
"""Names of the columns; members and figures are numbered."""

MOST = 60_000
"""Days times members that are kept: cutting more of them takes longer than asking for a window."""

Truth = npt.NDArray[np.bool_]
_How = Literal["sum", "min", "max"]
_MERGING: Mapping[Merge, _How] = {Merge.ADD: "sum", Merge.LEAST: "min", Merge.GREATEST: "max"}


@dataclass(frozen=True, eq=False)
class Daily:
    """One row a day and members: the rows found, a value for each figure; merged as stated."""

    table: pa.Table
    merges: tuple[Merge, ...]
    dimensions: int

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        return self.table.nbytes

    def within(self, chosen: Iterable[tuple[int, Filter]]) -> "Daily":
        """The rows whose members, by their places, are among those that filters choose.

        What is left has the dimensions after those of the filters.
        """
        chosen = tuple(chosen)
        gone = 1 + max(place for place, _ in chosen)
        members = [self.table.column(f"{MEMBER}{place}") for place in range(self.dimensions)]
        masks = (picked(members[place], each) for place, each in chosen)
        table = self.table.drop_columns([f"{MEMBER}{place}" for place in range(self.dimensions)])
        for place, column in enumerate(members[gone:]):
            table = table.append_column(f"{MEMBER}{place}", column)
        return Daily(table.filter(pa.array(together(masks))), self.merges, self.dimensions - gone)

    def sums(self, segments: Segments) -> Sums:
        """The sums of each segment; exact where they are decimal or whole."""
        names = [SEGMENT, *(f"{MEMBER}{number}" for number in range(self.dimensions))]
        merged: list[tuple[str, _How]] = [(ROWS, "sum")]
        merged += [(f"{FIGURE}{n}", _MERGING[merge]) for n, merge in enumerate(self.merges)]
        table = self.table.append_column(SEGMENT, pa.array(self._numbers(segments)))
        found = table.group_by(names, use_threads=False).aggregate(merged)
        columns = [found.column(name).to_pylist() for name in names]
        columns += [_numbers(found.column(f"{name}_{how}")) for name, how in merged]
        return Sums(zip(*columns, strict=True), segments, self.merges)

    def _numbers(self, segments: Segments) -> npt.NDArray[np.int64]:
        """The segment of each row."""
        cuts = np.array(segments.cuts, dtype="datetime64[D]")
        days = self.table.column(DAY).to_numpy().astype("datetime64[D]")
        return np.searchsorted(cuts, days, side="right")


def picked(members: "pa.ChunkedArray[Any]", condition: Filter) -> Truth:
    """For each row whether a filter leaves it; the empty member is one like any other."""
    inside = pc.is_in(members, value_set=pa.array(condition.values, type=members.type))
    found: Truth = inside.to_numpy()
    return ~found if condition.exclude else found


def together(masks: Iterable[Truth]) -> Truth:
    """The rows that all of them leave."""
    first, *others = masks
    for mask in others:
        first = first & mask
    return first


def _numbers(column: "pa.ChunkedArray[Any]") -> list[Any]:
    """Python values; what DuckDB counts beyond 64 bits is a decimal on the way and whole again."""
    values: list[Any] = column.to_pylist()
    if pa.types.is_decimal(column.type) and column.type.scale == 0:
        return [None if value is None else int(value) for value in values]
    return values
