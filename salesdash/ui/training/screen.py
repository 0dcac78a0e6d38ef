"""The page: everybody's courses, or one person's; each tick redraws it and nothing around it."""

import streamlit as st

from salesdash.analysis import duties
from salesdash.analysis.training import Board, Written
from salesdash.charts import Words
from salesdash.ui import context, marks, people, state, url, writing
from salesdash.ui.training import (
    asking,
    assigning,
    bringing,
    choosing,
    effect,
    matrix,
    needing,
    person,
    steps,
)

PAGE = "training"


def draw() -> None:
    """Draw all of it, as a part of the page that is redrawn alone."""
    st.fragment(_draw, key="training")()


def _draw() -> None:
    written = asking.written()
    found = asking.board(written)
    words = context.words()
    asking.told()
    name = state.trainee.get()
    if found.courses and name in (*(each.name for each in found.people), *found.gone):
        person.draw(found, asking.book(written), name, words)
    else:
        _everybody(found, written, words)
    people.remember()  # a link to a person opens a page that knows nothing but the cookie
    url.keep(PAGE)


def _everybody(found: Board, written: Written, words: Words) -> None:
    lead = words.tell(found.lead) if found.lead else ""
    st.html(marks.headline(words.tell(found.headline), lead))
    if not found.courses:
        return
    ready = _top(found, words)
    for warning in duties.warnings(found.courses, asking.staff()):
        st.warning(marks.escape(words.tell(warning)), icon=":material/warning:")
    bringing.draw(words, ready=ready)
    matrix.late(found, words)
    matrix.coming(found, words)
    matrix.draw(found, words)
    needing.draw(found, words, ready=ready)
    effect.draw(asking.book(written), words)
    choosing.gone(found, words)


def _top(found: Board, words: Words) -> bool:
    """Who writes, and what can be done for many or for one; whether it is known who writes."""
    ready = writing.ready()
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key="training-ways"
    ):
        choosing.somebody(found, words, ready=ready)
        st.space("stretch")
        assigning.popover(found, words, ready=ready)
        bringing.way(words)
        steps.popover(words, ready=ready)
    writing.told(asking.PLACE)
    return ready
