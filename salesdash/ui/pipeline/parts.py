"""What the cards of Pipeline share: bars with their tools, and quiet lines."""

from collections.abc import Hashable

import streamlit as st

from salesdash import charts
from salesdash.analysis.bars import Bars
from salesdash.ui import cards, deals, marks


def bars(
    key: str,
    found: Bars,
    title: tuple[str, str],
    none: str,
    *question: Hashable,
) -> None:
    """The bars with their tools; a sentence when there are none."""
    if not found.bars:
        quiet(none)
        return
    follow = deals.opener(found)
    cards.chart(f"deals-{key}", charts.tally, found, title, *question, follow=follow)


def quiet(text: str) -> None:
    """A sentence where bars would stand."""
    st.html(f'<div class="sd-body sd-muted">{marks.escape(text)}</div>')


def note(text: str) -> None:
    """A muted line above the bars."""
    st.html(f'<div class="sd-note">{marks.escape(text)}</div>')
