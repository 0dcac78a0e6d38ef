"""What can be chosen on Trends: metric, grain, breakdown, average, and how lines are drawn."""

import streamlit as st

from salesdash.analysis import indexed
from salesdash.analysis.answers import Trend
from salesdash.analysis.asking import Choice
from salesdash.charts import Words
from salesdash.periods import Grain
from salesdash.ui import context, state, trends
from salesdash.ui.trends import AVERAGES, CUMULATIVE, FREE, INDEX, PANELS

FITTING = "fit"
SHOWN = ("", CUMULATIVE, INDEX)
LINES = ("", PANELS)
SCALES = ("", FREE)


def draw(answer: Trend, choice: Choice) -> None:
    """A row of controls; those of an index and of small charts only where there are any."""
    words = context.words()
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key="trend-choice"
    ):
        metric_box(choice.metric, words)
        _grain_box(words)
        _breakdown_box(choice, words)
        if choice.by is not None:
            _lines_box(choice, words)
        _average_box(choice, words)
        _shown_box(choice, words)
        if choice.index:
            _base_box(answer, words)


def metric_box(metric: str, words: Words) -> None:
    """The metric, for any page that shows one of them."""
    st.selectbox(
        words.say("trends.metric"),
        [each.id for each in trends.offered()],
        format_func=words.metric,
        key=state.metric.seed(metric),
        on_change=state.metric.take,
        width=190,
    )


def _grain_box(words: Words) -> None:
    grain = state.grain.get()
    st.segmented_control(
        words.say("trends.grain"),
        [FITTING, *(each.value for each in Grain)],
        format_func=lambda code: words.say(
            "trends.fitting" if code == FITTING else f"periods.grain.{code}"
        ),
        key=state.grain.seed(grain if grain in set(Grain) else FITTING),
        on_change=state.grain.take,
        required=True,
    )


def _breakdown_box(choice: Choice, words: Words) -> None:
    names = [dimension.name for dimension in trends.splits(choice.metric)]
    st.selectbox(
        words.say("trends.breakdown"),
        ["", *names],
        format_func=lambda name: words.dimension(name) if name else words.say("trends.whole"),
        key=state.breakdown.seed(choice.by or ""),
        on_change=state.breakdown.take,
        width=140,
    )


def _lines_box(choice: Choice, words: Words) -> None:
    """One chart or a small one a member; of small ones, whether they share a scale."""
    panels = trends.are_panels(choice)
    st.segmented_control(
        words.say("trends.lines.label"),
        LINES,
        format_func=lambda code: words.say(f"trends.lines.{code or 'single'}"),
        key=state.panels.seed(PANELS if panels else ""),
        on_change=state.panels.take,
        required=True,
    )
    if panels:
        st.segmented_control(
            words.say("comparison.scale.label"),
            SCALES,
            format_func=lambda code: words.say(f"comparison.scale.{code or 'common'}"),
            key=state.scale.seed(state.scale.get() if state.scale.get() in SCALES else ""),
            on_change=state.scale.take,
            required=True,
        )


def _average_box(choice: Choice, words: Words) -> None:
    average = state.average.get()
    st.selectbox(
        words.say("trends.average"),
        AVERAGES,
        format_func=lambda n: (
            words.say("trends.periods", count=int(n)) if n else words.say("trends.none")
        ),
        key=state.average.seed(average if average in AVERAGES else ""),
        on_change=state.average.take,
        disabled=choice.by is not None or choice.cumulative,
        width=112,
    )


def _shown_box(choice: Choice, words: Words) -> None:
    """The figures, their running total where they add up, or an index."""
    additive = context.metrics().is_additive(choice.metric)
    chosen = CUMULATIVE if choice.cumulative else INDEX if choice.index else ""
    st.selectbox(
        words.say("trends.show.label"),
        [code for code in SHOWN if additive or code != CUMULATIVE],
        format_func=lambda code: words.say(f"trends.show.{code or 'figures'}"),
        key=state.display.seed(chosen),
        on_change=state.display.take,
        help=None if additive else words.say("trends.not_additive"),
        width=140,
    )


def _base_box(answer: Trend, words: Words) -> None:
    """Which period is 100: any complete one that is shown."""
    points = answer.series[0].points
    known = {points[n].period.start.isoformat(): points[n] for n in indexed.places(points)}
    base = answer.index.base if answer.index is not None else None
    if base is None:
        return
    st.selectbox(
        words.say("trends.base"),
        list(known),
        format_func=lambda code: words.period(answer.grain, known[code].period),
        key=state.base.seed(base.start.isoformat()),
        on_change=state.base.take,
        width=140,
    )
