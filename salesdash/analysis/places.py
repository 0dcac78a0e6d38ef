"""Rank change: the first places of two periods, who rose, who fell, who came and who went."""

from dataclasses import dataclass

from salesdash.analysis.breakdown import Breakdown, Line

FEW, MANY = 10, 20
"""How many places are looked at."""


@dataclass(frozen=True)
class Places:
    """The members of a breakdown with one of the first `count` places, now or before.

    `now` and `then`: those that have a place in the period, by their ranks, ties by name.
    """

    breakdown: Breakdown
    count: int
    lines: tuple[Line, ...]

    @property
    def metric(self) -> str:
        """What is measured."""
        return self.breakdown.metric

    @property
    def now(self) -> tuple[Line, ...]:
        """Those with a place now."""
        there = (line for line in self.lines if line.rank is not None)
        return tuple(sorted(there, key=lambda line: (line.rank or 0, _name(line))))

    @property
    def then(self) -> tuple[Line, ...]:
        """Those that had one before."""
        there = (line for line in self.lines if line.rank_then is not None)
        return tuple(sorted(there, key=lambda line: (line.rank_then or 0, _name(line))))

    @property
    def others(self) -> int:
        """So many members never had one of the first places."""
        return self.breakdown.members - len(self.lines)


def of(breakdown: Breakdown, count: int) -> Places:
    """The first places of a breakdown by ranks."""
    lines = tuple(
        line
        for line in breakdown.lines
        if any(rank is not None and rank <= count for rank in (line.rank, line.rank_then))
    )
    return Places(breakdown, count, lines)


def _name(line: Line) -> str:
    return (line.label or line.member or "").casefold()
