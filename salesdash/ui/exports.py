"""What leaves the screen as a file: formula-safe CSV and workbooks, pictures, and their names."""

import hashlib
import re
from collections.abc import Hashable
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from salesdash import charts, texts
from salesdash.analysis.rows import Rows
from salesdash.charts import Table, Words
from salesdash.commands.tables import csv_text
from salesdash.commands.workbooks import Lines, xlsx
from salesdash.datasets import EXTRA_PREFIX
from salesdash.selection import Selection
from salesdash.ui import context, filters

BOM = "﻿"
"""Spreadsheets take a CSV for UTF-8 only when it begins with this."""

HIDDEN = ("counts", "valid_from")
TRACE = ("event", "sheet", "record")
ALL_ROWS = 10_000_000
MOST_ROWS = 100_000
"""Rows of a workbook; a CSV has all."""

DAY = re.compile(r"\d{4}-\d\d-\d\d")
PERCENT, WHOLE, MONEY = "0.0%", "#,##0", "#,##0.00"
"""How a workbook writes shares, whole numbers and others."""


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


def table_xlsx(table: Table, about: tuple[str, Lines]) -> bytes:
    """The exact figures of a chart as a workbook, with a sheet that says what they are."""
    columns = [column.name for column in table.columns]
    rows, patterns = [], []
    for exact, shown in zip(table.rows, table.shown, strict=True):
        rows.append([_typed(cell, text) for cell, text in zip(exact, shown, strict=True)])
        patterns.append([_pattern(cell, text) for cell, text in zip(exact, shown, strict=True)])
    return xlsx(columns, rows, about[0], patterns=patterns, about=about)


def _typed(cell: object, shown: str) -> object:
    """A cell as what it is: the start of a period that is shown by its name is a day."""
    if isinstance(cell, str) and cell != shown and DAY.fullmatch(cell):
        return date.fromisoformat(cell)
    return cell


def _pattern(cell: object, shown: str) -> str:
    """How a number is written: per cent where it is shown so."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return ""
    if "%" in shown:
        return PERCENT
    return WHOLE if cell == int(cell) and "." not in shown else MONEY


def about(
    title: str, metric: str = "", selection: Selection | None = None
) -> tuple[str, tuple[tuple[str, object], ...]]:
    """Name and lines of the sheet that says what a file is: question, definition, data."""
    words, known = context.words(), context.settings().metrics.get(metric)
    lines: list[tuple[str, object]] = [("question", title)]
    if selection is not None:
        lines += _looked_at(selection, words)
    if known is not None:
        lines.append(("metric", known.name[words.lang]))
        lines.append(("definition", known.description[words.lang]))
        lines.append(("formula", known.formula[words.lang]))
    cut = context.home().warehouse.version
    cut = cut if selection is None or selection.cut is None else selection.cut
    lines += [("cut", cut), ("edge", context.edge(cut)), ("made", context.now())]
    named = tuple((words.say(f"sharing.about.{name}"), value) for name, value in lines if value)
    return words.say("sharing.about.title"), named


def _looked_at(selection: Selection, words: Words) -> list[tuple[str, object]]:
    """The days, what they are compared with, and who is looked at."""
    window, found = selection.window, list[tuple[str, object]]()
    if window is None:
        found.append(("period", words.say("sharing.about.all")))
    else:
        found += [("first", window.period.start), ("last", window.period.last_day)]
    found.append(("comparison", words.versus(selection.comparison)))
    return [*found, ("filters", filters.words_of(filters.pairs(selection)))]


def framed(table: Table) -> pd.DataFrame:
    """The exact figures of a table for a grid."""
    columns = [column.name for column in table.columns]
    rows = [[float(c) if isinstance(c, Decimal) else c for c in row] for row in table.rows]
    return pd.DataFrame(rows, columns=columns)


def picture(spec: dict[str, Any], title: str, note: str) -> bytes:
    """A chart as PNG, with its title."""
    return charts.png(spec, title=tuple(line for line in (title, note) if line))


def rows_xlsx(rows: Rows, about: tuple[str, Lines]) -> bytes:
    """Rows as a workbook, the first ones where there are too many; the sheet beside says so."""
    table = shown_columns(rows.table)
    name, lines = about
    if rows.more:
        told = context.words().say("sharing.about.more", count=f"{table.num_rows:,}")
        lines = (*lines, (context.words().say("sharing.about.rows"), told))
    cells = zip(*table.to_pydict().values(), strict=True)
    return xlsx(table.column_names, cells, name, about=(name, lines))


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
