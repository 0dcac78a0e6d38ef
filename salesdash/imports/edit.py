"""Edits by hand of rows that the warehouse needs: people and their teams, mostly.

An edit is an event as an import is: it has a number, who and when, and can be taken back. It says
all there is to know of the keys that it names: all entries of a person are replaced together.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from salesdash.datasets import DATASETS, Dataset, Kind
from salesdash.errors import UsageError
from salesdash.imports.apply import change
from salesdash.imports.commit import enact
from salesdash.imports.fold import Changes
from salesdash.imports.home import Home
from salesdash.imports.speeches import Mode
from salesdash.ingest.headers import plain
from salesdash.workspace import Draft, Event, EventKind, Status

ARROW = {
    Kind.DATE: pa.date32(),
    Kind.MOMENT: pa.timestamp("us"),
    Kind.MONEY: pa.decimal128(18, 4),
    Kind.RATE: pa.decimal128(18, 6),
    Kind.NUMBER: pa.decimal128(18, 4),
    Kind.SHARE: pa.decimal128(18, 6),
}
"""How values are kept; other kinds are text."""

MOST_KEYS = 20

BOOKS = (
    pa.field("counts", pa.bool_()),
    pa.field("sheet", pa.int16()),
    pa.field("record", pa.int64()),
)

Row = Mapping[str, object]
"""Field -> value: text, date, datetime or Decimal; a field that is left out is blank."""


def edit(home: Home, dataset: str, rows: Sequence[Row], who: str, now: datetime) -> Event:
    """Replace all rows of the keys in `rows` by these; returns the event.

    Raises UsageError for a dataset without a key, a row without its key, an unknown field or a
    value that does not fit; DiskFull and StorageError. Nothing changed then.
    """
    table = _table(_keyed(dataset), rows)
    with home.writing():
        folder = home.disk.folder(home.staging / secrets.token_hex(8))
        try:
            file = _kept(home, table, folder / "rows.parquet")
            draft = Draft(
                EventKind.EDIT,
                who,
                now,
                dataset=dataset,
                rows_file=file,
                mode=Mode.UPDATE.value,
                as_of=now,
                counts={"loaded": len(rows)},
                options={"keys": _keys(DATASETS[dataset], rows)},
            )
            counts = {**draft.counts, **vars(_changes(home, draft))}
            return enact(home, [replace(draft, counts=counts)])[0]
        finally:
            home.disk.remove(folder)


def _keyed(name: str) -> Dataset:
    """The dataset, whose rows can be told apart."""
    if name not in DATASETS:
        raise UsageError("dataset.unknown", dataset=name, known=sorted(DATASETS))
    if DATASETS[name].unit is None:
        raise UsageError("edit.no_key", dataset=name)
    return DATASETS[name]


def _table(dataset: Dataset, rows: Sequence[Row]) -> pa.Table:
    """The rows as clean rows are kept: all fields typed, sheet 0, records by their place."""
    unknown = sorted({name for row in rows for name in row} - set(dataset.names))
    if unknown:
        raise UsageError("edit.field", field=unknown[0], dataset=dataset.name)
    full = [{name: _value(value) for name, value in row.items()} for row in rows]
    if not full or any(row.get(str(dataset.unit)) is None for row in full):
        raise UsageError("edit.key_missing", dataset=dataset.name, field=dataset.unit)
    fields = [pa.field(f.name, ARROW.get(f.kind, pa.string())) for f in dataset.fields]
    books = [{"counts": True, "sheet": 0, "record": place} for place in range(1, len(full) + 1)]
    typed = [{**row, **book} for row, book in zip(full, books, strict=True)]
    try:
        return pa.Table.from_pylist(typed, schema=pa.schema([*fields, *BOOKS]))
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise UsageError("edit.value", dataset=dataset.name, detail=str(error)) from error


def _value(value: object) -> object:
    """Names in the form in which they are compared and kept; an empty text is blank."""
    return (plain(value) or None) if isinstance(value, str) else value


def _keys(dataset: Dataset, rows: Sequence[Row]) -> list[str]:
    """Whom or what an edit is about, so that the log can say it; some of many."""
    found = dict.fromkeys(str(_value(row[str(dataset.unit)])) for row in rows)
    return list(found)[:MOST_KEYS]


def _kept(home: Home, table: pa.Table, draft: Path) -> str:
    """Write the rows to their lasting place; the name there."""
    with home.disk.guarded("rows", draft):
        pq.write_table(table, draft, compression="zstd")
    name = f"{home.disk.fingerprint(draft)}.parquet"
    home.disk.keep(draft, home.imports / name)
    return name


def _changes(home: Home, draft: Draft) -> Changes:
    """What the edit will do to what is stored."""
    events = home.done()
    number = 1 + max((event.id for event in home.workspace.log.events()), default=0)
    event = Event(**vars(draft), id=number, status=Status.PENDING, version=1)
    with home.engine.reading() as reading:
        return change(reading, (*events, event), home.imports)[0].changes
