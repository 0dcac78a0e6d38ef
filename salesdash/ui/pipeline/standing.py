"""Open deals by stage, with won and lost beside, and by age."""

from dataclasses import replace

import streamlit as st

from salesdash import formats
from salesdash.analysis import deals as bars_of_deals
from salesdash.analysis.answers import Reason
from salesdash.analysis.bars import Bars
from salesdash.analysis.pipeline import Pipeline
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.selection import Selection
from salesdash.ui import cards, context, marks, sentences, state
from salesdash.ui.pipeline import parts
from salesdash.ui.sentences import Behind

OUTCOMES = ("open_deals", "won_deals", "lost_deals")
"""The metrics of the three large figures."""

MEASURES = ("amount", "deals", "weighted")
"""Columns of the stages that bars may show."""


def draw(answer: Pipeline, selection: Selection) -> None:
    """Open deals by stage, with won and lost beside, and by age."""
    left, right = st.columns([7, 5], gap="small")
    with left:
        _stages(answer, selection)
    with right:
        _ages(answer, selection)


def categories(answer: Pipeline, selection: Selection) -> None:
    """Open deals by what their sellers think of them, where any says so."""
    if answer.categories is None:
        return
    words = context.words()
    title, note = words.say("pipeline.categories.title"), words.say("pipeline.categories.note")
    with cards.card("categories", title, note):
        none = words.say("pipeline.stages.none")
        parts.bars("categories", answer.categories, (title, note), none, selection)


def _stages(answer: Pipeline, selection: Selection) -> None:
    words = context.words()
    title = words.say("pipeline.stages.title")
    found, measure = measured(answer.stages, state.measure.get())
    day = formats.date(answer.edge, words.lang, this_year=context.today().year)
    note = words.say("pipeline.stages.note", day=day)
    with cards.card("stages", title, note):
        behind = (sentences.opening("pipeline", Behind(name)) for name in OUTCOMES)
        st.html(marks.figures(_outcomes(answer, words), behind))
        if found.bars:
            _measure_box(answer.stages, measure, words)
        none = words.say("pipeline.stages.none")
        discuss = Reason("pipeline.stages.title"), {"bars": measure}
        parts.bars("stages", found, (title, note), none, selection, measure, discuss=discuss)


def measured(found: Bars, chosen: str) -> tuple[Bars, str]:
    """The stages with bars of what was chosen, if any stage states it."""
    names = _measures(found)
    measure = chosen if chosen in names else found.columns[found.drawn].key
    place = [column.key for column in found.columns].index(measure)
    counted = [column.key for column in found.columns].index("deals")
    beside = (place,) if place == counted else (place, counted)
    return replace(found, drawn=place, beside=beside), measure


def _measures(found: Bars) -> list[str]:
    """What bars can show: columns that at least one stage has a figure for."""
    return [
        column.key
        for place, column in enumerate(found.columns)
        if column.key in MEASURES and any(bar.figures[place] is not None for bar in found.bars)
    ]


def _measure_box(found: Bars, measure: str, words: Words) -> None:
    names = _measures(found)
    if len(names) > 1:
        st.segmented_control(
            words.say("pipeline.stages.measure"),
            names,
            format_func=lambda name: words.say(f"pipeline.column.{name}"),
            key=state.measure.seed(measure),
            on_change=state.measure.take,
            required=True,
            label_visibility="collapsed",
        )


def _outcomes(answer: Pipeline, words: Words) -> list[tuple[str, str, bool]]:
    """How many deals are open, and were won and lost in the period, with their amounts."""
    whole, closed, when = answer.standing, answer.closed, words.told(answer.when)
    found = (
        ("open", whole.deals, whole.amount),
        ("won", closed.won, closed.won_amount),
        ("lost", closed.lost, closed.lost_amount),
    )
    told = []
    for name, count, amount in found:
        text = words.say(f"pipeline.outcome.{name}", when=when)
        if amount is not None:
            text += f" · {words.value(amount, Unit.MONEY)}"
        told.append((words.value(count, Unit.COUNT), text, False))
    return told


def _ages(answer: Pipeline, selection: Selection) -> None:
    words = context.words()
    title, note = words.say("pipeline.ages.title"), words.say("pipeline.ages.note")
    with cards.card("ages", title, note):
        if answer.ages.bars:
            parts.note(_usual(answer, words))
        none = words.say("pipeline.ages.none")
        parts.bars("ages", answer.ages, (title, note), none, selection)


def _usual(answer: Pipeline, words: Words) -> str:
    day = formats.date(answer.edge, words.lang, "exact")
    if answer.older is None:
        return words.say("pipeline.ages.few", few=bars_of_deals.FEW, day=day)
    usual = words.value(answer.usual.usual, Unit.DAYS)
    return words.say("pipeline.ages.told", count=answer.older, usual=usual, day=day)
