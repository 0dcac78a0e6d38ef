"""Actions as rows: a tick, who until when, where it came from; or as a table to be read."""

from collections.abc import Iterable, Sequence
from datetime import date

import streamlit as st

from salesdash import formats, texts
from salesdash.analysis import actions as analysing
from salesdash.analysis.actions import Row
from salesdash.charts import Words
from salesdash.ui import context, marks, people, state, url
from salesdash.ui.actions import editing, facts, origin, writes
from salesdash.ui.marks import Cell
from salesdash.workspace import Priority, Standing

PAGE, BOARD = HERE = ("actions", "board")
"""Where rows stand on the page of Actions itself."""

MOST = 40
"""Rows that are drawn before somebody asks for all."""

COMMENTS = "actions.comments.count"


def ticked(ids: Iterable[int], place: str) -> None:
    """The actions of these numbers as they are now, each with its tick."""
    workspace = context.home().workspace
    known = {action.id: action for action in workspace.actions.all()}
    found = [known[each] for each in ids if each in known]
    counts = workspace.comments.counts()
    rows = analysing.rows(found, workspace.meetings.all(), context.today(), counts)
    listed(rows, place, context.words(), ready=bool(people.who()))


def table(rows: Iterable[Row], words: Words) -> str:
    """Actions to be read: text, owner, due day, how they stood."""
    header = [Cell(words.say(f"team.actions.{name}")) for name in ("text", "owner", "due", "state")]
    return marks.table(header, [_cells(row, words) for row in rows])


def _cells(row: Row, words: Words) -> list[Cell]:
    notes = [words.say("team.minutes.carried", count=row.carried)] if row.carried else []
    if row.priority is not Priority.NORMAL:
        notes.insert(0, words.say(f"actions.urgent.{row.priority.value}"))
    tone: marks.Tone = "bad" if row.overdue else "good" if row.state is Standing.DONE else "muted"
    state_word = "overdue" if row.overdue else row.state.value
    return [
        Cell(row.text, "", " · ".join(notes)),
        Cell(row.owner or formats.DASH),
        Cell(_day(row.due, words)),
        Cell(words.say(f"team.actions.states.{state_word}"), tone=tone),
    ]


def listed(rows: Iterable[Row], place: str, words: Words, *, ready: bool) -> None:
    """Rows with their ticks; what goes wrong with one is said below it."""
    for row in rows:
        _row(row, place, words, ready=ready)


def shortened(rows: Sequence[Row], place: str, words: Words, *, ready: bool) -> None:
    """The same of many: the first ones, and the others after a click."""
    whole = state.Slot(f"whole.{place}", default=False)
    listed(rows if whole.get() else rows[:MOST], place, words, ready=ready)
    if len(rows) > MOST and not whole.get():
        st.button(
            words.say("actions.list.rest", count=len(rows) - MOST),
            key=f"whole-{place}",
            type="tertiary",
            icon=":material/expand_more:",
            on_click=whole.set,
            args=(True,),
        )


def _row(row: Row, place: str, words: Words, *, ready: bool) -> None:
    """One action: its tick, its words, who until when, where it came from, a way to change it."""
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"event-{place}-{row.id}"
    ):
        with st.container(gap="xxsmall", key=f"promise-{place}-{row.id}"):
            _tick(row, place, ready=ready)
            st.html(_facts(row, words))
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", width="content"
        ):
            _ways(row, place, words)
            editing.popover(row, place, words, ready=ready)
    writes.told(row.id, writes.place_of(place, row.id), words)


def note(row: Row, place: str, words: Words, *, ready: bool) -> None:
    """The same in a narrow column."""
    _tick(row, place, ready=ready)
    st.html(_facts(row, words))
    with st.container(horizontal=True, gap="small"):
        editing.popover(row, place, words, ready=ready)
        _page(row, place, words)
    writes.told(row.id, writes.place_of(place, row.id), words)


def _tick(row: Row, place: str, *, ready: bool) -> None:
    slot = state.Slot(f"done.{place}.{row.id}", default=False)
    st.checkbox(
        texts.markdown_safe(row.text),
        key=slot.seed(row.state is Standing.DONE),
        on_change=editing.tick,
        args=(row.id, slot.key, writes.place_of(place, row.id), row.version),
        disabled=not ready or row.state is Standing.DROPPED,
        wrap=True,
    )


def _facts(row: Row, words: Words) -> str:
    """Who until when, how urgent, how often carried over; below it what it is to move."""
    parts = [marks.escape(row.owner)] if row.owner else []
    if row.priority is not Priority.NORMAL:
        shape = "up" if row.priority is Priority.HIGH else "down"
        word = words.say(f"actions.urgent.{row.priority.value}")
        parts.append(f"<b>{marks.shape(shape)}{marks.escape(word)}</b>")
    if row.overdue:
        parts.append(marks.chip("bad", words.say("team.actions.late", day=_day(row.due, words))))
    elif row.state is not Standing.OPEN:
        parts.append(marks.escape(words.say(f"team.actions.states.{row.state.value}")))
    elif row.due is not None:
        parts.append(marks.escape(words.say("team.training.until", day=_day(row.due, words))))
    for key, count in (("team.minutes.carried", row.carried), (COMMENTS, row.comments)):
        parts += [marks.escape(words.say(key, count=count))] if count else []
    aim = facts.aim(row, words)
    below = f"<br>{marks.escape(aim)}" if aim else ""
    return f'<span class="sd-note sd-promise">{" · ".join(parts)}{below}</span>'


def _ways(row: Row, place: str, words: Words) -> None:
    """To where it came from, which need not be said within a meeting, and to its own page."""
    if place == PAGE:
        origin.link(row, origin.short(row, words))
    _page(row, place, words)


def _page(row: Row, place: str, words: Words) -> None:
    """To its own page; from another one by a link."""
    label, icon = words.say("actions.open"), ":material/chevron_right:"
    if place in HERE:
        st.button(
            label,
            key=f"open-{place}-{row.id}",
            type="tertiary",
            icon=icon,
            on_click=look,
            args=(row.id,),
        )
        return
    query = url.query(PAGE, {"action": str(row.id)})
    st.page_link("pages/actions.py", label=label, icon=icon, query_params=query)


def look(number: int) -> None:
    """Show the page of an action; for `on_click`."""
    state.action.set(str(number))
    state.touched.set(value=True)


def _day(day: date | None, words: Words) -> str:
    if day is None:
        return formats.DASH
    return formats.date(day, words.lang, this_year=context.today().year)
