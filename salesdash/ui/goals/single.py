"""One goal on a page of its own: where it stands, then what `SECTIONS` add."""

from collections.abc import Callable, Sequence

import streamlit as st

from salesdash.analysis import verdict
from salesdash.analysis.progress import Progress
from salesdash.charts import Words
from salesdash.ui import cards, context, marks, state
from salesdash.ui.goals import (
    board,
    drawer,
    history,
    kin,
    levers,
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
    st.button(
        words.say("goals.single.back"),
        key="all-goals",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=state.goal.clear,
    )
    walking.strip(words)
    sentence, lead = verdict.single(each)
    st.html(marks.headline(words.tell(sentence), words.tell(lead) if lead else ""))
    with cards.card("goal", words.tell(each.subject.title), board.about(each, words)):
        st.html(board.line(each, words))
        _tools(each, words)
    first = (reviewing.show,) if walking.is_on() else ()
    for section in dict.fromkeys((*first, *SECTIONS)):
        section(each)
    if each.goal.origin is Origin.HAND:
        with st.container(border=True, key="card-goal-history"):
            history.show(each.goal, words, each)


def _tools(each: Progress, words: Words) -> None:
    if each.goal.origin is not Origin.HAND:
        return
    with cards.tools("goal"):
        st.button(
            words.say("goals.change"),
            key="goal-change",
            icon=":material/edit:",
            on_click=drawer.change,
            args=(each.goal,),
        )
