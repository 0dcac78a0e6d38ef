"""How the running goals stand, counted by state: one quiet line under the sentence."""

from collections.abc import Sequence

import streamlit as st

from salesdash.analysis import verdict
from salesdash.analysis.answers import Judgement
from salesdash.analysis.progress import Progress, State
from salesdash.ui import context, marks

JUDGED: dict[State, Judgement] = {
    State.OFF_PACE: "bad",
    State.AT_RISK: "warning",
    State.ON_PACE: "good",
    State.REACHED: "good",
}


def show(found: Sequence[Progress]) -> None:
    """The counts; nothing while no goal runs."""
    counts = verdict.counts(found)
    if counts:
        cells = "".join(_cell(state, count) for state, count in counts.items())
        st.html(f'<div class="sd-counts">{cells}</div>')


def _cell(state: State, count: int) -> str:
    """Shape, number, word; pale where there are none."""
    word = marks.escape(context.words().say(f"goals.state.{state.value}"))
    judgement = JUDGED.get(state)
    mark = marks.sign(judgement) if judgement and count else ""
    return f'<span class="{"" if count else "sd-muted"}">{mark}<b>{count}</b> {word}</span>'
