"""What leaves the screen as a file: formula-safe CSV, pictures, and names that tell them apart."""

import hashlib
import re
from collections.abc import Hashable
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from salesdash import charts, texts
from salesdash.charts import Table, Words
from salesdash.commands.tables import csv_text
from salesdash.datasets import EXTRA_PREFIX
from salesdash.metrics import Metric
from salesdash.selection import Selection
from salesdash.ui import context

BOM = "﻿"
"""Spreadsheets take a CSV for UTF-8 only when it begins with this."""

HIDDEN = ("counts", "valid_from")
TRACE = ("event", "sheet", "record")
ALL_ROWS = 10_000_000


def file_name(what: str, ending: str, *question: Hashable) -> str:
    """`sales-3fa9c1e2.csv`: the hash stands for question, data version and settings.

    Signs that a path, a shell or a spreadsheet would take for more than a name become dashes.
    """
    facts = repr(context.key(what, *question))
    name = re.sub(r"[^\w]+", "-", what).strip("-_") or "file"
    return f"{name}-{hashlib.sha256(facts.encode()).hexdigest()[:8]}.{ending}"


def table_csv(table: Table) -> bytes:
    """The exact figures of a chart."""
    return encoded(csv_text([column.name for column in table.columns], table.rows))


def framed(table: Table) -> pd.DataFrame:
    """The exact figures of a table for a grid."""
    columns = [column.name for column in table.columns]
    rows = [[float(c) if isinstance(c, Decimal) else c for c in row] for row in table.rows]
    return pd.DataFrame(rows, columns=columns)


def picture(spec: dict[str, Any], title: str, note: str) -> bytes:
    """A chart as PNG, with its title."""
    return charts.png(spec, title=tuple(line for line in (title, note) if line))


def rows_csv(selection: Selection, metric: Metric) -> bytes:
    """All rows a metric counts from, with what finds them again: import, sheet and record."""
    return arrow_csv(context.rows(selection, ALL_ROWS, metric).table)


def arrow_csv(rows: pa.Table) -> bytes:
    """Rows as CSV: columns that hold something, where a row came from first."""
    table = shown_columns(rows)
    return encoded(csv_text(table.column_names, zip(*table.to_pydict().values(), strict=True)))


def readable(table: pa.Table, words: Words) -> pd.DataFrame:
    """Rows for a grid: columns that hold something, under the names people know."""
    shown = shown_columns(table)
    return shown.rename_columns([label(name, words) for name in shown.column_names]).to_pandas()


def shown_columns(table: pa.Table) -> pa.Table:
    """Without bookkeeping and without empty columns; where a row came from stands first."""
    one_sheet = "sheet" in table.column_names and not pc.max(table["sheet"]).as_py()
    trace = [name for name in TRACE if name in table.column_names]
    kept = [
        name
        for name in table.column_names
        if name not in (*HIDDEN, *TRACE) and table[name].null_count < table.num_rows
    ]
    return table.select([*(n for n in trace if n != "sheet" or not one_sheet), *kept])


def label(column: str, words: Words) -> str:
    """What people call a column: a field's label, else the header it had."""
    if column in TRACE:
        return words.say(f"ui.rows.{column}")
    if column.startswith(EXTRA_PREFIX):
        return column.removeprefix(EXTRA_PREFIX)
    return words.say(f"fields.{column}")


def encoded(text: str) -> bytes:
    """CSV bytes that open right in a spreadsheet."""
    return (BOM + text).encode()


def known(key: str, lang: str) -> bool:
    """Whether there are words for a key."""
    return key in texts.catalog(lang)
