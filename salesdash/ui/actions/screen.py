"""The page: whose actions, in one sentence and as rows; a tick redraws it and nothing around it."""

import streamlit as st

from salesdash.analysis import actions as analysing
from salesdash.analysis.actions import SCOPES, Board, Scope
from salesdash.ui import cards, context, marks, people, state, url, writing
from salesdash.ui.actions import making, rows, single
from salesdash.ui.actions.rows import PAGE


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
    words = context.words()
    scope = _scope()
    found = _board(scope)
    st.html(marks.headline(words.tell(found.headline), words.tell(found.lead)))
    ready = writing.ready()
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
    )
    title = words.say(f"team.actions.titles.{scope}")
    with cards.card("actions", title, words.say("team.actions.note")):
        if found.rows:
            rows.listed(found.rows, PAGE, words, ready=ready)
        else:
            quiet = marks.escape(words.say(f"team.actions.empty.{scope}"))
            st.html(f'<div class="sd-body sd-muted">{quiet}</div>')
        making.form(PAGE, None, ready=ready)


def _scope() -> Scope:
    """The chosen one; else my own actions, while there are any."""
    chosen = next((each for each in SCOPES if each == state.scope.get()), None)
    return chosen or ("mine" if _board("mine").rows else "team")


def _board(scope: Scope) -> Board:
    workspace = context.home().workspace
    promised, held = workspace.actions.all(), workspace.meetings.all()
    return analysing.build(promised, held, people.who(), context.today(), scope)
