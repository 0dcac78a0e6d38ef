"""The fields of an action, and what they hold."""

from datetime import date

import streamlit as st

from salesdash.analysis.actions import Row
from salesdash.charts import Words
from salesdash.ui import state
from salesdash.ui.training.asking import DAY_FORMAT, everybody
from salesdash.workspace import Promise


def field_keys(place: str) -> tuple[str, str, str]:
    """Where the fields of an action keep what is typed: its words, owner and due day."""
    return f"w.what-{place}", f"w.owner-{place}", f"w.due-{place}"


def fields(keys: tuple[str, str, str], words: Words, row: Row | Promise | None) -> None:
    """Text, owner, due day, as they stand in `row`; nothing is sent before the button."""
    what, owner, due = keys
    if row is not None and state.widget(what) is None:
        state.put(what, row.text)
        state.put(owner, row.owner or None)
        state.put(due, row.due)
    st.text_input(
        words.say("team.actions.text"),
        key=what,
        on_change="ignore",
        placeholder=words.say("team.actions.what"),
        max_chars=300,
    )
    known = everybody()
    names = sorted({*known, row.owner}) if row is not None and row.owner else known
    st.selectbox(
        words.say("team.actions.owner"),
        names,
        index=None,
        key=owner,
        accept_new_options=True,
        on_change="ignore",
        placeholder=words.say("team.actions.who"),
        width=190,
    )
    st.date_input(
        words.say("team.actions.due"),
        value=None,
        key=due,
        format=DAY_FORMAT,
        on_change="ignore",
        width=150,
    )


def typed(keys: tuple[str, str, str]) -> tuple[str, str, date | None]:
    """What the fields hold."""
    what, owner, due = (state.widget(key) for key in keys)
    return str(what or ""), str(owner or ""), due
