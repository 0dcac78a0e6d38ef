"""Slots: every place of an answer in time, the windows as they were asked or their buckets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from salesdash.metrics.segments import Span
from salesdash.periods import FiscalCalendar, Grain, Period, Window

Asked = Window | Period | None
"""What a window is asked as; None: all dates."""


@dataclass(frozen=True)
class Slot:
    """One stretch of time of an answer: number of its window, start of its bucket, its days.

    `unit`: the whole unit that a period to date is the beginning of. `edge`: the last day on which
    something happened in the rows that are asked.
    """

    window: int
    bucket: date | None
    period: Period
    unit: Period | None = None
    edge: date | None = None

    @property
    def whole(self) -> Period:
        """Its days, and those of its unit that are still to come."""
        return self.unit or self.period

    @property
    def span(self) -> Span:
        """The days themselves."""
        return Span(self.period.start, self.period.end)

    @property
    def until(self) -> Span:
        """All days up to its end, which a stock looks at."""
        return Span(None, self.period.end)

    @property
    def ahead(self) -> Span:
        """The days from the edge on, which what is expected looks at."""
        start, end = self.whole.start, self.whole.end
        return Span(min(max(start, self.edge or start), end), end)


@dataclass(frozen=True)
class Slots:
    """All slots of a question; `periods` of the windows, `buckets` of each (none without grain).

    `endless`: numbers of the windows that mean all dates.
    """

    periods: tuple[Period | None, ...]
    buckets: tuple[tuple[Period, ...], ...]
    slots: tuple[Slot, ...]
    endless: frozenset[int] = frozenset()

    def within(self, data: Period | None, edge: date | None = None) -> Mapping[Slot, Slot]:
        """For each slot the one of rows that cover `data`; "all dates" are all of theirs.

        None where the rows have no dates.
        """
        found: dict[Slot, Slot] = {}
        if data is None:
            return found
        for slot in self.slots:
            if slot.window not in self.endless:
                found[slot] = replace(slot, edge=edge)
            elif (own := slot.period.clip(data)) is not None:
                found[slot] = replace(slot, period=own, unit=own, edge=edge)
        return found


def cut_time(
    windows: Sequence[Asked], grain: Grain | None, fiscal: FiscalCalendar, data: Period | None
) -> Slots:
    """The slots of windows; "all dates" is what the data cover, nothing when there are none."""
    periods = tuple(_period(window, data) for window in windows)
    wholes = tuple(_unit(windows[n]) or period for n, period in enumerate(periods))
    endless = frozenset(n for n, window in enumerate(windows) if window is None)
    if grain is None:
        slots = [Slot(n, None, p, wholes[n]) for n, p in enumerate(periods) if p is not None]
        return Slots(periods, (), tuple(slots), endless)
    units = tuple(fiscal.units(grain, p) if p is not None else () for p in periods)
    found = []
    for number, (period, whole) in enumerate(zip(periods, wholes, strict=True)):
        if period is None or whole is None:
            continue
        for unit in units[number]:
            inside = unit.clip(period)
            if inside is not None:
                found.append(Slot(number, unit.start, inside, unit.clip(whole)))
    return Slots(periods, units, tuple(found), endless)


def _unit(window: Asked) -> Period | None:
    """The unit a window is, or is the beginning of; None for free ranges and all dates."""
    return window.unit if isinstance(window, Window) else None


def _period(window: Asked, data: Period | None) -> Period | None:
    if window is None:
        return data
    return window.period if isinstance(window, Window) else window
