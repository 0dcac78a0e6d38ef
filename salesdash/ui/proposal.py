"""An action that only wants a yes, proposed beside a figure; all of it may still be changed."""

import streamlit as st

from salesdash.ui import context, people, state, writing
from salesdash.ui.actions.fields import field_keys, fields, typed
from salesdash.workspace import Promise


def offer(place: str, promise: Promise) -> None:
    """A button that opens the proposal; one more click writes it down under Actions."""
    words = context.words()
    popover = st.popover(
        words.say("team.actions.propose"),
        type="tertiary",
        icon=":material/add_task:",
        key=f"propose-{place}",
        on_change="rerun",
    )
    if not popover.open:
        return
    keys = field_keys(place)
    with popover:
        fields(keys, words, promise)
        if not people.who():
            people.ask(f"{people.AGENDA_FIELD}-{place}")
        st.button(
            words.say("team.actions.promise"),
            key=f"promise-{place}",
            type="primary",
            on_click=_make,
            args=(place, promise),
        )
        writing.told(place)


def _make(place: str, promise: Promise) -> None:
    keys, store = field_keys(place), context.home().workspace.actions
    text, owner, due = typed(keys)
    made = Promise(text, owner, due, page=promise.page, query=promise.query)
    if writing.save(place, lambda stamp: store.make(made, stamp)):
        for key in keys:
            state.forget(key)
        state.put(f"propose-{place}", value=False)
        st.toast(context.words().say("team.actions.proposed"), icon=":material/check:")
