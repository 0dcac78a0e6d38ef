"""Actions as a board: a column for each stretch of time, or for each owner."""

from collections.abc import Sequence

import streamlit as st

from salesdash.analysis import lanes
from salesdash.analysis.actions import Row
from salesdash.analysis.lanes import BYS, By, Lane
from salesdash.charts import Words
from salesdash.ui import context, marks, state
from salesdash.ui.actions import rows

MOST = 25
"""Actions of a column that are drawn; the list has all."""

NARROW = 215
"""Pixels of a column; a phone has one."""


def show(found: Sequence[Row], words: Words, *, ready: bool) -> Sequence[Row]:
    """The columns; the rows that are on them come back."""
    by = _by()
    columns = lanes.lanes(found, context.today(), by)
    with st.grid(max(len(columns), 1), min_column_width=NARROW, gap="small"):
        for number, lane in enumerate(columns):
            with st.container(border=True, height="stretch", gap="small", key=f"lane-{number}"):
                _lane(lane, by, words, ready=ready)
    return [row for lane in columns for row in lane.rows[:MOST]]


def switch(words: Words) -> None:
    """What the columns stand for."""
    st.segmented_control(
        words.say("actions.board.by"),
        BYS,
        key=state.lanes.seed(_by()),
        format_func=lambda code: words.say(f"actions.board.bys.{code}"),
        on_change=state.lanes.take,
        required=True,
        label_visibility="collapsed",
        width="content",
    )


def _by() -> By:
    return next((each for each in BYS if each == state.lanes.get()), BYS[0])


def _lane(lane: Lane, by: By, words: Words, *, ready: bool) -> None:
    title = words.say(f"actions.board.lane.{lane.key}") if by == "due" else lane.key
    title = title or words.say("actions.board.nobody")
    st.html(marks.head(title, str(len(lane.rows)) if lane.rows else ""))
    if not lane.rows:
        quiet = words.say("actions.board.nothing")
        st.html(f'<div class="sd-note">{marks.escape(quiet)}</div>')
    for row in lane.rows[:MOST]:
        with st.container(gap="xxsmall", key=f"note-{row.id}"):
            rows.note(row, rows.BOARD, words, ready=ready)
    if len(lane.rows) > MOST:
        more = words.say("team.more", count=len(lane.rows) - MOST)
        st.html(f'<div class="sd-note">{marks.escape(more)}</div>')
