"""Clean rows as SQL: the columns of a Parquet file brought into the shape of the projection."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from salesdash.datasets import EXTRA_PREFIX, Dataset
from salesdash.engine import Asks, identifier
from salesdash.errors import StorageError
from salesdash.imports.speeches import Part, Speech
from salesdash.warehouse import tables

KEPT = """(
        select
            * exclude (file_row_number)
            replace (coalesce(record, file_row_number + 1) as record){blank}
        from read_parquet({path}, file_row_number = true)
    )"""

PART = """
    select
        {columns},
        cast({event} as integer) as event,
        cast(p.sheet as smallint) as sheet,
        cast(p.record as bigint) as record
    from {rows} as p
    where {condition}"""

MENDED = """not exists (
        select 1
        from read_parquet({path}) as later
        where later.sheet = p.sheet
          and later.record = p.record
    )"""

IDENTITY = ("event", "sheet", "record")
"""What tells a row from all others, for ever."""

GIST = ("unit", "day", *IDENTITY, "content")

ROW_GROUP = 122_880
"""Rows that a row group of the projection takes."""

NEAR = timedelta(days=3)
"""So far back a row group may reach into the days of the one before."""

BOOKKEEPING = frozenset({*IDENTITY, "valid_from"})


@dataclass(frozen=True)
class Keys:
    """SQL of a row's unit and day: blank where its dataset has none."""

    unit: str
    day: str


class Shape(Protocol):
    """The columns of rows while an import is applied to a state."""

    def keys(self, alias: str) -> Keys:
        """What the row is part of, and when it was."""
        ...

    def listed(self, alias: str) -> str:
        """All columns, one a line, for a select."""
        ...

    def content_hash(self, alias: str, *, stored: bool) -> str:
        """A number that is equal for equal content; of a stored row or a new one."""
        ...


@dataclass(frozen=True)
class Layout:
    """Whole rows: content columns as (name, SQL type), and those that the tables have already.

    `unit`, `day`: the columns that hold them, None where the dataset has none. `filled`: content
    columns that hold anything in the files.
    """

    content: tuple[tuple[str, str], ...]
    stored: frozenset[str]
    unit: str | None
    day: str | None
    filled: frozenset[str]

    def keys(self, alias: str) -> Keys:
        """What the row is part of, and when it was."""
        unit = f"{alias}.{identifier(self.unit)}" if self.unit else "cast(null as varchar)"
        day = f"{alias}.{identifier(self.day)}" if self.day else "cast(null as date)"
        return Keys(unit, day)

    @property
    def names(self) -> tuple[str, ...]:
        """Content columns, then event, sheet and record."""
        return (*(name for name, _ in self.content), *IDENTITY)

    @property
    def brought(self) -> tuple[str, ...]:
        """The same without those that no file fills."""
        return (*(name for name, _ in self.content if name in self.filled), *IDENTITY)

    def listed(self, alias: str) -> str:
        """All columns of rows, one a line, for a select."""
        return ",\n    ".join(f"{alias}.{identifier(name)}" for name in self.names)

    def content_hash(self, alias: str, *, stored: bool) -> str:
        """Stored rows may lack columns that a new file brings."""
        parts = (
            f"{alias}.{identifier(name)}"
            if name in self.stored or not stored
            else "cast(null as varchar)"
            for name, _ in self.content
        )
        return f"hash({', '.join(parts)})"


class Gist:
    """Rows as a recomputation carries them: unit, day, identity, and a hash of the content."""

    def keys(self, alias: str) -> Keys:
        """They are columns already."""
        return Keys(f"{alias}.unit", f"{alias}.day")

    def listed(self, alias: str) -> str:
        """All columns, one a line, for a select."""
        return ",\n    ".join(f"{alias}.{name}" for name in GIST)

    def content_hash(self, alias: str, *, stored: bool) -> str:  # noqa: ARG002 - as `Shape` has it
        """The hash is a column already."""
        return f"{alias}.content"


