"""The outlook of one goal, day by day: actual, pace, last year, and where it will probably end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import sqrt

from salesdash.analysis.answers import Number
from salesdash.analysis.asking import bound
from salesdash.analysis.pace import EVERY_DAY, Point
from salesdash.analysis.past import Archive, Asked, held
from salesdash.analysis.progress import Progress
from salesdash.config import Settings
from salesdash.metrics import Unit
from salesdash.periods import Period, Window, WorkCalendar
from salesdash.warehouse import Warehouse

MOMENTS = 31
"""So many days of a period are shown at most: each of a month, two a week of a quarter."""

SOON = 5
"""What is needed is told of so many next working days, too."""

Values = Mapping[Period, float | None]


def whole(value: Number | None, unit: Unit) -> Number | None:
    """An estimate as it is told: of things that are counted, a whole number."""
    return round(value) if value is not None and unit is Unit.COUNT else value


@dataclass(frozen=True)
class Band:
    """Where the figure will be on a day: mean, and intervals of 50 and 80 %."""

    mean: float
    half: tuple[float, float]
    wide: tuple[float, float]


@dataclass(frozen=True)
class Moment:
    """The figure from the first day of the period to `day`; None: not known, or nothing learned.

    `last_year`: on the same working day of the year before. `ahead`: from the data edge on.
    """

    day: date
    actual: Number | None = None
    expected: float | None = None
    last_year: float | None = None
    ahead: Band | None = None


@dataclass(frozen=True)
class Outlook:
    """A goal over the days of its period, and what is `made` by the `edge`.

    `accumulates`: begins with nothing and adds up. `soon`: needed in so many next working days.
    """

    metric: str
    unit: Unit
    window: Window
    edge: date
    target: Number
    made: Number
    moments: tuple[Moment, ...]
    accumulates: bool = True
    floor: Number | None = None
    stretch: Number | None = None
    soon: tuple[float, int] | None = None


def build(
    warehouse: Warehouse, settings: Settings, goal: Progress, cut: int | None = None
) -> Outlook | None:
    """The outlook of a goal; None for one without a figure."""
    terms = goal.goal.terms
    if goal.actual.value is None or goal.edge is None or goal.edge < terms.period.start:
        return None
    archive = Archive(warehouse, settings, bound(warehouse, settings))
    seen = _Seen(archive, goal, Asked(terms.metric, terms.scope, goal.edge, cut))
    return Outlook(
        terms.metric,
        goal.subject.unit,
        goal.window(settings.fiscal),
        seen.edge,
        terms.target,
        goal.actual.value,
        tuple(map(seen.moment, seen.days)),
        goal.subject.accumulates,
        terms.floor,
        terms.stretch,
        seen.soon(),
    )


@dataclass(frozen=True)
class _Seen:
    """A goal, and where its figures of other days are asked."""

    archive: Archive
    goal: Progress
    asked: Asked

    @property
    def period(self) -> Period:
        return self.goal.goal.terms.period

    @property
    def edge(self) -> date:
        """The last day of the period that is known."""
        return min(self.asked.edge, self.period.last_day)

    @cached_property
    def work(self) -> WorkCalendar:
        return self.archive.work(self.asked, self.period)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Days to look at, evenly spaced by what counts as a day; the edge and the last among them.

        Also the one until which "soon" reaches.
        """
        count = self.work.count(self.period)
        steps = min(MOMENTS, count)
        places = {-(-count * step // steps) for step in range(1, steps + 1)}
        found = {self.work.reach(self.period.start, place) for place in places}
        return tuple(sorted(found | {self.edge, self.period.last_day, self._later}))

    @cached_property
    def year_ago(self) -> Period | None:
        """The same period of the year before, if the data hold it."""
        return self.archive.year_ago(self.asked, self.period)

    @cached_property
    def values(self) -> Values:
        """Everything that has to be asked, at once."""
        first = self.period.start
        windows = {Period(first, day + timedelta(days=1)) for day in self.days if day <= self.edge}
        for each in self._others:
            windows.add(each)
            for day in self.days:
                ends = self._point(day).ends(each, self.work)
                windows |= {Period(each.start, end) for end, _ in ends if end > each.start}
        return self.archive.values(self.asked, sorted(windows))

    @cached_property
    def shares(self) -> Mapping[date, float]:
        """By day: what should be there as a part of the target; none of a level without a past."""
        teachers = self.goal.pace.learned.units if self.goal.pace.learned else ()
        if not teachers:
            return self._linear if self.goal.subject.accumulates else {}
        whole = sum(self.values[each] or 0 for each in teachers)
        found: dict[date, float] = {}
        for day in self.days:
            share = sum(self._then(each, day) or 0 for each in teachers) / whole
            if self.goal.subject.accumulates:
                share = min(max(share, *found.values(), 0.0), 1.0)
            found[day] = share
        return found

    def moment(self, day: date) -> Moment:
        """All that is known and expected of a day."""
        share, known = self.shares.get(day), Period(self.period.start, day + timedelta(days=1))
        return Moment(
            day,
            self.values[known] if day <= self.edge else None,
            None if share is None else share * float(self.goal.goal.terms.target),
            None if self.year_ago is None else self._then(self.year_ago, day),
            self._ahead(day),
        )

    def soon(self) -> tuple[float, int] | None:
        """What the next working days have to bring, by what they usually bring."""
        needed, pace = self.goal.needed, self.goal.pace
        if needed is None or pace.left <= SOON:
            return None
        return float(needed) * pace.left * self._part(self._later), SOON

    def _ahead(self, day: date) -> Band | None:
        """The forecast grows into its end as the pace does, its width with the root of that."""
        seen = self.goal.prospect
        if seen is None or day < self.edge:
            return None
        made, part = float(self.goal.actual.value or 0), self._part(day)
        mean, wide = made + part * (seen.mean - made), sqrt(part)

        def around(ends: tuple[float, float]) -> tuple[float, float]:
            low, high = (mean + wide * (end - seen.mean) for end in ends)
            return (max(low, made) if ends[0] >= made and self._grows else low), high

        return Band(mean, around(seen.half), around(seen.wide))

    def _part(self, day: date) -> float:
        """How much of what is still to come will have come by a day."""
        if self._grows and self.shares[self.edge] < 1:
            now = self.shares[self.edge]
            return (self.shares[day] - now) / (1 - now)
        left = (self.period.last_day - self.edge).days
        return (day - self.edge).days / left if left else 1.0

    def _then(self, other: Period, day: date) -> float | None:
        """What another period held at the same moment."""
        ends = self._point(day).ends(other, self.work)
        return held(other, ends, self.values, grows=self._grows)

    def _point(self, day: date) -> Point:
        done = self.work.count(Period(self.period.start, day + timedelta(days=1)))
        return Point(done, self.work.count(self.period), rests=not self.work.is_working(day))

    @property
    def _grows(self) -> bool:
        return self.goal.subject.accumulates

    @property
    def _others(self) -> set[Period]:
        learned = self.goal.pace.learned
        teachers = () if learned is None else learned.units
        return {*teachers, *([self.year_ago] if self.year_ago else ())}

    @property
    def _linear(self) -> Mapping[date, float]:
        work, first = self.archive.settings.work, self.period.start
        if not work.count(self.period):
            work = EVERY_DAY
        total = work.count(self.period)
        return {d: work.count(Period(first, d + timedelta(days=1))) / total for d in self.days}

    @property
    def _later(self) -> date:
        """The working day that "soon" reaches, within the period."""
        after, work = self.edge + timedelta(days=1), self.archive.settings.work
        return min(work.reach(after, SOON), self.period.last_day)
