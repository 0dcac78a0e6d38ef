"""A metric over time: by any grain, whole or by members, beside an earlier time.

Every figure of every period is asked: ratios and distinct counts are never summed, nor is
"other". The last period may still run; it stands apart and is compared with the same days.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from salesdash.analysis import average, changes, findings, spans, totals
from salesdash.analysis.answers import Change, Figure, LineRole, Number, Point, Series, Trend
from salesdash.analysis.asking import DATASET, Choice, Question, answered
from salesdash.analysis.spans import Slot
from salesdash.config.settings import Settings
from salesdash.errors import UsageError
from salesdash.metrics import OTHER, Measured
from salesdash.periods import Grain, Period, Window
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse

MEMBERS = 6
"""So many members have a line of their own; the others are asked together."""

_NOW, _THEN, _SAME_DAYS = 0, 1, 2
"""Numbers of the windows of the question."""


def build(
    warehouse: Warehouse, settings: Settings, selection: Selection, today: date, choice: Choice
) -> Trend:
    """The trend of a choice over the selection's window (all dates without one).

    Running totals and breakdowns have no moving average: it would be one line too many.
    Raises UsageError: an unknown metric or dimension; running totals of what does not add up.
    """
    question = Question(warehouse, settings, selection, today)
    metric, additive = question.metric(choice.metric), question.bound.is_additive(choice.metric)
    if choice.cumulative and not additive:
        raise UsageError("trend.not_additive", metric=choice.metric)
    axis = _Axis.of(question, choice)
    series, reference = _lines(question, choice, axis)
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
        total=_total(question, choice.metric),
        additive=additive,
        headline=None,
        notes=notes,
    )
    return replace(found, headline=findings.of(found))


def _total(question: Question, name: str) -> Change:
    """The metric over the whole window, asked, not summed, and over what it is compared with."""
    compared = question.compared
    windows = (question.selection.window, *(() if compared is None else (compared,)))
    measured = question.measure((name,), windows)
    now = answered(measured.figure(name, _NOW))
    if compared is None:
        return Change(now, Figure(None), None, None, None)
    then = question.then(answered(measured.figure(name, _THEN)))
    return changes.change(question.metric(name), now, then)


@dataclass(frozen=True)
class _Axis:
    """The places on the time axis, and the unit each is compared with."""

    window: Window
    grain: Grain
    slots: tuple[Slot, ...]
    earlier: tuple[Period, ...]

    @classmethod
    def of(cls, question: Question, choice: Choice) -> "_Axis":
        """Whole units that touch the window, up to the data edge; a running unit to its end."""
        window = question.selection.window
        shown = window or Window(Period(question.first or question.today, question.end))
        grain = choice.grain or spans.fitting(window)
        whole = shown.unit if shown.to_date and shown.unit else shown.period
        fiscal, comparison = question.settings.fiscal, question.selection.comparison
        slots = spans.slots(grain, whole, question.end, fiscal)
        units = tuple(slot.unit for slot in slots)
        earlier = spans.earlier_units(grain, units, window, comparison, fiscal) if window else ()
        return cls(shown, grain, slots, earlier)

    @property
    def running(self) -> int | None:
        """Place of the period that still runs."""
        return next((n for n, slot in enumerate(self.slots) if slot.running), None)

    @property
    def same_days(self) -> Period | None:
        """So many days of the earlier unit as the running one has."""
        place = self.running
        if place is None or place >= len(self.earlier):
            return None
        return spans.cut_alike(self.earlier[place], self.slots[place]).asked

    def windows(self, end: date) -> Iterator[Period]:
        """What is asked: now up to the end, the earlier units, the same days."""
        first = self.slots[0].unit.start
        yield Period(first, max(end, first + timedelta(days=1)))
        if self.earlier:
            yield Period(self.earlier[0].start, self.earlier[-1].end)
        if self.same_days is not None:
            yield self.same_days


def _lines(
    question: Question, choice: Choice, axis: _Axis
) -> tuple[tuple[Series, ...], tuple[Series, ...]]:
    """The lines now and those earlier, whole or by member."""
    windows = tuple(axis.windows(question.end))
    if choice.by is None:
        measured = question.measure((choice.metric,), windows, grain=axis.grain)
        line = _Line(measured, choice.metric, None, ())
        return (line.now(axis),), tuple(line.then(axis, question.first))
    measured = question.measure(
        (choice.metric,), windows, by=(choice.by,), grain=axis.grain, top=MEMBERS
    )
    names = question.warehouse.names(DATASET, choice.by)
    lines = [
        _Line(measured, choice.metric, members[0] or "", members, names.get(members[0] or ""))
        for members in measured.members(choice.metric)
    ]
    if not lines:  # nobody sold anything: an empty line, so that there is an axis
        return (_Line(measured, choice.metric, None, ()).now(axis),), ()
    earlier = [series for line in lines for series in line.then(axis, question.first)]
    return tuple(line.now(axis) for line in lines), tuple(earlier)


@dataclass(frozen=True)
class _Line:
    """One line in the measured figures: the whole, a member, or the others together."""

    measured: Measured
    metric: str
    member: str | None
    members: tuple[str | None, ...]
    label: str | None = None

    @property
    def is_other(self) -> bool:
        return self.member == OTHER

    def now(self, axis: _Axis) -> Series:
        points = tuple(self._point(slot) for slot in axis.slots)
        if self.is_other:
            return Series(None, points, "other")
        role: LineRole = "current" if self.member is None else "category"
        return Series(self.member, points, role, self.label)

    def then(self, axis: _Axis, first: date | None) -> Iterator[Series]:
        """The earlier units, those before the data blank, and the same days of a running one."""
        role: LineRole = "other" if self.is_other else "reference"
        member = None if self.is_other else self.member
        points = [
            Point(unit, self._value(_THEN, unit) if spans.is_covered(unit, first) else None)
            for unit in axis.earlier
        ]
        if any(point.value is not None for point in points):
            yield Series(member, tuple(points), role, self.label)
        if axis.same_days is not None and spans.is_covered(axis.same_days, first):
            value = self._value(_SAME_DAYS, axis.same_days)
            yield Series(member, (Point(axis.same_days, value, running=True),), role, self.label)

    def _point(self, slot: Slot) -> Point:
        if slot.asked is None:
            return Point(slot.unit, None)
        return Point(slot.asked, self._value(_NOW, slot.unit), slot.running)

    def _value(self, window: int, unit: Period) -> Number | None:
        return self.measured.figure(self.metric, window, unit.start, self.members).value
