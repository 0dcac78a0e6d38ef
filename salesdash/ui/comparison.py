"""Pieces of Comparison: what is compared, and who moved it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis import comparison as comparisons
from salesdash.analysis import movers
from salesdash.analysis.answers import Reason
from salesdash.analysis.breakdown import Breakdown, Listing, Order
from salesdash.charts import Words
from salesdash.formats import currency_symbol
from salesdash.selection import Selection
from salesdash.ui import agenda, cards, context, filters, marks, members, state, trends, url

SIDES = ("", "members")
NO_ROWS = "metrics.reason.no_rows"
SEGMENTS = 6
"""So many dimensions stand side by side, more of them in a list."""


def listing() -> Listing | None:
    """What the choices of this session mean; None where nothing can be broken down."""
    codes = {name: slot.get() for name, slot in url.OWN["comparison"].items()}
    return read(trends.chosen_metric(), codes, filters.current())


def read(metric: str, codes: Mapping[str, str], selection: Selection) -> Listing | None:
    """What the codes of an address mean for a metric; None where nothing can be broken down."""
    known = offered(metric, selection)
    if not known:
        return None
    by, order, length = (codes.get(name, "") for name in ("by", "sort", "top"))
    return Listing(
        metric,
        by if by in known else None,
        Order(order) if order in set(Order) else Order.CHANGE,
        int(length) if length in members.LENGTHS else int(members.LENGTHS[0]),
    )


def offered(metric: str, selection: Selection | None = None) -> tuple[str, ...]:
    """The dimensions of a metric's dataset that can part it, those with few members first."""
    dataset = context.metrics().get(metric).dataset
    known = tuple(dimension.name for dimension in context.dimensions(dataset))
    alone = movers.narrowed(selection or filters.current())
    return tuple(name for name in known if name not in alone) or known


def undivided() -> None:
    """Nothing to break down by: which columns would do."""
    words = context.words()
    st.info(
        words.say("comparison.undivided.body"),
        title=words.say("comparison.undivided.title"),
        icon=":material/call_split:",
    )


def ask(selection: Selection, listing: Listing) -> Breakdown:
    """The answer, shared by all sessions that ask the same."""
    return context.remembered(
        ("comparison", selection, listing),
        lambda: comparisons.build(
            context.warehouse(), context.settings(), selection, context.today(), listing
        ),
    )


def opening(answer: Breakdown) -> None:
    """The sentence that is the answer, and the two totals under it."""
    words = context.words()
    st.html(marks.headline(words.tell(answer.headline), lead(answer, words)))
    shown = {"metric": answer.metric, "by": answer.dimension}
    agenda.offer("comparison", answer.headline, "comparison", shown)


def lead(answer: Breakdown, words: Words) -> str:
    """Both totals with their days, and whether the parts make up the difference."""
    told = [figure_words(answer, words)]
    change = answer.total.change
    if change.then.reason is not None:
        why = words.tell(change.then.reason)
        told.append(words.say("comparison.lead.why", why=why[:1].upper() + why[1:]))
    if answer.apart is not None:
        told.append(words.tell(answer.apart))
    elif answer.total.part is not None and change.absolute is not None:
        signed = words.value(answer.total.part, answer.unit, "signed")
        told.append(words.say("comparison.lead.exact", change=signed))
    pareto = answer.pareto
    if pareto is not None and pareto.of > 1:
        told.append(words.say("comparison.lead.pareto", count=pareto.count, of=f"{pareto.of:,}"))
    return words.say("comparison.lead.join").join(told)


def figure_words(answer: Breakdown, words: Words) -> str:
    """Sales, 1 Oct – 17 Nov: $7.62M, against $8.27M on 1 Oct – 17 Nov 2025."""
    change, year = answer.total.change, context.today().year
    values = {
        "metric": words.metric(answer.metric),
        "value": words.value(change.now.value, answer.unit),
        "then": words.value(change.then.value, answer.unit),
    }
    for name, window in (("days", answer.window), ("earlier", answer.compared)):
        if window is not None:
            values[name] = formats.date_range(window.period, words.lang, this_year=year)
    if answer.window is None:
        return words.say("comparison.lead.all", **values)
    return words.say(f"comparison.lead.{'both' if answer.compared else 'now'}", **values)


