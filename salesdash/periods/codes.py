"""Codes: how a window is written in a URL and on the command line.

wtd mtd qtd ytd                       the running unit, to the data edge
last-week ... last-year               the complete unit before it
day:2026-10-05  week:2026-W41         a unit; weeks by ISO number
month:2026-10  quarter:2026Q4  year:2026     quarters and years are fiscal
month:2026-P10                        fiscal month 10, where the calendar is in 4-4-5 style
2026-01-01..2026-03-31                a free range, last day included
last:30  last:12m                     so many days, or months, up to the edge
all                                   no limit (parsed as None)
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from difflib import get_close_matches

from salesdash.errors import UsageError
from salesdash.periods.fiscal import FiscalCalendar
from salesdash.periods.period import Grain, Period, Window, add_months
from salesdash.periods.windows import between, current, up_to

ALL = "all"
TO_DATE = {"wtd": Grain.WEEK, "mtd": Grain.MONTH, "qtd": Grain.QUARTER, "ytd": Grain.YEAR}
BEFORE = {f"last-{grain}": grain for grain in TO_DATE.values()}
EXAMPLES = {
    "day": "day:2026-10-05",
    "week": "week:2026-W41",
    "month": "month:2026-10",
    "quarter": "quarter:2026Q4",
    "year": "year:2026",
    "last": "last:30",
}
FISCAL_MONTH = "month:2026-P10"
FIRST_YEAR, LAST_YEAR = 1900, 2199

_UNIT = {
    Grain.DAY: re.compile(r"(\d{4}-\d{2}-\d{2})"),
    Grain.WEEK: re.compile(r"(\d{4})-W(\d{2})"),
    Grain.MONTH: re.compile(r"(\d{4})-(P?)(\d{2})"),
    Grain.QUARTER: re.compile(r"(\d{4})Q(\d)"),
    Grain.YEAR: re.compile(r"(\d{4})"),
}
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")
_LAST = re.compile(r"last:(\d{1,5})(m?)")


def presets() -> tuple[str, ...]:
    """Codes worth offering in a menu, words for each under ``periods.preset.<code>``."""
    return ("mtd", "qtd", "ytd", "wtd", *BEFORE, "last:30", "last:90", "last:12m", ALL)


def parse(text: str, edge: date, fiscal: FiscalCalendar) -> Window | None:
    """The window a code means while data reach to the edge; None for "all".

    UsageError ``period.unknown`` or ``period.out_of_range`` with the values code and suggestion.
    """
    if text == ALL:
        return None
    try:
        window = _read(text, edge, fiscal)
    except (ValueError, OverflowError):
        window = None
    if window is None:
        raise UsageError("period.unknown", code=text, suggestion=_suggest(text, fiscal))
    if window.period.start.year < FIRST_YEAR or window.period.end.year > LAST_YEAR:
        raise UsageError(
            "period.out_of_range", code=text, first=FIRST_YEAR, last=LAST_YEAR, suggestion=ALL
        )
    return window


def code(window: Window | None, fiscal: FiscalCalendar) -> str:
    """The inverse of `parse`: the same window again at the same edge."""
    if window is None:
        return ALL
    if window.to_date:
        return next(code for code, grain in TO_DATE.items() if grain is window.grain)
    if window.grain is None or not window.is_whole:
        return f"{window.period.start}..{window.period.last_day}"
    return f"{window.grain}:{_write(window.grain, window.period, fiscal)}"


def day(text: str) -> date:
    """A day like 2026-10-05. ValueError for anything else, and for years that nobody means."""
    found = date.fromisoformat(text)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(text)
    return found


def _read(text: str, edge: date, fiscal: FiscalCalendar) -> Window | None:
    """The window, None for a shape that is not known; ValueError for dates that don't exist."""
    if text in TO_DATE:
        return current(TO_DATE[text], edge, fiscal)
    if text in BEFORE:
        unit = fiscal.previous(BEFORE[text], fiscal.unit(BEFORE[text], edge))
        return Window(unit, BEFORE[text], unit)
    if found := _RANGE.fullmatch(text):
        return between(date.fromisoformat(found[1]), date.fromisoformat(found[2]), fiscal)
    if found := _LAST.fullmatch(text):
        return _last(int(found[1]), edge, months=bool(found[2]))
    prefix, _, rest = text.partition(":")
    grain = next((grain for grain in Grain if grain == prefix), None)
    if grain is None or not (found := _UNIT[grain].fullmatch(rest)):
        return None
    return up_to(grain, _UNIT_READERS[grain](found, fiscal), edge)


def _last(count: int, edge: date, *, months: bool) -> Window:
    end = edge + timedelta(days=1)
    return Window(Period(add_months(end, -count) if months else end - timedelta(days=count), end))


def _day(found: re.Match[str], fiscal: FiscalCalendar) -> Period:
    return fiscal.unit(Grain.DAY, date.fromisoformat(found[1]))


def _week(found: re.Match[str], fiscal: FiscalCalendar) -> Period:
    return fiscal.week(int(found[1]), int(found[2]))


def _month(found: re.Match[str], fiscal: FiscalCalendar) -> Period:
    year, number = int(found[1]), int(found[3])
    if bool(found[2]) != (fiscal.pattern is not None):
        raise ValueError("fiscal months carry a P, calendar months don't")
    if fiscal.pattern is None:
        return fiscal.unit(Grain.MONTH, date(year, number, 1))
    return fiscal.part(Grain.MONTH, year, number)


def _quarter(found: re.Match[str], fiscal: FiscalCalendar) -> Period:
    return fiscal.part(Grain.QUARTER, int(found[1]), int(found[2]))


def _year(found: re.Match[str], fiscal: FiscalCalendar) -> Period:
    return fiscal.year(int(found[1]))


_UNIT_READERS: dict[Grain, Callable[[re.Match[str], FiscalCalendar], Period]] = {
    Grain.DAY: _day,
    Grain.WEEK: _week,
    Grain.MONTH: _month,
    Grain.QUARTER: _quarter,
    Grain.YEAR: _year,
}


def _write(grain: Grain, unit: Period, fiscal: FiscalCalendar) -> str:
    """The part of a unit's code after the colon."""
    name = fiscal.name(grain, unit)
    match grain:
        case Grain.DAY:
            return unit.start.isoformat()
        case Grain.WEEK:
            return f"{name.year}-W{name.number:02}"
        case Grain.MONTH:
            return f"{name.year}-{'P' if name.fiscal else ''}{name.number:02}"
        case Grain.QUARTER:
            return f"{name.year}Q{name.number}"
        case Grain.YEAR:
            return f"{name.year}"


def _suggest(text: str, fiscal: FiscalCalendar) -> str:
    """The nearest code that works: by its beginning, by likeness, else the month to date."""
    examples = EXAMPLES if fiscal.pattern is None else {**EXAMPLES, "month": FISCAL_MONTH}
    prefix = text.partition(":")[0].strip().lower()
    if prefix in examples:
        return examples[prefix]
    if ".." in text:
        return "2026-01-01..2026-03-31"
    near = get_close_matches(prefix, [*TO_DATE, *BEFORE, ALL, *examples], n=1)
    return examples.get(near[0], near[0]) if near else "mtd"
