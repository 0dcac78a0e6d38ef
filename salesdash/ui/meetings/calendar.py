"""Which meetings come next and how to prepare, and those that were held."""

import streamlit as st

from salesdash import formats, texts
from salesdash.analysis import actions, history, occasions
from salesdash.analysis.occasions import Next
from salesdash.charts import Words
from salesdash.periods import Period
from salesdash.ui import cards, context, marks, people, state, writing
from salesdash.ui.meetings import others, rooms, topics, turning
from salesdash.workspace import Attendance, Meeting, Occasion, State

PLACE = rooms.PLACE
VIEWS = {"history": ":material/search:", "templates": ":material/list_alt:"}
HELD_SHOWN = 20
_ICONS = {State.PLANNED: ":material/play_arrow:", State.OPEN: ":material/edit_note:"}


def chosen() -> Meeting | None:
    """The meeting of the address, None when there is none of that number."""
    number = state.meeting.get()
    known = {str(meeting.id): meeting for meeting in _held()}
    found = known.get(number)
    return found if found is not None and found.state is not State.PLANNED else None


def opening() -> None:
    """The sentence: what is to be held."""
    words = context.words()
    if not rooms.kinds():
        st.html(
            marks.headline(
                words.say("team.meetings.no_kinds"), words.say("team.meetings.no_kinds_lead")
            )
        )
        return
    promised = context.home().workspace.actions.all()
    board = actions.build(actions.rows(promised, (), context.today()), "", "team")
    counts = (board.counts["team"], board.counts["overdue"])
    headline, lead = occasions.sentence(nexts(), counts)
    st.html(marks.headline(words.tell(headline), words.tell(lead)))


def upcoming() -> None:
    """A card for each kind: the period it looks at, what to prepare, what waits to be discussed."""
    ready = writing.ready()
    writing.told(PLACE)
    with st.grid(2, min_column_width=320, gap="small"):
        for each in nexts():
            if not each.plan.one_to_one:
                _next(each, ready=ready)
    others.one_to_ones(nexts(), ready=ready)
    others.once(ready=ready)
    _ways()


def _ways() -> None:
    """To what was said and decided, and to the templates."""
    words = context.words()
    with st.container(horizontal=True, gap="medium", key="tools-meetings"):
        for name, icon in VIEWS.items():
            st.button(
                words.say(f"meeting.views.{name}"),
                key=f"view-{name}",
                type="tertiary",
                icon=icon,
                on_click=rooms.go,
                args=(name,),
            )


def held() -> None:
    """Meetings of before, the newest first."""
    words = context.words()
    there, who = context.home().workspace.meetings.all_attendance(), people.who()
    before = [
        meeting
        for meeting in _held()
        if meeting.state is State.CLOSED
        and history.belongs(who, meeting, there.get(meeting.id, Attendance()))
    ]
    if not before:
        return
    note = words.say("team.meetings.count", count=len(before))
    with cards.card("held", words.say("team.meetings.before"), note):
        for meeting in before[:HELD_SHOWN]:
            _one(meeting, words)


def nexts() -> tuple[Next, ...]:
    """This week's and this month's meeting of each kind."""
    fiscal = context.settings().fiscal
    return occasions.upcoming(rooms.kinds(), _held(), context.today(), fiscal)


def days(occasion: Occasion, lang: str) -> str:
    """The days a meeting looks at."""
    period = Period.through(occasion.first_day, occasion.last_day)
    return formats.date_range(period, lang, this_year=context.today().year)


def name(meeting: Meeting, words: Words) -> str:
    """What it is called; the id of a kind that config.yaml no longer has."""
    return rooms.title(meeting)[words.lang]


def _held() -> tuple[Meeting, ...]:
    return context.home().workspace.meetings.all()


def _next(each: Next, *, ready: bool) -> None:
    words = context.words()
    about = words.say("team.meetings.about", days=days(each.occasion, words.lang))
    if each.occasion.day is not None:
        day = formats.date(each.occasion.day, words.lang, this_year=context.today().year)
        about = words.say("meeting.once.on", day=day, about=about)
    tag = rooms.tag(each)
    with cards.card(f"next-{tag}", each.plan.name[words.lang], about):
        _prepare(each, words)
        _waiting(each, words)
        if each.state is State.CLOSED:
            told = words.say("team.meetings.next_from", day=_next_day(each, words))
            st.html(f'<div class="sd-body sd-muted">{marks.escape(told)}</div>')
        st.button(
            words.say(f"team.meetings.do.{each.state.value}"),
            key=f"open-{tag}",
            type="primary" if each.state is not State.CLOSED else "secondary",
            icon=_ICONS.get(each.state, ":material/description:"),
            disabled=not ready and each.state is State.PLANNED,
            on_click=rooms.enter,
            args=(each,),
        )


def _prepare(each: Next, words: Words) -> None:
    """What to have ready; said until the meeting is closed."""
    if each.state is State.CLOSED or not each.plan.prepare:
        return
    lines = "".join(f"<li>{marks.escape(line[words.lang])}</li>" for line in each.plan.prepare)
    title = marks.escape(words.say("team.meetings.prepare"))
    st.html(f'<div class="sd-note">{title}</div><ul class="sd-list">{lines}</ul>')


def _waiting(each: Next, words: Words) -> None:
    """What people put on the agenda so far."""
    if each.held is not None and each.state is State.PLANNED:
        topics.waiting(each.held, words)


def _next_day(each: Next, words: Words) -> str:
    fiscal = context.settings().fiscal
    unit = fiscal.previous(each.plan.every, fiscal.unit(each.plan.every, context.today()), -1)
    return formats.date(unit.start, words.lang, this_year=context.today().year)


def _one(meeting: Meeting, words: Words) -> None:
    """A meeting of before; a click opens its minutes."""
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key=f"event-meeting-{meeting.id}",
    ):
        st.button(
            texts.markdown_safe(f"{name(meeting, words)} · {days(meeting, words.lang)}"),
            key=f"read-{meeting.id}",
            type="tertiary",
            icon=":material/description:",
            on_click=rooms.look,
            args=(meeting.id,),
        )
        if meeting.closed_at is not None:
            day = formats.date(meeting.closed_at.date(), words.lang, this_year=context.today().year)
            told = words.say("team.meetings.closed_by", who=meeting.closed_by, day=day)
            st.html(f'<span class="sd-note">{marks.escape(told)}</span>', width="content")


def leave() -> None:
    """Back to all meetings; for `on_click`."""
    turning.leave()
    state.meeting.clear()
    state.touched.set(value=True)
