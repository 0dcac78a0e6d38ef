"""Period, Window and the words for kinds of time."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MONTHS = 12
WEEK_DAYS = 7
FEBRUARY, LEAP_DAY = 2, 29


class Grain(StrEnum):
    """The unit of time figures are asked by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Comparison(StrEnum):
    """What a period is compared with: nothing, the unit before (环比), a year ago (同比)."""

    NONE = "none"
    PREVIOUS = "previous"
    LAST_YEAR = "last-year"


class ByDay(StrEnum):
    """How the earlier unit of a running one is cut: same day number, or first k working days."""

    CALENDAR = "calendar"
    WORKING = "working"


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` up to but without `end`; never empty (ValueError)."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"a period needs a day: {self.start} .. {self.end}")

    @classmethod
    def through(cls, first: date, last: date) -> "Period":
        """The days from `first` to `last`, both included."""
        return cls(first, last + timedelta(days=1))

    @property
    def last_day(self) -> date:
        """The last day inside."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days."""
        return (self.end - self.start).days

    def contains(self, day: date) -> bool:
        """True when the day is inside."""
        return self.start <= day < self.end

    def clip(self, other: "Period") -> "Period | None":
        """The days both have, None if there are none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None

    def __iter__(self) -> Iterator[date]:
        """Every day, in order."""
        return (self.start + timedelta(days=n) for n in range(self.days))


Against = Comparison | Period
"""What a period is compared with: by a rule, or with days that somebody chose."""


@dataclass(frozen=True)
class Window:
    """A period and how it came about.

    `grain` and `unit` name the calendar or fiscal unit the period is, or is the beginning of; a
    free range has neither. `to_date`: the unit still runs, the period ends at the data edge; the
    window it is compared with is a beginning too, but not `to_date`. `note` is a text key that
    says what is special about a comparison (week 53, 29 February), else None.
    """

    period: Period
    grain: Grain | None = None
    unit: Period | None = None
    to_date: bool = False
    note: str | None = None

    @property
    def is_whole(self) -> bool:
        """True for a complete calendar or fiscal unit."""
        return self.unit == self.period


def add_months(day: date, months: int) -> date:
    """The same day `months` later (earlier if negative), clipped at the end of that month."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def same_date(day: date, year: int) -> date:
    """The same date in another year; 29 February becomes the 28th where there is none."""
    return add_months(day, (year - day.year) * MONTHS)
