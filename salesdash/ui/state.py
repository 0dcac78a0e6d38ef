"""What one browser session remembers: typed slots, and the keys of widgets.

A slot is ours and lives as long as the session; a widget's own key lives only while the widget
is on the page. So a choice is kept in a slot, the widget is set from it before it is drawn
(`seed`) and writes back in its callback (`Slot.take`). That survives a change of page or language.
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

import streamlit as st

from salesdash.selection import Organisation
from salesdash.ui import process

T = TypeVar("T")


@dataclass(frozen=True)
class Slot(Generic[T]):
    """A named, typed place in the session with the value it starts from."""

    name: str
    default: T

    def get(self) -> T:
        """The value, or the default."""
        return cast("T", st.session_state.get(f"slot.{self.name}", self.default))

    def set(self, value: T) -> None:
        """Remember a value."""
        st.session_state[f"slot.{self.name}"] = value

    def clear(self) -> None:
        """Back to the default."""
        st.session_state.pop(f"slot.{self.name}", None)

    @property
    def is_set(self) -> bool:
        """Whether anything was ever remembered here."""
        return f"slot.{self.name}" in st.session_state

    @property
    def key(self) -> str:
        """The key of the widget that edits this slot."""
        return f"w.{self.name}"

    def take(self) -> None:
        """Copy the widget's value here; for `on_change`."""
        self.set(cast("T", st.session_state[self.key]))
        touched.set(value=True)

    def seed(self, value: T) -> str:
        """Set the widget to `value` before it is drawn; the widget's key comes back."""
        st.session_state[self.key] = value
        return self.key


def widget(key: str) -> Any:  # noqa: ANN401 - a widget holds whatever its options hold
    """The value of a widget by its key, None while it is not on the page."""
    return st.session_state.get(key)


def put(key: str, value: object) -> None:
    """Set a widget by its key, before it is drawn."""
    st.session_state[key] = value


def forget(key: str) -> None:
    """Drop a widget's value, so that it starts afresh."""
    st.session_state.pop(key, None)


def breathe() -> None:
    """Give Streamlit the moment to stop this run, when its screen was left or changed.

    What is asked ahead gives way to a run that waits.
    """
    process.stir()
    st.session_state.get("slot.breath")


Filters = tuple[tuple[str, tuple[str | None, ...]], ...]
"""Chosen members by dimension; None is the empty member."""

# The frame
frame_is_open = Slot("frame_is_open", default=False)
touched = Slot("touched", default=False)
demo_seen = Slot("demo_seen", default=False)
written: Slot[dict[str, list[str]]] = Slot("written", {})
opened_metric = Slot("opened_metric", "")
opened_where: Slot[Filters] = Slot("opened_where", ())
opened_period = Slot("opened_period", "")
behind = Slot("behind", "")  # what an address wants opened
opened_organisation = Slot("opened_organisation", Organisation.THEN)
who = Slot("who", "")

# What the address of a screen says; "" is "not chosen"
language = Slot("language", "")
home = Slot("home", "")
period = Slot("period", "")
comparison = Slot("comparison", "")
cut = Slot("cut", "")
filters: Slot[Filters] = Slot("filters", ())
metric = Slot("metric", "")
grain = Slot("grain", "")
breakdown = Slot("breakdown", "")
average = Slot("average", "")
display = Slot("display", "")  # of Trends: "sum"; of Meetings: the number of a screen
side = Slot("side", "")
picture = Slot("picture", "")
scale = Slot("scale", "")
base = Slot("base", "")
remark = Slot("remark", "")
panels = Slot("panels", "")
path = Slot("path", "")
start = Slot("start", "")
order = Slot("order", "")
listed = Slot("listed", "")
first = Slot("first", "")
second = Slot("second", "")
rhythm = Slot("rhythm", "")
months = Slot("months", "")
ahead = Slot("ahead", "")
measure = Slot("measure", "")
since = Slot("since", "")
until = Slot("until", "")
due = Slot("due", "")
covered_by = Slot("covered-by", "")
leaders_metric = Slot("leaders-metric", "")
leaders_by = Slot("leaders-by", "")
leaders_daily = Slot("leaders-daily", "")
leaders_organisation = Slot("leaders-organisation", "")
dataset = Slot("dataset", "")
cohort_measure = Slot("cohort-measure", "")
segment = Slot("segment", "")
goal = Slot("goal", "")
view = Slot("view", "")
goals_group = Slot("goals-group", "")
year = Slot("year", "")

# The team
trainee = Slot("trainee", "")
course = Slot("course", "")
meeting = Slot("meeting", "")
meetings_view = Slot("meetings_view", "")
series = Slot("series", "")
about = Slot("about", "")
sought = Slot("sought", "")
scope = Slot("scope", "")
action = Slot("action", "")
action_owner = Slot("action-owner", "")
action_priority = Slot("action-priority", "")
action_origin = Slot("action-origin", "")
action_text = Slot("action-text", "")
action_order = Slot("action-order", "")
lanes = Slot("lanes", "")
works_by = Slot("works-by", "")
learned = Slot("learned", "")

people_day = Slot("people-day", "")

# The trail
trail_who = Slot("trail-who", "")
trail_kind = Slot("trail-kind", "")
trail_days = Slot("trail-days", "")
trail_text = Slot("trail-text", "")
trail_skip = Slot("trail-skip", "")

# Questions in SQL
query_sql = Slot("query-sql", "")
query_saved = Slot("query-saved", "")
query_panel = Slot("query-panel", "")
query_table = Slot("query-table", "")
query_chart = Slot("query-chart", "")
query_x = Slot("query-x", "")
query_y = Slot("query-y", "")
QUERY_CHART = (query_chart, query_x, query_y)

# Who is here
renaming = Slot("renaming", default=False)
cookie = Slot("cookie", "")

just_in = Slot("just_in", "")  # what the last import says once
go = Slot("go", default=False)  # a drawer wants another page
