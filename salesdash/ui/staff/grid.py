"""The list of people by hand: who was in which team when; saving is an event that can be undone."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from salesdash import formats
from salesdash import imports as way_in
from salesdash.analysis import organisation, roster
from salesdash.analysis.roster import Entry
from salesdash.charts import Words
from salesdash.errors import InputError
from salesdash.ui import cards, context, state, writing
from salesdash.workspace import Stamp

PLACE = "staff"
_only = state.Slot("people-only", default=False)
SHOWN = tuple(name for name in roster.NAMES if name != "status")
ROWS_SHOWN, TALL = 12, 460
"""Longer lists scroll inside so many px."""


def show(day: date) -> None:
    """The list, to be changed and added to: all entries, or those of the day."""
    words, entries = context.words(), _entries()
    with cards.section(words.say("people.list"), words.say("imports_page.people.note")):
        if not entries:
            st.info(
                words.say("imports_page.people.empty.body"),
                title=words.say("imports_page.people.empty.title"),
                icon=":material/group_add:",
            )
        told = formats.date(day, words.lang, "exact")
        st.toggle(
            words.say("people.only_active", day=told),
            key=_only.seed(_only.get()),
            on_change=_only.take,
        )
        shown = organisation.shown(entries, day if _only.get() else None)
        key = f"staff-{hash(shown)}"  # what was typed is about these, whatever else comes in
        _grid(shown, key, words)
        writing.told(PLACE)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                words.say("imports_page.people.save"),
                key="staff-save",
                icon=":material/save:",
                on_click=_save,
                args=(entries, shown, key),
            )
            st.page_link("pages/imports.py", label=words.say("people.undo"), icon=":material/undo:")


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


def _save(entries: tuple[Entry, ...], shown: tuple[Entry, ...], key: str) -> None:
    """Write what was typed as one event; for `on_click`."""
    said, saved = typed(key), []
    hidden = [entry for entry in entries if entry not in shown]

    def write(stamp: Stamp) -> None:
        if entries != roster.entries(context.home().warehouse):
            raise InputError("roster.moved")
        edited, added = said.get("edited_rows", {}), said.get("added_rows", [])
        found = roster.rewritten(shown, edited, added, hidden)
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
