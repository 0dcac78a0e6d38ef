"""Templates: the kinds of meetings people made themselves, and what the file of settings has."""

import streamlit as st

from salesdash import formats, texts
from salesdash.analysis import plans
from salesdash.charts import Words
from salesdash.config import Meeting as Plan
from salesdash.ui import cards, context, marks, writing
from salesdash.ui.meetings import drafting, rooms
from salesdash.workspace import Own

PLACE = "templates"


def show() -> None:
    """The list, or the one that is being written."""
    words = context.words()
    st.button(
        words.say("team.meetings.all"),
        key="all-meetings",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=_leave,
    )
    title, lead = (words.say(f"meeting.template.{name}") for name in ("title", "lead"))
    st.html(marks.headline(title, lead))
    ready = writing.ready()
    writing.told(PLACE)
    if drafting.is_open():
        drafting.show(ready=ready)
        return
    _start(words, ready=ready)
    _own(words, ready=ready)


def _start(words: Words, *, ready: bool) -> None:
    """A new one, empty or from one that exists."""
    known = {"": None, **rooms.kinds()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            words.say("meeting.template.from"),
            tuple(known),
            format_func=lambda key: _named(known[key], words),
            key="w.template-from",
            width=320,
        )
        st.button(
            words.say("meeting.template.new"),
            key="new-template",
            type="primary",
            icon=":material/add:",
            disabled=not ready,
            on_click=drafting.begin,
            args=(known[chosen],),
        )


def _own(words: Words, *, ready: bool) -> None:
    found = context.home().workspace.templates.all()
    if not found:
        st.html(f'<div class="sd-note">{marks.escape(words.say("meeting.template.none"))}</div>')
        return
    count = words.say("meeting.template.count", count=sum(not each.withdrawn for each in found))
    with cards.card("templates", words.say("meeting.template.own"), count):
        for each in sorted(found, key=lambda one: (one.withdrawn, one.id)):
            _one(each, words, ready=ready)


def _one(own: Own, words: Words, *, ready: bool) -> None:
    """Its name and rhythm, who wrote it, and what can be done with it."""
    name = plans.worded(own.name)[words.lang]
    day = formats.date(own.at.date(), words.lang, this_year=context.today().year)
    told = " · ".join(
        (
            words.say(f"meeting.template.every.{own.every}"),
            words.say("meeting.template.lines", count=len(own.agenda)),
            words.say("team.meetings.saved", who=own.who, at=day),
            *((words.say("meeting.template.withdrawn"),) if own.withdrawn else ()),
        )
    )
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key=f"event-template-{own.id}",
    ):
        st.button(
            texts.markdown_safe(name),
            key=f"edit-template-{own.id}",
            type="tertiary",
            icon=":material/edit:",
            disabled=not ready or own.withdrawn,
            on_click=drafting.edit,
            args=(own,),
        )
        st.html(f'<span class="sd-note">{marks.escape(told)}</span>', width="content")
        key = "restore" if own.withdrawn else "withdraw"
        st.button(
            words.say(f"meeting.template.{key}"),
            key=f"{key}-template-{own.id}",
            type="tertiary",
            disabled=not ready,
            on_click=_withdraw,
            args=(own.id,),
            kwargs={"withdrawn": not own.withdrawn},
        )


def _named(plan: Plan | None, words: Words) -> str:
    return plan.name[words.lang] if plan else words.say("meeting.template.empty")


def _withdraw(number: int, *, withdrawn: bool) -> None:
    store = context.home().workspace.templates
    writing.save(PLACE, lambda stamp: store.withdraw(number, stamp, withdrawn=withdrawn))


def _leave() -> None:
    drafting.end()
    rooms.go("")
