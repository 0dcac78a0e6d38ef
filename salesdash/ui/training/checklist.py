"""A person's course: its items, each tick saved at once, and the day it is due."""

from datetime import date

import streamlit as st

from salesdash import texts
from salesdash.analysis.training import Board
from salesdash.charts import Words
from salesdash.config import Course
from salesdash.ui import cards, context, marks, state, writing
from salesdash.ui.training.asking import DAY_FORMAT, day_words, name_key
from salesdash.workspace import Tick

PLACE = "training"


def draw(found: Board, words: Words, *, ready: bool) -> None:
    """A person's course: its items with their ticks, and the day it is due."""
    person, course = _chosen(found)
    with cards.card("checklist", words.say("team.training.checklist"), course.name[words.lang]):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _person_box(found, person, words, ready=ready)
            _course_box(found, course, words)
            if person:
                _due_box(person, course, words, ready=ready)
        writing.told(PLACE)
        if not person:
            st.html(f'<div class="sd-body">{words.say("team.training.choose")}</div>')
            return
        about = marks.escape(course.description[words.lang])
        st.html(f'<div class="sd-body sd-muted">{about}</div>')
        ticks = {
            tick.item: tick
            for tick in context.home().workspace.training.ticks()
            if (tick.person, tick.course) == (person, course.id)
        }
        with st.grid(2, min_column_width=320, gap="small"):
            for item in course.items:
                _item(person, course, item, ticks.get(item), ready=ready)


def _chosen(found: Board) -> tuple[str, Course]:
    """The person and course of the address, else those most overdue, else the first."""
    names = [person.name for person in found.people]
    person, course = state.trainee.get(), state.course.get()
    first = found.overdue[0] if found.overdue else None
    if person not in names:
        person = first.person if first else (names[0] if names else "")
    ids = {each.id: each for each in found.courses}
    if course not in ids:
        course = first.course if first and first.person == person else found.courses[0].id
    return person, ids[course]


def _person_box(found: Board, person: str, words: Words, *, ready: bool) -> None:
    names = [each.name for each in found.people]
    st.selectbox(
        words.say("team.training.person"),
        names,
        index=None,
        key=state.trainee.seed(person) if person else state.trainee.key,
        on_change=_take_person,
        args=(tuple(names),),
        accept_new_options=ready,
        placeholder=words.say("team.training.type_name"),
        width=240,
    )


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


def _item(person: str, course: Course, item: str, tick: Tick | None, *, ready: bool) -> None:
    words = context.words()
    done = tick is not None and tick.done
    slot = state.Slot(f"tick.{course.id}.{item}.{name_key(person)}", default=False)
    label = texts.markdown_safe(course.items[item][words.lang])
    if tick is not None:
        key = "team.training.ticked" if tick.done else "team.training.taken_back"
        told = words.say(key, who=tick.who, day=day_words(tick.at.date(), words))
        label += f"  \n:small[:gray[{texts.markdown_safe(told)}]]"
    st.checkbox(
        label,
        key=slot.seed(done),
        on_change=_tick,
        args=((person, course.id, item), slot.key, tick.version if tick else 0),
        disabled=not ready,
        wrap=True,
        width="stretch",
    )


# --- writing ----------------------------------------------------------------------------------


def _tick(key: tuple[str, str, str], widget: str, version: int) -> None:
    done = bool(state.widget(widget))
    store = context.home().workspace.training
    writing.save(PLACE, lambda stamp: store.tick(key, stamp, done=done, version=version))


def _assign_one(person: str, course: str, widget: str) -> None:
    due, store = state.widget(widget), context.home().workspace.training
    writing.save(PLACE, lambda stamp: store.assign([(person, course, due)], stamp))


def _take_person(known: tuple[str, ...]) -> None:
    typed = str(state.widget(state.trainee.key) or "")
    store = context.home().workspace.training
    if typed and typed not in known:
        writing.save(PLACE, lambda stamp: state.trainee.set(store.add(typed, stamp)))
    else:
        state.trainee.set(typed)
