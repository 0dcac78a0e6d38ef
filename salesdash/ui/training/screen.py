"""The page: its sentence, then its pieces; each tick redraws it and nothing around it."""

import streamlit as st

from salesdash.ui import context, marks, url, writing
from salesdash.ui.training import asking, checklist, matrix

PAGE = "training"


def draw() -> None:
    """Draw all of it, as a part of the page that is redrawn alone."""
    st.fragment(_draw, key="training")()


def _draw() -> None:
    found = asking.board()
    words = context.words()
    lead = words.tell(found.lead) if found.lead else ""
    st.html(marks.headline(words.tell(found.headline), lead))
    ready = writing.ready()
    if not found.courses:
        return
    if found.overdue:
        matrix.overdue(found, words)
    matrix.draw(found, words, ready=ready)
    checklist.draw(found, words, ready=ready)
    url.keep(PAGE)
