"""What explains an unusual period, as far as the rows tell: a member, days without rows, an import.

Each is told only where it carries so much of what is off that leaving it out would mislead.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from salesdash.analysis import movers
from salesdash.analysis.answers import Amount, Member, Reason, When
from salesdash.analysis.asking import Choice, Question
from salesdash.analysis.contributions import leading, surprise, tells
from salesdash.metrics import Unit
from salesdash.periods import Against, Comparison, Grain, Period, Window
from salesdash.periods.period import WEEK_DAYS
from salesdash.selection import Selection

BEYOND = 0.1
"""A member explains so much more of it than its size lets expect, or goes without saying."""

RESTATED = 0.3
"""A later import that made so much of what is off is told."""

GAP = 5
"""So many working days in a row without any row are a gap, unless others have such gaps too."""

OFTEN = 2
"""A gap is told when it is so many times as long as that of the period compared with."""


@dataclass(frozen=True)
class Off:
    """A metric in a period with what is usual there: middle, from, to."""

    metric: str
    window: Window
    value: float
    usual: tuple[float, float, float]

    @property
    def gap(self) -> float:
        """How far it is off."""
        return self.value - self.usual[0]


def of(question: Question, off: Off) -> Iterator[Reason]:
    """What is known of it: the largest exact part of a member, days without rows, an import."""
    yield from _member(question, off)
    if off.gap < 0:
        yield from _missing(question, off)
    yield from _restated(question, off)


def _compared(question: Question, off: Off) -> Question | None:
    """The period beside a year ago, else the one before, a day beside a week ago.

    None where the data have none of them.
    """
    rules: tuple[Against, ...] = (Comparison.LAST_YEAR, Comparison.PREVIOUS)
    if off.window.grain is Grain.DAY:  # with the same weekday
        week = timedelta(days=WEEK_DAYS)
        rules = (Period(off.window.period.start - week, off.window.period.end - week),)
    for comparison in rules:
        selection = replace(question.selection, window=off.window, comparison=comparison)
        asked = replace(question, selection=selection, metrics=(off.metric,))
        if asked.is_compared:
            return asked
    return None


def _member(question: Question, off: Off) -> Iterator[Reason]:
    """North explains 80% of the fall against Oct 2025."""
    asked = _compared(question, off)
    if asked is None or asked.compared is None:
        return
    whole = (asked.warehouse, asked.settings, asked.selection, asked.today)
    found = movers.build(*whole, Choice(off.metric))
    if found is None or not tells(found) or (found.change > 0) != (off.gap > 0):
        return
    if surprise(found)[0] < BEYOND:
        return
    largest = leading(found)
    if largest is None:
        return
    share = min(found.explained or 0.0, 1.0)
    values = (
        ("member", Member(largest.label or largest.member or "")),
        ("share", Amount(share, Unit.SHARE, "percent")),
        ("then", When(asked.compared, bare=True)),
    )
    side = "rise" if off.gap > 0 else "fall"
    yield Reason(f"unusual.why.{side}", values)


def _missing(question: Question, off: Off) -> Iterator[Reason]:
    """No rows from 10 to 17 Oct."""
    if off.window.grain is Grain.DAY:
        return
    longest = _longest(question, off.metric, off.window.period)
    asked = _compared(question, off)
    if longest is None or asked is None or asked.compared is None:
        return
    usual = _longest(question, off.metric, asked.compared.period)
    worked = question.settings.work.count
    if worked(longest) >= GAP and (usual is None or worked(longest) >= OFTEN * worked(usual)):
        yield Reason("unusual.why.gap", (("days", longest),))


def _longest(question: Question, metric: str, period: Period) -> Period | None:
    """The longest run of days without a figure; weekends and holidays alone are none."""
    measured = question.measure((metric,), (period,), grain=Grain.DAY)
    empty = [day for day in period if measured.figure(metric, 0, day).value is None]
    runs: list[tuple[date, date]] = []
    for day in empty:
        if runs and day == runs[-1][1] + timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    found = [Period.through(first, last) for first, last in runs]
    work = question.settings.work
    known = [each for each in found if work.count(each)]
    return max(known, key=work.count, default=None)


def _restated(question: Question, off: Off) -> Iterator[Reason]:
    """It was $310K when import 12 showed it whole; later imports changed it."""
    if off.window.grain is Grain.DAY:
        return
    cut = _first_whole(question, off.window.period)
    if cut is None:
        return
    selection = Selection(off.window, filters=question.selection.filters, cut=cut)
    asked = replace(question, selection=selection)
    then = asked.measure((off.metric,), (off.window,)).figure(off.metric, 0).value
    if then is None:
        return
    moved = off.value - float(then)
    if off.gap and moved / off.gap >= RESTATED:
        unit = question.metric(off.metric).unit
        values = (("then", Amount(then, unit)), ("number", cut))
        yield Reason("unusual.why.restated", values)


def _first_whole(question: Question, period: Period) -> int | None:
    """The first event after which the rows reached the end of a period; None: the newest did."""
    newest = question.selection.cut or question.warehouse.version
    low, high = 1, newest
    while low < high:
        middle = (low + high) // 2
        edge = question.warehouse.edge(question.dataset, question.today, middle)
        if edge is not None and edge >= period.last_day:
            high = middle
        else:
            low = middle + 1
    return low if low < newest else None
