"""Earlier periods like that of a goal: what a pace and a chance are learned from.

A month is like other months. Quarters and years are few, so stretches of their length count too
that begin at any month, or at any quarter. A free range is like the same dates of earlier years,
and like the equally long ranges right before each of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from salesdash.periods import FiscalCalendar, Grain, Period, between, same_date

YEARS = 3
"""A free range is looked for in so many earlier years."""

RANGES = 12
"""It has so many equals a year at most."""

YEAR_DAYS, YEAR_OF_WEEKS, WEEK_DAYS = 365, timedelta(weeks=52), 7


@dataclass(frozen=True)
class Equal:
    """An earlier period; it begins `place` steps before the goal's own."""

    period: Period
    place: int


@dataclass(frozen=True)
class Equals:
    """Earlier periods, oldest first.

    `length`: steps that the goal's period takes; every `cycle` steps lies the same season.
    """

    all: tuple[Equal, ...]
    length: int
    cycle: int
    grain: Grain | None = None


@dataclass(frozen=True)
class _Kind:
    step: Grain
    length: int
    cycle: int
    places: int


_KINDS = {
    Grain.MONTH: _Kind(Grain.MONTH, 1, 12, 36),
    Grain.QUARTER: _Kind(Grain.MONTH, 3, 12, 36),
    Grain.YEAR: _Kind(Grain.QUARTER, 4, 4, 20),
}


def equals(period: Period, fiscal: FiscalCalendar) -> Equals:
    """The earlier periods like one, whether or not there are data of their days."""
    grain = between(period.start, period.last_day, fiscal).grain
    kind = None if grain is None else _KINDS.get(grain)
    if kind is None:
        return _ranges(period)
    first = fiscal.unit(kind.step, period.start)

    def start(place: int) -> date:
        return fiscal.previous(kind.step, first, place).start

    found = (
        Equal(Period(start(place), start(place - kind.length)), place)
        for place in range(kind.places, 0, -1)
    )
    return Equals(tuple(found), kind.length, kind.cycle, grain)


def _ranges(period: Period) -> Equals:
    cycle = max(1, min(RANGES, YEAR_DAYS // period.days))
    length = timedelta(days=period.days)
    found = []
    for year in range(YEARS + 1):
        start = _earlier(period, year)
        for number in range(cycle):
            begin = start - number * length
            found.append(Equal(Period(begin, begin + length), year * cycle + number))
    return _ordered((each for each in found if each.place), cycle)


def _earlier(period: Period, years: int) -> date:
    """The same date so many years ago; whole weeks keep their weekdays."""
    if period.days % WEEK_DAYS == 0:
        return period.start - years * YEAR_OF_WEEKS
    return same_date(period.start, period.start.year - years)


def _ordered(found: Iterable[Equal], cycle: int) -> Equals:
    return Equals(tuple(sorted(found, key=lambda each: -each.place)), 1, cycle)
