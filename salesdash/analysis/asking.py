"""How analyses ask: the metrics bound to what the warehouse holds, and figures as answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Literal, TypedDict, Unpack

from salesdash.analysis.answers import Figure, Name, Reason
from salesdash.analysis.spans import is_covered
from salesdash.config import Settings
from salesdash.datasets import DATASETS
from salesdash.metrics import Bound, Measured, Metric, bind
from salesdash.metrics import Figure as Measure
from salesdash.periods import Grain, Lengths, Period, Window, are_alike, compare, lengths
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse.changes import Shift, shifts
from salesdash.warehouse.edges import FACTS
from salesdash.warehouse.questions import measure
from salesdash.warehouse.standings import Size, Standings, standings

DATASET = "sales"
"""What rows are shown of, and dimensions offered from, where a question names no metric."""


def bound(warehouse: Warehouse, settings: Settings) -> Bound:
    """The settings' metrics on the columns of this warehouse; remembered."""
    return _bound(settings, tuple((name, warehouse.columns(name)) for name in DATASETS))


@lru_cache(maxsize=8)
def _bound(
    settings: Settings, columns: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
) -> Bound:
    return bind(settings, dict(columns))


@dataclass(frozen=True)
class Choice:
    """What is looked at: a metric, and for trends and movers how.

    `grain` None: what suits the window. `by`: a dimension; for movers None takes the one that
    explains most. `average`: periods of the moving average. `cumulative`: running totals. `index`:
    one period is 100, that of the day `base`, else the first complete one.
    `members`: so many have a line of their own, the others one together.
    """

    metric: str
    grain: Grain | None = None
    by: str | None = None
    average: int | None = None
    cumulative: bool = False
    index: bool = False
    base: date | None = None
    members: int = 6


class How(TypedDict, total=False):
    """How figures are broken down: by dimensions, by units of time, the `top` largest members."""

    by: tuple[str, ...]
    grain: Grain
    top: int


def edge(
    warehouse: Warehouse, today: date, cut: int | None = None, datasets: Iterable[str] = FACTS
) -> date | None:
    """The newest data edge of the datasets; None without data."""
    found = (warehouse.edge(name, today, cut) for name in datasets)
    return max((day for day in found if day is not None), default=None)


