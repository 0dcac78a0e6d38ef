"""Stretches of the past that are as long as what is left, so that figures compare alike."""

from bisect import bisect_right
from datetime import date, timedelta

from salesdash.periods import Period, WorkCalendar

YEAR, WEEK = timedelta(days=365), timedelta(days=7)


def stretches(work: WorkCalendar, edge: date, rest: Period, first: date) -> tuple[Period, ...]:
    """Stretches with as many working days as `rest`: the one up to `edge`, that of a week ago ...

    Those that begin before `first` or end more than 12 months ago are left out. Where `rest` has
    no working day, calendar days count.
    """
    if first > edge:
        return ()
    wanted = work.count(rest)
    days = [day for day in Period.through(first, edge) if not wanted or work.is_working(day)]
    found, end = [], edge
    while end > edge - YEAR:
        begin = bisect_right(days, end) - (wanted or rest.days)
        if begin < 0:
            break
        found.append(Period.through(days[begin], end))
        end -= WEEK
    return tuple(found)
