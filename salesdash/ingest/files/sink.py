"""Rows of text go to disk: one Parquet file of text a table, one of its damaged lines."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from salesdash.ingest.reading import BadLine

BATCH = 20_000
HEAD = 400
"""So many first rows are kept at hand."""

_BAD_LINE: dict[str, pa.DataType] = {
    "sheet": pa.int16(),
    "record": pa.int64(),
    "line": pa.int64(),
    "reason": pa.string(),
    "raw": pa.string(),
}
_BAD_LINES = pa.schema(_BAD_LINE)


class Sink:
    """Writes rows (sheet, record, c0, c1 ...) in batches; an empty cell is null."""

    def __init__(self, path: Path, width: int) -> None:
        cells: dict[str, pa.DataType] = {f"c{i}": pa.string() for i in range(width)}
        self._schema = pa.schema({"sheet": pa.int16(), "record": pa.int64(), **cells})
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd", compression_level=1)
        self._rows: list[tuple[int, int, list[str]]] = []
        self.count = 0
        self.head: list[tuple[str, ...]] = []

    def add(self, sheet: int, record: int, cells: list[str]) -> None:
        """One row."""
        self._rows.append((sheet, record, cells))
        if self.count < HEAD:
            self.head.append(tuple(cells))
        self.count += 1
        if len(self._rows) >= BATCH:
            self._flush()

    def close(self) -> None:
        """Write what is left."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if not self._rows:
            return
        sheets, records, cells = zip(*self._rows, strict=True)
        columns = [[cell or None for cell in column] for column in zip(*cells, strict=True)]
        arrays: list[pa.Array[Any]] = [pa.array(sheets, pa.int16()), pa.array(records, pa.int64())]
        arrays += [pa.array(column, pa.string()) for column in columns]
        self._writer.write_table(pa.table(arrays, schema=self._schema))
        self._rows = []


SURPLUS = "+"
"""Key of the cells that a line has too many."""


def write_bad_lines(path: Path, lines: list[BadLine], columns: tuple[str, ...]) -> None:
    """All rejected lines of a table; `raw` is JSON: header -> cell, surplus cells under `+`."""
    rows = [{**vars(line), "raw": _raw(line.cells, columns)} for line in lines]
    for row in rows:
        del row["cells"]
    pq.write_table(pa.Table.from_pylist(rows, schema=_BAD_LINES), path, compression="zstd")


def _raw(cells: tuple[str, ...], columns: tuple[str, ...]) -> str:
    named: dict[str, object] = dict(zip(columns, cells, strict=False))
    if len(cells) > len(columns):
        named[SURPLUS] = list(cells[len(columns) :])
    return json.dumps(named, ensure_ascii=False)
