"""How far a goal is: reached, expected by the data edge, still needed, and its state by rule.

What adds up over the days of a period has a pace: the part of the target that earlier periods had
reached by then, else linear on working days. A level (a share, an average, a state) is compared
with what earlier periods stood at by then, else with the target as it is.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from salesdash.analysis.answers import Amount, Figure, Judgement, Name, Number, Reason, Status, When
from salesdash.analysis.answers import Member as Text
from salesdash.analysis.chance import Prospect
from salesdash.analysis.changes import difference
from salesdash.analysis.pace import Learned, Pace
from salesdash.metrics import Better, Unit
from salesdash.periods import FiscalCalendar, Period, Window, WorkCalendar, between
from salesdash.workspace import Goal

AT_RISK = Decimal("0.9")
"""Below the pace (or the target), but at least so much of it: at risk; less is off pace."""


class State(StrEnum):
    """Where a goal stands; in the order of risk."""

    OFF_PACE = "off_pace"
    AT_RISK = "at_risk"
    NO_DATA = "no_data"
    ON_PACE = "on_pace"
    REACHED = "reached"
    NOT_STARTED = "not_started"
    MISSED = "missed"


_JUDGED: dict[State, Judgement] = {
    State.OFF_PACE: "bad",
    State.MISSED: "bad",
    State.AT_RISK: "warning",
    State.ON_PACE: "good",
    State.REACHED: "good",
}


@dataclass(frozen=True)
class Subject:
    """What a goal is about: the metric as far as progress needs it, and the scope by its names."""

    metric: str
    unit: Unit = Unit.NUMBER
    better: Better = "up"
    accumulates: bool = False
    scope: tuple[str, ...] = ()

    @property
    def title(self) -> Reason:
        """Sales; Sales · North."""
        name = ("metric", Name("metric", self.metric))
        if not self.scope:
            return Reason("goals.whole", (name,))
        return Reason("goals.scoped", (name, ("scope", Text(" · ".join(self.scope)))))


@dataclass(frozen=True)
class Clock:
    """When a goal is looked at: today, the data edge of its metric, the working days.

    A period that has passed is over once the data cover it, and in any case after `grace` days.
    """

    today: date
    edge: date | None
    work: WorkCalendar
    grace: int = 7

    def pace(self, period: Period) -> Pace:
        """The working days of a period."""
        count = self.work.count if self.work.count(period) else _calendar_days
        end = period.start if self.edge is None else self.edge + timedelta(days=1)
        past = Period(period.start, min(end, period.end)) if end > period.start else None
        return Pace(count(period), count(past) if past else 0)

    def is_over(self, period: Period) -> bool:
        """Whether nothing more is to be expected of the period."""
        late = (self.today - period.last_day).days
        return late > 0 and (self.pace(period).left == 0 or late > self.grace)


@dataclass(frozen=True)
class Progress:
    """A goal on a day.

    `reached`: actual by target. `expected`: by the data edge at its pace, None for what has no
    pace. `gap`: actual minus expected, or minus the target where there is no pace. `needed`: on
    an average working day after the edge to reach the target; `daily`: what was made a working day
    so far. `spare`: what may come on such a day where less is better. `prospect`: its forecast and
    chance while it runs, else `unforeseen` says why there is none. `over`: the period has passed.
    `notes`: what a reader should know.
    """

    goal: Goal
    subject: Subject
    state: State
    over: bool
    edge: date | None
    actual: Figure
    pace: Pace
    reached: float | None = None
    expected: Decimal | None = None
    gap: Number | None = None
    needed: Decimal | None = None
    daily: Decimal | None = None
    spare: Decimal | None = None
    prospect: Prospect | None = None
    unforeseen: Reason | None = None
    notes: tuple[Reason, ...] = ()

    @property
    def status(self) -> Status | None:
        """The judged state; None for goals that cannot be judged yet."""
        judgement = _JUDGED.get(self.state)
        return None if judgement is None else Status(judgement, self.word.key)

    @property
    def word(self) -> Reason:
        """The state as a word."""
        return Reason(f"goals.state.{self.state.value}")

    @property
    def runs(self) -> bool:
        """Begun and not over."""
        return not self.over and self.state is not State.NOT_STARTED

    @property
    def told(self) -> Reason | None:
        """How far from the pace or the target, with the direction as a word; None: no figure."""
        if self.gap is None:
            return self.actual.reason
        side = "level" if not self.gap else "ahead" if self.gap > 0 else "behind"
        unit, size = self.subject.unit, self.gap if self.gap > 0 else -self.gap
        if unit is Unit.COUNT:  # nobody is a third of a customer behind
            size = int(exact(size).to_integral_value(ROUND_HALF_UP))
            side = side if size else "level"
        side = self._sides.get(side, side)
        gap = Amount(size, unit, "points" if unit is Unit.SHARE else "short")
        return Reason(f"goals.gap.{side}", (("gap", gap),))

    @property
    def _sides(self) -> dict[str, str]:
        """What ahead and behind are called: of a target, a level, a pace where less is better."""
        if self.expected is None or self.over:
            return {"ahead": "above", "behind": "below"}
        if not self.subject.accumulates:
            return {"ahead": "higher", "behind": "lower"}
        return {"ahead": "more", "behind": "less"} if self.subject.better == "down" else {}

    def when(self, fiscal: FiscalCalendar) -> Reason:
        """The name of the period: Q4 2026; of other days both, with the year."""
        return named(self.goal.terms.period, fiscal)

    def window(self, fiscal: FiscalCalendar) -> Window:
        """The goal's period as a window."""
        period = self.goal.terms.period
        return between(period.start, period.last_day, fiscal)


