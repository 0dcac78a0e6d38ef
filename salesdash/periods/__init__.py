"""Periods: half-open dates, calendar and fiscal units, working days, comparison windows.

Pure: no clock (the data edge is an argument), no storage, no words.
"""

from salesdash.periods.codes import between, code, day, parse, presets
from salesdash.periods.fiscal import FiscalCalendar, UnitName, week_53_note
from salesdash.periods.period import (
    ByDay,
    Comparison,
    Grain,
    Period,
    Window,
    add_months,
    same_date,
)
from salesdash.periods.windows import Weeks, compare, current, trailing
from salesdash.periods.workdays import WorkCalendar, countries

__all__ = [
    "ByDay",
    "Comparison",
    "FiscalCalendar",
    "Grain",
    "Period",
    "UnitName",
    "Weeks",
    "Window",
    "WorkCalendar",
    "add_months",
    "between",
    "code",
    "compare",
    "countries",
    "current",
    "day",
    "parse",
    "presets",
    "same_date",
    "trailing",
    "week_53_note",
]
