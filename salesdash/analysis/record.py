"""The record of a figure before a goal: earlier units of the same kind, within the same scope."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from salesdash.analysis import scopes
from salesdash.analysis.answers import Number, Reason
from salesdash.analysis.asking import Question, answered
from salesdash.analysis.past import NO_ROWS, Archive, Asked, accumulates
from salesdash.analysis.progress import Subject
from salesdash.config import Settings
from salesdash.metrics import Metric, Unit
from salesdash.periods import Comparison, FiscalCalendar, Grain, Period, Window, between, compare
from salesdash.selection import Filter, Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse.sizes import Size, size

BACK = {Grain.MONTH: 24, Grain.QUARTER: 12, Grain.YEAR: 6}
"""So many units a record looks back at most."""

RANGES = 12
"""Of days that are no unit, so many equally long stretches."""


NOTHING = Size(0)


@dataclass(frozen=True)
class Earlier:
    """A complete earlier unit with its figure."""

    period: Period
    value: Number


@dataclass(frozen=True)
class Record:
    """What is known before a goal is set, whatever its target.

    `units`: earlier ones, the oldest first; `last_year`, `before`: those it is compared with, None
    where they are not complete or have no figure. `metric` None, or `problem`: why it cannot be
    measured; `blank`: why it has no figure at any time. `dataset`, `size`: the rows of the scope.
    `edge`: last day of the data.
    """

    subject: Subject
    period: Period
    metric: Metric | None = None
    problem: Reason | None = None
    blank: Reason | None = None
    units: tuple[Earlier, ...] = ()
    last_year: Earlier | None = None
    before: Earlier | None = None
    edge: date | None = None
    dataset: str = ""
    size: Size = NOTHING


def build(
    warehouse: Warehouse,
    settings: Settings,
    about: tuple[str, tuple[Filter, ...], Period],
    today: date,
) -> Record:
    """The record of a metric within a scope, before a period."""
    name, scope, period = about
    question = Question(warehouse, settings, Selection(None, filters=scope), today, (name,))
    bound = question.bound
    if name not in bound.metrics:
        known = name in bound.broken
        reason = Reason("analysis.reason.broken") if known else _unknown(name)
        return Record(Subject(name, Unit.NUMBER), period, problem=reason)
    metric, datasets = bound.metrics[name], question.datasets
    names = scopes.names(warehouse, scope, datasets)
    grows = accumulates(bound, metric)
    subject = Subject(name, metric.unit, metric.better, grows, names)
    found = Record(subject, period, metric, edge=question.edge, dataset=question.dataset)
    problem = scopes.gone(warehouse, scope, datasets)
    if problem is not None or question.edge is None:
        return replace(found, problem=problem)
    found = replace(found, size=size(warehouse, question.dataset, question.selection))
    return _with_units(found, question)


def _unknown(name: str) -> Reason:
    return Reason("goals.reason.no_metric", (("name", name),))


def _with_units(record: Record, question: Question) -> Record:
    """The record with the figures of earlier units, asked at once."""
    fiscal = question.settings.fiscal
    before, last_year = (
        _compared(record.period, each, fiscal)
        for each in (Comparison.PREVIOUS, Comparison.LAST_YEAR)
    )
    units = tuple(_units(record.period, question))[::-1]
    values, blank = _figures(question, record.subject, (*units, before, last_year))
    return replace(
        record,
        blank=blank,
        units=_begun([Earlier(each, values[each]) for each in units if each in values]),
        before=_earlier(before, values),
        last_year=_earlier(last_year, values),
    )


def _figures(
    question: Question, subject: Subject, periods: Sequence[Period]
) -> tuple[dict[Period, Number], Reason | None]:
    """The figures of the periods that the data hold whole; why there is none at any time."""
    archive = Archive(question.warehouse, question.settings, question.bound)
    about = Asked(subject.metric, question.selection.filters, question.edge or date.min)
    wanted = [period for period in dict.fromkeys(periods) if archive.covers(about, period)]
    fiscal = question.settings.fiscal
    asked = tuple(between(each.start, each.last_day, fiscal) for each in wanted)
    measured = question.measure((subject.metric,), (*asked, None))
    values: dict[Period, Number] = {}
    for number, period in enumerate(wanted):
        figure = measured.figure(subject.metric, number)
        nothing = figure.reason == NO_ROWS and subject.accumulates
        if figure.value is not None:
            values[period] = figure.value
        elif nothing and not archive.is_gap(about, period):
            values[period] = 0
    ever = answered(measured.figure(subject.metric, len(asked)))
    return values, ever.reason if ever.value is None else None


def _units(period: Period, question: Question) -> Iterator[Period]:
    """Complete units of the same kind before a period, the newest first."""
    fiscal, edge = question.settings.fiscal, question.edge
    grain = between(period.start, period.last_day, fiscal).grain
    after = (edge or period.start) + timedelta(days=1)
    if grain is None:
        last = min(period.start, after)
        for number in range(RANGES):
            end = last - timedelta(days=number * period.days)
            yield Period(end - timedelta(days=period.days), end)
        return
    unit = fiscal.unit(grain, min(period.start, after))
    for number in range(1, BACK[grain] + 1):
        yield fiscal.previous(grain, unit, number)


def _compared(period: Period, comparison: Comparison, fiscal: FiscalCalendar) -> Period:
    window: Window = between(period.start, period.last_day, fiscal)
    found = compare(window, comparison, fiscal)
    return period if found is None else found.period


def _earlier(period: Period, values: dict[Period, Number]) -> Earlier | None:
    return Earlier(period, values[period]) if period in values else None


def _begun(units: Sequence[Earlier]) -> tuple[Earlier, ...]:
    """From the first unit in which anything happened."""
    first = next((place for place, each in enumerate(units) if each.value), len(units))
    return tuple(units[first:])
