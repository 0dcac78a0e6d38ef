"""Under a line of the agenda: note, decision and actions, saved at once, line by line."""

import streamlit as st

from salesdash import documents, formats
from salesdash.analysis.actions import row
from salesdash.analysis.minutes import Entry, Shown
from salesdash.charts import Words
from salesdash.ui import actions, context, marks, state, writing
from salesdash.ui.meetings import outcome
from salesdash.ui.training.asking import everybody
from salesdash.workspace import Text
from salesdash.workspace.agendas import Field

FIELDS: tuple[Field, ...] = ("note", "decision")
HEIGHT = 96


def read(line: Shown, words: Words) -> None:
    """What was said and what became of it, as it was kept."""
    outcome.told(line, words)
    for field, entry in (("note", line.note), ("decision", line.decision)):
        writing.told(f"{field}-{line.line}")
        if entry.text.strip():
            st.html(
                f'<div class="sd-note">{marks.escape(words.say(f"team.minutes.{field}"))}</div>'
                f'<div class="sd-body sd-written">{marks.escape(entry.text)}</div>'
            )
    if line.actions:
        st.html(f'<div class="sd-note">{words.say("team.minutes.actions")}</div>')
        st.html(actions.table(line.actions, words))


def afresh(line: int) -> None:
    """Let the fields of a line start from what is kept: they were off the screen meanwhile."""
    for field in FIELDS:
        state.Slot(f"seen.{field}-{line}", -1).clear()


def edit(meeting: int, line: int, *, ready: bool) -> None:
    """The same, to be written; each line is redrawn on its own."""
    st.fragment(_edit, key=f"record-{line}")(meeting, line, ready=ready)


def present(meeting: int, *, ready: bool) -> None:
    """Who is there, who was invited and is not."""
    words, store = context.words(), context.home().workspace.meetings
    found = store.attendance(meeting)
    here = found.present
    slot = state.Slot[list[str]](f"present.{meeting}", [])
    st.multiselect(
        words.say("team.meetings.present"),
        sorted({*everybody(), *here}),
        key=slot.seed(list(here)),
        on_change=_attend,
        args=(meeting, slot.key),
        accept_new_options=True,
        placeholder=words.say("team.training.type_names"),
        disabled=not ready,
    )
    writing.told(f"present-{meeting}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="absent"):
        if found.absent:
            people = words.say("ui.list_comma").join(found.absent)
            told = marks.escape(words.say("meeting.absent", people=people))
            st.html(f'<span class="sd-note">{told}</span>', width="content")
        with st.popover(words.say("meeting.invite"), type="tertiary", key="invite-popover"):
            invited = state.Slot[list[str]](f"invited.{meeting}", [])
            st.multiselect(
                words.say("meeting.invited"),
                sorted({*everybody(), *found.invited}),
                key=invited.seed(list(found.invited)),
                on_change=_invite,
                args=(meeting, invited.key),
                accept_new_options=True,
                placeholder=words.say("team.training.type_names"),
                disabled=not ready,
            )


def _invite(meeting: int, key: str) -> None:
    names, store = state.widget(key) or (), context.home().workspace.meetings
    writing.save(f"present-{meeting}", lambda stamp: store.invite(meeting, names, stamp))


def _attend(meeting: int, key: str) -> None:
    names, store = state.widget(key) or (), context.home().workspace.meetings
    writing.save(f"present-{meeting}", lambda stamp: store.attend(meeting, names, stamp))


def _edit(meeting: int, line: int, *, ready: bool) -> None:
    workspace = context.home().workspace
    found = {text.field: text for text in workspace.meetings.texts(meeting) if text.line == line}
    left, right = st.columns([7, 5], gap="small")
    with left:
        _box(line, "note", found.get("note"), ready=ready)
    with right:
        _box(line, "decision", found.get("decision"), ready=ready)
    mine = [action for action in workspace.actions.all() if action.line == line]
    rows = tuple(row(each, (), context.today()) for each in mine)
    if rows:
        actions.ticked(tuple(each.id for each in rows), f"line{line}")
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key=f"foot-{line}",
    ):
        _add(line, ready=ready)
        outcome.choose(meeting, line, ready=ready)


