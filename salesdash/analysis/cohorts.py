"""Cohorts: customers by when they first bought, and how many of them, and how much, came back.

A cohort is everybody whose first purchase lies in one month, quarter or year; its cells are the
periods since. Only cells whose period is over count in averages; what is still running is marked,
what is yet to come is empty. As long as the data don't go back one window before a cohort, its
customers may have bought before, and the cohort is told apart.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from salesdash.analysis.answers import Amount, Name, Reason
from salesdash.analysis.asking import Question, answered
from salesdash.analysis.cohort import Cell, Cohort, Measure, Rest
from salesdash.analysis.cohort_cells import Cells, averaged, pool
from salesdash.analysis.customers import CUSTOMER, value_metric
from salesdash.errors import UsageError
from salesdash.metrics import Unit
from salesdash.metrics.segments import Segments, Span
from salesdash.periods import Grain, Period
from salesdash.warehouse import cohorts as asked
from salesdash.warehouse.cohorts import Buyer
from salesdash.warehouse.limits import Limits
from salesdash.warehouse.pairs import can_pair
from salesdash.warehouse.probes import Probes

LENGTHS = {Grain.WEEK: 26, Grain.MONTH: 24, Grain.QUARTER: 16, Grain.YEAR: 10}
"""How many cohorts are shown, by their grain."""

NOTHING = Rest(0, (), ())

ENOUGH = 3
"""An average over fewer cohorts is shown, but not what the sentence says."""


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
    rest: Rest = NOTHING
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
    made = Cells(question, found, units)
    rows = made.cohorts()
    pooled = pool(rows)
    return Cohorts(
        metric,
        unit,
        grain,
        by,
        units,
        rows=rows if by is None else made.members(pooled),
        average=averaged(pooled, len(units)),
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
