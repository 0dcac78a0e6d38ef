"""News: an open screen notices that the data have changed, and offers to show them.

Figures never move under somebody's eyes or hands: a quiet line comes up at the foot of the screen,
and one click shows the new data with the same filters.
"""

from datetime import datetime

import streamlit as st

from salesdash.charts import Words
from salesdash.commands.replies import rows_of
from salesdash.imports import Home
from salesdash.ui import context, marks, state
from salesdash.workspace import EventKind

SECONDS = 3.0
"""So often a screen looks; a look asks no question of the data."""

JUST_NOW, MINUTE, HOUR = 5, 60, 3600

_seen: state.Slot[tuple[str, int]] = state.Slot("news-seen", ("", 0))

BRINGING = (EventKind.IMPORT, EventKind.REPAIR)


def hush() -> None:
    """Nothing is shown yet, so nothing is news."""
    _seen.clear()


def begin() -> None:
    """A run begins: what it shows is no news any more."""
    home = context.home()
    _seen.set((str(home.path), home.warehouse.version))


def watch() -> None:
    """Look for news every few seconds, without a rerun of the page."""
    if _seen.is_set:
        st.fragment(_look, run_every=SECONDS, key="news-watch")()


def _look() -> None:
    place, version = _seen.get()
    home = context.home()
    if str(home.path) != place or home.warehouse.version == version or state.cut.get():
        return
    words = context.words()
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", width="content", key="news"
    ):
        told = marks.escape(said(home, version, context.now(), words))
        st.html(f'<span class="sd-body" role="status">{told}</span>', width="content")
        if st.button(words.say("ui.news.show"), key="news-show", type="tertiary"):
            st.rerun()


def said(home: Home, version: int, now: datetime, words: Words) -> str:
    """What is new since an event: "New: 1,204 deals, 3 s ago"."""
    events = [event for event in home.done() if event.id > version]
    rows: dict[str, int] = {}
    for event in events:
        changed = sum(event.counts.get(name, 0) for name in ("new", "changed", "vanished"))
        rows[event.dataset] = rows.get(event.dataset, 0) + changed
    told = [pair for pair in rows.items() if pair[1]]
    moment = max((event.at for event in events), default=now)
    when = ago(int((now - moment).total_seconds()), words)
    if told and all(event.kind in BRINGING for event in events):
        return words.say("ui.news.rows", rows=rows_of(told, words.lang), ago=when)
    return words.say("ui.news.changed", ago=when)


def ago(seconds: int, words: Words) -> str:
    """How long ago something was, in the largest whole unit."""
    if seconds < JUST_NOW:
        return words.say("ui.news.now")
    if seconds < MINUTE:
        return words.say("ui.news.seconds", count=seconds)
    if seconds < HOUR:
        return words.say("ui.news.minutes", count=seconds // MINUTE)
    return words.say("ui.news.hours", count=seconds // HOUR)
