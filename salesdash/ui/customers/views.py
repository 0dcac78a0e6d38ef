"""The ways to look at customers: as they come and go, and what else `VIEWS` holds.

The address says which: `customers?view=`.
"""

from collections.abc import Callable, Mapping

import streamlit as st

from salesdash.analysis import customers
from salesdash.analysis.asking import DATASET
from salesdash.selection import Selection
from salesdash.ui import context, state
from salesdash.ui.customers import acquisition, cohorts, flows, segments, value

FIRST = ""
"""The code of the view that needs none."""

VIEWS: Mapping[str, Callable[[Selection], None]] = {
    FIRST: flows.show,
    "cohorts": cohorts.show,
    "segments": segments.show,
    "value": value.show,
    "acquisition": acquisition.show,
}
"""Each draws itself from what is looked at; words under `customers.view`, of the first `flows`."""


def offered() -> list[str]:
    """The codes of the views that this config.yaml has the metrics for."""
    return [code for code in VIEWS if code != "acquisition" or acquisition.is_known()]


def is_known() -> bool:
    """Whether the imported rows name customers."""
    return customers.is_known(context.home().warehouse, DATASET)


def unknown() -> None:
    """No column for customers: what to do next."""
    words = context.words()
    st.info(
        words.say("customers.unknown.body"),
        title=words.say("customers.unknown.title"),
        icon=":material/groups:",
    )
    st.page_link(
        "pages/imports.py", label=words.say("customers.unknown.link"), icon=":material/upload:"
    )


def chosen() -> str:
    """The code of the chosen view; the first one where none, or one of another page, was chosen."""
    code = state.view.get()
    return code if code in offered() else FIRST


def switch() -> None:
    """The choice of the view."""
    words = context.words()
    st.segmented_control(
        words.say("customers.view.label"),
        offered(),
        format_func=lambda code: words.say(f"customers.view.{code or 'flows'}"),
        key=state.view.seed(chosen()),
        on_change=state.view.take,
        required=True,
        label_visibility="collapsed",
        width="content",
    )


def show(selection: Selection) -> None:
    """The chosen view."""
    VIEWS[chosen()](selection)
