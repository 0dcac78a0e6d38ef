"""A new action: what, who, until when."""

import streamlit as st

from salesdash.ui import context, state, writing
from salesdash.ui.actions.fields import field_keys, fields, typed
from salesdash.workspace import Promise


def form(place: str, line: int | None, *, ready: bool) -> None:
    """A new action: what, who, until when."""
    words, keys = context.words(), field_keys(f"new-{place}")
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key=f"new-action-{place}"
    ):
        fields(keys, words, None)
        st.button(
            words.say("team.actions.add"),
            key=f"add-{place}",
            icon=":material/add:",
            disabled=not ready,
            on_click=_make,
            args=(place, line),
        )
    writing.told(f"new-{place}")


def _make(place: str, line: int | None) -> None:
    keys, store = field_keys(f"new-{place}"), context.home().workspace.actions
    text, owner, due = typed(keys)
    promise = Promise(text, owner, due, line)
    if writing.save(f"new-{place}", lambda stamp: store.make(promise, stamp)):
        for key in keys:
            state.forget(key)
