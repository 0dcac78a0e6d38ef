"""The history of a metric by a grain: whole periods only, asked like any other figure."""

from datetime import date

from salesdash.analysis.answers import Number, Reason
from salesdash.analysis.asking import Question
from salesdash.analysis.foresight import History, listed
from salesdash.analysis.goals import accumulates
from salesdash.analysis.progress import Clock
from salesdash.analysis.spacing import Spaced
from salesdash.analysis.spans import is_covered
from salesdash.errors import DataRefused, UsageError
from salesdash.forecasting import FEWEST, LONGEST
from salesdash.metrics import Kind
from salesdash.periods import Grain, Period


def history(question: Question, grain: Grain) -> History:
    """The whole periods of the question's one metric, filtered as it is.

    What accumulates is 0 in a period without rows; anything else is unknown there, and so is what
    still matures. A first period that the data cover in part and one that still runs are left out.
    UsageError: no such metric, or a plan, which is not forecast. DataRefused: there is no data.
    """
    (name,) = question.metrics
    metric = question.metric(name)
    if metric.kind is Kind.PLANNED or question.bound.looks_ahead(name):
        raise UsageError("foresight.plan", metric=name)
    first, edge = question.first, question.edge
    if first is None or edge is None or edge < first:
        raise DataRefused("forecasting.too_short", count=0, fewest=FEWEST)
    fiscal = question.settings.fiscal
    units = list(fiscal.units(grain, Period.through(first, edge))[-LONGEST:])
    row = Spaced(grain, tuple(units), (None,) * len(units), fiscal)
    notes = []
    if not _is_over(question, units[-1], edge):
        notes.append(Reason("foresight.note.running", listed(row, units[-1:])))
        units.pop()
    if units and not is_covered(units[0], first):
        notes.append(Reason("foresight.note.begun", listed(row, units[:1])))
        units.pop(0)
    values = _values(question, name, grain, units)
    if accumulates(question.bound, metric):
        values, zeros = _zeros(units, values)
        if zeros:
            notes.append(Reason("foresight.note.zeros", listed(row, zeros)))
    kept = tuple(None if value is None else float(value) for value in values)
    return History(Spaced(grain, tuple(units), kept, fiscal), tuple(notes))


def _is_over(question: Question, unit: Period, edge: date) -> bool:
    settings = question.settings
    return Clock(question.today, edge, settings.work, settings.overview.stale_days).is_over(unit)


def _values(
    question: Question, name: str, grain: Grain, units: list[Period]
) -> list[Number | None]:
    if not units:
        return []
    span = Period(units[0].start, units[-1].end)
    found = dict(question.measure((name,), (span,), grain=grain).series(name))
    figures = [found[unit] for unit in units]
    return [None if figure.is_maturing else figure.value for figure in figures]


def _zeros(
    units: list[Period], values: list[Number | None]
) -> tuple[list[Number | None], list[Period]]:
    """The values with 0 for None from the first figure on, and the periods concerned."""
    begun = next((at for at, value in enumerate(values) if value is not None), len(values))
    zeros = [
        unit for unit, value in zip(units[begun:], values[begun:], strict=True) if value is None
    ]
    return [*values[:begun], *(0 if value is None else value for value in values[begun:])], zeros
