"""The moving average of a trend, over complete periods only.

What adds up and what is counted is averaged over the periods. A ratio is never averaged: the
ratio of the last n periods together is asked. Customer shares have no such figure.
"""

from collections.abc import Sequence
from decimal import Decimal

from salesdash.analysis.answers import Number, Point, Reason, Series
from salesdash.analysis.asking import Question
from salesdash.analysis.spans import Slot, is_covered
from salesdash.metrics import Kind, Unit
from salesdash.periods import Grain, Period

Answer = tuple[Series | None, tuple[Reason, ...]]

FEWEST = 2
"""An average of fewer periods is the line itself."""


def moving(
    question: Question, name: str, periods: int | None, grain: Grain, slots: Sequence[Slot]
) -> Answer:
    """The line over complete periods, or none with the reason; `periods` None: nobody asked."""
    complete = [slot.unit for slot in slots if slot.asked is not None and not slot.running]
    if periods is None or periods < FEWEST or not complete:
        return None, ()
    if _is_customer_share(question, name):
        return None, (Reason("analysis.note.no_average"),)
    fiscal = question.settings.fiscal
    before = [fiscal.previous(grain, complete[0], back) for back in range(periods - 1, 0, -1)]
    units = [*before, *complete]
    groups = [units[n : n + periods] for n in range(len(complete))]
    values = _together(question, name, groups) if _is_ratio(question, name) else None
    if values is None:
        values = _means(question, name, units, groups)
    covered = [is_covered(group[0], question.first) for group in groups]
    points = tuple(
        Point(unit, value if known else None)
        for unit, value, known in zip(complete, values, covered, strict=True)
    )
    return Series(None, points), ()


def _means(
    question: Question, name: str, units: Sequence[Period], groups: Sequence[Sequence[Period]]
) -> list[Number | None]:
    """Means over the groups; a period without rows counts as nothing sold, an empty group blank."""
    measured = question.measure((name,), tuple(units))
    found = {unit: measured.figure(name, n).value for n, unit in enumerate(units)}
    means: list[Number | None] = []
    for group in groups:
        values = [found[unit] for unit in group]
        total = sum((Decimal(str(value)) for value in values if value is not None), Decimal(0))
        means.append(total / len(group) if any(v is not None for v in values) else None)
    return means


def _together(
    question: Question, name: str, groups: Sequence[Sequence[Period]]
) -> list[Number | None]:
    """The metric over each group as one stretch of time."""
    windows = tuple(Period(group[0].start, group[-1].end) for group in groups)
    measured = question.measure((name,), windows)
    return [measured.figure(name, n).value for n in range(len(windows))]


def _is_ratio(question: Question, name: str) -> bool:
    kind = question.metric(name).kind
    return kind is Kind.RATIO or (kind is Kind.DERIVED and not question.bound.is_additive(name))


def _is_customer_share(question: Question, name: str) -> bool:
    """True for what follows customers from window to window and divides: retention, churn."""
    kinds = {question.metric(part).kind for part in question.bound.order((name,))}
    return Kind.CUSTOMER in kinds and question.metric(name).unit is not Unit.COUNT
