"""A person's course: its items, each tick saved at once, evidence, and the day it is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from salesdash import texts
from salesdash.analysis.duties import Demand
from salesdash.analysis.training import Board, Book, demand, lapse
from salesdash.charts import Words
from salesdash.config import Course
from salesdash.ui import cards, context, marks, state, writing
from salesdash.ui.training import evidence
from salesdash.ui.training.asking import DAY_FORMAT, PLACE, day_words, name_key
from salesdash.ui.training.evidence import Noted
from salesdash.workspace import WHOLE, Tick


@dataclass(frozen=True)
class _List:
    """A person's course with all that its items need to be drawn."""

    person: str
    course: Course
    book: Book
    asked: Demand
    notes: Mapping[str, Noted]
    ready: bool


def draw(found: Board, book: Book, person: str, words: Words, *, ready: bool) -> None:
    """A person's course: its items with their ticks and evidence, and the day it is due."""
    course = _chosen(found)
    notes = {each.item: each for each in evidence.of(book, person, course.id)}
    shown = _List(person, course, book, demand(course, person, book), notes, ready)
    with cards.card("checklist", words.say("team.training.checklist"), course.name[words.lang]):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _course_box(found, course, words)
            _due_box(person, course, words, ready=ready)
        writing.told(PLACE)
        about = marks.escape(course.description[words.lang])
        st.html(f'<div class="sd-body sd-muted">{about}</div>')
        with st.grid(2, min_column_width=320, gap="small"):
            for item in course.items:
                with st.container(gap="xxsmall", key=f"item-{course.id}-{item}"):
                    _item(shown, item, words)
                    _evidence(shown, item, words)
        whole = notes.get(WHOLE)
        told = words.say("learning.evidence.whole")
        st.html(f'<div class="sd-note sd-gap">{marks.escape(told)}</div>')
        with st.container(gap="xxsmall", key=f"item-{course.id}-whole"):
            _evidence(shown, WHOLE, words)
        if (whole is None or not whole.note) and not ready:
            st.html(
                f'<div class="sd-note">{marks.escape(words.say("learning.evidence.none"))}</div>'
            )


def _chosen(found: Board) -> Course:
    """The course of the address, else the one the person must finish first, else the first."""
    ids = {each.id: each for each in found.courses}
    waiting = (*found.overdue, *found.coming, *found.missing)
    late = next((each.course for each in waiting if each.person == state.trainee.get()), None)
    return ids.get(state.course.get()) or ids.get(late or "") or found.courses[0]


def _course_box(found: Board, course: Course, words: Words) -> None:
    names = {each.id: each.name[words.lang] for each in found.courses}
    st.selectbox(
        words.say("team.training.course"),
        list(names),
        format_func=names.__getitem__,
        key=state.course.seed(course.id),
        on_change=state.course.take,
        width=240,
    )


def _due_box(person: str, course: Course, words: Words, *, ready: bool) -> None:
    found = context.home().workspace.training.assignments()
    due = next((a.due for a in found if (a.person, a.course) == (person, course.id)), None)
    slot = state.Slot[date | None](f"due.{course.id}.{name_key(person)}", None)
    st.date_input(
        words.say("team.training.due"),
        value=None,
        key=slot.seed(due),
        format=DAY_FORMAT,
        on_change=_assign_one,
        args=(person, course.id, slot.key),
        disabled=not ready,
        help=words.say("team.training.due_help"),
        width=180,
    )


def _item(shown: _List, item: str, words: Words) -> None:
    """An item with its tick; one that lapsed stands unticked, and says so."""
    person, course = shown.person, shown.course
    day = shown.book.done(course, person).get(item)
    until = lapse(course, item, day) if day else None
    counts = day is not None and (until is None or until > shown.book.day(person))
    tick = shown.book.ticks.get((person, course.id, item))
    slot = state.Slot(f"tick.{course.id}.{item}.{name_key(person)}", default=False)
    label = texts.markdown_safe(course.items[item][words.lang])
    told = _told(shown, item, tick, words)
    if told:
        label += f"  \n:small[:gray[{texts.markdown_safe(told)}]]"
    st.checkbox(
        label,
        key=slot.seed(counts),
        on_change=_tick,
        args=((person, course.id, item), slot.key, tick, counts),
        disabled=not shown.ready,
        wrap=True,
        width="stretch",
    )


def _told(shown: _List, item: str, tick: Tick | None, words: Words) -> str:
    """Who ticked it when, until when it counts; of what is open, when it is due."""
    day = shown.book.done(shown.course, shown.person).get(item)
    until = lapse(shown.course, item, day) if day else None
    if day is None:
        due = shown.asked.due(item)
        back = ""
        if tick is not None:
            day_back = day_words(tick.at.date(), words)
            back = words.say("team.training.taken_back", who=tick.who, day=day_back)
        open_ = words.say("learning.due_on", day=day_words(due, words)) if due else ""
        return " · ".join(part for part in (back, open_) if part)
    if tick is not None and tick.done and tick.at.date() == day:
        told = words.say("team.training.ticked", who=tick.who, day=day_words(day, words))
    else:
        told = words.say("learning.with_course", day=day_words(day, words))
    if until is None:
        return told
    key = "counts" if until > shown.book.day(shown.person) else "lapsed"
    return f"{told} · {words.say(f'learning.{key}', day=day_words(until, words))}"


def _evidence(shown: _List, item: str, words: Words) -> None:
    note = shown.notes.get(item)
    if note is not None and note.note:
        st.html(f'<div class="sd-small sd-evidence">{evidence.html(note, words)}</div>')
    if shown.ready:
        key = shown.person, shown.course.id, item
        evidence.popover(key, note, words, ready=shown.ready)


# --- writing ----------------------------------------------------------------------------------


def _tick(key: tuple[str, str, str], widget: str, tick: Tick | None, counts: bool) -> None:  # noqa: FBT001 - of a callback
    """Write what the box says, `again` where the tick kept says so and did not count."""
    done = bool(state.widget(widget))
    store = context.home().workspace.training
    again = done != counts and done == (tick is not None and tick.done)
    version = tick.version if tick else 0
    writing.save(
        PLACE, lambda stamp: store.tick(key, stamp, done=done, version=version, again=again)
    )


def _assign_one(person: str, course: str, widget: str) -> None:
    due, store = state.widget(widget), context.home().workspace.training
    writing.save(PLACE, lambda stamp: store.assign([(person, course, due)], stamp))
