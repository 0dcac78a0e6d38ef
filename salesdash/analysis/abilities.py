"""Who needs what: each person's levers beside the median of the team, and the course for the worst.

A lever is a ratio that a course of config.yaml says it trains: win rate, deal size, discount. It is
measured over 12 months up to the data edge; of somebody who came later since their first day, and
then the team over the same days. A figure that rests on fewer than `LEAST` deals, orders, customers
or leads is not compared, nor is anybody with fewer than `RIVALS` others to be compared with.

Levers are comparable because sales are their product: a win rate a tenth below the median costs a
tenth of sales, and so does a deal size. What more of is worse is turned round: a discount into what
is left of the price, a cycle into its inverse. The weakest is the one furthest below, if it is at
least `CLEAR` below and lay below in most quarters of the time, each part against the team's own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import Literal

from salesdash.analysis import rests
from salesdash.analysis.answers import Reason
from salesdash.analysis.asking import Question
from salesdash.analysis.rests import LEAST
from salesdash.analysis.staff import Place, Staff
from salesdash.config import Course
from salesdash.metrics import Kind, Measured, Metric, Unit
from salesdash.periods import Period, add_months
from salesdash.workspace import tidy

PERSON = "person"
MONTHS = 12
PARTS = 4
SHORTEST = timedelta(days=84)
"""Twelve weeks; over less nothing is said about anybody."""

LEAST_OF_PART = 2
RIVALS = 2
CLEAR = 0.1
MOST = 0.75
"""Of the parts of the time, to be called below in most of them."""

Among = Literal["team", "everybody"]


@dataclass(frozen=True)
class Level:
    """A person's lever beside the median.

    `count`: what the figure rests on, `base` the metric that counts it. `gap`: by how much better
    (above 0) or worse than the median, as a fraction, where both are known. `below` of `parts`:
    quarters of the time below the team's own. `among`: whom the median is of, `others` without the
    person. `why`: why nothing is said.
    """

    metric: str
    base: str
    value: float | None
    count: int
    median: float | None = None
    gap: float | None = None
    below: int = 0
    parts: int = 0
    among: Among = "team"
    others: int = 0
    course: str | None = None
    why: Reason | None = None

    @property
    def is_weak(self) -> bool:
        """Whether it is clearly below, and not by one bad quarter."""
        if self.gap is None or not self.parts:
            return False
        return self.gap <= -CLEAR and self.below >= MOST * self.parts


@dataclass(frozen=True)
class Need:
    """A person's levers, and the weakest one (None: none is clearly below).

    `since`: the first of the days measured, `until` the last.
    """

    place: Place
    since: date
    until: date
    levels: tuple[Level, ...]

    @property
    def weakest(self) -> Level | None:
        """The lever furthest below the median, of those that are weak."""
        weak = (level for level in self.levels if level.is_weak and level.gap is not None)
        return min(weak, key=lambda level: level.gap or 0.0, default=None)


def levers(courses: Iterable[Course]) -> Mapping[str, str]:
    """The course that trains a lever, the first of several; in the order of the courses."""
    found: dict[str, str] = {}
    for course in courses:
        for lever in course.levers:
            found.setdefault(lever, course.id)
    return found


def build(question: Question, staff: Staff) -> tuple[Need, ...]:
    """The needs of everybody who sells and is here, by name; none without data or levers."""
    trains = levers(question.settings.training.values())
    known = question.bound.metrics
    ratios = [known[name] for name in trains if name in known and known[name].kind is Kind.RATIO]
    by_end: dict[Period, list[Metric]] = {}
    for metric in ratios:
        window = _window(question.about(metric.id))
        if window is not None:
            by_end.setdefault(window, []).append(metric)
    levels: dict[str, list[Level]] = {}
    windows: dict[str, Period] = {}
    for window, metrics in by_end.items():
        for name, period, level in _Team(question, staff, window, tuple(metrics)).levels():
            course = trains[level.metric]
            levels.setdefault(name, []).append(replace(level, course=course))
            windows[name] = period
    order = list(trains)
    return tuple(
        Need(
            staff.place(name, windows[name].last_day),
            windows[name].start,
            windows[name].last_day,
            tuple(sorted(found, key=lambda level: order.index(level.metric))),
        )
        for name, found in sorted(levels.items())
    )


def _window(question: Question) -> Period | None:
    """Twelve months up to the data edge, or what there is of them; None: too little."""
    edge, first = question.covered, question.first
    if edge is None or first is None:
        return None
    end = edge + timedelta(days=1)
    start = max(add_months(end, -MONTHS), first)
    return Period(start, end) if end - start >= SHORTEST else None


def parts(window: Period) -> tuple[Period, ...]:
    """A stretch of days cut into four, as equal as days are."""
    cuts = [window.start + timedelta(days=window.days * n // PARTS) for n in range(PARTS + 1)]
    return tuple(Period(*pair) for pair in pairwise(cuts))


@dataclass(frozen=True)
class _Team:
    """Everybody's figures of metrics that end on one day."""

    question: Question
    staff: Staff
    window: Period
    metrics: tuple[Metric, ...]

    def levels(self) -> Iterator[tuple[str, Period, Level]]:
        """Each person with the days measured, and a level for each metric."""
        told = [metric for metric in self.metrics if self.is_told(metric)]
        for name in self.people:
            period = self.days(name)
            if period is not None:
                for metric in told:
                    yield name, period, self.level(name, period, metric)

    def is_told(self, metric: Metric) -> bool:
        """Whether the data say it of anybody."""
        return any(self.figure(name, self.window, metric)[1] for name in self.people)

    def level(self, name: str, period: Period, metric: Metric) -> Level:
        value, count = self.figure(name, period, metric)
        base = self.base(metric)
        level = Level(metric.id, base, value, count)
        if value is None or count < LEAST:
            return replace(level, why=Reason("learning.few", (("count", count),)))
        among, rivals = self.rivals(name, period, metric)
        level = replace(level, among=among, others=len(rivals))
        if len(rivals) < RIVALS:
            return replace(level, why=Reason("learning.few_others", (("count", len(rivals)),)))
        middle = median([value, *rivals.values()])
        gap = _gap(metric, value, middle)
        below = [self.is_below(name, part, metric, tuple(rivals)) for part in parts(period)]
        told = [each for each in below if each is not None]
        return replace(level, median=middle, gap=gap, below=sum(told), parts=len(told))

    def rivals(
        self, name: str, period: Period, metric: Metric
    ) -> tuple[Among, Mapping[str, float]]:
        """The figures of the others of the team; of all others where the team has too few."""
        team = self.place(name).team
        found: dict[str, float] = {}
        for other in self.people:
            value, count = self.figure(other, period, metric)
            if other != name and value is not None and count >= LEAST:
                found[other] = value
        own = {each: found[each] for each in found if team and self.place(each).team == team}
        return ("team", own) if len(own) >= RIVALS else ("everybody", found)

    def is_below(
        self, name: str, part: Period, metric: Metric, rivals: tuple[str, ...]
    ) -> bool | None:
        """Whether somebody lay below the median in a part of the time; None: too few to say."""
        value, count = self.figure(name, part, metric)
        others = [self.figure(each, part, metric) for each in rivals]
        known = [v for v, n in others if v is not None and n >= LEAST_OF_PART]
        if value is None or count < LEAST_OF_PART or len(known) < RIVALS:
            return None
        gap = _gap(metric, value, median([value, *known]))
        return gap is not None and gap < 0

    # --- what is asked ------------------------------------------------------------------------

    @cached_property
    def people(self) -> Mapping[str, tuple[str, ...]]:
        """Who is here and in the data, with the ways their names are written there."""
        found: dict[str, list[str]] = {}
        for (member,) in self.measured.members():
            name = tidy(member or "")
            if member and self.staff.here(name, self.window.last_day):
                found.setdefault(name, []).append(member)
        return {name: tuple(found[name]) for name in sorted(found)}

    def days(self, name: str) -> Period | None:
        """The days somebody is measured over: the whole time, or since the first day."""
        since = self.place(name).since
        if since is None or since <= self.window.start:
            return self.window
        if since >= self.window.end or self.window.end - since < SHORTEST:
            return None
        return Period(since, self.window.end)

    def place(self, name: str) -> Place:
        return self.staff.place(name, self.window.last_day)

    @cached_property
    def windows(self) -> Mapping[Period, int]:
        """All stretches that are asked, with their places in the question."""
        late = {entries[0].active_from for entries in self.staff.entries.values()}
        starts = [day for day in late if day and self.window.start < day < self.window.end]
        wholes = [self.window, *(Period(day, self.window.end) for day in sorted(starts))]
        kept = [each for each in wholes if each.end - each.start >= SHORTEST]
        every = [period for whole in kept for period in (whole, *parts(whole))]
        return {period: number for number, period in enumerate(dict.fromkeys(every))}

    @cached_property
    def measured(self) -> Measured:
        """All metrics with what they rest on, of every person in all stretches at once."""
        ids = [name for metric in self.metrics for name in (metric.id, self.base(metric))]
        return self.question.measure(tuple(dict.fromkeys(ids)), tuple(self.windows), by=(PERSON,))

    def figure(self, name: str, period: Period, metric: Metric) -> tuple[float | None, int]:
        """A person's figure, and how much it rests on; of several spellings the largest."""
        number, found = self.windows[period], []
        for member in self.people[name]:
            value = self.measured.figure(metric.id, number, None, (member,)).value
            count = self.measured.figure(self.base(metric), number, None, (member,)).value
            found.append((int(count or 0), None if value is None else float(value)))
        count, value = max(found, key=lambda each: each[0])
        return value, count

    def base(self, metric: Metric) -> str:
        """The metric that counts what a ratio rests on."""
        return rests.base(self.question.bound, metric) or str(metric.denominator)


def _gap(metric: Metric, value: float, middle: float) -> float | None:
    """How much better than the median, as a fraction of it."""
    own, other = _factor(metric, value), _factor(metric, middle)
    return own / other - 1 if own is not None and other else None


def _factor(metric: Metric, value: float) -> float | None:
    """A figure of which more is better; None where it has none."""
    if metric.better != "down":
        return value
    if metric.unit is Unit.SHARE:
        return 1 - value
    return 1 / value if value > 0 else None
