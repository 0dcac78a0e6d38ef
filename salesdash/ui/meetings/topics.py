"""Lines that people put on an agenda: those that wait for their meeting, and taking one off."""

import streamlit as st

from salesdash import texts
from salesdash.charts import Words
from salesdash.ui import context, marks, people, writing
from salesdash.workspace import TOPIC, Meeting, Outcome


def waiting(meeting: Meeting, words: Words) -> None:
    """What people put on the agenda of a meeting so far; each line can be taken off again."""
    lines = context.home().workspace.meetings.lines(meeting.id)
    topics = [line for line in lines if line.kind == TOPIC]
    if not topics:
        return
    st.html(f'<div class="sd-note">{marks.escape(words.say("team.meetings.waiting"))}</div>')
    for line in topics:
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"topic-{line.id}"
        ):
            title = marks.escape(line.title.get(words.lang, ""))
            who = f'<span class="sd-small">{marks.escape(line.who)}</span>'
            st.html(f'<div class="sd-body">{title} {who}</div>', width="stretch")
            take_off(line.id, words)


def take_off(line: int, words: Words) -> None:
    """A button that takes a line off its agenda; who did, and when, stays on record."""
    place = f"off-{line}"
    st.button(
        words.say("team.agenda.off"),
        key=place,
        type="tertiary",
        icon=":material/playlist_remove:",
        disabled=not people.who(),
        on_click=_off,
        args=(line, place),
    )
    writing.told(place)


def _off(line: int, place: str) -> None:
    runs, lang = context.home().workspace.runs, context.lang()
    if writing.save(place, lambda stamp: runs.mark(line, Outcome.OFF, stamp)):
        st.toast(texts.t("team.agenda.is_off", lang), icon=":material/check:")
