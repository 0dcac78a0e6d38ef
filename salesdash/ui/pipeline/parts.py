"""What the cards of Pipeline share: bars with their tools, and quiet lines."""

from collections.abc import Hashable, Mapping

import streamlit as st

from salesdash import charts
from salesdash.analysis.answers import Reason
from salesdash.analysis.bars import Bars
from salesdash.ui import agenda, cards, deals, filters, marks

Discuss = tuple[Reason, Mapping[str, str]]


def bars(
    key: str,
    found: Bars,
    title: tuple[str, str],
    none: str,
    *question: Hashable,
    discuss: Discuss | None = None,
) -> None:
    """The bars with their tools; a sentence when there are none.

    `discuss`: what they are called on an agenda, and the choices they are seen with.
    """
    if not found.bars:
        quiet(none)
        return
    follow = deals.opener(found)
    about, codes = discuss or (Reason(f"pipeline.{key}.title"), {})
    topic = agenda.topic(about, filters.current())
    more = agenda.tool(f"deals-{key}", "pipeline", topic, {**codes, "card": key})
    cards.chart(f"deals-{key}", charts.tally, found, title, *question, follow=follow, more=more)


def quiet(text: str) -> None:
    """A sentence where bars would stand."""
    st.html(f'<div class="sd-body sd-muted">{marks.escape(text)}</div>')


def note(text: str) -> None:
    """A muted line above the bars."""
    st.html(f'<div class="sd-note">{marks.escape(text)}</div>')