def layout(asks: Asks, dataset: Dataset, speeches: tuple[Speech, ...]) -> Layout:
    """The columns of the stored tables and the extra ones of these files."""
    stored = [c for c in tables.columns(asks, dataset.name) if c[0] not in BOOKKEEPING]
    known = {name for name, _ in stored}
    parts = [part.path for speech in speeches for part in speech.parts]
    found = {name for path in parts for name in column_names(path)}
    filled = frozenset(name for path in parts for name in filled_names(path))
    extras = sorted(n for n in found if n.startswith(EXTRA_PREFIX) and n not in known)
    content = (*stored, *((name, "varchar") for name in extras))
    return Layout(content, frozenset(known), dataset.unit, dataset.date, filled)


@lru_cache(maxsize=4096)
def column_names(path: Path) -> frozenset[str]:
    """Columns of a kept Parquet file. Raises StorageError when it is missing or damaged."""
    try:
        return frozenset(pq.read_schema(path).names)
    except FileNotFoundError as error:
        raise StorageError("import.rows_missing", path=str(path)) from error
    except pa.ArrowException as error:
        raise StorageError("import.rows_damaged", path=str(path)) from error


@lru_cache(maxsize=4096)
def filled_names(path: Path) -> frozenset[str]:
    """Columns of a kept Parquet file that hold anything. Raises StorageError as above."""
    names = column_names(path)
    about = pq.read_metadata(path)
    groups = [about.row_group(number) for number in range(about.num_row_groups)]
    columns = (group.column(place) for group in groups for place in range(group.num_columns))
    return names & {each.path_in_schema for each in columns if not _is_empty(each)}


def _is_empty(chunk: pq.ColumnChunkMetaData) -> bool:
    facts = chunk.statistics
    return facts is not None and facts.null_count == chunk.num_values


def is_in_order(speech: Speech, layout: Layout) -> bool:
    """Whether the rows of an import can be stored as they lie in its file, without a sort.

    They can where each row group has days of its own, as in an export by date (up or down), and
    fits into a row group of the projection: a larger one leaves another nearly empty.
    """
    if len(speech.parts) > 1 or layout.day not in filled_names(speech.parts[0].path):
        return False
    about = pq.read_metadata(speech.parts[0].path)
    groups = [about.row_group(number) for number in range(about.num_row_groups)]
    days = [_days(group, about.schema.names.index(str(layout.day))) for group in groups]
    known = [each for each in days if each is not None]
    if len(known) < max(len(days), 2) or any(group.num_rows > ROW_GROUP for group in groups):
        return False
    pairs = list(pairwise(known))
    rising = all(other[0] >= one[1] - NEAR for one, other in pairs)
    return rising or all(other[1] <= one[0] + NEAR for one, other in pairs)


def _days(group: pq.RowGroupMetaData, place: int) -> tuple[date, date] | None:
    """First and last day of a row group, None where they are not known."""
    facts = group.column(place).statistics
    if facts is None or facts.min is None or facts.max is None:
        return None
    return facts.min, facts.max


def relation(speech: Speech, layout: Layout) -> str:
    """The rows of an import as SQL: its file, corrected and completed by its repairs.

    Of several rows for one record the newest repair's stands.
    """
    selects = [
        _select(part, layout, speech.parts[place + 1 :]) for place, part in enumerate(speech.parts)
    ]
    return "(" + "\n    union all".join(selects) + "\n)"


def kept(path: Path, columns: Iterable[tuple[str, str]] = ()) -> str:
    """The clean rows of a file as SQL; those that bear no number are numbered by their place.

    `columns`: names and types of those that the file may lack; they are blank then.
    """
    lacking = [(name, kind) for name, kind in columns if name not in column_names(path)]
    blank = "".join(
        f",\n            cast(null as {kind}) as {identifier(name)}" for name, kind in lacking
    )
    return KEPT.format(path=quoted(path), blank=blank)


def quoted(path: Path) -> str:
    """A path as a SQL text."""
    return "'" + str(path).replace("'", "''") + "'"


def _select(part: Part, layout: Layout, later: tuple[Part, ...]) -> str:
    names = filled_names(part.path)
    columns = ",\n        ".join(
        f"cast({f'p.{identifier(name)}' if name in names else 'null'} as {kind})"
        f" as {identifier(name)}"
        for name, kind in layout.content
    )
    condition = "\n      and ".join(MENDED.format(path=quoted(p.path)) for p in later) or "true"
    return PART.format(
        columns=columns, event=int(part.event), rows=kept(part.path), condition=condition
    )
