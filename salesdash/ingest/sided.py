"""A plain table of two sides, before and after, by the members of dimensions. Nothing is stored.

Columns are read by the same rules as those of an import; what cannot be read is refused with its
place.
"""

from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from salesdash.driving import Coded, ordered
from salesdash.driving.arrays import Floats
from salesdash.engine import Engine
from salesdash.errors import DataRefused, Place
from salesdash.ingest.mapping import numbers
from salesdash.ingest.mapping.plan import ColumnMap
from salesdash.ingest.number_columns import NumberColumns, number_of
from salesdash.ingest.reading import Reading, Table
from salesdash.ingest.relation import relation
from salesdash.ingest.sided_columns import SidedColumns

__all__ = ["Sided", "Sides", "sided"]

LARGEST = 1e14
"""Beyond it sums have no cents."""

_ROWS = """
select
    record,
    {before} as before,
    {told_before} as told_before,
    {after} as after,
    {told_after} as told_after{columns}
from ({relation})
"""

_BAD = """
with lines as ({rows})
select
    record,
    told_before,
    told_after,
    not coalesce(abs(before) <= {largest}, told_before is null) as bad_before
from lines
where not coalesce(abs(before) <= {largest}, told_before is null)
   or not coalesce(abs(after) <= {largest}, told_after is null)
order by record
limit 1
"""

_GOOD = """
with lines as ({rows})
select
    coalesce(before, 0) as before,
    coalesce(after, 0) as after{names}
from lines
where before is not null
   or after is not null
"""


@dataclass(frozen=True)
class Sides:
    """What the user said: the columns by their headers, and the decimal sign."""

    before: str | None = None
    after: str | None = None
    decimal: numbers.Decimal | None = None


@dataclass(frozen=True)
class Sided:
    """A table of sums before and after: its place, its columns; a side without a cell is 0.

    `numbers`: columns of figures that stand for no members.
    """

    place: Place
    before: str
    after: str
    columns: tuple[Coded, ...]
    sums: tuple[Floats, Floats]
    numbers: tuple[str, ...]


def sided(reading: Reading, ask: Sides) -> Sided:
    """The two sides of a file that was read, and its dimensions; the largest table of several.

    DataRefused with place and remedy: no two columns of numbers, several and nobody said which, no
    other column, a cell that is no number. UsageError: a column that there is not.
    """
    table = max(reading.tables, key=lambda each: each.books.rows, default=None)
    if table is None or not table.books.rows:
        raise DataRefused("sides.empty", place=Place(reading.file))
    (sheet, *_) = reading.sheets_of(table)
    place = Place(reading.file, sheet.name or None)
    with closing(Engine.open(None, allowed=(Path(table.path).parent,))) as engine:
        figures = NumberColumns(engine, table, place, ask.decimal)
        found = SidedColumns(figures, ask.before, ask.after)
        before, after = found.sides()
        members, left = found.dimensions(before, after)
        rows = _rows(table, before, after, members)
        sides = before.header, after.header
        _ensure_numbers(engine, rows, sides, replace(place, line=sheet.header_line))
        names = "".join(f",\n    c{number}" for number in members)
        good = engine.arrow(_GOOD.format(rows=rows, names=names))
    columns = [_coded(table.columns[n], good.column(f"c{n}")) for n in members]
    sums = tuple(good.column(side).to_numpy() for side in ("before", "after"))
    return Sided(place, *sides, tuple(columns), (sums[0], sums[1]), tuple(left))


def _coded(name: str, texts: "pa.ChunkedArray[Any]") -> Coded:
    encoded = texts.combine_chunks().dictionary_encode(null_encoding="encode")
    indices = encoded.indices.to_numpy(zero_copy_only=False)
    return ordered(name, encoded.dictionary.to_pylist(), indices)


def _rows(table: Table, before: ColumnMap, after: ColumnMap, members: list[int]) -> str:
    figures = {}
    for side, column in (("before", before), ("after", after)):
        figures[side], figures[f"told_{side}"] = number_of(table, column)
    columns = "".join(f",\n    nullif(trim(c{n}), '') as c{n}" for n in members)
    return _ROWS.format(columns=columns, relation=relation(table), **figures)


def _ensure_numbers(engine: Engine, rows: str, sides: tuple[str, str], place: Place) -> None:
    """DataRefused with the first cell that is no number."""
    for record, before, after, wrong in engine.rows(_BAD.format(rows=rows, largest=LARGEST)):
        raise DataRefused(
            "sides.number",
            place=replace(place, line=record + (place.line or 0), column=sides[0 if wrong else 1]),
            value=(before if wrong else after) or "",
        )
