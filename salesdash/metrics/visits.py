"""Visits: the days on which each key (a customer) was seen, from which any history is made.

To find them takes a scan and a sort of all rows, to cut them into segments a few milliseconds: the
same visits answer all periods and comparisons of one set of filters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from salesdash.metrics import segments as segmented
from salesdash.metrics.daily import picked, together
from salesdash.metrics.histories import MEMBER, NOT_STATED, STARTED, TWICE, WORD, Histories
from salesdash.metrics.segments import Segments
from salesdash.selection import Filter

Numbers = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, eq=False)
class Visits:
    """Days by key: those of a key stand from its place in `starts` on, in order.

    `members`: of the breakdown, one row a key. `began`: the first day of each key, None where none
    is stated. All days count from `first` and are less than `length`.
    """

    members: pa.Table
    starts: Numbers
    days: Days
    began: Days | None
    first: date
    length: int

    @classmethod
    def of(cls, table: pa.Table, dimensions: int) -> "Visits":
        """From rows in the order of their keys: members, the key, the day, `started` if known."""
        named = [f"{MEMBER}{number}" for number in range(dimensions)]
        starts = _starts(table, table.column_names[: dimensions + 1])
        days, began = _days(table, "day"), None
        if len(starts) and STARTED in table.column_names and not table.column(STARTED).null_count:
            began = np.minimum.reduceat(_days(table, STARTED), starts)
        every = days if began is None else np.concatenate((days, began))
        first, last = (int(every.min()), int(every.max())) if len(every) else (0, 0)
        return cls(
            table.select(named).take(starts),
            starts,
            days - first,
            None if began is None else began - first,
            EPOCH + timedelta(days=first),
            last - first + 1,
        )

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        began = 0 if self.began is None else self.began.nbytes
        return self.members.nbytes + self.starts.nbytes + self.days.nbytes + began

    def within(self, chosen: Iterable[tuple[int, Filter]]) -> "Visits":
        """The keys whose members, by their places, are those that filters choose, one of each.

        What is left has the dimensions after those of the filters.
        """
        chosen = tuple(chosen)
        names = self.members.column_names
        masks = (picked(self.members.column(place), each) for place, each in chosen)
        keys = together(masks)
        lengths = np.diff(np.append(self.starts, len(self.days)))
        left = names[1 + max(place for place, _ in chosen) :]
        members = self.members.filter(pa.array(keys)).select(left)
        return Visits(
            members.rename_columns([f"{MEMBER}{number}" for number in range(len(left))]),
            np.cumsum(lengths[keys]) - lengths[keys],
            self.days[np.repeat(keys, lengths)],
            None if self.began is None else self.began[keys],
            self.first,
            self.length,
        )

    def histories(self, segments: Segments, *, twice: bool) -> Histories:
        """In which segments each key was seen; `twice`: and in which of them several times."""
        cuts = [(cut - self.first).days for cut in segments.cuts]
        places = np.searchsorted(cuts, np.arange(self.length), side="right")  # by day
        columns: dict[str, Numbers] = {}
        for word in range(segments.words):
            bits = _bits(places - word * segmented.WORD)[self.days]
            columns[f"{WORD}{word}"] = self._united(bits)
            if twice:
                columns[f"{TWICE}{word}"] = self._united(np.where(self._again(places), bits, 0))
        none = np.full(len(self.starts), NOT_STATED, dtype=np.int64)
        columns[STARTED] = none if self.began is None else places[self.began]
        names = self.members.column_names
        arrays: dict[str, pa.Array[Any] | pa.ChunkedArray[Any]] = {
            **{name: self.members.column(name) for name in names},
            **{name: pa.array(numbers) for name, numbers in columns.items()},
        }
        table = pa.Table.from_arrays(list(arrays.values()), list(arrays))
        return Histories(table, segments, len(names))

    def _again(self, places: Numbers) -> npt.NDArray[np.bool_]:
        """Days in a segment in which the key was seen before."""
        found = places[self.days]
        again = np.zeros(len(found), dtype=np.bool_)
        again[1:] = found[1:] == found[:-1]
        again[self.starts] = False
        return again

    def _united(self, bits: Numbers) -> Numbers:
        """The bits of all days of each key."""
        return np.bitwise_or.reduceat(bits, self.starts) if len(bits) else bits


def _bits(places: Numbers) -> Numbers:
    """One bit for each segment that lies within the word, none for the others."""
    inside = (places >= 0) & (places < segmented.WORD)
    return np.where(inside, np.left_shift(1, np.where(inside, places, 0)), 0)


def _starts(table: pa.Table, names: list[str]) -> Numbers:
    """Rows in which another key begins than that of the row before."""
    begins = np.zeros(table.num_rows, dtype=np.bool_)
    begins[:1] = True
    for name in names:
        column = table.column(name).combine_chunks()
        codes = column.dictionary_encode(null_encoding="encode").indices.to_numpy()
        begins[1:] |= codes[1:] != codes[:-1]
    return np.flatnonzero(begins)


def _days(table: pa.Table, name: str) -> Days:
    """A column of dates as days since 1970."""
    days: Days = table.column(name).cast(pa.int32()).to_numpy()
    return days
