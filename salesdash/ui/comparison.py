"""Pieces of Comparison: what is compared, and who moved it."""

from collections.abc import Callable, Mapping

import streamlit as st

from salesdash import formats
from salesdash.analysis import comparison as comparisons
from salesdash.analysis import movers
from salesdash.analysis.answers import Reason
from salesdash.analysis.breakdown import Breakdown, Listing, Order
from salesdash.analysis.contributions import leading
from salesdash.charts import Words
from salesdash.periods import code
from salesdash.selection import Selection
from salesdash.ui import (
    agenda,
    context,
    filters,
    marks,
    members,
    state,
    trend_controls,
    trends,
    url,
)
from salesdash.ui.sentences import Behind, Figures

SIDES = ("", "members")
MEMBERS_OF = {
    "analysis.comparison_of.led": ("change", "rest"),
    "analysis.headline.part": ("share",),
}
"""Figures of sentences that are those of the member they name; `rest`: of all others."""
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
    words, figures = context.words(), Figures("comparison")
    told = figures.tell(answer.headline, lambda *value: behind(answer, *value), words)
    st.html(figures.put(marks.headline(told, lead(answer, words, figures.mark))))
    shown = {"metric": answer.metric, "by": answer.dimension}
    agenda.offer("comparison", answer.headline, "comparison", shown)


def behind(answer: Breakdown, name: str, reason: Reason) -> Behind:
    """What is behind a figure of the sentence: of the member it names, the others, or the whole."""
    leader = None if answer.movers is None else leading(answer.movers)
    others = tuple(line.member for line in answer.lines)
    if leader is None or name not in MEMBERS_OF.get(reason.key, ()):
        return Behind(answer.metric)
    if name != "rest":
        return Behind(answer.metric, ((answer.dimension, (leader.member or None,)),))
    if None in others:
        return Behind(answer.metric)  # not all of them have a line of their own
    left = tuple(member or None for member in others if member != leader.member)
    return Behind(answer.metric, ((answer.dimension, left),))


def lead(answer: Breakdown, words: Words, mark: Callable[[str, Behind], str]) -> str:
    """Both totals with their days, and whether the parts make up the difference."""
    told = [figure_words(answer, words, mark)]
    change = answer.total.change
    if change.then.reason is not None:
        why = words.tell(change.then.reason)
        told.append(words.say("comparison.lead.why", why=why[:1].upper() + why[1:]))
    if answer.apart is not None:
        told.append(words.tell(answer.apart))
    elif answer.total.part is not None and change.absolute is not None:
        signed = words.value(answer.total.part, answer.unit, "signed")
        change_words = mark(signed, Behind(answer.metric))
        told.append(words.say("comparison.lead.exact", change=change_words))
    if change.per_day is not None:
        told.append(words.say("comparison.lead.per_day", change=words.change(change.per_day)))
    pareto = answer.pareto
    if pareto is not None and pareto.of > 1:
        told.append(words.say("comparison.lead.pareto", count=pareto.count, of=f"{pareto.of:,}"))
    return words.say("comparison.lead.join").join(told)


def figure_words(answer: Breakdown, words: Words, mark: Callable[[str, Behind], str]) -> str:
    """Sales, 1 Oct – 17 Nov: $7.62M, against $8.27M on 1 Oct – 17 Nov 2025."""
    change, year = answer.total.change, context.today().year
    before = "" if answer.compared is None else code(answer.compared, context.fiscal())
    now, then = (words.value(each.value, answer.unit) for each in (change.now, change.then))
    values = {
        "metric": words.metric(answer.metric),
        "value": mark(now, Behind(answer.metric)),
        "then": mark(then, Behind(answer.metric, period=before)) if before else then,
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
        trend_controls.metric_box(metric, words)
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
