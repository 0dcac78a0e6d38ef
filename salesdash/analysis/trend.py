"""A metric over time: by any grain, whole or by members, beside an earlier time.

Every figure of every period is asked: ratios and distinct counts are never summed, nor is
"other". The last period may still run; it stands apart and is compared with the same days.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from salesdash.analysis import average, changes, findings, indexed, totals
from salesdash.analysis.answers import (
    Change,
    Figure,
    LineRole,
    Number,
    Point,
    Reason,
    Series,
    Trend,
)
from salesdash.analysis.asking import Choice, Question, answered
from salesdash.analysis.asking import notes as told
from salesdash.analysis.axis import Axis
from salesdash.analysis.spans import is_covered
from salesdash.config import Settings
from salesdash.errors import UsageError
from salesdash.metrics import OTHER, Measured
from salesdash.metrics.figures import MATURING, RECONSTRUCTED
from salesdash.periods import Period, Window
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse

OF_POINTS = {
    MATURING: "analysis.note.maturing_points",
    RECONSTRUCTED: "metrics.note.reconstructed",
}
"""Notes on figures that concern the line, by how they are said of it."""


def build(
    warehouse: Warehouse, settings: Settings, selection: Selection, today: date, choice: Choice
) -> Trend:
    """The trend of a choice over the selection's window (all dates without one).

    Running totals and breakdowns have no moving average: it would be one line too many.
    Raises UsageError: an unknown metric or dimension; running totals of what does not add up.
    """
    question = Question(warehouse, settings, selection, today).about(choice.metric)
    metric, additive = question.metric(choice.metric), question.bound.is_additive(choice.metric)
    if choice.cumulative and not additive:
        raise UsageError("trend.not_additive", metric=choice.metric)
    axis = Axis.of(question, choice.grain)
    plan = _Plan.of(question, axis)
    whole = question.measure((choice.metric,), plan.windows)
    lines = _members(question, choice, plan) or (_Line(plan, whole, choice.metric, None, ()),)
    series = tuple(line.now() for line in lines)
    reference = tuple(one for line in lines for one in line.then(question.first))
    if choice.cumulative:
        series, reference = totals.running(series, reference)
    periods = None if choice.cumulative or choice.by is not None else choice.average
    smooth, notes = average.moving(question, choice.metric, periods, axis.grain, axis.slots)
    found = Trend(
        metric=choice.metric,
        unit=metric.unit,
        grain=axis.grain,
        window=axis.window,
        comparison=selection.comparison,
        series=series,
        reference=reference,
        average=smooth,
        average_periods=periods if smooth is not None else None,
        cumulative=choice.cumulative,
        dimension=choice.by,
        total=_total(question, plan, whole, choice.metric),
        additive=additive,
        headline=None,
        notes=(*notes, *_notes(whole, plan, choice.metric)),
    )
    if choice.index and not choice.cumulative:
        found = indexed.of(found, choice.base)
    return replace(found, headline=findings.of(found))


@dataclass(frozen=True)
class _Plan:
    """All windows of the question, and the number of each.

    First the selection's own and what it is compared with, then the places on the axis, the units
    those are compared with, and the same days of the running one.
    """

    axis: Axis
    windows: tuple[Window | Period | None, ...]
    compared: bool
    now: Mapping[Period, int]
    then: Mapping[Period, int]

    @classmethod
    def of(cls, question: Question, axis: Axis) -> "_Plan":
        compared = question.compared
        windows: list[Window | Period | None] = [question.selection.window]
        windows += [] if compared is None else [compared]
        now, then = {}, {}
        for slot in axis.slots:
            if slot.asked is not None:
                now[slot.asked] = len(windows)
                windows.append(Window(slot.asked, axis.grain, slot.unit))
        same_days = () if axis.same_days is None else (axis.same_days,)
        for period in (*axis.earlier, *same_days):
            then[period] = len(windows)
            windows.append(period)
        return cls(axis, tuple(windows), compared is not None, now, then)


def _total(question: Question, plan: _Plan, whole: Measured, name: str) -> Change:
    """The metric over the whole window, asked, not summed, and over what it is compared with."""
    now = answered(whole.figure(name, 0))
    if not plan.compared or whole.figure(name, 0).is_maturing:
        return Change(now, Figure(None), None, None, None)
    return changes.of(question, name, now, question.then(answered(whole.figure(name, 1))))


def _notes(whole: Measured, plan: _Plan, name: str) -> Iterator[Reason]:
    """What is to know about the points, each kind once, as the newest of them says it."""
    figures = [whole.figure(name, number) for number in plan.now.values()]
    reasons = [reason for figure in figures if (reason := answered(figure).reason) is not None]
    if len(reasons) == len(figures):
        yield from reasons[-1:]
    newest = {key: figure for figure in figures for key, _ in figure.notes if key in OF_POINTS}
    for key, figure in newest.items():
        values = next(each.values for each in told(figure) if each.key == key)
        yield Reason(OF_POINTS[key], values)


def _members(question: Question, choice: Choice, plan: _Plan) -> tuple["_Line", ...]:
    """A line a member, those with the largest figures in the window first; none without one."""
    name, by = choice.metric, choice.by
    if by is None:
        return ()
    measured = question.measure((name,), plan.windows, by=(by,), top=choice.members)
    names = question.warehouse.names(question.dataset, by)
    return tuple(
        _Line(plan, measured, name, members[0] or "", members, names.get(members[0] or ""))
        for members in measured.members(name)
    )


@dataclass(frozen=True)
class _Line:
    """One line in the measured figures: the whole, a member, or the others together."""

    plan: _Plan
    measured: Measured
    metric: str
    member: str | None
    members: tuple[str | None, ...]
    label: str | None = None

    @property
    def is_other(self) -> bool:
        return self.member == OTHER

    def now(self) -> Series:
        """The periods of the axis, those to come blank."""
        points = tuple(
            Point(
                slot.asked or slot.unit,
                self._value(self.plan.now, slot.asked),
                slot.running,
                self._is_maturing(slot.asked),
            )
            for slot in self.plan.axis.slots
        )
        if self.is_other:
            return Series(None, points, "other")
        role: LineRole = "current" if self.member is None else "category"
        return Series(self.member, points, role, self.label)

    def then(self, first: date | None) -> Iterator[Series]:
        """The earlier units, those before the data blank, and the same days of a running one."""
        role: LineRole = "other" if self.is_other else "reference"
        member, axis = None if self.is_other else self.member, self.plan.axis
        points = [
            Point(unit, self._value(self.plan.then, unit if is_covered(unit, first) else None))
            for unit in axis.earlier
        ]
        if any(point.value is not None for point in points):
            yield Series(member, tuple(points), role, self.label)
        if axis.same_days is not None and is_covered(axis.same_days, first):
            value = self._value(self.plan.then, axis.same_days)
            yield Series(member, (Point(axis.same_days, value, running=True),), role, self.label)

    def _is_maturing(self, period: Period | None) -> bool:
        if period is None:
            return False
        return self.measured.figure(
            self.metric, self.plan.now[period], None, self.members
        ).is_maturing

    def _value(self, places: Mapping[Period, int], period: Period | None) -> Number | None:
        if period is None:
            return None
        return self.measured.figure(self.metric, places[period], None, self.members).value
