"""The days of the demo: three years that end the day before today, and how busy each day is."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salesdash.demo.company import Company
from salesdash.periods import WorkCalendar, add_months

MONTHS = 36
"""Complete months of history before the running one."""

GROWTH = 0.04
"""Yearly growth of what a customer orders."""

HOLIDAY = 0.07
"""How busy a weekday off is, against a working one."""

SATURDAY = 5

NEVER = -10_000
"""A day number of what has not happened."""

BEFORE = 400
AFTER = 800
"""Deals begin before the history and are expected to close after it."""

MAKE_UP = 0.6
"""How busy a weekend day is that is worked for a holiday."""


@dataclass(frozen=True)
class Timeline:
    """`first` .. `edge` are the days with orders; the day numbers of the demo count from `first`.

    `month` is the first day of today's month: every month before it is complete.
    """

    today: date

    @property
    def month(self) -> date:
        """First day of the month of today."""
        return self.today.replace(day=1)

    @property
    def first(self) -> date:
        """First day of the history."""
        return add_months(self.month, -MONTHS)

    @property
    def edge(self) -> date:
        """Last day with orders."""
        return self.today - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days the history has."""
        return (self.today - self.first).days

    def ago(self, months: int) -> date:
        """First day of the month so many months before the month of today."""
        return add_months(self.month, -months)

    def number(self, day: date) -> int:
        """The day as a number of days since `first`."""
        return (day - self.first).days

    def dates(self) -> NDArray[np.datetime64]:
        """All days of the history as datetime64[D]."""
        return np.datetime64(self.first, "D") + np.arange(self.days)


@dataclass(frozen=True)
class Rota:
    """For each day the last working day up to it, from BEFORE days before the history on."""

    last: NDArray[np.int32]

    def snap(self, day: NDArray[np.integer[Any]]) -> NDArray[np.int32]:
        """The last working day up to each day number."""
        place = np.clip(day + BEFORE, 0, len(self.last) - 1)
        return np.asarray(self.last[place], np.int32)


def rota(company: Company, timeline: Timeline) -> Rota:
    """The company's working days around the history."""
    calendar = WorkCalendar(country=company.country)
    start = timeline.first - timedelta(days=BEFORE)
    numbers = np.arange(-BEFORE, timeline.days + AFTER, dtype=np.int32)
    worked = [calendar.is_working(start + timedelta(days=n)) for n in range(len(numbers))]
    return Rota(np.maximum.accumulate(np.where(worked, numbers, -BEFORE)).astype(np.int32))


def busyness(company: Company, timeline: Timeline) -> NDArray[np.float64]:
    """One weight a day: season, weekday, holidays with their make-up days, slow growth."""
    calendar = WorkCalendar(country=company.country)
    days = [timeline.first + timedelta(days=n) for n in range(timeline.days)]
    weights = [company.months[day.month - 1] * _of_week(company, calendar, day) for day in days]
    years = np.arange(timeline.days) / 365.25
    return np.asarray(weights) * (1 + GROWTH) ** years


def _of_week(company: Company, calendar: WorkCalendar, day: date) -> float:
    usual = company.week[day.weekday()]
    weekday = day.weekday() < SATURDAY
    if calendar.is_working(day):
        return usual if weekday else MAKE_UP
    return HOLIDAY if weekday else usual
