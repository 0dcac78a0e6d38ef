"""The ways to look at all goals: the board, and what else `VIEWS` holds; the address says which."""

from collections.abc import Callable, Sequence

import streamlit as st

from salesdash.analysis.progress import Progress
from salesdash.ui import context, state
from salesdash.ui.goals import board, copying, targets, year

VIEWS: dict[str, Callable[[Sequence[Progress]], None]] = {
    "board": board.rows,
    "year": year.show,
    "targets": targets.show,
}
"""Drawn with all goals; words under `goals.view`."""


def show(found: Sequence[Progress]) -> None:
    """The tools, the switch between the views beside them, and the chosen view."""
    chosen = state.view.get()
    if chosen not in VIEWS:
        chosen = next(iter(VIEWS))
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        copying.tools(found)
        if found or chosen != next(iter(VIEWS)):
            _switch(chosen)
    VIEWS[chosen](found)


def _switch(chosen: str) -> None:
    words = context.words()
    st.segmented_control(
        words.say("goals.view.label"),
        list(VIEWS),
        format_func=lambda code: words.say(f"goals.view.{code}"),
        key=state.view.seed(chosen),
        on_change=state.view.take,
        required=True,
        label_visibility="collapsed",
        width="content",
    )
