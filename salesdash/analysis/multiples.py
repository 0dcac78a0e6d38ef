"""Small multiples: a metric over time, one small chart a member, the largest first."""

from dataclasses import dataclass
from datetime import date

from salesdash.analysis import changes, trend
from salesdash.analysis.answers import Change, Figure, Series, Trend
from salesdash.analysis.asking import Choice, Question, answered
from salesdash.analysis.whole import windows
from salesdash.config import Settings
from salesdash.metrics import NO_ROWS, OTHER, Measured
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse

SHOWN = 11
"""So many members have a chart of their own, the others one together: four rows of three."""


@dataclass(frozen=True)
class Multiples:
    """Lines of a trend by members, each drawn by itself; `changes` over the window, in its order.

    `free`: each on a scale of its own, so that shapes compare and sizes don't.
    """

    trend: Trend
    changes: tuple[Change, ...] = ()
    free: bool = False

    @property
    def metric(self) -> str:
        """What is drawn."""
        return self.trend.metric


def build(
    warehouse: Warehouse, settings: Settings, selection: Selection, today: date, choice: Choice
) -> Multiples:
    """The lines of a choice by its dimension, and what each member has over the whole window.

    Raises UsageError: an unknown metric or dimension.
    """
    found = trend.build(warehouse, settings, selection, today, choice)
    question = Question(warehouse, settings, selection, today).about(choice.metric)
    by = () if choice.by is None else (choice.by,)
    asked = windows(question)
    measured = question.measure((choice.metric,), asked, by=by, top=choice.members)
    told = tuple(_change(question, choice.metric, measured, one) for one in found.series)
    return Multiples(found, told)


def _change(question: Question, metric: str, measured: Measured, one: Series) -> Change:
    """A member over the window, beside what it is compared with; of a sum nothing is 0."""
    member = OTHER if one.role == "other" else one.member or None
    members = (member,) if measured.by else ()
    empty = Figure(0) if question.bound.splits(metric) else answered(NO_ROWS)
    figures = (measured.figure(metric, n, None, members) for n in range(len(measured.windows)))
    found = [empty if each == NO_ROWS else answered(each) for each in figures]
    if len(measured.windows) == 1:
        return Change(found[0], question.then(Figure(None)), None, None, None)
    return changes.of(question, metric, found[0], found[1])
