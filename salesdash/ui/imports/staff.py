"""People by hand: who is in which team since when; saving is an event that can be taken back."""

from typing import Any

import pandas as pd
import streamlit as st

from salesdash import formats
from salesdash import imports as way_in
from salesdash.analysis import roster
from salesdash.analysis.roster import Entry
from salesdash.charts import Words
from salesdash.errors import InputError
from salesdash.ui import cards, context, people, state, writing
from salesdash.workspace import Stamp

PLACE = "staff"
SHOWN = tuple(name for name in roster.NAMES if name != "status")
ROWS_SHOWN, TALL = 12, 460
"""Longer lists scroll inside so many px."""


def show() -> None:
    """The list, to be changed and added to, once something was imported."""
    home = context.home()
    if not home.done():
        return
    words, entries = context.words(), _entries()
    title, note = words.say("imports_page.people.title"), words.say("imports_page.people.note")
    with cards.section(title, note):
        if not entries:
            st.info(
                words.say("imports_page.people.empty.body"),
                title=words.say("imports_page.people.empty.title"),
                icon=":material/group_add:",
            )
        key = f"staff-{hash(entries)}"  # what was typed is about these, whatever else comes in
        _grid(entries, key, words)
        writing.told(PLACE)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                words.say("imports_page.people.save"),
                key="staff-save",
                icon=":material/save:",
                on_click=_save,
                args=(entries, key),
            )
            people.ask(people.STAFF_FIELD)


def _entries() -> tuple[Entry, ...]:
    return context.remembered(("roster",), lambda: roster.entries(context.warehouse()))


def _grid(entries: tuple[Entry, ...], key: str, words: Words) -> None:
    frame = pd.DataFrame([vars(entry) for entry in entries], columns=SHOWN, dtype=object)
    for name in roster.DATES:
        frame[name] = pd.to_datetime(frame[name])
    config: dict[str, Any] = {
        name: st.column_config.DateColumn(words.say(f"fields.{name}"), format="YYYY-MM-DD")
        if name in roster.DATES
        else st.column_config.TextColumn(
            words.say(f"fields.{name}"), required=name == "person", max_chars=120
        )
        for name in SHOWN
    }
    st.data_editor(
        frame,
        key=key,
        hide_index=True,
        num_rows="add",
        height="content" if len(entries) <= ROWS_SHOWN else TALL,
        column_config=config,
        placeholder=formats.DASH,
        on_change="ignore",  # what was typed comes with the click on save
        alt=words.say("imports_page.people.title"),
    )


def typed(key: str) -> dict[str, Any]:
    """What was typed into the grid: `edited_rows` by place, `added_rows`."""
    return state.widget(key) or {}


def _save(shown: tuple[Entry, ...], key: str) -> None:
    """Write what was typed as one event; for `on_click`."""
    said, saved = typed(key), []

    def write(stamp: Stamp) -> None:
        if shown != roster.entries(context.home().warehouse):
            raise InputError("roster.moved")
        found = roster.rewritten(shown, said.get("edited_rows", {}), said.get("added_rows", []))
        if found:
            rows = [vars(entry) for entry in found]
            saved.append(way_in.edit(context.home(), "people", rows, stamp.who, stamp.at))

    if writing.save(PLACE, write):
        word = "saved" if saved else "same"
        number = saved[0].id if saved else 0
        st.toast(
            context.words().say(f"imports_page.people.{word}", number=number),
            icon=":material/check:",
        )
