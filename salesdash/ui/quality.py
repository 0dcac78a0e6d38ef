"""Pieces of Quality about all data: the sentence, a line a kind, and which is looked into."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from salesdash import formats
from salesdash import imports as way_in
from salesdash.analysis import quality
from salesdash.analysis.health import Health, Log
from salesdash.analysis.quality import Quality
from salesdash.charts import Words
from salesdash.charts import quality as tables
from salesdash.ui import cards, context, filters, marks, state, url
from salesdash.ui.marks import Cell

KINDS = ("key", "num opt", "num", "num opt", "num opt", "")
"""How the columns of all data look; a phone shows data, until when, and what to look at."""


def report() -> Quality:
    """The quality of what this home holds, as after the cut that is looked back to."""
    cut = filters.cut()

    def ask() -> Quality:
        events = context.home().done(cut)
        known = Log(events, way_in.waiting(context.home(), events))
        return quality.build(context.warehouse(), context.settings(), context.today(), known, cut)

    return context.remembered(("quality", cut), ask)


def looking_back() -> None:
    """While an earlier state is looked at: which, and the way back."""
    if filters.cut() is not None:
        with st.container(horizontal=True, vertical_alignment="center", key="looking-back"):
            filters.edge_line()


def empty() -> None:
    """Nothing is stored: what to do."""
    words = context.words()
    title = words.say("quality.empty.title")
    st.info(words.say("quality.empty.body"), title=title, icon=":material/rule:")
    if st.button(words.say("quality.empty.button"), type="primary", key="import-first"):
        st.switch_page("pages/imports.py")


def opening(answer: Quality) -> None:
    """The sentence that is the answer, and what comes after it."""
    words = context.words()
    lead = words.tell(answer.lead) if answer.lead is not None else ""
    st.html(marks.headline(words.tell(answer.headline), lead))


def overview(answer: Quality) -> None:
    """A line for each kind of data."""
    words = context.words()
    day = formats.date(answer.seen, words.lang, "exact")
    note = words.say("quality.datasets.note", day=day)
    title = words.say("quality.datasets.title")
    with cards.card("quality", title, note):
        table = tables.datasets(answer, words)
        header = [Cell(c.name, kind) for c, kind in zip(table.columns, KINDS, strict=True)]
        pairs = zip(answer.datasets, table.shown, strict=True)
        st.html(marks.table(header, [_line(each, shown, words) for each, shown in pairs]))
        with cards.tools("quality"):
            cards.files("quality", "quality", lambda: table, title, filters.cut())


def _line(found: Health, shown: Sequence[str], words: Words) -> list[Cell]:
    """A row of the table; what is to look at has a shape before it."""
    name, *cells, look = (Cell(text, kind) for text, kind in zip(shown, KINDS, strict=True))
    name = replace(name, link=url.address("quality", url.query("quality", {"data": found.dataset})))
    if tables.looks(found, words):
        return [name, *cells, replace(look, tone="warning", shape="diamond")]
    return [name, *cells, replace(look, kind="then")]


def choice(answer: Quality) -> Health:
    """The kind of data that is looked into; at first the one with most kinds of faults."""
    words = context.words()
    known = {each.dataset: each for each in answer.datasets}
    worst = max(answer.datasets, key=lambda each: len(tables.looks(each, words)))
    chosen = state.dataset.get() if state.dataset.get() in known else worst.dataset
    st.segmented_control(
        words.say("quality.datasets.kind"),
        list(known),
        format_func=lambda name: words.say(f"datasets.{name}"),
        key=state.dataset.seed(chosen),
        on_change=state.dataset.take,
        required=True,
    )
    return known[chosen]
