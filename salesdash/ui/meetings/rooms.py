"""Where the meetings of this home are held, which kinds there are, and the ways in."""

import streamlit as st

from salesdash.analysis import plans
from salesdash.analysis.occasions import Next
from salesdash.analysis.room import Room
from salesdash.config import Meeting as Plan
from salesdash.metrics import Words
from salesdash.ui import context, state, writing
from salesdash.ui.meetings import turning
from salesdash.workspace import Meeting, State

PLACE = "meetings"
_line: "state.Slot[int]" = state.Slot("meeting-line", 0)


def room() -> Room:
    """Figures are asked once a version of the data."""
    return Room(
        context.warehouse(),
        context.settings(),
        context.home().workspace,
        context.here().currency,
        context.remembered,
    )


def kinds() -> dict[str, Plan]:
    """Of config.yaml, and those people made."""
    return room().kinds


def title(meeting: Meeting) -> Words:
    """What a meeting is called; a one-to-one with whom it is."""
    own = context.home().workspace.templates.all()
    return plans.title(plans.of(meeting, context.settings(), own), meeting)


def tag(each: Next) -> str:
    """Tells the elements of meetings apart: the kind, and the number of one without rhythm."""
    name = each.plan.id.replace(":", "-")
    return f"{name}-{each.held.id}" if each.plan.once and each.held else name


def view() -> str:
    """What is shown beside single meetings: "" is what comes next."""
    return state.meetings_view.get()


def go(name: str) -> None:
    """Show another view; for `on_click`."""
    state.meetings_view.set(name)
    state.touched.set(value=True)


def look(number: int, line: int = 0) -> None:
    """Show a meeting, at one of its lines; for `on_click`."""
    turning.leave()
    _line.set(line)
    state.meeting.set(str(number))
    state.touched.set(value=True)


def arrive() -> None:
    """Bring the line that was asked for into sight, once."""
    if _line.get():
        place = f".st-key-card-line-{_line.get()}"
        script = f"document.querySelector('{place}')?.scrollIntoView({{block: 'center'}})"
        st.html(f"<script>setTimeout(() => {script}, 300)</script>", unsafe_allow_javascript=True)
        _line.clear()


def enter(each: Next) -> None:
    """Open the meeting that is due, its figures pinned to the newest event; or show it."""
    if each.held is not None and each.held.state is not State.PLANNED:
        look(each.held.id)
        return
    cut = context.home().warehouse.version
    writing.save(PLACE, lambda stamp: look(room().open(each.plan, each.occasion, cut, stamp).id))
