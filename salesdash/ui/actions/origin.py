"""Where an action came from, in words and as a link: a line of a meeting, a goal, a figure."""

import streamlit as st

from salesdash.analysis import minutes
from salesdash.analysis.actions import Row
from salesdash.charts import Words
from salesdash.ui import cards, context, url
from salesdash.ui.goals import asking
from salesdash.ui.meetings import calendar
from salesdash.workspace import Source

ABOUT = ("goals", "comparison", "trends", "customers", "pipeline")
"""Pages an action may be about."""

ICONS = {
    "line": ":material/groups:",
    "goal": ":material/flag:",
    "lever": ":material/tune:",
    "metric": ":material/monitoring:",
}


def told(row: Row, words: Words) -> str:
    """From the weekly meeting of 16 – 22 Nov, line 3; "" for one that nothing gave rise to."""
    if row.origin is None:
        return ""
    if row.origin.kind == "line":
        return _line(row, row.origin, words)
    if row.origin.kind == "metric":
        return words.say("actions.origin.metric", metric=words.metric(row.origin.ref))
    code, _, lever = row.origin.ref.partition(":")
    goal = _goal(code, words)
    if not lever:
        return words.say("actions.origin.goal", goal=goal)
    return words.say("actions.origin.lever", lever=words.say(f"levers.name.{lever}"), goal=goal)


def link(row: Row, label: str) -> None:
    """The way there: to the meeting, else to the screen the action is about."""
    icon = ICONS[row.origin.kind] if row.origin else ":material/open_in_new:"
    if row.meeting is not None:
        query = url.query("meetings", {"meeting": str(row.meeting)})
        st.page_link("pages/meetings.py", label=label, icon=icon, query_params=query)
    elif row.page in ABOUT:
        query = {key: list(values) for key, values in row.query}
        st.page_link(f"pages/{row.page}.py", label=label, icon=icon, query_params=query)


def short(row: Row, words: Words) -> str:
    """What the link is called in a row: Meeting, Goal, Figure, Lever."""
    if row.origin is not None:
        return words.say(f"actions.origin.kind.{row.origin.kind}")
    if row.page not in ABOUT:
        return ""
    return words.say("team.actions.about", page=words.say(f"ui.page.{row.page}"))


def _line(row: Row, origin: Source, words: Words) -> str:
    store = context.home().workspace.meetings
    if row.meeting is None:
        return words.say("actions.origin.kind.line")
    meeting = store.get(row.meeting)
    lines = [str(each.id) for each in minutes.ordered(store.lines(meeting.id))]
    number = lines.index(origin.ref) + 1 if origin.ref in lines else 0
    name = cards.inner(calendar.name(meeting, words), words)
    days = calendar.days(meeting, words.lang)
    if not number:
        return words.say("actions.origin.meeting", meeting=name, days=days)
    return words.say("actions.origin.line", meeting=name, days=days, number=number)


def _goal(code: str, words: Words) -> str:
    """A goal's title; of one that is gone its number."""
    known = {goal.code: goal for goal in asking.store().standing()}
    return asking.title(known[code], words) if code in known else code
