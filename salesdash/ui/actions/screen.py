"""The page: whose actions, as list or board, or one of them; a tick redraws nothing around it."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from salesdash.analysis import actions as analysing
from salesdash.analysis import lanes
from salesdash.analysis.actions import SCOPES, Board, Row, Scope
from salesdash.analysis.lanes import Sieve
from salesdash.charts import Words
from salesdash.ui import cards, context, marks, people, state, url, writing
from salesdash.ui.actions import board, making, rows, sieving, single, writes
from salesdash.ui.actions.rows import HERE, PAGE
from salesdash.ui.effects import works

VIEWS = ("list", "board", works.VIEW)


def show() -> None:
    """The page; a tick redraws it and nothing around it."""
    st.fragment(_screen, key="actions")()


def _screen() -> None:
    one = single.chosen()
    if one is not None:
        single.show(one)
    else:
        _all()
    url.keep(PAGE)


def _all() -> None:
    words, every = context.words(), _rows()
    scope, view = _scope(every), _view()
    if view == works.VIEW:
        works.show(partial(_switch, view, words))
        return
    found = analysing.build(every, people.who(), scope)
    st.html(marks.headline(words.tell(found.headline), words.tell(found.lead)))
    ready = writing.ready()
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="actions-choice"
    ):
        _whose(scope, found, words)
        sieving.draw(every, words)
        st.space("stretch")
        if view == "board":
            board.switch(words)
        _switch(view, words)
    sieve = sieving.chosen()
    shown = [row for row in found.rows if sieve.lets(row)]
    above = st.container()
    if view == "board":
        there = board.show([*shown, *filter(sieve.lets, found.settled)], words, ready=ready)
        making.form(PAGE, None, ready=ready)
    else:
        there = _list(shown, scope, words, ready=ready)
    with above:
        _gone([row for row in every if row not in there], words)


def _list(shown: Sequence[Row], scope: Scope, words: Words, *, ready: bool) -> Sequence[Row]:
    """The rows in the order asked for, and a way to add one; the rows come back."""
    with cards.card(
        "actions", words.say(f"team.actions.titles.{scope}"), words.say("team.actions.note")
    ):
        if shown:
            rows.shortened(lanes.ordered(shown, sieving.order()), PAGE, words, ready=ready)
        else:
            narrowed = sieving.chosen() != Sieve()
            key = "actions.sieve.nothing" if narrowed else f"team.actions.empty.{scope}"
            st.html(f'<div class="sd-body sd-muted">{marks.escape(words.say(key))}</div>')
        making.form(PAGE, None, ready=ready)
    return shown


def _gone(hidden: Sequence[Row], words: Words) -> None:
    """Conflicts over actions that somebody else's change took from the screen."""
    for row in hidden:
        for place in (writes.place_of(each, row.id) for each in HERE):
            if writing.conflict(place) is not None:
                st.html(f'<div class="sd-body"><b>{marks.escape(row.text)}</b></div>')
                writes.told(row.id, place, words)


def _whose(scope: Scope, found: Board, words: Words) -> None:
    st.segmented_control(
        words.say("team.actions.scope"),
        SCOPES,
        format_func=lambda name: (
            f"{words.say(f'team.actions.scopes.{name}')} · {found.counts[name]}"
        ),
        key=state.scope.seed(scope),
        on_change=state.scope.take,
        required=True,
        label_visibility="collapsed",
        width="content",
    )


def _switch(view: str, words: Words) -> None:
    st.segmented_control(
        words.say("actions.view.label"),
        VIEWS,
        format_func=lambda code: words.say(f"actions.view.{code}"),
        key=state.view.seed(view),
        on_change=state.view.take,
        required=True,
        label_visibility="collapsed",
        width="content",
    )


def _view() -> str:
    return next((each for each in VIEWS if each == state.view.get()), VIEWS[0])


def _scope(every: Sequence[Row]) -> Scope:
    """The chosen one; else my own actions, while there are any."""
    chosen = next((each for each in SCOPES if each == state.scope.get()), None)
    mine = analysing.build(every, people.who(), "mine")
    return chosen or ("mine" if mine.rows else "team")


def _rows() -> tuple[Row, ...]:
    workspace = context.home().workspace
    promised, held = workspace.actions.all(), workspace.meetings.all()
    return analysing.rows(promised, held, context.today(), workspace.comments.counts())