def named(period: Period, fiscal: FiscalCalendar) -> Reason:
    """What a period is called: Q4 2026, 1 Mar 2026 - 15 Mar 2026."""
    window = between(period.start, period.last_day, fiscal)
    if window.grain is None:
        return Reason("goals.days", (("first", period.start), ("last", period.last_day)))
    return Reason("goals.when", (("when", When(window, bare=True)),))


def reckon(
    goal: Goal, subject: Subject, actual: Figure, clock: Clock, learned: Learned | None = None
) -> Progress:
    """The progress of a goal; `actual` is measured from its first day to the data edge."""
    period = goal.terms.period
    pace, over = replace(clock.pace(period), learned=learned), clock.is_over(period)
    if clock.today < period.start and actual.value is None:
        return Progress(goal, subject, State.NOT_STARTED, over, clock.edge, Figure(None), pace)
    if actual.value is None:
        return Progress(goal, subject, State.NO_DATA, over, clock.edge, actual, pace)
    made, target = exact(actual.value), goal.terms.target
    expected = _expected(target, subject, pace)
    grows, down = subject.accumulates and not over, subject.better == "down"
    each = (target - made) / pace.left if grows and pace.left and made < target else None
    return Progress(
        goal,
        subject,
        _state(subject, made, (target, expected), over=over),
        over,
        clock.edge,
        actual,
        pace,
        reached=float(made / target),
        expected=expected,
        gap=difference(actual.value, target if over or expected is None else expected),
        needed=None if down else each,
        daily=made / pace.done if grows and pace.done else None,
        spare=each if down else None,
    )


def _expected(target: Decimal, subject: Subject, pace: Pace) -> Decimal | None:
    """What should be there by the edge; a level without a past has nothing to stand at."""
    if pace.learned is not None:
        return target * exact(pace.learned.share)
    return target * pace.done / pace.days if subject.accumulates else None


def exact(value: Number) -> Decimal:
    """A figure as Decimal; a float as it is written."""
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def risk(progress: Progress) -> tuple[object, ...]:
    """Sorts by risk: what runs first, worst state first, then the furthest behind.

    What is over stands by its period, the newest first.
    """
    states, period = list(State), progress.goal.terms.period
    part = progress.reached or 0.0
    if progress.expected:
        part = float(exact(progress.actual.value or 0) / progress.expected)
    if progress.subject.better == "down":
        part = -part
    return (
        progress.over,
        -period.end.toordinal() if progress.over else 0,
        states.index(progress.state),
        part,
        period.start,
        progress.subject.metric,
        progress.subject.scope,
    )


def _state(
    subject: Subject, made: Decimal, wanted: tuple[Decimal, Decimal | None], *, over: bool
) -> State:
    target, expected = wanted
    down = subject.better == "down"
    met = made <= target if down else made >= target
    if over:
        return State.REACHED if met else State.MISSED
    if met and subject.accumulates and not down:
        return State.REACHED
    compared = target if expected is None else expected
    if made <= compared if down else made >= compared:
        return State.ON_PACE
    near = made * AT_RISK <= compared if down else made >= compared * AT_RISK
    return State.AT_RISK if near else State.OFF_PACE


def _calendar_days(period: Period) -> int:
    return period.days