@dataclass(frozen=True)
class Question:
    """A selection asked of a warehouse on a day: what every analysis starts from.

    `metrics`: what it is about; none: everything there is.
    """

    warehouse: Warehouse
    settings: Settings
    selection: Selection
    today: date
    metrics: tuple[str, ...] = ()

    def about(self, *metrics: str) -> "Question":
        """The same question about certain metrics: edge and first day are those of their rows.

        A window to date ends where all their datasets are covered: fresher deals must not compare
        sales that stop earlier with days of last year that they have yet to reach.
        """
        own = replace(self, metrics=metrics)
        return replace(own, selection=own._to_date())

    def _to_date(self) -> Selection:
        window, covered = self.selection.window, self.covered
        if window is None or covered is None or window.unit in (None, window.period):
            return self.selection
        if not window.period.start <= covered < window.period.last_day:
            return self.selection
        newest = edge(self.warehouse, self.today, self.selection.cut)
        if newest is None or window.period.last_day > newest:
            return self.selection  # a day nothing reaches was asked for; the figure says so
        period = Period(window.period.start, covered + timedelta(days=1))
        return replace(self.selection, window=replace(window, period=period))

    @property
    def covered(self) -> date | None:
        """The last day that all the datasets cover which hold anything; None without data."""
        cut = self.selection.cut
        found = (self.warehouse.edge(name, self.today, cut) for name in self.datasets)
        return min((day for day in found if day is not None), default=None)

    @cached_property
    def bound(self) -> Bound:
        """The metrics that work here."""
        return bound(self.warehouse, self.settings)

    @cached_property
    def datasets(self) -> tuple[str, ...]:
        """Whose rows it is about, without plans, which never happen."""
        working = (name for name in self.metrics if name in self.bound.metrics)
        found = tuple(name for name in self.bound.datasets(*working) if name in FACTS)
        return found or FACTS

    @property
    def dataset(self) -> str:
        """The first of them that holds rows, the first of all when none does."""
        filled = (name for name in self.datasets if self.warehouse.ends(name)[0] is not None)
        return next(filled, self.datasets[0])

    @property
    def edge(self) -> date | None:
        """The data edge, the newest of several datasets; None without data."""
        return edge(self.warehouse, self.today, self.selection.cut, self.datasets)

    @property
    def first(self) -> date | None:
        """The first day with data: of everything there is, or on which all parts have begun."""
        found = (self.warehouse.first_date(name, self.selection.cut) for name in self.datasets)
        days = [day for day in found if day is not None]
        return (max if self.metrics else min)(days, default=None)

    @property
    def end(self) -> date:
        """The day after the last one looked at: the window's end, or the data edge."""
        after = (self.edge or self.today) + timedelta(days=1)
        window = self.selection.window
        if window is None:
            return after
        return min(window.period.end, after) if window.period.start < after else window.period.end

    @property
    def compared(self) -> Window | None:
        """What the window is compared with; None: nothing, as with figures that look ahead."""
        window, settings = self.selection.window, self.settings
        working = (name for name in self.metrics if name in self.bound.metrics)
        if window is None or any(map(self.bound.looks_ahead, working)):
            return None
        return compare(window, self.selection.comparison, settings.fiscal, settings.work)

    @property
    def is_compared(self) -> bool:
        """Whether a comparison was asked for and the data reach back over it."""
        return self.compared is not None and self._blank_then is None

    @property
    def lengths(self) -> Lengths | None:
        """How long the window is, as far as data reach, and what it is compared with, if any."""
        window, earlier = self.selection.window, self.compared
        if window is None or earlier is None:
            return None
        held = Period(window.period.start, self.end)
        return lengths(held, earlier.period, self.settings.work)

    @property
    def uneven(self) -> Lengths | None:
        """The same where chosen days are more or fewer than those looked at.

        Units of one kind, like two months, are compared as they are, and so is all that a rule
        compares.
        """
        window, earlier, found = self.selection.window, self.compared, self.lengths
        if found is None or not found.differ or window is None or earlier is None:
            return None
        chosen = isinstance(self.selection.comparison, Period)
        return found if chosen and not are_alike(window, earlier) else None

    def metric(self, name: str) -> Metric:
        """The definition; UsageError if there is none that works."""
        return self.bound.get(name)

    def measure(
        self,
        ids: tuple[str, ...],
        windows: tuple[Window | Period | None, ...],
        **how: Unpack[How],
    ) -> Measured:
        """Figures of metrics in many windows, in as few scans as they take."""
        return measure(self.warehouse, self.bound, ids, self.selection, windows=windows, **how)

    def shifts(
        self, metric: str, windows: tuple[Period, Period], by: str, keep: int
    ) -> tuple[Shift, ...]:
        """The largest changes of a plain sum by the members of a dimension, the others added up."""
        return shifts(self.warehouse, self.bound, metric, self.selection, windows, by, keep)

    def standings(self, metric: str, by: str, size: Size, keep: int) -> Standings | None:
        """Where members stand by a plain sum in the window, beside the one compared with.

        None where figures must be asked one by one.
        """
        definition = self.metric(metric)
        now = self._days(definition, self.selection.window)
        then = self._days(definition, self.compared) if self.is_compared else None
        last = self.warehouse.ends(definition.dataset, self.selection.cut)[1]
        if now is None or last is None or now.start > last:
            return None
        asked = (self.warehouse, self.bound, metric, self.selection)
        return standings(*asked, (now, then), by, size, keep)

    def _days(self, metric: Metric, window: Window | None) -> Period | None:
        """The days of a window; "all dates" are those of the metric's rows, if they have any."""
        if window is not None:
            return window.period
        return self.warehouse.span(metric.dataset, metric.date, self.selection.cut)

    def then(self, figure: Figure) -> Figure:
        """The earlier figure of a comparison; blank where it lies before the data."""
        reason = self._blank_then
        return figure if reason is None or self.first is None else Figure(None, reason)

    @property
    def _blank_then(self) -> Reason | None:
        """Why the data do not cover what the window is compared with; None: they do."""
        earlier, first, last = self.compared, self.first, self.edge
        if earlier is None:
            return None
        if not is_covered(earlier.period, first):
            return Reason("analysis.reason.before_data", (("first", first),))
        chosen = isinstance(self.selection.comparison, Period)
        if chosen and last is not None and last < earlier.period.last_day:
            return Reason("analysis.reason.after_data", (("edge", last),))
        return None


def answered(measured: Measure) -> Figure:
    """A measured figure as an answer; what is known beside a value is a note, not a reason."""
    if measured.value is not None or measured.reason is None:
        return Figure(measured.value)
    return Figure(None, _told(measured.reason, measured.values))


def note(measured: Measure) -> Reason | None:
    """The first thing to know about a figure that is there."""
    return next(notes(measured), None)


def notes(measured: Measure) -> Iterator[Reason]:
    """All that is to know about a figure that is there."""
    return (_told(key, values) for key, values in measured.notes)


def _told(key: str, values: tuple[tuple[str, object], ...]) -> Reason:
    """A reason in which fields, metrics and datasets are names, to be said in each language."""
    return Reason(key, tuple((name, _named(name, value)) for name, value in values))


def _named(name: str, value: object) -> object:
    if name == "fields" and isinstance(value, tuple):
        return tuple(Name("dimension", str(field)) for field in value)
    kind = _NAMED.get(name)
    return value if kind is None else Name(kind, str(value))


_NAMED: dict[str, Literal["metric", "dimension", "dataset"]] = {
    "field": "dimension",
    "dimension": "dimension",
    "metric": "metric",
    "dataset": "dataset",
}
