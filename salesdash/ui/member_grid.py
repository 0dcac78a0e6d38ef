"""Many members of a comparison as a grid that scrolls; choosing a row opens its member."""

from typing import Any

import streamlit as st

from salesdash import charts
from salesdash.analysis.breakdown import Breakdown
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.ui import drilling, exports, state


def draw(answer: Breakdown, words: Words) -> None:
    """The grid, sorted as the listing is."""
    clicks = state.Slot("clicks.members", 0)
    key = f"members-{clicks.get()}"
    st.dataframe(
        exports.framed(charts.table(answer, words)),
        hide_index=True,
        height=620,
        key=key,
        on_select=lambda: _picked(answer, key, clicks),
        selection_mode="single-row",
        column_config=_formats(answer, words),
    )


def _formats(answer: Breakdown, words: Words) -> dict[str, Any]:
    """Fractions are per cent, amounts have thousands separators."""
    named = charts.heads(answer, words)
    shares = {"part", "ratio", "share", "cumulative"}
    if answer.unit is Unit.SHARE:
        shares |= {"now", "then", "change"}
    return {
        named[name]: st.column_config.NumberColumn(
            format="percent" if name in shares else "localized"
        )
        for name in named
    }


def _picked(answer: Breakdown, key: str, clicks: "state.Slot[int]") -> None:
    event = state.widget(key)
    places = event["selection"]["rows"] if event else []
    if places and places[0] < len(answer.lines):
        member = answer.lines[places[0]].member
        if member is not None:
            drilling.enter(answer, member or None)
            clicks.set(clicks.get() + 1)
