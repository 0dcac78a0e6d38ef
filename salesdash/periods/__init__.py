"""Periods: half-open dates, calendar and fiscal units, working days, comparison windows.

Pure: no clock (the data edge is an argument), no storage, no words.
"""

from salesdash.periods.against import (
    Lengths,
    against,
    against_code,
    against_kind,
    are_alike,
    lengths,
)
from salesdash.periods.codes import code, day, parse, presets
from salesdash.periods.fiscal import FiscalCalendar, UnitName, week_53_note
from salesdash.periods.period import (
    Against,
    ByDay,
    Comparison,
    Grain,
    Period,
    Window,
    add_months,
    same_date,
)
from salesdash.periods.windows import Weeks, between, compare, current, trailing
from salesdash.periods.workdays import WorkCalendar, countries

__all__ = [
    "Against",
    "ByDay",
    "Comparison",
    "FiscalCalendar",
    "Grain",
    "Lengths",
    "Period",
    "UnitName",
    "Weeks",
    "Window",
    "WorkCalendar",
    "add_months",
    "against",
    "against_code",
    "against_kind",
    "are_alike",
    "between",
    "code",
    "compare",
    "countries",
    "current",
    "day",
    "lengths",
    "parse",
    "presets",
    "same_date",
    "trailing",
    "week_53_note",
]
