"""What people said of an action: who, when, the newest last; a field to say more."""

import streamlit as st

from salesdash import documents
from salesdash.charts import Words
from salesdash.ui import cards, context, marks, people, state, writing
from salesdash.workspace import Action, Comment

MOST_SIGNS = 2000


def show(action: Action) -> None:
    """The card."""
    words, found = context.words(), context.home().workspace.comments.of(action.id)
    note = words.say("actions.comments.count", count=len(found)) if found else ""
    with cards.card("action-comments", words.say("actions.comments.title"), note):
        for each in found:
            st.html(_said(each, words))
        _field(action, words)


def _said(comment: Comment, words: Words) -> str:
    head = f"{comment.who} · {documents.moment(comment.at, words.lang)}"
    return (
        f'<div class="sd-note">{marks.escape(head)}</div>'
        f'<div class="sd-body sd-written">{marks.escape(comment.text)}</div>'
    )


def _field(action: Action, words: Words) -> None:
    key, ready = f"w.comment-{action.id}", bool(people.who())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            words.say("actions.comments.label"),
            key=key,
            on_change="ignore",
            placeholder=words.say("actions.comments.hint"),
            max_chars=MOST_SIGNS,
            label_visibility="collapsed",
            disabled=not ready,
        )
        st.button(
            words.say("actions.comments.add"),
            key=f"comment-{action.id}",
            on_click=_add,
            args=(action.id, key),
            disabled=not ready,
        )
    writing.told(f"comment-{action.id}")


def _add(number: int, key: str) -> None:
    text, store = str(state.widget(key) or ""), context.home().workspace.comments
    if writing.save(f"comment-{number}", lambda stamp: store.add(number, text, stamp)):
        state.forget(key)
