"""Pieces of Trends: what to draw, the finding, the chart."""

from collections.abc import Mapping

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis.answers import Trend
from salesdash.analysis.asking import Choice
from salesdash.charts import Words
from salesdash.metrics import Metric
from salesdash.periods import Comparison, Grain
from salesdash.selection import Selection
from salesdash.ui import agenda, cards, context, marks, state, url
from salesdash.warehouse import Dimension

AVERAGES = ("", "3", "7", "12")
CUMULATIVE = "sum"
FITTING = "fit"


def choice() -> Choice:
    """What the choices of this session mean; what does not fit the data is left out."""
    codes = {name: slot.get() for name, slot in url.OWN["trends"].items()}
    return read(chosen_metric(), codes)


def read(metric: str, codes: Mapping[str, str]) -> Choice:
    """What the codes of an address mean for a metric; what does not fit the data is left out."""
    grain, by, average = (codes.get(name, "") for name in ("grain", "by", "average"))
    known = {dimension.name for dimension in _splits(metric)}
    return Choice(
        metric=metric,
        grain=Grain(grain) if grain in set(Grain) else None,
        by=by if by in known else None,
        average=int(average) if average in AVERAGES[1:] and by not in known else None,
        cumulative=codes.get("show") == CUMULATIVE and context.metrics().is_additive(metric),
    )


def codes(choice: Choice) -> dict[str, str]:
    """The inverse of `read`: all that was chosen, also what nobody touched."""
    return {
        "metric": choice.metric,
        "grain": choice.grain.value if choice.grain else "",
        "by": choice.by or "",
        "average": str(choice.average or ""),
        "show": CUMULATIVE if choice.cumulative else "",
    }


def chosen_metric() -> str:
    """The chosen metric if it works on these data, else the first tile that does."""
    offered = [metric.id for metric in _offered()]
    chosen = state.metric.get()
    first = next((name for name in context.tiles() if name in offered), offered[0])
    return chosen if chosen in offered else first


def opening(answer: Trend, selection: Selection) -> None:
    """The finding, and the figure of the whole period under it."""
    words = context.words()
    finding = words.tell(answer.headline) if answer.headline else words.metric(answer.metric)
    st.html(marks.headline(finding, _total(answer, selection, words)))


def chart(answer: Trend, selection: Selection, choice: Choice) -> None:
    """The controls, the chart with its tools, and what should be known about it."""
    words = context.words()
    _controls(choice.metric, words)
    title, note = words.metric(answer.metric), cards.legend(answer, words)
    with cards.card("trend", title, note):
        if has_points(answer):
            put = agenda.tool(
                "trend", "trends", agenda.topic(answer.metric, selection), codes(choice)
            )
            cards.chart("trend", charts.trend, answer, (title, note), selection, choice, more=put)
        told = "<br>".join(marks.escape(words.tell(each)) for each in answer.notes)
        if told:
            st.html(f'<div class="sd-note">{told}</div>')


def has_points(answer: Trend) -> bool:
    """Whether there is anything to draw; the notes say why not."""
    lines = (*answer.series, *answer.reference)
    return any(point.value is not None for line in lines for point in line.points)


def _controls(metric: str, words: Words) -> None:
    """Metric, grain, breakdown, average, running total."""
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key="trend-choice"
    ):
        metric_box(metric, words)
        _grain_box(words)
        _breakdown_box(metric, words)
        _average_box(words)
        _display_box(metric, words)


def _total(answer: Trend, selection: Selection, words: Words) -> str:
    found = answer.total
    year = context.today().year
    told = words.say(
        "trends.total",
        metric=words.metric(answer.metric),
        days=formats.date_range(answer.window.period, words.lang, this_year=year),
        value=words.value(found.now.value, answer.unit),
    )
    if found.absolute is None or selection.comparison is Comparison.NONE:
        return told + words.say("trends.stop")
    daily = None if found.per_day is None else words.change(found.per_day)
    return told + words.say(
        "trends.against" if daily is None else "trends.against_daily",
        change=words.moved(found, answer.unit),
        versus=words.versus(selection.comparison),
        daily=daily,
    )


def _offered() -> list[Metric]:
    return [metric for metric in context.metrics().metrics.values() if not metric.hidden]


def metric_box(metric: str, words: Words) -> None:
    """The metric, for any page that shows one of them."""
    st.selectbox(
        words.say("trends.metric"),
        [each.id for each in _offered()],
        format_func=words.metric,
        key=state.metric.seed(metric),
        on_change=state.metric.take,
        width=190,
    )


def _splits(metric: str) -> tuple[Dimension, ...]:
    """What the metric can be broken down by: dimensions of all the rows it is made of."""
    return context.dimensions(*context.metrics().datasets(metric))


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


def _breakdown_box(metric: str, words: Words) -> None:
    names = [dimension.name for dimension in _splits(metric)]
    by = state.breakdown.get()
    st.selectbox(
        words.say("trends.breakdown"),
        ["", *names],
        format_func=lambda name: words.dimension(name) if name else words.say("trends.whole"),
        key=state.breakdown.seed(by if by in names else ""),
        on_change=state.breakdown.take,
        width=140,
    )


def _average_box(words: Words) -> None:
    average = state.average.get()
    st.selectbox(
        words.say("trends.average"),
        AVERAGES,
        format_func=lambda n: (
            words.say("trends.periods", count=int(n)) if n else words.say("trends.none")
        ),
        key=state.average.seed(average if average in AVERAGES else ""),
        on_change=state.average.take,
        disabled=bool(state.breakdown.get()) or state.display.get() == CUMULATIVE,
        width=112,
    )


def _display_box(metric: str, words: Words) -> None:
    additive = context.metrics().is_additive(metric)
    chosen = state.Slot("cumulative", default=False)
    st.toggle(
        words.say("trends.cumulative"),
        key=chosen.seed(additive and state.display.get() == CUMULATIVE),
        on_change=_take_display,
        args=(chosen.key,),
        disabled=not additive,
        help=None if additive else words.say("trends.not_additive"),
    )


def _take_display(key: str) -> None:
    state.display.set(CUMULATIVE if state.widget(key) else "")
    state.touched.set(value=True)
