"""Courses for many people at once: by name, role or team; who would get what is shown first."""

import streamlit as st

from salesdash.analysis.giving import Gift, Wish, gift
from salesdash.analysis.training import Board
from salesdash.charts import Words
from salesdash.ui import context, marks, state, writing
from salesdash.ui.training import asking
from salesdash.ui.training.asking import DAY_FORMAT

ASSIGNING = "training-assign"
MANY = 6
"""Names that a preview lists of a course."""

FIELDS = ("assign-people", "assign-roles", "assign-teams", "assign-courses")


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
    with box:
        _whom(found, words)
        _what(found, words)
        wish = _wish()
        planned = gift(wish, found, asking.staff(), context.today())
        _preview(planned, found, words)
        st.button(
            words.say("learning.give", count=len(planned.rows)),
            key="assign-now",
            type="primary",
            on_click=_assign,
            args=(planned,),
            disabled=not planned.rows,
        )


def assign(planned: Gift) -> bool:
    """Write it down as one step; True when it is on the disk."""
    store, words = context.home().workspace.learning, context.words()
    if not writing.save(ASSIGNING, lambda stamp: store.assign(planned.rows, stamp)):
        return False
    asking.tell(words.say("team.training.assigned", count=len(planned.rows)))
    return True


def _whom(found: Board, words: Words) -> None:
    st.multiselect(
        words.say("team.training.people"),
        [person.name for person in found.people],
        key="assign-people",
        accept_new_options=True,
        placeholder=words.say("team.training.type_names"),
        select_all=True,
    )
    for name in ("role", "team"):
        known = asking.staff().known(name)
        if known:
            st.multiselect(
                words.say(f"learning.all_of.{name}"),
                known,
                key=f"assign-{name}s",
                placeholder=words.say("learning.choose"),
            )


def _what(found: Board, words: Words) -> None:
    names = {each.id: each.name[words.lang] for each in found.courses}
    st.multiselect(
        words.say("team.training.courses"),
        list(names),
        format_func=names.__getitem__,
        key="assign-courses",
        placeholder=words.say("team.training.choose_courses"),
        select_all=True,
    )
    st.toggle(words.say("learning.lacking"), value=True, key="assign-lacking")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.number_input(
            words.say("learning.days"),
            min_value=0,
            max_value=730,
            value=None,
            step=1,
            key="assign-days",
            width=130,
        )
        st.date_input(
            words.say("learning.or_day"),
            value=None,
            key="assign-due",
            format=DAY_FORMAT,
            help=words.say("team.training.own_days"),
            width=170,
        )


def _wish() -> Wish:
    people, roles, teams, courses = (state.widget(key) or () for key in FIELDS)
    return Wish(
        courses=tuple(courses),
        people=tuple(people),
        roles=tuple(roles),
        teams=tuple(teams),
        lacking=state.widget("assign-lacking") is not False,
        days=state.widget("assign-days"),
        due=state.widget("assign-due"),
    )


def _preview(planned: Gift, found: Board, words: Words) -> None:
    """Who would get what, and who is left out because it is finished or given."""
    names, comma = {each.id: each.name[words.lang] for each in found.courses}, "ui.list_comma"
    lines = []
    for course, people in planned.courses().items():
        who = words.say(comma).join(people[:MANY])
        if len(people) > MANY:
            who = words.say("learning.and_more", names=who, count=len(people) - MANY)
        lines.append(f"<li><b>{marks.escape(names[course])}</b>: {marks.escape(who)}</li>")
    if lines:
        st.html(f'<ul class="sd-list sd-plain">{"".join(lines)}</ul>')
    left = [("finished", planned.finished), ("given", planned.given)]
    told = [words.say(f"learning.skipped.{name}", count=count) for name, count in left if count]
    if told:
        st.html(f'<div class="sd-note">{marks.escape(" ".join(told))}</div>')


def _assign(planned: Gift) -> None:
    if assign(planned):
        for key in FIELDS:
            state.forget(key)
