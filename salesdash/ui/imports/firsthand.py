"""The first rows as they were read, and the lines that had to be mended: to see with one's eyes."""

import pandas as pd
import streamlit as st

from salesdash.imports import Staged
from salesdash.ingest import BadLine
from salesdash.ui import context, marks
from salesdash.ui.marks import Cell

ROWS, MENDED = 20, 8
HEIGHT, CELLS = 280, 160
"""Pixels of the grid, and characters of a mended line that are shown."""


def show(part: Staged) -> None:
    """Both in folds; nothing before a file was read."""
    if part.reading is None or part.mapping is None:
        return
    words = context.words()
    table = part.reading.tables[part.mapping.table]
    with st.expander(words.say("imports_page.first_rows"), icon=":material/table_rows:"):
        frame = pd.DataFrame(list(table.head[:ROWS]), columns=list(table.columns), dtype=str)
        st.dataframe(frame, hide_index=True, height=HEIGHT if len(frame) > ROWS // 3 else "auto")
    repaired = [line for line in part.reading.repaired if line.sheet in table.sheets]
    if repaired:
        title = words.say("imports_page.mended.title", count=len(repaired))
        with st.expander(title, icon=":material/healing:"):
            st.html(_lines(repaired))


def _lines(lines: list[BadLine]) -> str:
    words = context.words()
    header = [
        Cell(words.say("imports_page.mended.line"), "num"),
        Cell(words.say("imports_page.mended.how")),
        Cell(words.say("imports_page.mended.text"), "opt"),
    ]
    rows = [
        [Cell(f"{line.line:,}", "num"), Cell(words.say(line.reason)), Cell(_text(line), "opt")]
        for line in lines[:MENDED]
    ]
    left = len(lines) - len(rows)
    more = words.say("imports_page.mended.more", count=left) if left else ""
    return marks.table(header, rows) + f'<div class="sd-note">{marks.escape(more)}</div>' * bool(
        more
    )


def _text(line: BadLine) -> str:
    text = " | ".join(line.cells)
    return text if len(text) <= CELLS else text[: CELLS - 1] + "…"
