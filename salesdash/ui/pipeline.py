"""Pieces of Pipeline: the sentence, what is open, what is late, what was decided and why."""

from collections.abc import Hashable
from dataclasses import replace

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis import deals as bars_of_deals
from salesdash.analysis import pipeline as pipelines
from salesdash.analysis.bars import Bars
from salesdash.analysis.pipeline import Late, Pipeline
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.selection import Selection
from salesdash.ui import cards, context, deals, marks, state, tiles
from salesdash.ui.marks import Cell
from salesdash.warehouse.deals import OPEN, Which

MEASURES = ("amount", "deals", "weighted")
"""Columns of the stages that bars may show."""

_LATE = {
    "deal": "key",
    "customer": "opt",
    "person": "opt",
    "stage": "opt",
    "amount": "num",
    "expected": "num opt",
    "days": "num",
    "source": "then opt",
}
"""Columns of late deals and how they look; a phone shows deal, amount and days."""


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


def opening(answer: Pipeline) -> None:
    """The sentence that is the answer, and what was decided under it."""
    words = context.words()
    st.html(marks.headline(words.tell(answer.headline), words.tell(answer.lead)))


def key_figures(selection: Selection) -> None:
    """The tiles, under a line that says what their lines are."""
    words, today = context.words(), context.today()
    found = context.remembered(
        ("pipeline-tiles", selection),
        lambda: pipelines.tiles(context.warehouse(), context.settings(), selection, today),
    )
    with cards.section(words.say("pipeline.tiles.title"), tiles.note(found)):
        tiles.row(found, selection)


def standing(answer: Pipeline, selection: Selection) -> None:
    """Open deals by stage, with won and lost beside, and by age."""
    left, right = st.columns([7, 5], gap="small")
    with left:
        _stages(answer, selection)
    with right:
        _ages(answer, selection)


def late(answer: Pipeline, selection: Selection) -> None:
    """Open deals that should be closed by now, each with the file and record it came from."""
    words, whole = context.words(), answer.standing
    amount = words.value(whole.overdue_amount, Unit.MONEY)
    note = words.say("pipeline.late.note", count=whole.overdue, amount=amount)
    with cards.card("late", words.say("pipeline.late.title"), note if whole.overdue else ""):
        if not answer.late:
            _quiet(words.say(f"pipeline.late.{'none' if whole.expected else 'undated'}"))
            return
        st.html(marks.table(*_late_table(answer.late, words)))
        with cards.tools("late"):
            st.button(
                words.say("pipeline.late.all", count=whole.overdue),
                key="late-all",
                type="tertiary",
                icon=":material/table_rows:",
                on_click=deals.show,
                args=(words.say("pipeline.rows.late"), Which(OPEN, overdue=True)),
            )
            deals.download("late-csv", selection, Which(OPEN, overdue=True))


def decided(answer: Pipeline, selection: Selection) -> None:
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
            _chart("reasons", answer.reasons, (title, note), none, selection)
    with right:
        title = words.say("pipeline.competitors.title")
        note = words.say("pipeline.competitors.note")
        named = any(bar.role == "plain" for bar in answer.competitors.bars)
        found = answer.competitors if named else replace(answer.competitors, bars=())
        with cards.card("competitors", title, note if named else ""):
            none = words.say("pipeline.competitors.none")
            _chart("competitors", found, (title, note), none, selection)


def left_out(answer: Pipeline) -> None:
    """What lacks a date or an amount, and filters that do not apply."""
    if not answer.notes:
        return
    words = context.words()
    with cards.card("left-out", words.say("pipeline.notes.title")):
        told = "<br>".join(marks.escape(words.tell(note)) for note in answer.notes)
        st.html(f'<div class="sd-body sd-muted">{told}</div>')


