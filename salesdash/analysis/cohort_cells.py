"""The cells of a cube of customers: rows by time or by member, their average, what is in none."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from salesdash.analysis.answers import Number
from salesdash.analysis.asking import Question
from salesdash.analysis.changes import plus
from salesdash.analysis.cohort import Cell, Cohort, Rest
from salesdash.metrics.customers import months_before
from salesdash.periods import Period
from salesdash.warehouse import cohorts as asked
from salesdash.warehouse.cohorts import Cube, Member, Part

NOBODY = Part(0, 0)

_Parts = dict[tuple[int | None, int], Part]

MEMBERS = 11
"""So many members of a dimension come by themselves, the others together."""


class Cells:
    """The cells of a cube, of all members or of some."""

    def __init__(self, question: Question, found: Cube, units: Sequence[Period]) -> None:
        self._question = question
        self._found = found
        self._units = tuple(units)
        cut = question.selection.cut
        self.first = question.warehouse.first_date(question.dataset, cut)
        self._sure = asked.is_stated(question.warehouse, question.dataset, cut)
        self.sizes = _sizes(found, None)
        self._parts = _parts(found, None)

    @property
    def numbers(self) -> range:
        """Of the units, as the cube counts them."""
        return range(1, len(self._units) + 1)

    def cohorts(self) -> tuple[Cohort, ...]:
        """One a unit, from the first in which anybody began."""
        rows = self._rows(self.sizes, self._parts)
        begins = next((place for place, row in enumerate(rows) if row.size), len(rows))
        return rows[begins:]

    def members(self, pooled: Iterable[Cohort]) -> tuple[Cohort, ...]:
        """One a member over the pooled cohorts: the largest, and the others together."""
        units = {row.unit for row in pooled}
        sizes: dict[Member, int] = {}
        for (member, began), size in self._found.sizes.items():
            if began and self._units[began - 1] in units:
                sizes[member] = sizes.get(member, 0) + size
        ordered = sorted(sizes, key=lambda m: (-sizes[m], m is None, m or ""))
        found = [self._member(units, {member}) for member in ordered[:MEMBERS]]
        if ordered[MEMBERS:]:
            rest = self._member(units, set(ordered[MEMBERS:]))
            found.append(replace(rest, member=None, others=len(ordered) - MEMBERS))
        return tuple(found)

    def rest(self) -> Rest:
        """What is in no cell, unit by unit."""
        earlier: list[Number] = [0 for _ in self._units]
        returns = list(earlier)
        for (began, stretch), part in self._parts.items():
            if not stretch:
                continue
            if began == 0:
                earlier[stretch - 1] = plus(earlier[stretch - 1], part.figure)
            elif began is None or began > stretch:
                returns[stretch - 1] = plus(returns[stretch - 1], part.figure)
        return Rest(self.sizes.get(0, 0), tuple(earlier), tuple(returns))

    def _member(self, units: Collection[Period | None], members: Collection[Member]) -> Cohort:
        sizes, parts = _sizes(self._found, members), _parts(self._found, members)
        rows = [row for row in self._rows(sizes, parts) if row.unit in units]
        size = sum(row.size for row in rows)
        cells = averaged(rows, len(self._units))
        return Cohort(None, next(iter(members)), size, cells)

    def _rows(self, sizes: Mapping[int | None, int], parts: _Parts) -> tuple[Cohort, ...]:
        return tuple(self._row(number, sizes.get(number, 0), parts) for number in self.numbers)

    def _row(self, number: int, size: int, parts: _Parts) -> Cohort:
        cells: list[Cell | None] = []
        for stretch in self.numbers[number - 1 :]:
            part = parts.get((number, stretch), NOBODY)
            running = self._units[stretch - 1].end > self._question.end
            cells.append(Cell(size, part.customers, part.figure, running))
        unit = self._units[number - 1]
        cells += [None] * (number - 1)
        return Cohort(unit, None, size, tuple(cells), self._is_known(unit))

    def _is_known(self, unit: Period) -> bool:
        if self._sure or self.first is None:
            return True
        return self.first <= months_before(unit.start, self._question.settings.window_months)


def pool(rows: Sequence[Cohort]) -> tuple[Cohort, ...]:
    """The cohorts an average is made of: those known, else all but the one the data begin in."""
    known = tuple(row for row in rows if row.known)
    mature = any(cell and not cell.running for row in known for cell in row.cells[1:])
    return known if mature else tuple(rows[1:])


def _sizes(found: Cube, members: Collection[Member] | None) -> dict[int | None, int]:
    """How many began when; `members` None: all of them."""
    sizes: dict[int | None, int] = {}
    for (member, began), size in found.sizes.items():
        if members is None or member in members:
            sizes[began] = sizes.get(began, 0) + size
    return sizes


def _parts(found: Cube, members: Collection[Member] | None) -> _Parts:
    parts: _Parts = {}
    for (member, began, stretch), part in found.parts.items():
        if members is None or member in members:
            before = parts.get((began, stretch), NOBODY)
            customers = before.customers + part.customers
            parts[began, stretch] = Part(customers, plus(before.figure, part.figure))
    return parts


def averaged(rows: Sequence[Cohort], length: int) -> tuple[Cell | None, ...]:
    """Over mature cells alone, each cohort weighted by its customers."""
    found: list[Cell | None] = []
    for place in range(length):
        cells = [row.cells[place] for row in rows if row.size]
        mature = [cell for cell in cells if cell is not None and not cell.running]
        if not mature:
            found.append(None)
            continue
        size = sum(cell.size for cell in mature)
        bought = sum(cell.customers for cell in mature)
        figure = _sum(cell.figure for cell in mature)
        found.append(Cell(size, bought, figure, cohorts=len(mature)))
    return tuple(found)


def _sum(values: Iterable[Number]) -> Number:
    total: Number = 0
    for value in values:
        total = plus(total, value)
    return total
