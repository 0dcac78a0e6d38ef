"""Where members stand in a scatter of size and growth, and whose name has room beside its mark."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import quantiles

from salesdash.analysis.growth import Growth, Placed
from salesdash.charts.scales import ticks

HEIGHT = 380

_SKEWED = 20
"""Where the largest has so many times the median, sizes stand on a logarithmic scale."""

_FAR, _DECILES, _LEAST = 2.5, 10, 0.05
"""Growths are far beyond so many times what nine of ten keep within, and beyond the least reach."""

_AIR = 0.08
"""Room below the lowest growth, as a part of the axis: nothing falls by more than all of it."""

_MANY = 3
"""Over more powers of ten a tick at each is enough."""

_TURN = 0.8
"""From this part of the width on names stand to the left of their marks."""

NAMED = 12
"""At most so many members have their names beside them, those that moved most first."""

WIDE, NARROW, PHONE = 900, 290, 620
"""Widths of the plot, px, that names are set for, and below which those of the narrow one show."""

_SIGN, _LINE, AWAY = 7, 15, 9
"""Width of a letter, height of a line, a name's distance from its mark, px."""

_ASIAN = "\u2e80"
"""Signs from here on are twice as wide."""


@dataclass(frozen=True)
class Plot:
    """Limits and ticks of both axes; `log`: sizes stand on a logarithmic scale."""

    across: tuple[float, float]
    sizes: tuple[float, ...]
    up: tuple[float, float]
    growths: tuple[float, ...]
    log: bool

    @classmethod
    def of(cls, answer: Growth) -> "Plot":
        """For the members that are placed."""
        sizes = [one.size for one in answer.placed] or [1.0]
        log = max(sizes) > _SKEWED * (answer.middle or 1.0)
        marks, across = _powers(sizes) if log else ticks(0.0, max(sizes))
        low, high = _reach([one.growth for one in answer.placed])
        growths, (floor, top) = ticks(low, high)
        up = max(floor, low - _AIR * (high - low)), top
        return cls(across, marks, up, tuple(mark for mark in growths if mark >= up[0]), log)

    def height(self, growth: float) -> float:
        """Where a growth stands: what is beyond stands at the edge."""
        return min(max(growth, self.up[0]), self.up[1])

    def place(self, one: Placed) -> tuple[float, float]:
        """As parts of the plot, from the left and from the top."""
        low, high = self.across
        right = (one.size - low) / (high - low)
        if self.log:
            right = math.log(one.size / low) / math.log(high / low)
        return right, (self.up[1] - self.height(one.growth)) / (self.up[1] - self.up[0])

    def turns(self, one: Placed) -> bool:
        """Whether its name stands to the left of its mark."""
        return self.place(one)[0] > _TURN


def _powers(sizes: Sequence[float]) -> tuple[tuple[float, ...], tuple[float, float]]:
    """Ticks at powers of ten, or between them where there are few, and limits with some air."""
    low, high = min(sizes) / 1.4, max(sizes) * 1.4
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    steps = (1.0,) if last - first > _MANY else (1.0, 3.0)
    marks = (step * 10.0**power for power in range(first, last + 1) for step in steps)
    return tuple(mark for mark in marks if low <= mark <= high), (low, high)


def _reach(growths: Sequence[float]) -> tuple[float, float]:
    """From the lowest to the highest growth that is not far, with zero between them."""
    sizes = [abs(growth) for growth in growths] or [0.0]
    usual = (
        quantiles(sizes, n=_DECILES, method="inclusive")[-1]
        if len(sizes) > _DECILES
        else max(sizes)
    )
    limit = max(_FAR * usual, _LEAST)
    low, high = min(growths, default=0.0), max(growths, default=0.0)
    return max(min(low, -_LEAST), -limit), min(max(high, _LEAST), limit)


def fitting(
    answer: Growth, plot: Plot, texts: Sequence[str], order: Sequence[int], width: int
) -> Iterator[int]:
    """The members whose names have room, those that matter most first."""
    taken: list[tuple[float, float, float, float]] = []
    for n in order[:NAMED]:
        right, down = plot.place(answer.placed[n])
        x, y = right * width, down * HEIGHT
        long = sum(2 if sign >= _ASIAN else 1 for sign in texts[n]) * _SIGN
        start = x - AWAY - long if right > _TURN else x + AWAY
        box = (start, start + long, y - _LINE / 2, y + _LINE / 2)
        inside = box[0] >= 0 and box[1] <= width
        if inside and not any(_meet(box, other) for other in taken):
            taken.append(box)
            yield n


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
