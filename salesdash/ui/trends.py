"""Pieces of Trends: what to draw, the finding, the chart."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis import multiples, usual
from salesdash.analysis.answers import Trend
from salesdash.analysis.asking import Choice, Question
from salesdash.analysis.multiples import Multiples
from salesdash.charts import Words
from salesdash.metrics import Metric
from salesdash.periods import Comparison, Grain, day
from salesdash.selection import Selection
from salesdash.ui import agenda, annotating, cards, context, marks, state, url
from salesdash.warehouse import Dimension

AVERAGES = ("", "3", "7", "12")
CUMULATIVE, INDEX = "sum", "index"
PANELS, FREE = "panels", "free"


def choice() -> Choice:
    """What the choices of this session mean; what does not fit the data is left out."""
    codes = {name: slot.get() for name, slot in url.OWN["trends"].items()}
    return read(chosen_metric(), codes)


def read(metric: str, codes: Mapping[str, str]) -> Choice:
    """What the codes of an address mean for a metric; what does not fit the data is left out."""
    grain, by, average = (codes.get(name, "") for name in ("grain", "by", "average"))
    known = {dimension.name for dimension in splits(metric)}
    found = Choice(
        metric=metric,
        grain=Grain(grain) if grain in set(Grain) else None,
        by=by if by in known else None,
        average=int(average) if average in AVERAGES[1:] and by not in known else None,
        cumulative=codes.get("show") == CUMULATIVE and context.metrics().is_additive(metric),
        index=codes.get("show") == INDEX,
        base=_day(codes.get("base", "")) if codes.get("show") == INDEX else None,
    )
    panels = codes.get("lines") == PANELS and found.by is not None
    return replace(found, members=multiples.SHOWN) if panels else found


def _day(code: str) -> date | None:
    """The day of a code, None for nonsense."""
    try:
        return day(code) if code else None
    except ValueError:
        return None


def codes(choice: Choice) -> dict[str, str]:
    """The inverse of `read`: all that was chosen, also what nobody touched."""
    shown = CUMULATIVE if choice.cumulative else INDEX if choice.index else ""
    return {
        "metric": choice.metric,
        "grain": choice.grain.value if choice.grain else "",
        "by": choice.by or "",
        "average": str(choice.average or ""),
        "show": shown,
        "base": choice.base.isoformat() if choice.base else "",
        "lines": PANELS if are_panels(choice) else "",
        "scale": state.scale.get() if are_panels(choice) else "",
    }


def are_panels(choice: Choice) -> bool:
    """Whether each member has a small chart of its own."""
    return choice.by is not None and choice.members == multiples.SHOWN


def chosen_metric() -> str:
    """The chosen metric if it works on these data, else the first tile that does."""
    known = [metric.id for metric in offered()]
    chosen = state.metric.get()
    first = next((name for name in context.tiles() if name in known), known[0])
    return chosen if chosen in known else first


def opening(answer: Trend, selection: Selection) -> None:
    """The finding, and the figure of the whole period under it."""
    words = context.words()
    finding = words.tell(answer.headline) if answer.headline else words.metric(answer.metric)
    st.html(marks.headline(finding, _total(answer, selection, words)))


def chart(answer: Trend, selection: Selection, choice: Choice) -> None:
    """The chart with its tools, and what should be known about it."""
    words = context.words()
    title, note = words.metric(answer.metric), cards.legend(answer, words)
    with cards.card("trend", title, note):
        if has_points(answer):
            topic = agenda.topic(answer.metric, selection)
            put = agenda.tool("trend", "trends", topic, codes(choice))
            question = (selection, choice, annotating.state_of())
            if are_panels(choice):
                found, free = panels(selection, choice), state.scale.get() == FREE
                lines = annotating.beside(found.trend, selection)
                drawn = replace(found, trend=lines, free=free)
                shown = (*question, free)
                cards.chart("panels", charts.multiples, drawn, (title, note), *shown, more=put)
            else:
                cards.chart("trend", charts.trend, answer, (title, note), *question, more=put)
        told = "<br>".join(marks.escape(words.tell(each)) for each in answer.notes)
        if told:
            st.html(f'<div class="sd-note">{told}</div>')


def ask(selection: Selection, choice: Choice) -> Trend:
    """The lines of a choice, with what is out of the ordinary and what people said of the days."""
    found = context.trend(selection, choice)

    def judge() -> Trend:
        question = Question(
            context.warehouse(), context.settings(), selection, context.today(), (choice.metric,)
        )
        return usual.beside(found, question)

    judged = context.remembered(("usual", selection, choice, context.goals_state()), judge)
    return annotating.beside(judged, selection)


def oddities(answer: Trend) -> None:
    """What is out of the ordinary, in words; nothing where nothing is."""
    if not answer.unusual:
        return
    words = context.words()
    lines = (
        f'<div class="sd-body">{marks.escape(charts.unusual(answer, each, words))}</div>'
        for each in answer.unusual
    )
    with cards.card("unusual", words.say("unusual.title"), words.say("unusual.note")):
        st.html("".join(lines))


def panels(selection: Selection, choice: Choice) -> Multiples:
    """A small chart a member."""
    asked = (context.warehouse(), context.settings(), selection, context.today())
    return context.remembered(
        ("multiples", selection, choice), lambda: multiples.build(*asked, choice)
    )


def has_points(answer: Trend) -> bool:
    """Whether there is anything to draw; the notes say why not."""
    lines = (*answer.series, *answer.reference)
    return any(point.value is not None for line in lines for point in line.points)


def _total(answer: Trend, selection: Selection, words: Words) -> str:
    found = answer.total
    year = context.today().year
    told = words.say(
        "trends.total",
        metric=words.metric(answer.metric),
        days=formats.date_range(answer.window.period, words.lang, this_year=year),
        value=words.value(found.now.value, answer.total_unit),
    )
    if found.absolute is None or selection.comparison is Comparison.NONE:
        return told + words.say("trends.stop")
    daily = None if found.per_day is None else words.change(found.per_day)
    return told + words.say(
        "trends.against" if daily is None else "trends.against_daily",
        change=words.moved(found, answer.total_unit),
        versus=words.versus(selection.comparison),
        daily=daily,
    )


def offered() -> list[Metric]:
    """The metrics that can be chosen."""
    return [metric for metric in context.metrics().metrics.values() if not metric.hidden]


def splits(metric: str) -> tuple[Dimension, ...]:
    """What the metric can be broken down by: dimensions of all the rows it is made of."""
    return context.dimensions(*context.metrics().datasets(metric))
