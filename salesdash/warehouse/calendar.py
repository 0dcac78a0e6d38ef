"""The calendar table: one row a day, so that questions need no date arithmetic of their own."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import repeat
from typing import Protocol

import pyarrow as pa

from salesdash.engine import Transaction
from salesdash.periods import FiscalCalendar, Grain, Period, WorkCalendar
from salesdash.warehouse import ledger

MARGIN = timedelta(days=800)
"""Days kept before the first and after the last row, for the windows compared with."""

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)

FILL = """
insert into calendar
select
    day,
    iso_year,
    iso_week,
    weekday,
    week_start,
    month_start,
    quarter_start,
    year_start,
    working
from fresh_calendar
order by day
"""


class Calendars(Protocol):
    """How a company counts days; settings of a home are such."""

    @property
    def fiscal(self) -> FiscalCalendar:
        """How days form weeks, months, quarters and years."""
        ...

    @property
    def work(self) -> WorkCalendar:
        """Which days are worked."""
        ...


@dataclass(frozen=True)
class PlainCalendars:
    """Calendars given one by one."""

    fiscal: FiscalCalendar = field(default_factory=FiscalCalendar)
    work: WorkCalendar = field(default_factory=WorkCalendar)


def ensure_calendar(
    transaction: Transaction,
    ends: tuple[date | None, date | None],
    calendars: Calendars,
) -> None:
    """Fill the table for the days around `ends`, anew only when days or settings changed.

    Weekday counts from 0 (Monday). Weeks start as `calendars` say; months, quarters and years are
    fiscal units.
    """
    fiscal, work = calendars.fiscal, calendars.work
    first, last = ends
    if first is None or last is None:
        return
    start = date(max(EARLIEST, max(first, EARLIEST + MARGIN) - MARGIN).year, 1, 1)
    end = date(min(LATEST, min(last, LATEST - MARGIN) + MARGIN).year + 1, 1, 1)
    state = f"{start} {end} {fiscal} {_plain(work)}"
    if ledger.recall(transaction, "calendar") == state:
        return
    transaction.register("fresh_calendar", _days(Period(start, end), fiscal, work))
    transaction.run("delete from calendar")
    transaction.run(FILL)
    ledger.remember(transaction, "calendar", state)


def _plain(work: WorkCalendar) -> str:
    """The same text for equal calendars: the order of a set's members differs by process."""
    off, on = sorted(work.extra_off), sorted(work.extra_on)
    return f"{work.country} {sorted(work.weekend or ())} {off} {on}"


@lru_cache(maxsize=8)
def _days(period: Period, fiscal: FiscalCalendar, work: WorkCalendar) -> pa.Table:
    """A row a day; kept, since rows added to a company seldom reach into another year."""
    days = list(period)
    iso = [day.isocalendar() for day in days]
    return pa.table(
        {
            "day": pa.array(days, pa.date32()),
            "iso_year": pa.array([part.year for part in iso], pa.int32()),
            "iso_week": pa.array([part.week for part in iso], pa.int32()),
            "weekday": pa.array([part.weekday - 1 for part in iso], pa.int32()),
            **{
                f"{grain}_start": pa.array(_starts(grain, period, fiscal), pa.date32())
                for grain in (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)
            },
            "working": pa.array([work.is_working(day) for day in days], pa.bool_()),
        }
    )


def _starts(grain: Grain, period: Period, fiscal: FiscalCalendar) -> Iterator[date]:
    """The first day of the unit that each day of the period lies in."""
    for unit in fiscal.units(grain, period):
        inside = unit.clip(period)
        yield from repeat(unit.start, inside.days if inside else 0)
