"""Courses for many people at once."""

from datetime import timedelta

import streamlit as st

from salesdash.analysis.training import Board
from salesdash.charts import Words
from salesdash.ui import context, state, writing
from salesdash.ui.training.asking import DAY_FORMAT

ASSIGNING = "training-assign"


def popover(found: Board, words: Words, *, ready: bool) -> None:
    """Courses for many people at once."""
    box = st.popover(
        words.say("team.training.assign"),
        icon=":material/assignment_add:",
        key="assign-popover",
        on_change="rerun",
        disabled=not ready,
    )
    writing.told(ASSIGNING)
    if not box.open:
        return
    names = {each.id: each.name[words.lang] for each in found.courses}
    with box:
        st.multiselect(
            words.say("team.training.people"),
            [person.name for person in found.people],
            key="assign-people",
            accept_new_options=True,
            placeholder=words.say("team.training.type_names"),
            select_all=True,
        )
        st.multiselect(
            words.say("team.training.courses"),
            list(names),
            format_func=names.__getitem__,
            key="assign-courses",
            placeholder=words.say("team.training.choose_courses"),
            select_all=True,
        )
        st.date_input(
            words.say("team.training.due"),
            value=None,
            key="assign-due",
            format=DAY_FORMAT,
            help=words.say("team.training.own_days"),
        )
        st.button(
            words.say("team.training.assign_now"),
            key="assign-now",
            type="primary",
            on_click=_assign_many,
        )


def _assign_many() -> None:
    people, courses = state.widget("assign-people") or (), state.widget("assign-courses") or ()
    due, today = state.widget("assign-due"), context.today()
    known, store = context.settings().training, context.home().workspace.training
    wanted = [
        (person, course, due or today + timedelta(days=known[course].due_days))
        for person in people
        for course in courses
    ]
    words = context.words()
    if wanted and writing.save(ASSIGNING, lambda stamp: store.assign(wanted, stamp)):
        st.toast(words.say("team.training.assigned", count=len(wanted)), icon=":material/check:")
        for key in ("assign-people", "assign-courses"):
            state.forget(key)
