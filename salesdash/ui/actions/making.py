"""A new action: what, who, until when; and what it is to move, for those who say it."""

import streamlit as st

from salesdash.ui import context, writing
from salesdash.ui.actions.fields import Form
from salesdash.workspace import Promise


def form(place: str, line: int | None, *, ready: bool) -> None:
    """One row, and the rest below once it is opened."""
    words, fields = context.words(), Form(f"new-{place}", Promise("", line=line))
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key=f"new-action-{place}"
    ):
        fields.quick(words)
        st.button(
            words.say("team.actions.add"),
            key=f"add-{place}",
            icon=":material/add:",
            disabled=not ready,
            on_click=_make,
            args=(fields,),
        )
        fields.switch(words)
    fields.rest(words)
    writing.told(fields.place)


def _make(fields: Form) -> None:
    store = context.home().workspace.actions
    if writing.save(fields.place, lambda stamp: store.make(fields.promise(), stamp)):
        fields.forget()
