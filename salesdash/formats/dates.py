"""Dates, ranges and the names of calendar and fiscal units."""

import datetime as dt
from typing import Literal

from salesdash.formats.numbers import DASH
from salesdash.formats.words import locale, patterns
from salesdash.periods import FiscalCalendar, Grain, Period

Exactness = Literal["short", "exact"]


def date(
    day: dt.date | None, lang: str, style: Exactness = "short", *, this_year: int | None = None
) -> str:
    """A day: 17 Nov, 11月17日; exact, or outside `this_year` when given: 17 Nov 2026."""
    if day is None:
        return DASH
    exact = style == "exact" or (this_year is not None and day.year != this_year)
    pattern = patterns(lang)["date"]["exact" if exact else "short"]
    return str(pattern).format(day=day.day, month=_month(day, lang), year=day.year)


def date_range(
    period: Period, lang: str, style: Exactness = "short", *, this_year: int | None = None
) -> str:
    """The days of a period: 1 Oct – 17 Nov, 1–17 Nov, 10月1日–11月17日.

    The year is said in style exact, outside `this_year` when given, and across years always.
    """
    first, last = period.start, period.last_day
    if first == last:
        return date(first, lang, style, this_year=this_year)
    exact = style == "exact" or (this_year is not None and last.year != this_year)
    if first.year != last.year:
        name = "years"
    else:
        name = ("month" if first.month == last.month else "year") + ("_exact" if exact else "")
    return str(patterns(lang)["range"][name]).format(
        day=first.day,
        month=_month(first, lang),
        year=first.year,
        last_day=last.day,
        last_month=_month(last, lang),
        last_year=last.year,
    )


def unit_label(
    grain: Grain,
    period: Period,
    lang: str,
    fiscal: FiscalCalendar | None = None,
    *,
    this_year: int | None = None,
) -> str:
    """The name of a unit: Nov 2026, Q4 2026, FY2026, Week 41, 2026; 2026年11月, 2026财年四季度.

    The year is left out where it is `this_year` (a fiscal year by its name).
    """
    fiscal = fiscal or FiscalCalendar()
    if grain is Grain.DAY:
        return date(period.start, lang, "short" if this_year else "exact", this_year=this_year)
    name = fiscal.name(grain, period)
    units = patterns(lang)["unit"]
    year = str(units["fiscal_year" if name.fiscal else "year"]).format(year=name.year)
    if grain is Grain.YEAR:
        return year
    is_part = grain is Grain.MONTH and fiscal.pattern is not None
    pattern = units[("part" if is_part else str(grain)) + ("" if name.year == this_year else "_of")]
    return str(pattern).format(
        number=name.number,
        year=year,
        month=_month(period.start, lang),
        quarter=patterns(lang)["quarters"].get(str(name.number)),
    )


def month_names(lang: str) -> tuple[str, ...]:
    """Jan ... Dec, 1月 ... 12月."""
    names = locale(lang).months["format"]["abbreviated"]
    return tuple(names[month] for month in range(1, 13))


def _month(day: dt.date, lang: str) -> str:
    return month_names(lang)[day.month - 1]
