"""The tools above the board: set a goal, copy last period's for the next one, bring a file in."""

from collections.abc import Sequence

import streamlit as st

from salesdash.analysis.planning import following, percent
from salesdash.analysis.progress import Progress
from salesdash.charts import Words
from salesdash.errors import SalesdashError
from salesdash.ui import context, marks, people, problems, state, url
from salesdash.ui.goals import asking, drawer, walking
from salesdash.workspace import Goal, Stamp

WHICH, PLUS = "copy-which", "copy-plus"

_open = state.Slot("goals-copy", default=False)
_fault: state.Slot[SalesdashError | None] = state.Slot("goals-copy-fault", None)


def tools(found: Sequence[Progress]) -> None:
    """The row of buttons; nothing on a board without goals, which says itself what to do."""
    if not found:
        return
    words = context.words()
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        gap="small",
        width="content",
        key="goal-tools",
    ):
        st.button(
            words.say("goals.set"),
            key="goal-set",
            type="primary",
            icon=":material/add:",
            on_click=drawer.create,
        )
        if asking.last_period(tuple(found)):
            st.button(
                words.say("goals.copy.open"),
                key="goal-copy",
                icon=":material/content_copy:",
                on_click=_open.set,
                args=(True,),
            )
        st.page_link(
            "pages/imports.py",
            label=words.say("goals.file"),
            icon=":material/upload:",
            query_params=url.query("imports"),
        )
        walking.offer(found, words)
    if _open.get() and asking.last_period(tuple(found)):
        title = words.say("goals.copy.title")
        drawn = st.dialog(title, position="right", width="medium", on_dismiss=_close)
        drawn(_form)(asking.last_period(tuple(found)))


def _form(goals: tuple[Goal, ...]) -> None:
    """Which goals, how much on top; then they are set all or none."""
    if not _open.get():  # the goals are copied: the page behind has changed
        st.rerun()
    words, old = context.words(), goals[0].terms.period
    after = asking.period_words(following(old, context.fiscal()), words)
    before = asking.period_words(old, words)
    intro = words.say("goals.copy.intro", old=before, next=after, count=len(goals))
    st.html(f'<div class="sd-body">{marks.escape(intro)}</div>')
    names = {goal.number: _title(goal, words) for goal in goals}
    st.multiselect(
        words.say("goals.copy.which"),
        list(names),
        default=list(names),
        format_func=names.__getitem__,
        key=WHICH,
    )
    st.text_input(words.say("goals.copy.plus"), value="5%", key=PLUS)
    fault = _fault.get()
    if fault is not None:
        problems.show(fault)
    people.ask(people.DRAWER_FIELD)
    label = words.say("goals.copy.do")
    st.button(label, key="copy-do", type="primary", on_click=_copy, args=(goals,))


def _copy(goals: tuple[Goal, ...]) -> None:
    """Set the copies; for `on_click`."""
    words, who = context.words(), people.stated()
    if not who:
        st.toast(words.say("ui.who.needed"), icon=":material/person:")
        return
    plus, chosen = str(state.widget(PLUS)), state.widget(WHICH) or ()
    try:
        wanted = [goal.terms for goal in goals if goal.number in chosen]
        terms = asking.plan().copies(wanted, percent(plus))
        old = asking.period_words(goals[0].terms.period, words)
        why = words.say("goals.copy.why", old=old, plus=plus)
        asking.store().add(terms, Stamp(who, context.now()), why)
    except SalesdashError as error:
        _fault.set(error)
        return
    _close()
    drawer.say(words.say("goals.form.saved", count=len(terms)))


def _close() -> None:
    _open.clear()
    _fault.clear()


def _title(goal: Goal, words: Words) -> str:
    members = (value or "—" for each in goal.terms.scope for value in each.values)
    return " · ".join((words.metric(goal.terms.metric), *members))
