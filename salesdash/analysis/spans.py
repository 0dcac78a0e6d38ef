"""Which stretches of time an analysis asks for: the window, what it is compared with, periods."""

from dataclasses import dataclass
from datetime import date, timedelta

from salesdash.periods import Against, Comparison, FiscalCalendar, Grain, Period, Window

SPARK_PERIODS = 12

UNCOVERED, UNCOVERED_DAYS = 0.15, 7
"""So much of a period, and no more days, may lie before the first data: holidays, a slow start."""

_FINER = {
    Grain.DAY: Grain.DAY,
    Grain.WEEK: Grain.DAY,
    Grain.MONTH: Grain.DAY,
    Grain.QUARTER: Grain.WEEK,
    Grain.YEAR: Grain.MONTH,
}
_SPARK = {**_FINER, Grain.WEEK: Grain.WEEK, Grain.MONTH: Grain.MONTH}


def fitting(window: Window | None) -> Grain:
    """The grain a trend of the window is shown by: finer than it, and not too fine to read."""
    if window is None:
        return Grain.MONTH
    return _by_length(window, 31, 190) if window.grain is None else _FINER[window.grain]


def spark_grain(window: Window | None) -> Grain:
    """The grain of a tile's twelve periods: those of the window, a quarter by weeks."""
    if window is None:
        return Grain.MONTH
    return _by_length(window, 14, 100) if window.grain is None else _SPARK[window.grain]


def _by_length(window: Window, days: int, weeks: int) -> Grain:
    """A free range up to so many days by days, up to so many by weeks, else by months."""
    if window.period.days <= days:
        return Grain.DAY
    return Grain.WEEK if window.period.days <= weeks else Grain.MONTH


@dataclass(frozen=True)
class Slot:
    """A place on a time axis: its unit, the days asked (None: still to come), whether it runs."""

    unit: Period
    asked: Period | None
    running: bool = False


def slots(grain: Grain, span: Period, end: date, fiscal: FiscalCalendar) -> tuple[Slot, ...]:
    """The units that touch a span, asked up to but without `end`.

    The first unit is whole even where the span begins inside it: a line shows whole periods.
    """
    return tuple(_slot(unit, end) for unit in fiscal.units(grain, span))


def _slot(unit: Period, end: date) -> Slot:
    if unit.end <= end:
        return Slot(unit, unit)
    if unit.start >= end:
        return Slot(unit, None)
    return Slot(unit, Period(unit.start, end), running=True)


def year_ago(grain: Grain, slot: Slot, fiscal: FiscalCalendar) -> Slot:
    """The same unit a year earlier; a running one cut after the same days."""
    return cut_alike(fiscal.year_ago(grain, slot.unit), slot)


def cut_alike(unit: Period, slot: Slot) -> Slot:
    """A whole unit, or as many first days of it as a running slot has."""
    if not slot.running or slot.asked is None:
        return Slot(unit, unit)
    end = min(unit.end, unit.start + timedelta(days=slot.asked.days))
    return Slot(unit, Period(unit.start, end), running=True)


def earlier_units(
    grain: Grain,
    units: tuple[Period, ...],
    window: Window | None,
    comparison: Against,
    fiscal: FiscalCalendar,
) -> tuple[Period, ...]:
    """For each unit the one it is compared with.

    A year ago: the same unit of the year before. Previous: in the unit before the window's, the
    one at the same place (none where that unit is shorter); of a free range the one so many
    units before as the range has. Chosen days: the one at the same place among theirs.
    """
    if isinstance(comparison, Period):
        return fiscal.units(grain, comparison)[: len(units)]
    if comparison is Comparison.NONE:
        return ()
    if comparison is Comparison.LAST_YEAR:
        return tuple(fiscal.year_ago(grain, unit) for unit in units)
    if window is None or window.grain is None or window.unit is None:
        return tuple(fiscal.previous(grain, unit, len(units)) for unit in units)
    before = fiscal.previous(window.grain, window.unit)
    return fiscal.units(grain, before)[: len(units)]


def is_covered(period: Period, first: date | None) -> bool:
    """Whether the data reach back over a period, but for its very beginning."""
    if first is None:
        return False
    return (first - period.start).days <= min(period.days * UNCOVERED, UNCOVERED_DAYS)
