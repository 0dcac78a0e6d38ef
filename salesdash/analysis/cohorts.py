"""Cohorts: customers by when they first bought, and how many of them, and how much, came back.

A cohort is everybody whose first purchase lies in one month, quarter or year; its cells are the
periods since. Only cells whose period is over count in averages; what is still running is marked,
what is yet to come is empty. As long as the data don't go back one window before a cohort, its
customers may have bought before, and the cohort is told apart.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from salesdash.analysis.answers import Amount, Name, Number, Reason
from salesdash.analysis.asking import Question, answered
from salesdash.analysis.changes import plus
from salesdash.analysis.customers import CUSTOMER, value_metric
from salesdash.errors import UsageError
from salesdash.metrics import Unit
from salesdash.metrics.customers import months_before
from salesdash.metrics.segments import Segments, Span
from salesdash.periods import Grain, Period
from salesdash.warehouse import cohorts as asked
from salesdash.warehouse.cohorts import Buyer, Cube, Member, Part
from salesdash.warehouse.limits import Limits
from salesdash.warehouse.pairs import can_pair
from salesdash.warehouse.probes import Probes

NOBODY = Part(0, 0)

_Parts = dict[tuple[int | None, int], Part]

LENGTHS = {Grain.WEEK: 26, Grain.MONTH: 24, Grain.QUARTER: 16, Grain.YEAR: 10}
"""How many cohorts are shown, by their grain."""

ENOUGH = 3
"""An average over fewer cohorts is shown, but not what the sentence says."""

MEMBERS = 11
"""So many members of a dimension come by themselves, the others together."""


class Measure(StrEnum):
    """What a cell shows: of all customers of its cohort, those who bought, and their sum."""

    CUSTOMERS = "customers"
    SHARE = "share"
    AMOUNT = "amount"
    PER_CUSTOMER = "per-customer"  # the sum over all customers of the cohort, who bought or not


@dataclass(frozen=True)
class Cell:
    """What customers did in one period: `size` of them there were, so many bought, their sum.

    An average is over `cohorts` of them. `running`: the period is not over.
    """

    size: int
    customers: int
    figure: Number
    running: bool = False
    cohorts: int = 1

    def value(self, measure: Measure) -> Number | None:
        """The cell as a measure; numbers and sums of an average are those of a mean cohort."""
        if measure is Measure.SHARE:
            return self.customers / self.size if self.size else None
        if measure is Measure.PER_CUSTOMER:
            return float(self.figure) / self.size if self.size else None
        found = self.customers if measure is Measure.CUSTOMERS else self.figure
        return found if self.cohorts == 1 else float(found) / self.cohorts


@dataclass(frozen=True)
class Cohort:
    """A row: the period in which its customers first bought, or the member of their first purchase.

    `cells` by periods since; None: yet to come. `known`: nobody can have bought before the data.
    `others`: so many members together.
    """

    unit: Period | None
    member: Member
    size: int
    cells: tuple[Cell | None, ...]
    known: bool = True
    others: int = 0


@dataclass(frozen=True)
class Rest:
    """Sums that are in no cell, one a period; with them, cells add up to all sales of customers.

    Of customers who began before the first cohort, and of returns before or without a purchase.
    """

    customers: int
    earlier: tuple[Number, ...]
    returns: tuple[Number, ...]


@dataclass(frozen=True)
class Cohorts:
    """The rows and their average over mature cells; `units` are the periods themselves.

    `first`: the first day of the data, `known_from`: the first cohort nobody can have bought
    before (None: not even the last). `reason`: why there is nothing.
    """

    metric: str
    unit: Unit
    grain: Grain
    by: str | None
    units: tuple[Period, ...]
    rows: tuple[Cohort, ...] = ()
    average: tuple[Cell | None, ...] = ()
    rest: Rest = Rest(0, (), ())
    first: date | None = None
    known_from: date | None = None
    months: int = 12
    reason: Reason | None = None

    @property
    def headline(self) -> Reason:
        """How many come back, as soon as a period after the first is over."""
        if self.reason is not None:
            return self.reason
        later = [(n, cell) for n, cell in enumerate(self.average) if n and cell is not None]
        if not later:
            return Reason("cohorts.headline.early", (("grain", Name("grain", self.grain.value)),))
        last = next((each for each in reversed(later) if each[1].cohorts >= ENOUGH), later[0])
        values: tuple[tuple[str, object], ...] = (("share", _share(later[0][1])),)
        if last[0] == 1:
            return Reason(f"cohorts.headline.first.{self.grain.value}", values)
        more = (("last", _share(last[1])), ("periods", last[0]))
        return Reason(f"cohorts.headline.both.{self.grain.value}", (*values, *more))

    @cached_property
    def mean(self) -> Cohort:
        """The average as a row."""
        return Cohort(None, None, 0, self.average)


@dataclass(frozen=True)
class Heat:
    """Cohorts seen by one measure."""

    found: Cohorts
    measure: Measure

    @property
    def metric(self) -> str:
        """What is added up; names the files of downloads."""
        return self.found.metric

    @cached_property
    def rows(self) -> tuple[Cohort, ...]:
        """The cohorts, then their average where there is one."""
        mean = (self.found.mean,) if any(self.found.average) else ()
        return (*self.found.rows, *mean)

    @property
    def places(self) -> int:
        """How many periods since the first purchase any row has."""
        ends = (n for row in self.rows for n, cell in enumerate(row.cells, start=1) if cell)
        return max(ends, default=0)


def _share(cell: Cell) -> Amount:
    return Amount(cell.value(Measure.SHARE) or 0, Unit.SHARE)


def unit_of(measure: Measure, unit: Unit) -> Unit:
    """The unit of a measure; `unit`: of what is added up."""
    if measure is Measure.SHARE:
        return Unit.SHARE
    return Unit.COUNT if measure is Measure.CUSTOMERS else unit


def build(
    question: Question,
    grain: Grain,
    by: str | None = None,
    length: int | None = None,
    metric: str | None = None,
) -> Cohorts:
    """The cohorts up to the end of what is looked at; `by`: of members of a dimension instead.

    `metric`: the plain sum in the cells, sales unless given. Raises UsageError when no metric with
    a customer adds up, or for an unknown dimension.
    """
    metric = metric or summed(question)
    question = question.about(metric)
    fiscal, end = question.settings.fiscal, question.end
    last = fiscal.unit(grain, end - timedelta(days=1))
    first = fiscal.previous(grain, last, (length or LENGTHS[grain]) - 1)
    units = fiscal.units(grain, Period(first.start, last.end))
    why = blank(question, metric, by)
    unit = question.metric(metric).unit
    if why is not None:
        return Cohorts(metric, unit, grain, by, units, reason=why)
    segments = Segments.of(Span(each.start) for each in units)
    found = asked.cube(
        question.warehouse, question.bound, metric, question.selection, segments, end, by
    )
    made = _Table(question, found, units)
    rows = made.cohorts()
    pooled = _pool(rows)
    return Cohorts(
        metric,
        unit,
        grain,
        by,
        units,
        rows=rows if by is None else made.members(pooled),
        average=_average(pooled, len(units)),
        rest=made.rest(),
        first=made.first,
        known_from=next((row.unit.start for row in rows if row.known and row.unit), None),
        months=question.settings.window_months,
    )


def summed(question: Question) -> str:
    """What is added up: sales, or the first plain sum of the same rows.

    Raises UsageError when there is none.
    """
    metric = value_metric(question)
    if not can_pair(question.bound, metric):
        raise UsageError("customers.no_value")
    return metric


def customers(question: Question, began: Period, period: Period) -> tuple[Buyer, ...]:
    """The customers behind a cell, the largest first; of the last period only the days so far."""
    metric = summed(question)
    days = Period(period.start, min(period.end, max(question.end, period.start + timedelta(1))))
    return asked.buyers(question.warehouse, question.bound, metric, question.selection, began, days)


def blank(question: Question, metric: str, by: str | None) -> Reason | None:
    """Filters and dimensions that the rows lack, or rows that name no customer."""
    names = () if by is None else (by,)
    limits = Limits(question.warehouse, question.selection, names)
    found = limits.blanks(question.bound, (metric,)).get(metric)
    if found is not None:
        return answered(found).reason
    dataset = question.metric(metric).dataset
    if (
        True
        in Probes(question.warehouse, question.selection.cut).of(dataset, (CUSTOMER,))[CUSTOMER]
    ):
        return None
    return Reason("metrics.reason.not_mapped", (("fields", (Name("dimension", CUSTOMER),)),))


class _Table:
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
        cells = _average(rows, len(self._units))
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


def _pool(rows: Sequence[Cohort]) -> tuple[Cohort, ...]:
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


def _average(rows: Sequence[Cohort], length: int) -> tuple[Cell | None, ...]:
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
