"""What was decided: how often deals are won, how long it takes, why and to whom they are lost."""

from dataclasses import replace

import streamlit as st

from salesdash.analysis import deals as bars_of_deals
from salesdash.analysis import pipeline as pipelines
from salesdash.analysis.answers import Name, Reason
from salesdash.analysis.bars import Bars
from salesdash.analysis.pipeline import Pipeline
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.selection import Selection
from salesdash.ui import cards, context, marks, state
from salesdash.ui.pipeline import parts


def draw(answer: Pipeline, selection: Selection) -> None:
    """How often deals are won, and how long that takes."""
    left, right = st.columns([7, 5], gap="small")
    with left:
        _conversion(answer, selection)
    with right:
        _cycle(answer, selection)


def causes(answer: Pipeline, selection: Selection) -> None:
    """Why deals were lost, and to whom."""
    left, right = st.columns(2, gap="small")
    words = context.words()
    with left:
        title = words.say("pipeline.reasons.title")
        note = words.say("pipeline.reasons.note")
        with cards.card("reasons", title, note):
            none = words.say("pipeline.reasons.none")
            parts.bars("reasons", answer.reasons, (title, note), none, selection)
    with right:
        title = words.say("pipeline.competitors.title")
        note = words.say("pipeline.competitors.note")
        named = any(bar.role == "plain" for bar in answer.competitors.bars)
        found = answer.competitors if named else replace(answer.competitors, bars=())
        with cards.card("competitors", title, note if named else ""):
            none = words.say("pipeline.competitors.none")
            parts.bars("competitors", found, (title, note), none, selection)


def left_out(answer: Pipeline) -> None:
    """What lacks a date or an amount, and filters that do not apply."""
    if not answer.notes:
        return
    words = context.words()
    with cards.card("left-out", words.say("pipeline.notes.title")):
        told = "<br>".join(marks.escape(words.tell(note)) for note in answer.notes)
        st.html(f'<div class="sd-body sd-muted">{told}</div>')


def _conversion(answer: Pipeline, selection: Selection) -> None:
    words, found = context.words(), answer.conversion
    if answer.dimension is None or found is None:
        with cards.card("conversion", words.say("pipeline.column.win_rate")):
            parts.quiet(words.say("pipeline.conversion.no_dimension"))
        return
    title, note = conversion_title(answer, words)
    with cards.card("conversion", title, note):
        _dimension_box(answer.dimension, words)
        if any(bar.role == "faint" for bar in found.bars):
            parts.note(words.say("pipeline.conversion.faint", few=bars_of_deals.FEW))
        none = words.say("pipeline.conversion.none")
        by = answer.dimension
        about = Reason("pipeline.conversion.title", (("dimension", Name("dimension", by)),))
        discuss = about, {"by": by}
        parts.bars("conversion", found, (title, note), none, selection, by, discuss=discuss)


def conversion_title(answer: Pipeline, words: Words) -> tuple[str, str]:
    """Title and note of a win rate that is broken down."""
    name = cards.inner(words.dimension(str(answer.dimension)), words)
    note = "" if answer.conversion is None else _rate_note(answer.conversion, words)
    return words.say("pipeline.conversion.title", dimension=name), note


def _rate_note(found: Bars, words: Words) -> str:
    note = words.say("pipeline.conversion.note")
    if found.level is None:
        return note
    level = words.say("pipeline.conversion.level", rate=words.value(found.level, Unit.SHARE))
    return words.say("ui.list_comma").join((note, level))


def _dimension_box(dimension: str, words: Words) -> None:
    st.selectbox(
        words.say("pipeline.conversion.by"),
        pipelines.dimensions(context.warehouse()),
        format_func=words.dimension,
        key=state.breakdown.seed(dimension),
        on_change=state.breakdown.take,
        label_visibility="collapsed",
        width=190,
    )


def _cycle(answer: Pipeline, selection: Selection) -> None:
    words, length = context.words(), answer.cycle_length
    title, note = words.say("pipeline.cycle.title"), words.say("pipeline.cycle.note")
    with cards.card("cycle", title, note):
        if length.deals:
            mean, median = (words.value(n, Unit.DAYS) for n in (length.mean, length.median))
            told = words.say("pipeline.cycle.told", count=length.deals, mean=mean, median=median)
            parts.note(told)
        none = words.say("pipeline.cycle.none")
        parts.bars("cycle", answer.cycle, (title, note), none, selection)
