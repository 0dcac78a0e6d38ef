"""What Pipeline asks, and how the page begins: the sentence, the tiles, or what to do first."""

import streamlit as st

from salesdash.analysis import pipeline as pipelines
from salesdash.analysis.pipeline import Pipeline
from salesdash.selection import Selection
from salesdash.ui import agenda, cards, context, marks, state, tiles


def holds_deals() -> bool:
    """Whether this home has any."""
    return pipelines.holds_deals(context.warehouse())


def empty() -> None:
    """No deals yet: what to do next."""
    words = context.words()
    title = words.say("pipeline.empty.title")
    st.info(words.say("pipeline.empty.body"), title=title, icon=":material/filter_alt:")
    if st.button(words.say("pipeline.empty.button"), type="primary", key="import-deals"):
        st.switch_page("pages/imports.py")


def report(selection: Selection) -> Pipeline:
    """The pipeline of what is looked at."""
    by, today = state.breakdown.get() or None, context.today()
    return context.remembered(
        ("pipeline", selection, by),
        lambda: pipelines.build(context.warehouse(), selection, today, by),
    )


def sentence(answer: Pipeline) -> None:
    """The sentence that is the answer, and what was decided under it."""
    words = context.words()
    st.html(marks.headline(words.tell(answer.headline), words.tell(answer.lead)))
    agenda.offer("pipeline", answer.headline, "pipeline")


def key_figures(selection: Selection) -> None:
    """The tiles, under a line that says what their lines are."""
    words, today = context.words(), context.today()
    found = context.remembered(
        ("pipeline-tiles", selection),
        lambda: pipelines.tiles(context.warehouse(), context.settings(), selection, today),
    )
    with cards.section(words.say("pipeline.tiles.title"), tiles.note(found)):
        tiles.row(found, selection)
