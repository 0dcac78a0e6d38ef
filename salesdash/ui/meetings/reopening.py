"""Opening a closed meeting again, with a reason; its earlier closings stay to be read."""

import streamlit as st

from salesdash import documents
from salesdash.charts import Words
from salesdash.ui import cards, context, marks, state, writing
from salesdash.workspace import Reopening

PLACE = "reopen"


def chosen(meeting: int) -> Reopening | None:
    """The earlier closing that is looked at, None for the meeting as it stands."""
    wanted = _version(meeting).get()
    known = context.home().workspace.reopenings.of(meeting)
    return next((each for each in known if each.version == wanted), None)


def offer(meeting: int, words: Words) -> None:
    """A way to open it again; what it had kept stays."""
    popover = st.popover(
        words.say("meeting.reopen.title"),
        icon=":material/lock_open:",
        key="reopen-popover",
        on_change="rerun",
    )
    if not popover.open:
        return
    with popover:
        st.html(f'<div class="sd-body">{marks.escape(words.say("meeting.reopen.help"))}</div>')
        ready = writing.ready("who-reopen")
        key = f"w.reopen-{meeting}"
        st.text_area(words.say("meeting.reopen.reason"), key=key, height=80)
        st.button(
            words.say("meeting.reopen.do"),
            key="reopen-meeting",
            type="primary",
            disabled=not ready,
            on_click=_reopen,
            args=(meeting, key),
        )
        writing.told(PLACE)


def versions(meeting: int, words: Words) -> None:
    """The closings before, each with who, when and why it was opened again."""
    known = context.home().workspace.reopenings.of(meeting)
    if not known:
        return
    count = words.say("meeting.reopen.count", count=len(known))
    with cards.card("closings", words.say("meeting.reopen.earlier"), count):
        for each in known:
            with st.container(gap="xxsmall", key=f"closing-{each.version}"):
                st.html(f'<div class="sd-body">{marks.escape(_told(each, words))}</div>')
                st.button(
                    words.say("meeting.reopen.read"),
                    key=f"read-closing-{each.version}",
                    type="tertiary",
                    icon=":material/description:",
                    on_click=_version(meeting).set,
                    args=(each.version,),
                )


def banner(shown: Reopening, words: Words) -> None:
    """Says that this is an earlier closing, and leads back."""
    with st.container(border=True, key="earlier-closing"):
        told = words.say("meeting.reopen.looking", told=_told(shown, words))
        st.html(f'<div class="sd-body">{marks.escape(told)}</div>')
        st.button(
            words.say("meeting.reopen.back"),
            key="leave-closing",
            type="tertiary",
            icon=":material/arrow_back:",
            on_click=_version(shown.meeting).clear,
        )


def _told(each: Reopening, words: Words) -> str:
    """Closed 23 Nov 2026 10:15 by Bo, opened again 24 Nov 2026 08:00 by Ana: a deal was missing."""
    return words.say(
        "meeting.reopen.told",
        closed=documents.moment(each.closed_at, words.lang) if each.closed_at else "",
        closer=each.closed_by or "",
        opened=documents.moment(each.at, words.lang),
        opener=each.who,
        reason=each.reason,
    )


def _version(meeting: int) -> "state.Slot[int]":
    return state.Slot(f"closing.{meeting}", 0)


def _reopen(meeting: int, key: str) -> None:
    reason, store = str(state.widget(key) or ""), context.home().workspace.meetings
    if writing.save(PLACE, lambda stamp: store.reopen(meeting, reason, stamp)):
        state.forget(key)
