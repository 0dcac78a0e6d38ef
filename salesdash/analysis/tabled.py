"""The history that a table of dates and values holds: its grain, its periods, what is missing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from salesdash.analysis.answers import Name, Reason
from salesdash.analysis.foresight import History, listed
from salesdash.analysis.spacing import Spaced, spaced, told_by
from salesdash.errors import DataRefused
from salesdash.ingest.dated import Dated, Day
from salesdash.periods import FiscalCalendar, Grain, Period

FINEST_FIRST = tuple(Grain)
NAMED_MONTHS = {1: Grain.MONTH, 3: Grain.QUARTER, 12: Grain.YEAR}
A_WEEK = 7


def history(table: Dated, asked: Grain | None) -> History:
    """The history in a table, by the grain of its dates or a coarser one that is asked.

    Rows of one period are added up; then a period without any counts 0, else it is unknown.
    DataRefused with place and remedy: dates of which no grain can be told, periods of different
    lengths, a finer grain than they have.
    """
    if not table.days:
        raise DataRefused("dated.empty", place=table.place)
    own, calendar = _grain(table, asked)
    grain = asked or own
    if FINEST_FIRST.index(grain) < FINEST_FIRST.index(own):
        raise DataRefused("tabled.finer", place=table.place, own=own.value, asked=grain.value)
    coarser = grain is not own
    calendar = FiscalCalendar() if coarser else calendar
    figures = {day.first: day.value for day in table.days}
    row = spaced(figures, grain, calendar, fill=0.0 if coarser else None)
    notes = tuple(_told(table, row, coarser=coarser))
    return _whole(row, table.days, notes) if coarser else History(row, notes)


def _grain(table: Dated, asked: Grain | None) -> tuple[Grain, FiscalCalendar]:
    """The grain of the periods that the cells name, else the one that the dates have."""
    if any(day.last is not None for day in table.days):
        kinds = [_named(day) for day in table.days]
        usual = Counter(kinds).most_common(1)[0][0]
        pairs = zip(table.days, kinds, strict=True)
        odd = [day for day, kind in pairs if kind is None or kind is not usual]
        if usual is None or odd:
            place = replace(table.place, line=odd[0].line, column=table.date)
            raise DataRefused("tabled.mixed", place=place)
        return usual, FiscalCalendar()
    days = [day.first for day in table.days]
    try:
        return told_by(days)
    except DataRefused as unclear:
        if asked is None:
            raise DataRefused(unclear.key, place=table.place, **unclear.values) from None
        return Grain.DAY, FiscalCalendar()


def _named(day: Day) -> Grain | None:
    """The grain of the period that a cell names; None: it names a day. Half years have none."""
    if day.last is None:
        return None
    if (day.last - day.first).days + 1 == A_WEEK:
        return Grain.WEEK
    months = 12 * (day.last.year - day.first.year) + day.last.month - day.first.month + 1
    return NAMED_MONTHS.get(months)


def _told(table: Dated, row: Spaced, *, coarser: bool) -> Iterator[Reason]:
    rows = sum(day.rows for day in table.days)
    if coarser:
        empty = [u for u, v in zip(row.units, row.values, strict=True) if v == 0.0]
        yield Reason(
            "tabled.note.summed", (("count", rows), ("grain", Name("grain", row.grain.value)))
        )
        if empty:
            yield Reason("tabled.note.empty", listed(row, empty))
        return
    twice = [row.calendar.unit(row.grain, day.first) for day in table.days if day.rows > 1]
    if twice:
        yield Reason("tabled.note.repeated", listed(row, twice))
    if row.closed:
        yield Reason("tabled.note.closed", (("count", len(row.closed)),))


def _whole(row: Spaced, days: Sequence[Day], notes: tuple[Reason, ...]) -> History:
    """Without a first or last period of which the rows cover a part only."""
    open_on = {day.first.weekday() for day in days}
    first, last = days[0].first, days[-1].last or days[-1].first
    left = []
    if _any_open(row.units[0].start, first, open_on):
        left.append(row.units[0])
    if row.units[-1] not in left and _any_open(_after(last), row.units[-1].end, open_on):
        left.append(row.units[-1])
    kept = [(u, v) for u, v in zip(row.units, row.values, strict=True) if u not in left]
    if not left or not kept:
        return History(row, notes)
    units, values = zip(*kept, strict=True)
    note = Reason("tabled.note.partial", listed(row, left))
    return History(replace(row, units=units, values=values), (*notes, note))


def _any_open(start: date, end: date, open_on: set[int]) -> bool:
    """Whether any day from start up to, without, end is one on which there are rows."""
    return start < end and any(day.weekday() in open_on for day in Period(start, end))


def _after(day: date) -> date:
    return Period.through(day, day).end
