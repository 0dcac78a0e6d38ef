"""Dates made evenly spaced: which grain they have, which periods are missing, what comes after.

Pure: days and figures in, periods in a row out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from salesdash.errors import DataRefused
from salesdash.periods import FiscalCalendar, Grain, Period, Window, code

SEASONS: Mapping[Grain, int] = {
    Grain.DAY: 7,
    Grain.WEEK: 52,
    Grain.MONTH: 12,
    Grain.QUARTER: 4,
    Grain.YEAR: 1,
}
"""Periods a season: days repeat by the week, all others by the year."""

WEEK, MONTH_DAYS, QUARTER, YEAR = 7, 27, 3, 12
"""Days a week, the fewest from month to month, months a quarter, months a year."""

SPARSE = 0.6
"""With a larger share of periods missing the grain is not that of the figures."""


@dataclass(frozen=True)
class Spaced:
    """Evenly spaced periods with their figures, None where there is none.

    `closed`: weekdays (0 Monday) on which there never is any: days of that grain skip them.
    """

    grain: Grain
    units: tuple[Period, ...]
    values: tuple[float | None, ...]
    calendar: FiscalCalendar
    closed: frozenset[int] = field(default_factory=frozenset)

    @property
    def season(self) -> int:
        """Periods a season."""
        return SEASONS[self.grain] - (len(self.closed) if self.grain is Grain.DAY else 0)

    def ahead(self, steps: int) -> tuple[Period, ...]:
        """The next periods."""
        found = [self.units[-1]]
        while len(found) <= steps:
            found.append(_next(self, found[-1]))
        return tuple(found[1:])

    def named(self, unit: Period) -> str:
        """The code of a period: 2026-10, 2026Q4, 2026-W41, 2026-10-05, 2026."""
        return code(Window(unit, self.grain, unit), self.calendar).partition(":")[2]


def spaced(
    days: Mapping[date, float | None], grain: Grain, calendar: FiscalCalendar, *, fill: float | None
) -> Spaced:
    """Figures by day in a row of periods, those of one period added up.

    `fill`: what a period without any day counts; None: unknown. Figures that are None say nothing.
    """
    found: dict[Period, list[float | None]] = {}
    for day, value in days.items():
        found.setdefault(calendar.unit(grain, day), []).append(value)
    closed = _closed(days) if grain is Grain.DAY else frozenset()
    units = calendar.units(grain, Period(min(found).start, max(found).end))
    units = tuple(unit for unit in units if unit.start.weekday() not in closed)
    values = tuple(_sum(found[unit]) if unit in found else fill for unit in units)
    return Spaced(grain, units, values, calendar, closed)


def told_by(days: Sequence[date]) -> tuple[Grain, FiscalCalendar]:
    """The grain of dates in order, and the calendar in which each begins or ends a unit.

    DataRefused ``spacing.unclear``: fewer than two, or so irregular that most periods are missing.
    """
    if len(days) <= 1:
        raise DataRefused("spacing.unclear", count=len(days))
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    months = [day.year * YEAR + day.month for day in days]
    steps = [later - earlier for earlier, later in pairwise(months)]
    if min(gaps) >= MONTH_DAYS and min(steps) > 0:
        grain = _months(steps)
        return grain, _starting(days, grain)
    if all(gap % WEEK == 0 for gap in gaps):
        return Grain.WEEK, FiscalCalendar(week_start=days[0].weekday())
    if len(days) < (1 - SPARSE) * (1 + (days[-1] - days[0]).days):
        raise DataRefused("spacing.unclear", count=len(days))
    return Grain.DAY, FiscalCalendar()


def _months(steps: Sequence[int]) -> Grain:
    if all(step % YEAR == 0 for step in steps):
        return Grain.YEAR
    return Grain.QUARTER if all(step % QUARTER == 0 for step in steps) else Grain.MONTH


def _starting(days: Sequence[date], grain: Grain) -> FiscalCalendar:
    """The calendar whose quarters or years begin (or, of month ends, end) with the dates."""
    if grain is Grain.MONTH:
        return FiscalCalendar()
    ends = all((day + timedelta(days=1)).day == 1 for day in days)
    month = (days[0] + timedelta(days=1)).month if ends else days[0].month
    return FiscalCalendar(start_month=month if grain is Grain.YEAR else (month - 1) % QUARTER + 1)


def _closed(days: Mapping[date, float | None]) -> frozenset[int]:
    """Weekdays on which there never is a figure, in at least two weeks."""
    open_on = {day.weekday() for day, value in days.items() if value is not None}
    long_enough = (max(days) - min(days)).days >= 2 * WEEK
    return frozenset(range(WEEK)) - open_on if long_enough and open_on else frozenset()


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _next(row: Spaced, unit: Period) -> Period:
    unit = row.calendar.previous(row.grain, unit, -1)
    while row.grain is Grain.DAY and unit.start.weekday() in row.closed:
        unit = row.calendar.previous(row.grain, unit, -1)
    return unit
