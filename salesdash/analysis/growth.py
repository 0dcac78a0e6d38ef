"""Size and growth: who is large, who grows, and who has no growth since there was no base."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from salesdash.analysis.answers import Number
from salesdash.analysis.breakdown import Breakdown, Line
from salesdash.metrics import Unit

LARGEST = 100
"""So many members stand in the picture: those with the highest ranks, now or before."""


@dataclass(frozen=True)
class Placed:
    """A member with its size now, above zero, and its growth: a ratio, of shares the difference."""

    line: Line
    size: float
    growth: float


@dataclass(frozen=True)
class Growth:
    """The members of a breakdown by size and growth, the larger first.

    `entered` had nothing before, `left` has nothing now; `baseless` has or had less than nothing.
    `middle` and `usual` are the medians of sizes and growths, None without members.
    """

    breakdown: Breakdown
    placed: tuple[Placed, ...]
    entered: tuple[Line, ...]
    left: tuple[Line, ...]
    baseless: tuple[Line, ...]
    middle: float | None
    usual: float | None

    @property
    def metric(self) -> str:
        """What is measured."""
        return self.breakdown.metric

    @property
    def in_points(self) -> bool:
        """Whether growth is a difference, not a ratio: shares and multiples."""
        return self.breakdown.unit in (Unit.SHARE, Unit.MULTIPLE)


def of(breakdown: Breakdown) -> Growth:
    """The members of a breakdown that is compared with something; not the others as one."""
    lines = [line for line in breakdown.lines if line.member is not None]
    placed = tuple(
        sorted(_placed(breakdown.unit, lines), key=lambda one: (-one.size, one.line.member or ""))
    )
    shown = {one.line.member for one in placed}
    rest = [line for line in lines if line.member not in shown]
    entered = [line for line in rest if _has(line.change.now.value) and not line.change.then.value]
    left = [line for line in rest if _has(line.change.then.value) and not line.change.now.value]
    told = {line.member for line in (*entered, *left)}
    return Growth(
        breakdown,
        placed,
        tuple(sorted(entered, key=lambda line: -float(line.change.now.value or 0))),
        tuple(sorted(left, key=lambda line: -float(line.change.then.value or 0))),
        tuple(line for line in rest if line.member not in told and _moved(line)),
        median(one.size for one in placed) if placed else None,
        median(one.growth for one in placed) if placed else None,
    )


def _placed(unit: Unit, lines: Iterable[Line]) -> Iterable[Placed]:
    for line in lines:
        change, size = line.change, line.change.now.value
        points = unit in (Unit.SHARE, Unit.MULTIPLE)
        growth = change.absolute if points else change.ratio
        if growth is not None and _has(size) and _has(change.then.value):
            yield Placed(line, float(size or 0), float(growth))


def _has(value: Number | None) -> bool:
    return value is not None and value > 0


def _moved(line: Line) -> bool:
    return bool(line.change.now.value or line.change.then.value)
