"""Rejects as values and as a CSV that can be mended and read again as a repair.

The CSV names the record each row stands for (`sheet:record`). Cells that a spreadsheet would run as
a formula get an apostrophe in front, which reading a repair takes off again.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from salesdash import texts
from salesdash.ingest.files.sink import SURPLUS
from salesdash.ingest.frozen import Frozen
from salesdash.ingest.reading import (
    COLUMN_HEADER,
    REASON_HEADER,
    RECORD_HEADER,
    SURPLUS_HEADER,
)

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[\d.,]+%?")


@dataclass(frozen=True)
class Reject(Frozen):
    """One record that was not loaded: where, the first bad value and why, and its raw cells.

    `reason` is a text key. `line` is the physical line where it is known.
    """

    sheet: int
    record: int
    reason: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    raw: dict[str, str | None] | None = None
    surplus: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """`sheet:record`, as the download writes it."""
        return f"{self.sheet}:{self.record}"


def read_rejects(path: Path, limit: int | None = None) -> Iterator[Reject]:
    """The rejects of a file in the order of its records."""
    left = limit
    for batch in pq.ParquetFile(path).iter_batches():
        for row in batch.to_pylist():
            if left is not None:
                if left <= 0:
                    return
                left -= 1
            raw = json.loads(row.pop("raw") or "{}")
            surplus = tuple(raw.pop(SURPLUS, ()))
            yield Reject(**row, raw=raw, surplus=surplus)


def rejects_csv(path: Path, lang: str) -> str:
    """All rejects as CSV: record id, reason in words, column, then the raw cells by header."""
    rejects = list(read_rejects(path))
    headers = list(dict.fromkeys(h for reject in rejects for h in reject.raw or {}))
    own = [RECORD_HEADER, REASON_HEADER, COLUMN_HEADER]
    if any(reject.surplus for reject in rejects):
        own.append(SURPLUS_HEADER)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*own, *(safe_cell(header) for header in headers)])
    for reject in rejects:
        facts = [reject.id, texts.t(reject.reason, lang), reject.column or ""]
        facts.append(" | ".join(reject.surplus))
        cells = [(reject.raw or {}).get(header) or "" for header in headers]
        writer.writerow([safe_cell(cell) for cell in (*facts[: len(own)], *cells)])
    return out.getvalue()


def safe_cell(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula; numbers stay numbers."""
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
