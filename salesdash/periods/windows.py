"""Windows: what "to date" means, and what a window is compared with.

The rules (a complete unit, a running one, a free range, weeks) are those of the design, section 4.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from salesdash.periods.fiscal import FiscalCalendar, week_53_note
from salesdash.periods.period import (
    FEBRUARY,
    LEAP_DAY,
    Against,
    ByDay,
    Comparison,
    Grain,
    Period,
    Window,
    same_date,
)
from salesdash.periods.workdays import WorkCalendar

Weeks = Literal["iso", "days"]
"""A week a year ago: the same ISO week number, or the same weekdays 52 weeks earlier."""

YEAR_OF_WEEKS = 52
RECOGNISED = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)


def current(grain: Grain, edge: date, fiscal: FiscalCalendar) -> Window:
    """The unit that contains the data edge, up to it; complete when the edge is its last day."""
    return up_to(grain, fiscal.unit(grain, edge), edge)


def up_to(grain: Grain, unit: Period, edge: date) -> Window:
    """The unit as a window: cut at the edge when it still runs, else whole."""
    if unit.contains(edge) and edge < unit.last_day:
        return Window(Period.through(unit.start, edge), grain, unit, to_date=True)
    return Window(unit, grain, unit)


def between(first: date, last: date, fiscal: FiscalCalendar) -> Window:
    """A window from two dates, both included.

    Exactly one month, quarter or year is that unit, so that March is compared with February and
    not with the 31 days before it; anything else is a free range. ValueError if last < first.
    """
    period = Period.through(first, last)
    for grain in RECOGNISED:
        if fiscal.unit(grain, first) == period:
            return Window(period, grain, period)
    return Window(period)


def trailing(grain: Grain, n: int, edge: date, fiscal: FiscalCalendar) -> tuple[Window, ...]:
    """The last `n` units in order; the newest contains the edge and may be "to date"."""
    unit = fiscal.unit(grain, edge)
    earlier = (fiscal.previous(grain, unit, back) for back in range(n - 1, 0, -1))
    return (*(Window(one, grain, one) for one in earlier), up_to(grain, unit, edge))[-n or 1 :]


def compare(  # noqa: PLR0913 - the question (3), the calendar of work, two choices of the config
    window: Window,
    comparison: Against,
    fiscal: FiscalCalendar,
    work: WorkCalendar | None = None,
    *,
    by: ByDay = ByDay.CALENDAR,
    weeks: Weeks = "iso",
) -> Window | None:
    """The window to compare with; days that were chosen are those, whatever the window.

    None without a comparison, and `by` working days while the running unit has had none.
    """
    if isinstance(comparison, Period):
        return between(comparison.start, comparison.last_day, fiscal)
    if comparison is Comparison.NONE:
        return None
    if window.grain is None or window.unit is None:
        return _earlier_range(window.period, comparison)
    grain, unit = window.grain, window.unit
    if comparison is Comparison.PREVIOUS:
        earlier = fiscal.previous(grain, unit)
    elif grain is Grain.WEEK and weeks == "days":
        earlier = fiscal.previous(grain, unit, YEAR_OF_WEEKS)
    else:
        earlier = fiscal.year_ago(grain, unit)
    whole = Window(earlier, grain, earlier, note=_note(fiscal, comparison, grain, (unit, earlier)))
    if window.is_whole:
        return whole
    if by is ByDay.CALENDAR:
        return _same_days(window.period, whole)
    return _same_working_days(window.period, whole, work or WorkCalendar())


def _earlier_range(period: Period, comparison: Comparison) -> Window:
    """Rule (c): the equally long range right before, or the same dates a year ago."""
    if comparison is Comparison.PREVIOUS:
        return Window(Period(period.start - timedelta(days=period.days), period.start))
    first, last = period.start, period.last_day
    earlier = Period.through(_year_before(first), _year_before(last))
    moved = _is_leap_day(first) or _is_leap_day(last)
    return Window(earlier, note="periods.note.leap_day" if moved else None)


def _same_days(running: Period, whole: Window) -> Window:
    """Rule (b): up to the same day number, clipped at the end of the earlier unit."""
    if running.days > whole.period.days:
        return replace(whole, note=whole.note or "periods.note.shorter")
    part = Period(whole.period.start, whole.period.start + timedelta(days=running.days))
    moved = _year_before(running.start) == part.start and (
        _year_before(running.last_day) != part.last_day
    )
    return replace(whole, period=part, note="periods.note.leap_year" if moved else whole.note)


def _same_working_days(running: Period, whole: Window, work: WorkCalendar) -> Window | None:
    """Rule (b) by choice: up to the k-th working day, clipped at the end of the earlier unit."""
    worked = work.count(running)
    if not worked:
        return None
    if worked > work.count(whole.period):
        return replace(whole, note=whole.note or "periods.note.shorter")
    last = work.reach(whole.period.start, worked)
    return replace(whole, period=Period.through(whole.period.start, last))


def _note(
    fiscal: FiscalCalendar, comparison: Comparison, grain: Grain, units: tuple[Period, Period]
) -> str | None:
    """Text key of what a reader must know about comparing these two units."""
    unit, earlier = units
    if comparison is Comparison.LAST_YEAR and grain is Grain.DAY and _is_leap_day(unit.start):
        return "periods.note.leap_day"
    if comparison is Comparison.PREVIOUS and grain is Grain.WEEK:
        return None
    return week_53_note(fiscal, grain, unit, earlier)


def _year_before(day: date) -> date:
    return same_date(day, day.year - 1)


def _is_leap_day(day: date) -> bool:
    return (day.month, day.day) == (FEBRUARY, LEAP_DAY)
