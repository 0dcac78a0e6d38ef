"""The view of targets: a year of units by members, typed into, saved all or none."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from salesdash import formats
from salesdash.analysis.grid import Sheet, Sum
from salesdash.analysis.progress import Progress
from salesdash.charts import Words
from salesdash.ui import cards, context, marks
from salesdash.ui.goals import asking, drafts, filling, frames, saving
from salesdash.ui.marks import Cell as Shown

ROWS_SHOWN, TALL = 14, 540
"""Longer grids scroll inside so many px."""

MEMBER, SUM = "member", "sum"


def show(_: Sequence[Progress]) -> None:
    """What is planned, the grid with its sums, the tools that fill it, and saving."""
    _view()


@st.fragment
def _view() -> None:
    if saving.is_done():
        st.rerun()
    words, frame = context.words(), frames.frame()
    title = words.say("targets.title", metric=words.metric(frame.metric))
    with cards.section(title, words.say("targets.note")):
        frames.draw(frame, words)
        sheet = drafts.collected(frame)
        filling.tools(sheet, words)
        _grid(sheet, words)
        _sums(sheet, words)
        saving.draw(sheet, words)


def _grid(sheet: Sheet, words: Words) -> None:
    """The editor: texts, so that amounts can be typed as people type them."""
    columns = drafts.columns(sheet)
    by = sheet.frame.by
    names = asking.members(sheet.frame.metric, by) if by else {}
    rows = []
    for member in sheet.rows:
        name = words.say("goals.form.company") if member is None else names.get(member, member)
        row = {MEMBER: name}
        row |= {column: sheet.text((member, unit)) for column, unit in columns.items()}
        if sheet.adds_up:
            row[SUM] = _short(sheet.across(member), sheet, words)
        rows.append(row)
    key = drafts.key(sheet)
    st.data_editor(
        pd.DataFrame(rows, dtype=object),
        key=key,
        hide_index=True,
        height="content" if len(rows) <= ROWS_SHOWN else TALL,
        column_config=_columns(sheet, columns, words),
        placeholder=formats.DASH,
        on_change=drafts.take,
        args=(key, sheet),
        alt=words.say("targets.title", metric=words.metric(sheet.frame.metric)),
    )


def _columns(sheet: Sheet, columns: dict[str, Any], words: Words) -> dict[str, Any]:
    kind = words.dimension(sheet.frame.by) if sheet.frame.by else ""
    config: dict[str, Any] = {
        MEMBER: st.column_config.TextColumn(kind or " ", disabled=True, pinned=True)
    }
    for column, unit in columns.items():
        label = frames.unit_words(sheet.frame, unit, words)
        config[column] = st.column_config.TextColumn(label, alignment="right", max_chars=40)
    if sheet.adds_up:
        label = frames.year_words(sheet.frame.year, words)
        config[SUM] = st.column_config.TextColumn(label, alignment="right", disabled=True)
    return config


def _sums(sheet: Sheet, words: Words) -> None:
    """The members together beside the company, column by column, and the gap in words."""
    told = [words.tell(reason) for reason in sheet.told()]
    if told:
        body = "".join(f"<div>{marks.escape(text)}</div>" for text in told)
        st.html(f'<div class="sd-body" aria-live="polite">{body}</div>')
    if not sheet.adds_up or not sheet.frame.by:
        return
    sums = [*(sheet.column(unit) for unit in sheet.units), sheet.whole]
    heads = [frames.unit_words(sheet.frame, unit, words) for unit in sheet.units]
    heads.append(frames.year_words(sheet.frame.year, words))
    header = [Shown(""), *(Shown(head, "num") for head in heads)]
    lines = [
        [
            Shown(words.say(f"targets.sum.{name}"), "key"),
            *(_figure(s, name, sheet, words) for s in sums),
        ]
        for name in ("members", "company", "gap")
    ]
    st.html(marks.table(header, lines))


def _figure(found: Sum, name: str, sheet: Sheet, words: Words) -> Shown:
    value = getattr(found, name)
    if name == "gap" and value is not None:
        return Shown(words.value(value, sheet.unit, "signed") if value else "0", "num")
    return Shown(words.value(value, sheet.unit), "num")


def _short(value: Decimal | None, sheet: Sheet, words: Words) -> str:
    return "" if value is None else words.value(value, sheet.unit, "exact")
