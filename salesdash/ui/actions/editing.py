"""Changing an action where it stands: words, owner, day, priority, state; each saved at once."""

from typing import Any

import streamlit as st

from salesdash.analysis.actions import Row
from salesdash.charts import Words
from salesdash.ui import state, writing
from salesdash.ui.actions import writes
from salesdash.ui.actions.fields import LONGEST_TEXT
from salesdash.ui.training.asking import DAY_FORMAT, everybody
from salesdash.workspace import Priority, Standing


def tick(number: int, key: str, place: str, version: int) -> None:
    """What the tick says; for `on_change`."""
    standing = Standing.DONE if state.widget(key) else Standing.OPEN
    writes.settle(number, standing, place, version)


def popover(row: Row, place: str, words: Words, *, ready: bool) -> None:
    """A way to change or drop an action, beside it."""
    opened = st.popover(
        words.say("team.actions.edit"),
        type="tertiary",
        key=f"edit-{place}-{row.id}",
        on_change="rerun",
        disabled=not ready,
    )
    if not opened.open:
        return
    with opened:
        _fields(row, place, words)
        ends(row, place, words)


def _fields(row: Row, place: str, words: Words) -> None:
    """What a meeting changes of an action; each field is saved when it is left."""
    st.text_input(
        words.say("team.actions.text"), max_chars=LONGEST_TEXT, **_field(row, "text", place)
    )
    st.selectbox(
        words.say("team.actions.owner"),
        sorted({*everybody(), row.owner} - {""}),
        accept_new_options=True,
        placeholder=words.say("team.actions.who"),
        **_field(row, "owner", place),
    )
    st.date_input(words.say("team.actions.due"), format=DAY_FORMAT, **_field(row, "due", place))
    st.segmented_control(
        words.say("actions.field.priority"),
        tuple(Priority),
        format_func=lambda each: words.say(f"actions.priority.{each.value}"),
        required=True,
        **_field(row, "priority", place),
    )


def ends(row: Row, place: str, words: Words) -> None:
    """Drop it, or open it again."""
    standing = Standing.DROPPED if row.is_open else Standing.OPEN
    name = "drop" if row.is_open else "reopen"
    st.button(
        words.say(f"team.actions.{name}"),
        key=f"{name}-{place}-{row.id}",
        type="tertiary",
        icon=":material/block:" if row.is_open else ":material/undo:",
        on_click=writes.settle,
        args=(row.id, standing, writes.place_of(place, row.id), row.version),
    )


def _field(row: Row, name: str, place: str) -> dict[str, Any]:
    """The key of a field that holds what stands there, and what a change of it does."""
    key, at, stands = (
        f"w.{name}-{place}-{row.id}",
        writes.place_of(place, row.id),
        getattr(row, name),
    )
    if state.widget(key) is None or writing.conflict(at) is None:
        # in a conflict what was typed stays, until one of both is chosen
        state.put(key, stands or None)
    return {"key": key, "on_change": _take, "args": (row, name, key, at)}


def _take(row: Row, name: str, key: str, place: str) -> None:
    """Save what was typed; a browser may also send back what the field was set to."""
    value = state.widget(key)
    value = value or "" if name in ("text", "owner") else value
    if value != getattr(row, name):
        writes.change(row.id, {name: value}, place, row.version)
