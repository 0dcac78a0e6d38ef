"""One goal on a page of its own: where it stands, then what `SECTIONS` add."""

from collections.abc import Callable, Sequence

import streamlit as st

from salesdash.analysis import verdict
from salesdash.analysis.progress import Progress
from salesdash.charts import Words
from salesdash.ui import cards, context, marks, state
from salesdash.ui.goals import (
    board,
    history,
    kin,
    levers,
    lines,
    outlook,
    parts,
    reviewing,
    walking,
)
from salesdash.workspace import Origin

SECTIONS: tuple[Callable[[Progress], None], ...] = (
    outlook.show,
    levers.show,
    parts.show,
    kin.show,
    reviewing.show,
)
"""Cards below the figures, in this order."""


def chosen(found: Sequence[Progress]) -> Progress | None:
    """The goal of the address; None when it names none that stands."""
    code = state.goal.get()
    return next((each for each in found if each.goal.code == code), None)


def show(each: Progress) -> None:
    """All about one goal."""
    words = context.words()
    _tools(each, words)
    walking.strip(words)
    sentence, lead = verdict.single(each)
    st.html(marks.headline(words.tell(sentence), words.tell(lead) if lead else ""))
    st.html(f'<div class="sd-note">{marks.escape(lines.about(each, words))}</div>')
    if not outlook.has_any(each):
        with cards.card("goal", words.say("goals.single.stands")):
            st.html(f'<div class="sd-goal-one">{lines.line(each, words)}</div>')
    first, *others = SECTIONS
    early = (reviewing.show,) if walking.is_on() else ()
    for section in dict.fromkeys((first, *early, *others)):
        section(each)
    if each.goal.origin is Origin.HAND:
        with st.container(border=True, key="card-goal-history"):
            history.show(each.goal, words, each)


def _tools(each: Progress, words: Words) -> None:
    """The way back, and what to do about the goal."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="single"):
        st.button(
            words.say("goals.single.back"),
            key="all-goals",
            type="tertiary",
            icon=":material/arrow_back:",
            on_click=state.goal.clear,
        )
        st.space("stretch")
        with st.container(
            horizontal=True,
            vertical_alignment="center",
            gap="small",
            width="content",
            key="single-ways",
        ):
            board.ways("single", each, words, alone=True)
