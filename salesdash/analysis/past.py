"""Asks what earlier periods like a goal's held at the same point, and what in the end.

One question a metric and scope: the windows of all its goals, earlier period by earlier period, are
answered together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from salesdash.analysis.equals import Equal, equals
from salesdash.analysis.pace import EVERY_DAY, Past, Point
from salesdash.analysis.spans import is_covered
from salesdash.config import Settings
from salesdash.metrics import Bound, Count, Figure, Kind, Metric
from salesdash.metrics.aggregates import Merge
from salesdash.metrics.own import WINDOWED
from salesdash.periods import Period, Window, WorkCalendar
from salesdash.selection import Filter, Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse.daily import daily
from salesdash.warehouse.edges import FACTS
from salesdash.warehouse.questions import measure

OPEN_DAYS = 56
"""Whether days off count is looked up in so many last days."""

OPEN = 0.25
"""They do where such a day has, on average, so many of the rows of a working day."""

NO_ROWS = "metrics.reason.no_rows"


def accumulates(found: Bound, metric: Metric) -> bool:
    """Whether a figure grows day by day within a period: sums, counts, different customers."""
    if metric.kind is Kind.SIMPLE:
        return found.aggregates[metric.id].merge in (Merge.ADD, Merge.KEYS)
    if metric.kind is Kind.CUSTOMER:
        return Count(str(metric.counts)) not in WINDOWED
    return found.is_additive(metric.id)


def has_past(found: Bound, metric: str) -> bool:
    """Whether earlier periods of a metric tell what this one will do.

    Not of what looks ahead, of what is set against plans, and of what goes on maturing when its
    period is over.
    """
    parts = [found.metrics[part] for part in found.order((metric,))]
    return not any(part.ahead or part.matures or part.kind is Kind.PLANNED for part in parts)


def lasts(found: Bound, metric: Metric) -> bool:
    """Whether what is there cannot be lost again: things and customers that are counted."""
    if metric.kind is Kind.SIMPLE and found.aggregates[metric.id].merge is Merge.ADD:
        return found.aggregates[metric.id].sql.lower().startswith("count")
    return metric.kind in (Kind.SIMPLE, Kind.CUSTOMER) and accumulates(found, metric)


@dataclass(frozen=True)
class Asked:
    """A metric within a scope, known up to an edge at a cut."""

    metric: str
    scope: tuple[Filter, ...]
    edge: date
    cut: int | None = None


@dataclass(frozen=True)
class Archive:
    """Where the past is asked: a warehouse, with what is known of it already."""

    warehouse: Warehouse
    settings: Settings
    bound: Bound
    _open: dict[tuple[str, str], bool] = field(default_factory=dict)
    _spans: dict[Asked, tuple[date | None, date | None]] = field(default_factory=dict)

    def pasts(self, asked: Asked, periods: Iterable[Period]) -> dict[Period, Past]:
        """The past of each goal's period; nothing for a metric whose past says nothing."""
        if not has_past(self.bound, asked.metric):
            return {}
        wanted = {period: self._likes(asked, period) for period in periods}
        windows = sorted({w for like in wanted.values() for w in like.windows})
        values = self.values(asked, windows) if windows else {}
        return {period: self._past(asked, like, values) for period, like in wanted.items()}

    def work(self, asked: Asked, period: Period) -> WorkCalendar:
        """The days a period is counted by: the company's working days, or all of its days.

        All where days off have their rows too, and of a period that has no working day.
        """
        roles = self._roles(asked.metric)
        grows = accumulates(self.bound, self.bound.metrics[asked.metric])
        every = grows and any(self._is_open(role, asked) for role in roles)
        return EVERY_DAY if every or not self.settings.work.count(period) else self.settings.work

    def year_ago(self, asked: Asked, period: Period) -> Period | None:
        """The same period a year before, if the data hold it whole."""
        known = equals(period, self.settings.fiscal)
        found = (each.period for each in known.all if each.place == known.cycle)
        return next((each for each in found if self.covers(asked, each)), None)

    def _is_open(self, role: tuple[str, str], asked: Asked) -> bool:
        """Whether a day off has enough rows beside a working day, in the last weeks."""
        if role not in self._open:
            after = asked.edge + timedelta(days=1)
            days = Period(after - timedelta(days=OPEN_DAYS), after)
            lines = daily(self.warehouse, role, days, asked.cut)
            count = self.settings.work.count(days)
            worked = sum(n for day, n in lines.items() if self.settings.work.is_working(day))
            off = sum(lines.values()) - worked
            rest = days.days - count
            self._open[role] = 0 < OPEN * worked * rest <= off * count
        return self._open[role]

    def _roles(self, metric: str) -> set[tuple[str, str]]:
        """Datasets with the date that the parts of a metric are dated by."""
        parts = [self.bound.metrics[part] for part in self.bound.order((metric,))]
        return {(part.dataset, part.date) for part in parts if part.is_asked}

    def _likes(self, asked: Asked, period: Period) -> "_Likes":
        known = equals(period, self.settings.fiscal)
        work = self.work(asked, period)
        days = work.count(period)
        after = min(asked.edge + timedelta(days=1), period.end)
        done = work.count(Period(period.start, after)) if after > period.start else 0
        point = Point(done, days, rests=not work.is_working(asked.edge))
        parts = [each for each in known.all if self.covers(asked, each.period)]
        ends = tuple(point.ends(each.period, work) for each in parts)
        return _Likes(period, tuple(parts), ends)

    def covers(self, asked: Asked, period: Period) -> bool:
        """Whether the data hold a whole period."""
        if asked not in self._spans:
            self._spans[asked] = self._span(asked)
        first, last = self._spans[asked]
        return last is not None and period.last_day <= last and is_covered(period, first)

    def _span(self, asked: Asked) -> tuple[date | None, date | None]:
        """The first day on which all its parts have their dates, and the last that is covered."""
        spans = [self.warehouse.span(*role, asked.cut) for role in self._roles(asked.metric)]
        names = [name for name in self.bound.datasets(asked.metric) if name in FACTS]
        lasts = [self.warehouse.edge(name, asked.edge, asked.cut) for name in names]
        return (
            max((span.start for span in spans if span), default=None),
            min((day for day in lasts if day), default=None),
        )

    def values(self, asked: Asked, windows: Sequence[Period]) -> Mapping[Period, float | None]:
        """The figures of many windows; None: there is none."""
        selection = Selection(None, filters=asked.scope, cut=asked.cut)
        found = measure(
            self.warehouse, self.bound, (asked.metric,), selection, windows=list(windows)
        )
        grows = accumulates(self.bound, self.bound.metrics[asked.metric])
        return {
            window: _number(found.figure(asked.metric, number), grows=grows)
            for number, window in enumerate(windows)
        }

    def _past(self, asked: Asked, like: "_Likes", values: Mapping[Period, float | None]) -> Past:
        """What is known of each earlier period, from the first one that held anything."""
        grows = accumulates(self.bound, self.bound.metrics[asked.metric])
        rows: list[tuple[Equal, date, float, float]] = []
        for each, ends in zip(like.equals, like.ends, strict=True):
            final, now = values[each.period], held(each.period, ends, values, grows=grows)
            if final is not None and now is not None:
                rows.append((each, ends[-1][0], now, final))
        if grows and any(row[-1] for row in rows):
            first = next(number for number, row in enumerate(rows) if row[-1])
            rows = [row for row in rows[first:] if row[-1] or not self.is_gap(asked, row[0].period)]
        return Past(
            equals(like.period, self.settings.fiscal),
            tuple(each.period for each, *_ in rows),
            tuple(each.place for each, *_ in rows),
            tuple(known for _, known, *_ in rows),
            tuple(now for *_, now, _ in rows),
            tuple(final for *_, final in rows),
            grows,
        )

    def is_gap(self, asked: Asked, period: Period) -> bool:
        """Nothing at all was imported of these days: that is not a zero."""
        days = Selection(Window(period), cut=asked.cut)
        names = [name for name in self.bound.datasets(asked.metric) if name in FACTS]
        return not any(self.warehouse.rows_behind(name, days, 1).num_rows for name in names)


