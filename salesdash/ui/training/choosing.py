"""Choosing a person, whose page opens; a name that nobody knows is added."""

import streamlit as st

from salesdash.analysis.training import Board
from salesdash.charts import Words
from salesdash.ui import context, marks, state, url, writing
from salesdash.ui.training.asking import PLACE


def somebody(found: Board, words: Words, *, ready: bool) -> None:
    """A field that opens the page of whoever is chosen or typed."""
    names = [each.name for each in found.people]
    st.selectbox(
        words.say("team.training.person"),
        names,
        index=None,
        key=state.trainee.key,
        on_change=_take,
        args=(tuple(names),),
        accept_new_options=ready,
        placeholder=words.say("team.training.type_name"),
        width=240,
    )


def gone(found: Board, words: Words) -> None:
    """Those who left, whose history is kept."""
    if not found.gone:
        return
    links = words.say("ui.list_comma").join(link(name, name) for name in found.gone)
    told = marks.escape(words.say("learning.gone", count=len(found.gone)))
    st.html(f'<div class="sd-note">{told} {links}</div>')


def link(name: str, text: str, course: str = "") -> str:
    """Words that lead to somebody's page."""
    where = url.address("training", url.query("training", {"person": name, "course": course}))
    return f'<a href="{marks.escape(where)}" target="_self">{marks.escape(text)}</a>'


def look(name: str, course: str = "") -> None:
    """Open somebody's page at a course; for `on_click`."""
    state.trainee.set(name)
    if course:
        state.course.set(course)


def _take(known: tuple[str, ...]) -> None:
    typed = str(state.widget(state.trainee.key) or "")
    store = context.home().workspace.training
    if typed and typed not in known:
        writing.save(PLACE, lambda stamp: state.trainee.set(store.add(typed, stamp)))
    else:
        state.trainee.set(typed)