def controls(metric: str, dimension: str) -> None:
    """What is compared: the metric, periods or members, the dimension."""
    words = context.words()
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key="comparison-choice"
    ):
        trends.metric_box(metric, words)
        st.segmented_control(
            words.say("comparison.side.label"),
            SIDES,
            format_func=lambda code: words.say(f"comparison.side.{code or 'periods'}"),
            key=state.side.seed(state.side.get() if state.side.get() in SIDES else ""),
            on_change=state.side.take,
            required=True,
        )
        _dimension_box(offered(metric), dimension, words)


def _dimension_box(names: tuple[str, ...], chosen: str, words: Words) -> None:
    options = names if chosen in names else (chosen, *names)
    label, key = words.say("comparison.by"), state.breakdown.seed(chosen)
    if len(options) <= SEGMENTS:
        st.segmented_control(
            label,
            options,
            format_func=words.dimension,
            key=key,
            on_change=state.breakdown.take,
            required=True,
        )
        return
    st.selectbox(
        label,
        options,
        format_func=words.dimension,
        key=key,
        on_change=state.breakdown.take,
        width=190,
    )


@dataclass(frozen=True)
class Picture:
    """How an answer is drawn, under which title, and why it is blank if it is."""

    name: str
    draw: Callable[[Breakdown, Words], dict[str, Any]]
    title: str
    note: str
    blank: Reason | None


def pictured(answer: Breakdown, words: Words) -> Picture:
    """The way from then to now where parts add up, else the members side by side."""
    steps = answer.movers is not None
    name = "bridge" if steps else "ranking"
    now, then = charts.span_names(answer, words)
    title = words.say(
        f"comparison.{name}.title",
        metric=words.metric(answer.metric),
        dimension=cards.inner(words.dimension(answer.dimension), words),
        now=now,
        then=then,
    )
    note = _bridge_note(answer, words) if steps else _ranking_note(answer, words)
    draw = charts.bridge if steps else charts.ranking
    return Picture(name, draw, title, note, _blank(answer))


def picture(answer: Breakdown, selection: Selection, listing: Listing) -> None:
    """The answer drawn, in a card."""
    words = context.words()
    found = pictured(answer, words)
    key, title = f"comparison-{found.name}", (found.title, found.note)
    with cards.card(key, *title):
        if found.blank is not None:
            told = marks.escape(words.tell(found.blank))
            st.html(f'<div class="sd-body sd-muted">{told}</div>')
            return
        cards.drawing(key, found.draw, answer, title, selection, listing)


def _blank(answer: Breakdown) -> Reason | None:
    """Why no member has a figure; None when one has."""
    changes = [line.change for line in answer.lines]
    if any(each.now.value is not None or each.then.value is not None for each in changes):
        return None
    reasons = (each.now.reason for each in (*changes, answer.total.change))
    return next((reason for reason in reasons if reason is not None), Reason(NO_ROWS))


def _bridge_note(answer: Breakdown, words: Words) -> str:
    start = charts.bridge_start(answer)
    unit = _unit(answer, words)
    if not start:
        return unit
    told = words.say("comparison.bridge.start", start=words.axis(float(start), answer.unit))
    return words.say("ui.list_comma").join(part for part in (unit, told) if part)


def _ranking_note(answer: Breakdown, words: Words) -> str:
    mark = words.say("comparison.ranking.mark", then=charts.span_names(answer, words)[1])
    parts = (_unit(answer, words), mark if answer.compared is not None else "")
    return words.say("ui.list_comma").join(part for part in parts if part)


def _unit(answer: Breakdown, words: Words) -> str:
    return words.say(f"ui.unit.{answer.unit.value}", currency=currency_symbol(words.currency))
