"""A plain table of dates and values: what every row says. Nothing is stored.

Columns are read by the same rules as those of an import; what cannot be read is refused with its
place.
"""

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from salesdash.engine import Engine
from salesdash.errors import DataRefused, Place
from salesdash.ingest.cleaning import values
from salesdash.ingest.dated_columns import PERIODS, WEEKS, YEAR, Ask, Columns
from salesdash.ingest.mapping.plan import ColumnMap, DateFormat
from salesdash.ingest.number_columns import number_of
from salesdash.ingest.reading import Reading, Table
from salesdash.ingest.relation import relation

__all__ = ["Ask", "Dated", "Day", "dated"]

_LINE = """
select
    r.record,
    r.day,
    r.last_day,
    r.value,
    r.told_day,
    r.told_value
from (
    select
        record,
        {first} as day,
        {last} as last_day,
        {value} as value,
        nullif(trim(c{date}), '') as told_day,
        {told} as told_value
    from ({relation})
) as r
"""

_BAD = """
with lines as ({line})
select
    record,
    case when undated then told_day else told_value end as told,
    undated
from (
    select
        *,
        coalesce(not day between date '1900-01-01' and date '2100-12-31', true) as undated
    from lines
) as l
where
    (undated and (told_day is not null or told_value is not null))
    or (value is null and told_value is not null)
order by record
limit 1
"""

_DAYS = """
with lines as ({line})
select
    day,
    max(last_day) as last_day,
    sum(value) as value,
    count(*) as rows,
    min(record) as record
from lines
where day is not null
group by day
order by day
"""


@dataclass(frozen=True)
class Day:
    """What the rows of one date add up to; `last` is the last day of the period that they name.

    `value` is None where they have none. `line`: where the first of them stands.
    """

    first: date
    last: date | None
    value: float | None
    rows: int
    line: int


@dataclass(frozen=True)
class Dated:
    """A table of dates and values: its place, its columns, its days in order."""

    place: Place
    date: str
    value: str
    days: tuple[Day, ...]


def dated(reading: Reading, ask: Ask) -> Dated:
    """The dates and values of a file that was read; the largest table of several.

    DataRefused with place and remedy: no column of dates or numbers, several of them and nobody
    said which, a cell that is no date or number. UsageError: a column that there is not.
    """
    table = max(reading.tables, key=lambda each: each.books.rows, default=None)
    if table is None or not table.books.rows:
        raise DataRefused("dated.empty", place=Place(reading.file))
    (sheet, *_) = reading.sheets_of(table)
    place = Place(reading.file, sheet.name or None)
    with closing(Engine.open(None, allowed=(Path(table.path).parent,))) as engine:
        columns = Columns(engine, table, place, ask)
        day = columns.date()
        value = columns.value(day)
        line = _line(table, day, value)
        for record, told, undated in engine.rows(_BAD.format(line=line)):
            raise DataRefused(
                "dated.date" if undated else "dated.number",
                place=replace(
                    place,
                    line=record + sheet.header_line,
                    column=(day if undated else value).header,
                ),
                value=told or "",
            )
        days = tuple(
            Day(first, last, total, rows, record + sheet.header_line)
            for first, last, total, rows, record in engine.rows(_DAYS.format(line=line))
        )
    return Dated(place, day.header, value.header, days)


def _line(table: Table, day: ColumnMap, value: ColumnMap) -> str:
    assert day.dates is not None
    first, last = _days(f"c{day.index}", day.dates)
    number, told = number_of(table, value)
    return _LINE.format(
        first=first, last=last, value=number, date=day.index, told=told, relation=relation(table)
    )


def _days(cell: str, form: DateFormat) -> tuple[str, str]:
    """First and last day as DATE expressions; the last is NULL of a plain date."""
    if form.styles == (WEEKS,):
        return _week(cell)
    if form.styles == (PERIODS,):
        if form.year is not None:
            cell = f"concat(c{form.year}, ' ', nullif(trim({cell}), ''))"
        return values.period(cell)
    return f"cast({values.moment(cell, form)} as date)", "cast(null as date)"


def _week(cell: str) -> tuple[str, str]:
    """Monday and Sunday of an ISO week: that of 4 January is the first of its year."""
    text = f"upper(trim({cell}))"
    year = f"try_cast(regexp_extract({text}, '{YEAR}', 1) as integer)"
    patterns = (r"W(?:EEK|K)?[- ]?([0-9][0-9]?)", r"([0-9][0-9]?)周")
    number = " ".join(
        f"when regexp_matches({text}, '{each}') "
        f"then try_cast(regexp_extract({text}, '{each}', 1) as integer)"
        for each in patterns
    )
    number = f"case {number} end"
    monday = f"cast(date_trunc('week', make_date({year}, 1, 4)) as date) + 7 * ({number} - 1)"
    first = f"case when isoyear({monday}) = {year} then {monday} end"
    return f"cast({first} as date)", f"cast({first} + 6 as date)"
