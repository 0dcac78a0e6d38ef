"""A meeting on a projector or a phone: one line of its agenda a screen, turned by key or button."""

from pathlib import Path

import streamlit as st

from salesdash import documents, texts
from salesdash.analysis.minutes import Minutes, Shown
from salesdash.charts import Words
from salesdash.ui import context, marks, people, problems, url, writing
from salesdash.ui.meetings import (
    clock,
    closing,
    lines,
    outcome,
    pinned,
    record,
    sheet,
    turning,
)
from salesdash.workspace import TOPIC, Meeting

PAGE = "meetings"
LOOK = Path(__file__).with_name("present.css")
KEYS = Path(__file__).with_name("present.js")
AROUND = 2
"""Screens beside those of the lines: the opening and the closing one."""


def show(meeting: Meeting) -> None:
    """The screen that the address names; turning it redraws nothing around it."""
    found = sheet.answer(meeting, None)
    st.fragment(_screen, key="presented")(meeting, found)


def _screen(meeting: Meeting, found: Minutes) -> None:
    standing = context.home().workspace.meetings.get(meeting.id).state
    if turning.chosen() is None or standing is not meeting.state:
        st.rerun()  # left, or closed meanwhile, here or by somebody else: the page is another one
    words = documents.spoken(found, context.lang())
    last = len(found.lines) + AROUND
    number = max(1, min(turning.chosen() or 1, last))
    st.html(LOOK)
    with st.container(key="present"):
        _head(found, words, number, last)
        with problems.kept():
            if number == 1:
                _opening(meeting, found, words)
            elif number == last:
                closing.draw(meeting, found, words)
            else:
                _line(meeting, found.lines[number - AROUND], found, words)
    _bar(found, words, number, last)
    st.html(
        f"<script>{KEYS.read_text('utf-8')}\nsdPresent.turned({number}, {last})</script>",
        unsafe_allow_javascript=True,
    )
    url.keep(PAGE)


def _head(found: Minutes, words: Words, number: int, last: int) -> None:
    """What is looked at, how far the meeting is, and whose figures these are."""
    parts = [documents.title(found, words)]
    parts.append(words.say("team.minutes.cut", number=found.selection.cut or 0))
    if context.kind() == "demo":
        parts.append(words.say("ui.home.demo"))
    about = f"<span>{marks.escape(' · '.join(parts))}</span>"
    place = words.say("present.place", number=number, last=last)
    st.html(
        f'<div class="sd-present-head">{about}<span class="sd-place">{marks.escape(place)}</span>'
        f'</div><div class="sd-passed" aria-hidden="true"><i style="width:{number / last:.1%}">'
        "</i></div>"
    )


def _opening(meeting: Meeting, found: Minutes, words: Words) -> None:
    """The sentence of the period, what comes, where a click goes there, and who is here."""
    lead = words.tell(found.lead) if found.lead else ""
    st.html(marks.headline(words.tell(found.headline), lead))
    with st.container(key="present-agenda", gap="xxsmall"):
        for place, line in enumerate(found.lines, start=1):
            st.button(
                f"{place}. {texts.markdown_safe(line.title[words.lang])}",
                key=f"present-to-{place}",
                type="tertiary",
                on_click=turning.turn,
                args=(place + 1,),
            )
    if found.closed is None:
        ready = writing.ready()
        st.fragment(record.present, key="present-who")(meeting.id, ready=ready)
    else:
        sheet.attended(found, words)


def _line(meeting: Meeting, line: Shown, found: Minutes, words: Words) -> None:
    """Its title and question, the evidence, and what is said about it."""
    title, hint = marks.escape(line.title[words.lang]), marks.escape(line.hint[words.lang])
    below = f'<p class="sd-lead">{hint}</p>' if hint else ""
    ready = found.closed is None and (bool(people.who()) or writing.ready())
    with st.container(
        horizontal=True, horizontal_alignment="distribute", gap="medium", key="present-title"
    ):
        st.html(f'<div><h1 class="sd-headline">{title}</h1>{below}</div>')
        if found.closed is None:
            clock.beside(meeting.id, found.lines, line, ready=ready)
    outcome.came_from(line, words)
    if line.kind != TOPIC or not pinned.draw(line, found, words):
        lines.filled(line, found, words)
    if found.closed is not None:
        record.read(line, words)
        return
    room = "present-record" if line.kind in lines.DRAWERS else "present-open"
    record.afresh(line.line)
    with st.container(key=room):
        record.edit(meeting.id, line.line, ready=ready)


def _bar(found: Minutes, words: Words, number: int, last: int) -> None:
    """Back and on, the way out, and what the keys do; always within reach of a thumb."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="present-bar"):
        _button("leave", words.say("present.leave"), ":material/close:", None)
        _button("first", words.say("present.first"), ":material/first_page:", 1)
        _button("last", words.say("present.last"), ":material/last_page:", last)
        st.html(
            f'<span class="sd-keys">{marks.escape(words.say("present.keys"))}</span>'
            f'<span class="sd-more" role="status">{marks.escape(words.say("present.more"))}</span>'
        )
        st.space("stretch")
        st.button(
            words.say("present.back"),
            key="present-back",
            icon=":material/arrow_back:",
            disabled=number == 1,
            on_click=turning.turn,
            args=(number - 1,),
        )
        st.button(
            _next(found, words, number, last),
            key="present-next",
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            disabled=number == last,
            on_click=turning.turn,
            args=(number + 1,),
        )


def _button(name: str, label: str, icon: str, to: int | None) -> None:
    """A quiet button of the bar; without a screen to go to it leaves."""
    st.button(
        label,
        key=f"present-{name}",
        type="tertiary",
        icon=icon,
        on_click=turning.leave if to is None else turning.turn,
        args=() if to is None else (to,),
    )


def _next(found: Minutes, words: Words, number: int, last: int) -> str:
    """What the way on is called: with the title it leads to, which a phone leaves away."""
    label = words.say("present.next")
    if number == last:
        return label
    if number == last - 1:
        title = words.say("present.closing.title")
    else:
        title = found.lines[number - 1].title[words.lang]
    return f"{label} **· {texts.markdown_safe(title)}**"
