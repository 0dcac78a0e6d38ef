"""Distinct keys (documents, leads ...) by the days on which they were seen, kept between questions.

Most keys are seen on one day only, and counts of these add up over days like any sum. The others
are few; their days are kept one by one, so that no window counts a key twice.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from salesdash.metrics.daily import DAY, Daily
from salesdash.metrics.figures import Members
from salesdash.metrics.histories import Histories
from salesdash.metrics.segments import Segments, Span
from salesdash.metrics.sums import Sums
from salesdash.metrics.visits import Visits
from salesdash.selection import Filter


@dataclass(frozen=True, eq=False)
class Keys:
    """`once`: how many keys have a day as their only one; `several`: the days of the others."""

    once: Daily
    several: Visits | None

    @classmethod
    def of(cls, counted: pa.Table, dimensions: int, several: Callable[[], pa.Table]) -> "Keys":
        """From `keys_by_day.sql` and, where keys have several days, `keys_of_days.sql`."""
        days = counted.column(DAY)
        once = Daily(counted.filter(pc.is_valid(days)), (), dimensions)
        return cls(once, Visits.of(several(), dimensions) if days.null_count else None)

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        return self.once.nbytes + (0 if self.several is None else self.several.nbytes)

    def within(self, chosen: Iterable[tuple[int, Filter]]) -> "Keys":
        """The keys whose members are those that filters choose, one of each dimension."""
        wanted = tuple(chosen)
        several = None if self.several is None else self.several.within(wanted)
        return Keys(self.once.within(wanted), several)

    def cut(self, segments: Segments) -> "Seen":
        """The same by segments."""
        several = None
        if self.several is not None:
            several = self.several.histories(segments, twice=False)
        return Seen(self.once.sums(segments), several)


@dataclass(frozen=True, eq=False)
class Seen:
    """Keys by segments."""

    once: Sums
    several: Histories | None

    def count(self, span: Span) -> Mapping[Members, int]:
        """Different keys in a span, by members; 0 for those that have some at other times."""
        found = dict.fromkeys(self.once.members, 0)
        for members, row in self.once.within(span).items():
            found[members] = int(row[0] or 0)
        more = {} if self.several is None else self.several.within(span)
        for members, number in more.items():
            found[members] = found.get(members, 0) + number
        return found
