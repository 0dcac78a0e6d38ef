"""Clean rows as the cleaning writes them, from a few dicts."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from salesdash.datasets import SALES, Dataset, Kind

ARROW = {
    Kind.TEXT: pa.string(),
    Kind.CODE: pa.string(),
    Kind.DATE: pa.date32(),
    Kind.MOMENT: pa.timestamp("us"),
    Kind.MONEY: pa.decimal128(18, 4),
    Kind.RATE: pa.decimal128(18, 6),
    Kind.NUMBER: pa.decimal128(18, 4),
    Kind.SHARE: pa.decimal128(18, 6),
}


def parquet(path: Path, rows: list[dict[str, Any]], dataset: Dataset = SALES) -> Path:
    """Write rows (fields as text or typed; sheet 0 and record by place unless given)."""
    fields = [pa.field(f.name, ARROW[f.kind]) for f in dataset.fields]
    extras = sorted({name for row in rows for name in row if name.startswith("x_")})
    fields += [pa.field(name, pa.string()) for name in extras]
    fields += [
        pa.field("counts", pa.bool_()),
        pa.field("sheet", pa.int16()),
        pa.field("record", pa.int64()),
    ]
    full = [
        {"counts": True, "sheet": 0, "record": number, **row} for number, row in enumerate(rows, 1)
    ]
    typed = [{f.name: _typed(row.get(f.name), f.type) for f in fields} for row in full]
    pq.write_table(pa.Table.from_pylist(typed, schema=pa.schema(fields)), path)
    return path


def _typed(value, kind):
    if value is None:
        return None
    if pa.types.is_date32(kind):
        return date.fromisoformat(str(value))
    if pa.types.is_decimal(kind):
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-kind.scale))
    return value
