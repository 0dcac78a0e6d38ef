"""What a period is compared with, as a code, and how the lengths of the two differ.

none previous last-year               by a rule
2024-03-01..2024-03-31                days of one's own, last day included
month:2024-03  quarter:2024Q1 ...     a unit of one's own: its days
"""

from dataclasses import dataclass
from datetime import date

from salesdash.errors import UsageError
from salesdash.periods.codes import parse
from salesdash.periods.fiscal import FiscalCalendar
from salesdash.periods.period import Against, Comparison, Period, Window
from salesdash.periods.workdays import WorkCalendar

CHOSEN = "days"
"""The word of days that were chosen, where a rule has its own code."""

_MOVING = "last:"


def against(text: str, fiscal: FiscalCalendar) -> Against:
    """What a code compares with, whatever the day.

    UsageError ``period.unknown`` for anything else, days that move with the data among them.
    """
    if text in set(Comparison):
        return Comparison(text)
    fixed = ".." in text or (":" in text and not text.startswith(_MOVING))
    window = parse(text, date.max, fiscal) if fixed else None
    if window is None:
        raise UsageError("period.unknown", code=text, suggestion="2026-01-01..2026-03-31")
    return window.period


def against_code(comparison: Against) -> str:
    """The inverse of `against`: the code of a rule, or the days."""
    if isinstance(comparison, Period):
        return f"{comparison.start}..{comparison.last_day}"
    return comparison.value


def against_kind(comparison: Against) -> str:
    """The code of a rule; of chosen days the word that stands for all of them."""
    return CHOSEN if isinstance(comparison, Period) else comparison.value


@dataclass(frozen=True)
class Lengths:
    """Days and working days of a period and of the one it is compared with."""

    days: int
    days_then: int
    working: int
    working_then: int

    @property
    def differ(self) -> bool:
        """Whether sums over the two are sums over unequal times."""
        return self.days != self.days_then

    def per_day(self, now: float, then: float) -> float | None:
        """The change of the average day, as a part of the earlier one; None without one."""
        if then <= 0:
            return None
        return (now / self.days) / (then / self.days_then) - 1


def lengths(now: Period, then: Period, work: WorkCalendar) -> Lengths:
    """How long two periods are."""
    return Lengths(now.days, then.days, work.count(now), work.count(then))


def are_alike(now: Window, then: Window) -> bool:
    """Two whole units of one kind, which people compare as they are: October with March."""
    return now.grain is not None and now.grain is then.grain and now.is_whole and then.is_whole
