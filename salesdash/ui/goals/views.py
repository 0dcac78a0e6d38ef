"""The ways to look at all goals: the board, and what else `VIEWS` holds; the address says which."""

from collections.abc import Callable, Sequence

import streamlit as st

from salesdash.analysis.progress import Progress
from salesdash.ui import context, state
from salesdash.ui.goals import board, targets

VIEWS: dict[str, Callable[[Sequence[Progress]], None]] = {
    "board": board.rows,
    "targets": targets.show,
}
"""Drawn with all goals; words under `goals.view`."""


def show(found: Sequence[Progress]) -> None:
    """The chosen view, and the switch between them when there are several."""
    words, chosen = context.words(), state.goals_view.get()
    if chosen not in VIEWS:
        chosen = next(iter(VIEWS))
    if len(VIEWS) > 1:
        st.segmented_control(
            words.say("goals.view.label"),
            list(VIEWS),
            format_func=lambda code: words.say(f"goals.view.{code}"),
            key=state.goals_view.seed(chosen),
            on_change=state.goals_view.take,
            required=True,
            label_visibility="collapsed",
        )
    VIEWS[chosen](found)