@dataclass(frozen=True)
class _Likes:
    """A goal's period with its equals, and the days up to which each is looked at."""

    period: Period
    equals: tuple[Equal, ...]
    ends: tuple[tuple[tuple[date, float], ...], ...]

    @property
    def windows(self) -> Iterator[Period]:
        """All stretches of time it takes."""
        for each, ends in zip(self.equals, self.ends, strict=True):
            yield each.period
            yield from (
                Period(each.period.start, end) for end, _ in ends if end > each.period.start
            )


def held(
    period: Period,
    ends: Sequence[tuple[date, float]],
    values: Mapping[Period, float | None],
    *,
    grows: bool,
) -> float | None:
    """What a period held by then; nothing before its first day, where it adds up."""
    total, weights = 0.0, 0.0
    for end, weight in ends:
        begun, nothing = end > period.start, 0.0 if grows else None
        value = values[Period(period.start, end)] if begun else nothing
        if value is not None:
            total, weights = total + weight * value, weights + weight
    return total / weights if weights else None


def _number(figure: Figure, *, grows: bool) -> float | None:
    """A measured figure; nothing at all in days that the data cover is a zero of what adds up."""
    if figure.value is None:
        return 0.0 if grows and figure.reason == NO_ROWS else None
    return float(figure.value)
