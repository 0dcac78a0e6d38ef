"""The sheet of one meeting: its period in one sentence, the agenda filled, minutes, closing."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from salesdash import documents, formats
from salesdash.analysis import restated as since
from salesdash.analysis.minutes import Minutes
from salesdash.analysis.restatement import Restatement
from salesdash.charts import Words
from salesdash.ui import cards, context, exports, marks, shell, writing
from salesdash.ui.meetings import (
    calendar,
    clock,
    lines,
    outcome,
    rating,
    record,
    reopening,
    restated,
    rooms,
    turning,
)
from salesdash.ui.meetings.rooms import room
from salesdash.workspace import Meeting, Reopening, State

PLACE = "meeting"
WRITERS = (("minutes", "md", documents.markdown), ("minutes-html", "html", documents.html))
"""What the minutes can be taken away as: the key of the button, the ending, the writer."""


def show(meeting: Meeting) -> None:
    """All of it: as kept when closed, else worked out at its cut."""
    earlier = reopening.chosen(meeting.id)
    found = answer(meeting, earlier)
    words = documents.spoken(found, context.lang())
    _ways(words, presentable=earlier is None)
    if earlier is not None:
        reopening.banner(earlier, words)
    _opening(found, words)
    ready = writing.ready() if found.closed is None else False
    writing.told(PLACE)
    if found.closed is None:
        st.fragment(record.present, key="present")(meeting.id, ready=ready)
    else:
        attended(found, words)
    _agenda(meeting, found, words, ready=ready)
    rated(meeting, found, words, ready=ready)
    _restated(found, words)
    reopening.versions(meeting.id, words)
    foot(meeting, found, words, ready=ready)
    rooms.arrive()


def answer(meeting: Meeting, earlier: Reopening | None) -> Minutes:
    """As an earlier closing kept it, as it was closed, or as it stands."""
    with shell.patience("meeting"):
        if earlier is not None:
            return room().earlier(meeting.id, earlier.version)
        is_closed = meeting.state is State.CLOSED
        return room().kept(meeting.id) if is_closed else room().current(meeting.id)


def _agenda(meeting: Meeting, found: Minutes, words: Words, *, ready: bool) -> None:
    """Its lines with what they filled themselves with; those of an open one take notes."""
    if found.closed is None:
        clock.show(meeting.id, found.lines, ready=ready)
    for number, line in enumerate(found.lines, start=1):
        title = f"{number}. {line.title[words.lang]}"
        with cards.card(f"line-{line.line}", title, clock.note(line, words)):
            outcome.came_from(line, words)
            lines.filled(line, found, words)
            if found.closed is None:
                record.edit(meeting.id, line.line, ready=ready)
            else:
                record.read(line, words)


def rated(meeting: Meeting, found: Minutes, words: Words, *, ready: bool) -> None:
    """What people think of it: asked at its end, later told."""
    if found.closed is None:
        rating.ask(meeting.id, ready=ready)
    elif found.ratings:
        told = marks.escape(documents.rated(found.ratings, words))
        st.html(f'<div class="sd-body">{told}</div>')


def _ways(words: Words, *, presentable: bool) -> None:
    """Back to all meetings, and on to the projector; an earlier closing is only read."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", gap="small", key="meeting-ways"
    ):
        st.button(
            words.say("team.meetings.all"),
            key="all-meetings",
            type="tertiary",
            icon=":material/arrow_back:",
            on_click=calendar.leave,
        )
        if presentable:
            st.button(
                words.say("present.start"),
                key="present-start",
                icon=":material/slideshow:",
                on_click=turning.turn,
                args=(1,),
            )


def _opening(found: Minutes, words: Words) -> None:
    """The sentence about the period, and what kind of meeting looks at which figures."""
    lead = words.tell(found.lead) if found.lead else ""
    st.html(marks.headline(words.tell(found.headline), lead))
    st.html(f'<div class="sd-note">{marks.escape(_about(found, words))}</div>')


def _about(found: Minutes, words: Words) -> str:
    parts = [
        found.name[words.lang],
        formats.date_range(found.window.period, words.lang, "exact"),
        words.say("team.minutes.cut", number=found.selection.cut or 0),
    ]
    for key, mark in (("opened", found.opened), ("closed", found.closed)):
        if mark is not None:
            at = documents.moment(mark.at, words.lang)
            parts.append(words.say(f"team.minutes.{key}", at=at, who=mark.who))
    return " · ".join(parts)


def attended(found: Minutes, words: Words) -> None:
    """Who was there and who was not, to be read."""
    for key, names in (("team.minutes.present", found.present), ("meeting.absent", found.absent)):
        if names:
            told = words.say(key, people=words.say("ui.list_comma").join(names))
            st.html(f'<div class="sd-body">{marks.escape(told)}</div>')


def _restated(found: Minutes, words: Words) -> None:
    """Figures that are different today: late data, an undo, a definition."""
    asked = context.warehouse(), context.settings(), found, context.home().done()

    def ask() -> Restatement:
        return since.build(*asked, context.today())

    tiles = tuple(line.tiles for line in found.lines)
    changed = context.remembered(("restated", found.selection, found.hash, tiles), ask)
    if changed.is_empty:
        return
    count = len(changed.totals)
    note = words.say("restated.after_note", count=count) if count else ""
    with cards.card("restated", words.say("restated.after"), note):
        restated.show("after", changed, found.selection, words)


def foot(meeting: Meeting, found: Minutes, words: Words, *, ready: bool) -> None:
    """Minutes to take away, and the end of the meeting."""
    lang = words.lang
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if found.closed is None:
            _closing(meeting, words, ready=ready)
        elif meeting.state is State.CLOSED:
            reopening.offer(meeting.id, words)
        for key, ending, write in WRITERS:
            cards.download(
                key,
                words.say(f"present.download.{ending}"),
                exports.file_name(f"{meeting.kind}-{meeting.last_day}", ending, meeting.id, lang),
                partial(_written, meeting.id, lang, write),
            )


def _written(number: int, lang: str, write: Callable[[Minutes, str], str]) -> bytes:
    """The minutes as a file: of the kept answers once the meeting is closed."""
    is_closed = context.home().workspace.meetings.get(number).state is State.CLOSED
    found = room().kept(number) if is_closed else room().current(number)
    return write(found, lang).encode()


def _closing(meeting: Meeting, words: Words, *, ready: bool) -> None:
    popover = st.popover(
        words.say("team.meetings.close"), icon=":material/lock:", key="close-popover"
    )
    with popover:
        st.html(f'<div class="sd-body">{words.say("team.meetings.close_help")}</div>')
        st.button(
            words.say("team.meetings.close_now"),
            key="close-meeting",
            type="primary",
            disabled=not ready,
            on_click=_close,
            args=(meeting.id,),
        )


def _close(number: int) -> None:
    if writing.save(PLACE, lambda stamp: room().close(number, stamp)):
        words = context.words()
        st.toast(words.say("team.meetings.closed_now"), icon=":material/check:")
