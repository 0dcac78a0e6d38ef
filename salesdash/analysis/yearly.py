"""Goals of a year: a row for each metric and scope, a square for each goal."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from salesdash.analysis.answers import Reason
from salesdash.analysis.progress import Progress
from salesdash.periods import FiscalCalendar, Grain, Period

LENGTHS = (Grain.YEAR, Grain.QUARTER, Grain.MONTH, Grain.WEEK, Grain.DAY, None)
"""The longest first; None: days of one's own choice."""


@dataclass(frozen=True)
class Square:
    """A goal in its row: it covers `months` months of the year, from number `first` (0) on."""

    goal: Progress
    first: int
    months: int

    @property
    def after(self) -> int:
        """The month after its last one."""
        return self.first + self.months

    def touches(self, other: "Square") -> bool:
        """Whether the two have a month in common."""
        return self.first < other.after and other.first < self.after


@dataclass(frozen=True)
class Row:
    """Goals of one metric and scope that don't touch; `grains`: how long they are, longest first.

    None among them: days of one's own choice.
    """

    title: Reason
    grains: tuple[Grain | None, ...]
    squares: tuple[Square, ...]


@dataclass(frozen=True)
class Year:
    """The fiscal year of a name with its months; rows of the whole company first."""

    name: int
    months: tuple[Period, ...]
    rows: tuple[Row, ...]


def years(found: Iterable[Progress], fiscal: FiscalCalendar) -> tuple[int, ...]:
    """The fiscal years that goals touch, the oldest first."""
    names = {
        fiscal.name(Grain.YEAR, unit).year
        for each in found
        for unit in fiscal.units(Grain.YEAR, each.goal.terms.period)
    }
    return tuple(sorted(names))


def build(found: Iterable[Progress], fiscal: FiscalCalendar, name: int) -> Year:
    """The goals of a fiscal year; one that lasts longer is cut at its ends."""
    year = fiscal.year(name)
    months = fiscal.units(Grain.MONTH, year)

    def grain(each: Progress) -> Grain | None:
        return each.window(fiscal).grain

    def kind(each: Progress) -> tuple[bool, str, tuple[str, ...]]:
        return bool(each.subject.scope), each.subject.metric, each.subject.scope

    inside = [each for each in found if each.goal.terms.period.clip(year) is not None]
    inside.sort(key=lambda g: (kind(g), LENGTHS.index(grain(g)), g.goal.terms.period))
    rows = tuple(
        Row(
            squares[0].goal.subject.title,
            tuple(sorted({grain(each.goal) for each in squares}, key=LENGTHS.index)),
            squares,
        )
        for _, together in groupby(inside, key=kind)
        for squares in _packed(_square(each, months) for each in together)
    )
    return Year(name, months, rows)


def _square(goal: Progress, months: Sequence[Period]) -> Square:
    period = goal.goal.terms.period
    touched = [n for n, month in enumerate(months) if month.clip(period) is not None]
    return Square(goal, touched[0], len(touched))


def _packed(squares: Iterable[Square]) -> Iterator[tuple[Square, ...]]:
    """Squares in as few rows as hold them side by side; in each the earliest first."""
    rows: list[list[Square]] = []
    for square in squares:
        free = next((row for row in rows if not any(map(square.touches, row))), None)
        if free is None:
            rows.append([square])
        else:
            free.append(square)
    return (tuple(sorted(row, key=lambda each: each.first)) for row in rows)
