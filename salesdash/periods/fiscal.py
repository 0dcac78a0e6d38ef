"""The calendar a business counts in: fiscal years by start month, or in 4-4-5 style weeks.

With a `pattern` the fiscal year consists of whole weeks: it begins on the `week_start` day that is
nearest to the anchor's month and day, so it has 52 or 53 weeks. Monday nearest to 1 January gives
ISO years, Sunday nearest to 1 February the retail calendar, Sunday nearest to 28 September years
that end on the last Saturday of September. The 53rd week belongs to the last month of its year.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from salesdash.periods.period import (
    FEBRUARY,
    LEAP_DAY,
    MONTHS,
    WEEK_DAYS,
    Grain,
    Period,
    add_months,
    same_date,
)

PATTERNS: dict[str, tuple[int, ...]] = {
    "4-4-5": (4, 4, 5),
    "4-5-4": (4, 5, 4),
    "5-4-4": (5, 4, 4),
}
QUARTERS = 4
MONTHS_A_QUARTER = 3
LONG_YEAR_WEEKS = 53
MIDDLE = 3  # from the first day of a week to its middle one; a Monday week has its Thursday there


@dataclass(frozen=True)
class UnitName:
    """What a unit is called: its (fiscal, for weeks ISO) year and its number in that year.

    Months of a plain calendar carry the calendar year and month. `fiscal`: the year is not a
    calendar year, so its name needs a mark ("FY2026").
    """

    grain: Grain
    year: int
    number: int
    fiscal: bool = False


@dataclass(frozen=True)
class FiscalCalendar:
    """How days form weeks, months, quarters and years.

    `start_month` 1-12: the month a fiscal year begins in. `pattern`: None or a key of `PATTERNS`,
    weeks a month. `anchor`: the nominal first day of a patterned year, only its month and day
    count (default: the first of `start_month`). `week_start`: 0 Monday ... 6 Sunday. `named_by`:
    a fiscal year is named after the calendar year it begins or ends in. ValueError if out of range.
    """

    start_month: int = 1
    pattern: str | None = None
    anchor: date | None = None
    week_start: int = 0
    named_by: Literal["start", "end"] = "end"

    def __post_init__(self) -> None:
        if not 1 <= self.start_month <= MONTHS:
            raise ValueError(f"start_month {self.start_month} is not 1-12")
        if not 0 <= self.week_start < WEEK_DAYS:
            raise ValueError(f"week_start {self.week_start} is not 0-6")
        if self.pattern is not None and self.pattern not in PATTERNS:
            raise ValueError(f"pattern {self.pattern!r} is not one of {', '.join(PATTERNS)}")

    def unit(self, grain: Grain, day: date) -> Period:
        """The unit that contains the day."""
        if grain is Grain.DAY:
            return Period.through(day, day)
        if grain is Grain.WEEK:
            start = day - timedelta(days=(day.weekday() - self.week_start) % WEEK_DAYS)
            return Period(start, start + timedelta(days=WEEK_DAYS))
        first, months = self._year_index(day), _MONTHS_IN[grain]
        if self.pattern is None:
            return self._plain(day, months)
        starts = self._month_starts(first)
        index = sum(1 for start in starts[1:-1] if start <= day) // months * months
        return Period(starts[index], starts[index + months])

    def units(self, grain: Grain, period: Period) -> tuple[Period, ...]:
        """All units that touch the period, in order."""
        found = [self.unit(grain, period.start)]
        while found[-1].end < period.end:
            found.append(self.unit(grain, found[-1].end))
        return tuple(found)

    def previous(self, grain: Grain, unit: Period, n: int = 1) -> Period:
        """The unit `n` before; a negative n goes forward."""
        if grain in _LENGTHS:
            shift = timedelta(days=n * _LENGTHS[grain])
            return Period(unit.start - shift, unit.end - shift)
        if self.pattern is None:
            return self._plain(add_months(unit.start, -n * _MONTHS_IN[grain]), _MONTHS_IN[grain])
        months = _MONTHS_IN[grain]
        year = self._year_index(unit.start)
        number = self._month_starts(year).index(self.unit(grain, unit.start).start) // months
        year, number = divmod(year * (MONTHS // months) + number - n, MONTHS // months)
        starts = self._month_starts(year)
        return Period(starts[number * months], starts[(number + 1) * months])

    def year_ago(self, grain: Grain, unit: Period) -> Period:
        """The same unit one year earlier.

        A day: the same date (29 February: the 28th). A week: the same ISO week number, week 53
        the week 52. A month or quarter: the same one of the fiscal year before.
        """
        if grain is Grain.DAY:
            day = same_date(unit.start, unit.start.year - 1)
            return Period.through(day, day)
        if grain is Grain.WEEK:
            name = self.name(grain, unit)
            number = min(name.number, LONG_YEAR_WEEKS - 1)
            return self.week(name.year - 1, number)
        return self.previous(grain, unit, MONTHS // _MONTHS_IN[grain])

    def week(self, iso_year: int, number: int) -> Period:
        """The week of that ISO number; ValueError if the year has no such week.

        Weeks that don't begin on Monday carry the number of the ISO week their middle day is in.
        """
        thursday = date.fromisocalendar(iso_year, number, MIDDLE + 1)
        # the one week whose middle day lies in this ISO week
        middle_weekday = (self.week_start + MIDDLE) % WEEK_DAYS
        middle = thursday + timedelta(days=middle_weekday - MIDDLE)
        return self.unit(Grain.WEEK, middle)

    def year(self, name: int) -> Period:
        """The fiscal year of that name."""
        if self.pattern is not None:
            starts = self._month_starts(name - self._name_offset)
            return Period(starts[0], starts[-1])
        start = date(name - self._name_offset, self.start_month, 1)
        return Period(start, add_months(start, MONTHS))

    def part(self, grain: Grain, year: int, number: int) -> Period:
        """Quarter 1-4 or month 1-12 of the fiscal year of that name; ValueError beyond."""
        months = _MONTHS_IN[grain]
        if not 1 <= number <= MONTHS // months:
            raise ValueError(f"there is no {grain} {number} in a year")
        first = self.unit(grain, self.year(year).start)
        return self.previous(grain, first, 1 - number)

    def name(self, grain: Grain, unit: Period) -> UnitName:
        """What the unit is called (a day: its year and its day number in it)."""
        if grain is Grain.DAY:
            return UnitName(grain, unit.start.year, unit.start.timetuple().tm_yday)
        if grain is Grain.WEEK:
            year, number, _ = (unit.start + timedelta(days=MIDDLE)).isocalendar()
            return UnitName(grain, year, number)
        if grain is Grain.MONTH and self.pattern is None:
            return UnitName(grain, unit.start.year, unit.start.month)
        index, months = self._year_index(unit.start), _MONTHS_IN[grain]
        name = index + self._name_offset
        whole = self.year(name)
        earlier = [part for part in self.units(grain, whole) if part.start < unit.start]
        number = 1 if months == MONTHS else len(earlier) + 1
        return UnitName(grain, name, number, fiscal=self.is_fiscal)

    @property
    def is_fiscal(self) -> bool:
        """True when fiscal years differ from calendar years."""
        return self.pattern is not None or self.start_month != 1

    @property
    def _nominal(self) -> tuple[int, int]:
        """Month and day a year nominally begins on."""
        if self.pattern is None or self.anchor is None:
            return self.start_month, 1
        if (self.anchor.month, self.anchor.day) == (FEBRUARY, LEAP_DAY):
            return FEBRUARY, LEAP_DAY - 1
        return self.anchor.month, self.anchor.day

    @property
    def _name_offset(self) -> int:
        """Name of a year minus the calendar year of its nominal first day.

        A week of tolerance: a year from 29 December belongs to the next calendar year.
        """
        month, day = self._nominal
        week = timedelta(days=WEEK_DAYS)
        if self.named_by == "start":
            return (date(2001, month, day) + week).year - 2001
        return (date(2002, month, day) - week - timedelta(days=1)).year - 2001

    def _year_start(self, index: int) -> date:
        """First day of the fiscal year that nominally begins in calendar year `index`."""
        nominal = date(index, *self._nominal)
        if self.pattern is None:
            return nominal
        ahead = (self.week_start - nominal.weekday()) % WEEK_DAYS
        return nominal + timedelta(days=ahead - WEEK_DAYS if ahead > MIDDLE else ahead)

    def _year_index(self, day: date) -> int:
        """The nominal calendar year of the fiscal year that contains the day.

        A year of weeks begins up to three days beside its nominal day: one that nominally begins
        in the last days of December may begin in January.
        """
        for index in (day.year + 1, day.year, day.year - 1):
            if self._year_start(index) <= day:
                return index
        return day.year - 2

    def _plain(self, day: date, months: int) -> Period:
        """The unit of so many whole calendar months that contains the day."""
        into = (day.month - self.start_month) % months
        start = add_months(day.replace(day=1), -into)
        return Period(start, add_months(start, months))

    def _month_starts(self, index: int) -> tuple[date, ...]:
        """First days of the 12 months of a patterned year, then of the next year."""
        start = self._year_start(index)
        weeks, starts = 0, []
        for length in PATTERNS[self.pattern or "4-4-5"] * QUARTERS:
            starts.append(start + timedelta(weeks=weeks))
            weeks += length
        return (*starts, self._year_start(index + 1))


_LENGTHS = {Grain.DAY: 1, Grain.WEEK: WEEK_DAYS}
_MONTHS_IN = {Grain.MONTH: 1, Grain.QUARTER: MONTHS_A_QUARTER, Grain.YEAR: MONTHS}


def week_53_note(fiscal: FiscalCalendar, grain: Grain, unit: Period, earlier: Period) -> str | None:
    """Text key to say that a 53rd week makes two units unlike, None if it does not."""
    if grain is Grain.WEEK:
        numbers = fiscal.name(grain, unit).number, fiscal.name(grain, earlier).number
        clipped = numbers == (LONG_YEAR_WEEKS, LONG_YEAR_WEEKS - 1)
        return "periods.note.week_53" if clipped else None
    if fiscal.pattern is None or grain is Grain.DAY or unit.days == earlier.days:
        return None
    return "periods.note.long_year"
