"""Meetings beside those of the whole team: one-to-ones, and those without a rhythm."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from salesdash import formats, texts
from salesdash.analysis import occasions
from salesdash.analysis.occasions import Next
from salesdash.charts import Words
from salesdash.config import Meeting as Plan
from salesdash.periods import Period, Window, parse
from salesdash.ui import cards, context, marks, state, writing
from salesdash.ui.meetings import rooms
from salesdash.ui.training.asking import DAY_FORMAT, everybody, meant, name_key
from salesdash.workspace import Occasion, State

PERIODS = ("last-week", "wtd", "last-month", "mtd", "last-quarter", "qtd", "last:30", "ytd")


def one_to_ones(nexts: Sequence[Next], *, ready: bool) -> None:
    """A card for each such kind: whom one meets, where each stands, and somebody new."""
    for plan in rooms.kinds().values():
        if plan.one_to_one:
            mine = [each for each in nexts if each.plan.id == plan.id]
            _one_to_one(plan, mine, ready=ready)


def once(*, ready: bool) -> None:
    """A card for kinds that do not come back: about which period, on which day."""
    words = context.words()
    plans = {key: plan for key, plan in rooms.kinds().items() if plan.once}
    if not plans:
        return
    note = words.say("meeting.once.note")
    with cards.card("once", words.say("meeting.once.title"), note):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            kind = st.selectbox(
                words.say("meeting.once.kind"),
                tuple(plans),
                format_func=lambda key: plans[key].name[words.lang],
                key="w.once-kind",
            )
            period = st.selectbox(
                words.say("meeting.once.period"),
                PERIODS,
                format_func=lambda code: words.say(f"periods.preset.{code}"),
                key="w.once-period",
            )
            day = st.date_input(
                words.say("meeting.once.day"),
                context.today(),
                min_value=context.today(),
                format=DAY_FORMAT,
                key="w.once-day",
                width=160,
            )
            st.button(
                words.say("meeting.once.do"),
                key="open-once",
                icon=":material/play_arrow:",
                disabled=not ready,
                on_click=_plan,
                args=(plans[kind], period, day),
            )
        about = occasions.once(plans[kind], _window(period), day, context.fiscal())
        days = _days(about, words)
        st.html(f'<div class="sd-note">{marks.escape(days)}</div>')


def _one_to_one(plan: Plan, nexts: Sequence[Next], *, ready: bool) -> None:
    words = context.words()
    due = occasions.occasion(plan, context.today(), context.fiscal())
    with cards.card(f"next-{plan.id.replace(':', '-')}", plan.name[words.lang], _days(due, words)):
        for each in nexts:
            _person(each, words, ready=ready)
        known = {each.occasion.person for each in nexts}
        others = [name for name in everybody() if name not in known]
        slot: state.Slot[str | None] = state.Slot(f"alone-{plan.id}", None)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            person = st.selectbox(
                words.say("meeting.alone.with"),
                others,
                index=None,
                key=slot.key,
                accept_new_options=True,
                placeholder=words.say("team.training.type_name"),
                width=280,
            )
            new = Next(
                plan,
                occasions.occasion(plan, context.today(), context.fiscal(), meant(person or "")),
                None,
            )
            st.button(
                words.say("team.meetings.do.planned"),
                key=f"open-{plan.id.replace(':', '-')}-new",
                icon=":material/play_arrow:",
                disabled=not (ready and person),
                on_click=rooms.enter,
                args=(new,),
            )


def _person(each: Next, words: Words, *, ready: bool) -> None:
    """Whom one meets, and where this week's meeting stands."""
    key = name_key(each.occasion.person)
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key=f"event-alone-{each.plan.id.replace(':', '-')}-{key}",
    ):
        done = words.say(f"team.meetings.do.{each.state.value}")
        st.button(
            f"{texts.markdown_safe(each.occasion.person)} · {done}",
            key=f"alone-{each.plan.id}-{key}",
            type="tertiary",
            icon=":material/person:",
            disabled=each.state is State.PLANNED and not ready,
            on_click=rooms.enter,
            args=(each,),
        )
        told = words.say(f"meeting.alone.state.{each.state.value}")
        st.html(f'<span class="sd-note">{marks.escape(told)}</span>', width="content")


def _days(about: Occasion, words: Words) -> str:
    period = Period.through(about.first_day, about.last_day)
    days = formats.date_range(period, words.lang, this_year=context.today().year)
    return words.say("team.meetings.about", days=days)


def _window(code: str) -> Window:
    found = parse(code, context.today(), context.fiscal())
    assert found is not None, "only codes with an end are offered"
    return found


def _plan(plan: Plan, code: str, day: date) -> None:
    """Open it when it is today, else note it for that day."""
    about = occasions.once(plan, _window(code), day, context.fiscal())
    if day <= context.today():
        rooms.enter(Next(plan, about, None))
        return
    store = context.home().workspace.meetings
    writing.save(rooms.PLACE, lambda stamp: store.plan(about, stamp))