def _stages(answer: Pipeline, selection: Selection) -> None:
    words = context.words()
    title = words.say("pipeline.stages.title")
    found, measure = _measured(answer.stages)
    day = formats.date(answer.edge, words.lang, this_year=context.today().year)
    note = words.say("pipeline.stages.note", day=day)
    with cards.card("stages", title, note):
        st.html(marks.figures(_outcomes(answer, words)))
        if found.bars:
            _measure_box(answer.stages, measure, words)
        none = words.say("pipeline.stages.none")
        _chart("stages", found, (title, note), none, selection, measure)


def _measured(found: Bars) -> tuple[Bars, str]:
    """The stages with bars of what was chosen, if any stage states it."""
    names = _measures(found)
    chosen = state.measure.get()
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
            _note(_usual(answer, words))
        none = words.say("pipeline.ages.none")
        _chart("ages", answer.ages, (title, note), none, selection)


def _usual(answer: Pipeline, words: Words) -> str:
    day = formats.date(answer.edge, words.lang, "exact")
    if answer.older is None:
        return words.say("pipeline.ages.few", few=bars_of_deals.FEW, day=day)
    usual = words.value(answer.usual.usual, Unit.DAYS)
    return words.say("pipeline.ages.told", count=answer.older, usual=usual, day=day)


def _conversion(answer: Pipeline, selection: Selection) -> None:
    words, found = context.words(), answer.conversion
    if answer.dimension is None or found is None:
        with cards.card("conversion", words.say("pipeline.column.win_rate")):
            _quiet(words.say("pipeline.conversion.no_dimension"))
        return
    name = cards.inner(words.dimension(answer.dimension), words)
    title, note = words.say("pipeline.conversion.title", dimension=name), _rate_note(found, words)
    with cards.card("conversion", title, note):
        _dimension_box(answer.dimension, words)
        if any(bar.role == "faint" for bar in found.bars):
            _note(words.say("pipeline.conversion.faint", few=bars_of_deals.FEW))
        none = words.say("pipeline.conversion.none")
        _chart("conversion", found, (title, note), none, selection, answer.dimension)


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
            _note(told)
        none = words.say("pipeline.cycle.none")
        _chart("cycle", answer.cycle, (title, note), none, selection)


def _chart(
    key: str,
    found: Bars,
    title: tuple[str, str],
    none: str,
    *question: Hashable,
) -> None:
    """The bars with their tools; a sentence when there are none."""
    if not found.bars:
        _quiet(none)
        return
    follow = deals.opener(found)
    cards.chart(f"deals-{key}", charts.tally, found, title, *question, follow=follow)


def _late_table(found: tuple[Late, ...], words: Words) -> tuple[list[Cell], list[list[Cell]]]:
    """The columns of `_LATE`, without customers where the names of all deals tell them."""
    told = all(one.customer is None or one.customer in (one.deal or "") for one in found)
    kinds = {name: kind for name, kind in _LATE.items() if not (told and name == "customer")}
    files = {event.id: event.file_name for event in context.home().done()}
    rows = [_late_row(one, files, words) for one in found]
    header = [Cell(words.say(f"pipeline.late.{name}"), kind) for name, kind in kinds.items()]
    body = [[Cell(row[name] or formats.DASH, kind) for name, kind in kinds.items()] for row in rows]
    return header, body


def _late_row(one: Late, files: dict[int, str | None], words: Words) -> dict[str, str | None]:
    file = files.get(one.event) or f"{words.say('ui.rows.event')} {one.event}"
    return {
        "deal": one.deal,
        "customer": one.customer,
        "person": one.person,
        "stage": one.stage,
        "amount": words.value(one.amount, Unit.MONEY),
        "expected": formats.date(one.expected, words.lang, "exact"),
        "days": words.value(one.days, Unit.DAYS),
        "source": words.say("pipeline.late.record", file=file, record=one.record),
    }


def _quiet(text: str) -> None:
    st.html(f'<div class="sd-body sd-muted">{marks.escape(text)}</div>')


def _note(text: str) -> None:
    st.html(f'<div class="sd-note">{marks.escape(text)}</div>')
