"""Working days: weekends, public holidays, make-up days (调休), and the company's own days."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from salesdash.periods.period import Period

if TYPE_CHECKING:
    from holidays import HolidayBase

WEEKEND = frozenset({5, 6})
SUBSTITUTED = 4  # a special holiday that names the weekend day worked for it has 4 or 5 parts


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked.

    `country`: an ISO code that `countries()` knows, None for weekends only. `weekend`: weekdays
    off (0 Monday), None for the country's own. `extra_off` and `extra_on`: the company's days,
    stronger than the rest; a day in both is worked.
    """

    country: str | None = None
    weekend: frozenset[int] | None = None
    extra_off: frozenset[date] = frozenset()
    extra_on: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """True for a working day."""
        before = _worked(self, day.year)
        index = day.timetuple().tm_yday
        return before[index] > before[index - 1]

    def count(self, period: Period) -> int:
        """How many working days the period has."""
        return self._since(period.start.year, period.end) - self._since(
            period.start.year, period.start
        )

    def reach(self, start: date, days: int) -> date:
        """The day on which the `days`-th working day from `start` on (included) is reached.

        ValueError if `days` < 1 or a year passes without any working day.
        """
        if days < 1:
            raise ValueError(f"working day number {days} does not exist")
        year = start.year
        wanted = days + self._since(year, start)
        while wanted > (worked := _worked(self, year))[-1]:
            if not worked[-1]:
                raise ValueError(f"no day of {year} is worked")
            wanted -= worked[-1]
            year += 1
        return date(year, 1, 1) + timedelta(days=bisect_left(worked, wanted) - 1)

    def is_estimated(self, year: int) -> bool:
        """True when the make-up days of the year are not on record.

        Countries like China decide them each year; without them only the statutory holidays are
        computed. Always False where there are no make-up days.
        """
        known = _make_up_years(self.country) if self.country else frozenset()
        return bool(known) and not min(known) <= year <= max(known)

    def _since(self, year: int, day: date) -> int:
        """Working days from 1 January of `year` up to, without, `day`."""
        whole = sum(_worked(self, earlier)[-1] for earlier in range(year, day.year))
        return whole + _worked(self, day.year)[day.timetuple().tm_yday - 1]


def countries() -> frozenset[str]:
    """ISO codes a `WorkCalendar` can be made for."""
    import holidays  # 200 ms: only when working days are asked for

    return frozenset(holidays.list_supported_countries())


@lru_cache(maxsize=512)
def _worked(calendar: WorkCalendar, year: int) -> tuple[int, ...]:
    """Working days up to each day of the year: entry n counts the first n days."""
    year_days = Period(date(year, 1, 1), date(year + 1, 1, 1))
    official = _official(calendar.country, year) if calendar.country else None
    worked = (_is_worked(calendar, official, day) for day in year_days)
    return tuple(accumulate(worked, initial=0))


def _is_worked(calendar: WorkCalendar, official: "HolidayBase | None", day: date) -> bool:
    if day in calendar.extra_on:
        return True
    if day in calendar.extra_off:
        return False
    if official is None:
        return day.weekday() not in (WEEKEND if calendar.weekend is None else calendar.weekend)
    if calendar.weekend is None:
        return official.is_working_day(day)
    if day in official.weekend_workdays:
        return True
    return day.weekday() not in calendar.weekend and day not in official


@lru_cache(maxsize=256)
def _official(country: str, year: int) -> "HolidayBase":
    """The country's holidays; the next year too, whose list may name days of this December."""
    import holidays  # 200 ms: only when working days are asked for

    return holidays.country_holidays(country, years=(year, year + 1))


@lru_cache(maxsize=16)
def _make_up_years(country: str) -> frozenset[int]:
    """The years for which the make-up days are on record."""
    special: Mapping[int, Any] = getattr(_official(country, 2000), "special_public_holidays", {})
    return frozenset(year for year, days in special.items() if _has_substitute(days))


def _has_substitute(days: tuple[Any, ...]) -> bool:
    several = days if isinstance(days[0], tuple) else (days,)
    return any(len(day) >= SUBSTITUTED for day in several)