def _add(line: int, *, ready: bool) -> None:
    with st.popover(
        context.words().say("team.meetings.add_action"),
        type="tertiary",
        icon=":material/add:",
        key=f"add-action-{line}",
        disabled=not ready,
    ):
        actions.form(f"line{line}", line, ready=ready)


def _box(line: int, field: Field, found: Text | None, *, ready: bool) -> None:
    """A text area that is saved when it is left; a conflict shows both versions under it."""
    words, place = context.words(), f"{field}-{line}"
    entry = Entry() if found is None else Entry(found.text, found.version, None, found.id)
    key, seen = f"w.{place}", state.Slot(f"seen.{place}", -1)
    conflict = writing.conflict(place)
    if conflict is None and (state.widget(key) is None or seen.get() != entry.version):
        state.put(key, entry.text)
        seen.set(entry.version)
    st.text_area(
        words.say(f"team.minutes.{field}"),
        key=key,
        height=HEIGHT,
        on_change=_write,
        args=(line, field),
        disabled=not ready,
        placeholder=words.say(f"team.meetings.{field}_hint"),
    )
    if conflict is not None and found is not None:
        _both(line, field, found)
        return
    writing.told(place)
    if found is not None and found.text:
        _by(found, words)


def _by(found: Text, words: Words) -> None:
    """Who wrote last; all that was ever written is one click away."""
    at = f"{formats.date(found.at.date(), words.lang, this_year=context.today().year)}"
    told = words.say("team.meetings.saved", who=found.who, at=f"{at} {found.at:%H:%M}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<span class="sd-note">{marks.escape(told)}</span>', width="content")
        if found.version > 1:
            _history(found, words)


def _history(found: Text, words: Words) -> None:
    label = words.say("team.meetings.versions", count=found.version)
    popover = st.popover(label, type="tertiary", key=f"history-{found.id}", on_change="rerun")
    if not popover.open:
        return
    with popover:
        for each in reversed(context.home().workspace.history.of("meeting_texts", found.id)):
            key = "team.meetings.saved" if each.kept else "team.meetings.put_aside"
            at = documents.moment(each.at, words.lang)
            head = marks.escape(words.say(key, who=each.who, at=at))
            body = marks.escape(str(each.content.get("text", "")))
            st.html(
                f'<div class="sd-note">{head}</div><div class="sd-body sd-written">{body}</div>'
            )


def _both(line: int, field: Field, theirs: Text) -> None:
    """Somebody was faster: theirs beside mine, and three ways on."""
    words, place = context.words(), f"{field}-{line}"
    mine = str(state.widget(f"w.{place}") or "")
    with st.container(border=True, key=f"conflict-{place}"):
        head = words.say("team.meetings.conflict", who=theirs.who)
        st.html(
            f'<div class="sd-body"><b>{marks.escape(head)}</b></div>'
            f'<div class="sd-body sd-written">{marks.escape(theirs.text)}</div>'
        )
        choices = {"both": f"{theirs.text}\n\n{mine}", "mine": mine, "theirs": theirs.text}
        with st.container(horizontal=True, gap="small"):
            for choice, text in choices.items():
                st.button(
                    words.say(f"team.meetings.keep.{choice}"),
                    key=f"keep-{choice}-{place}",
                    type="primary" if choice == "both" else "secondary",
                    on_click=_choose,
                    args=(line, field, text, theirs.version),
                )


def _write(line: int, field: Field) -> None:
    place = f"{field}-{line}"
    text, seen = str(state.widget(f"w.{place}") or ""), state.Slot(f"seen.{place}", 0)
    store = context.home().workspace.meetings
    writing.save(place, lambda stamp: store.write((line, field), text, stamp, seen.get()))


def _choose(line: int, field: Field, text: str, version: int) -> None:
    """End a conflict; on another one, whatever was chosen stands against the newer text."""
    place, store = f"{field}-{line}", context.home().workspace.meetings
    state.put(f"w.{place}", text)
    if writing.save(place, lambda stamp: store.write((line, field), text, stamp, version)):
        state.Slot(f"seen.{place}", 0).set(-1)
