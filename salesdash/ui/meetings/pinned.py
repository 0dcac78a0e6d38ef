"""A screen that was put on the agenda, drawn again: its question is asked at the meeting's cut.

What the kept address asks is asked whole or not at all: a metric, dimension or filter that these
data do not have leaves the link alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis import comparison as comparisons
from salesdash.analysis import kpis, multiples, usual, versus
from salesdash.analysis import trend as asking
from salesdash.analysis.answers import Trend
from salesdash.analysis.asking import Choice, Question
from salesdash.analysis.breakdown import Breakdown, Listing
from salesdash.analysis.customers import ACTIVE
from salesdash.analysis.minutes import Minutes, Shown
from salesdash.analysis.multiples import Multiples
from salesdash.analysis.versus import Duel
from salesdash.charts import Words
from salesdash.errors import UsageError
from salesdash.ui import (
    annotating,
    cards,
    comparison,
    context,
    filters,
    marks,
    pictures,
    tiles,
    trends,
    url,
)
from salesdash.ui.meetings import lines, pinned_customers, pinned_pipeline
from salesdash.ui.meetings.asked import Asked, Drawing

CHART = "pinned"

METRICS = {"customers": ACTIVE, "pipeline": "pipeline"}
"""The figure beside the chart of a page that is about one."""


@dataclass(frozen=True)
class Chart:
    """A chart for a projector, under its title and note, and what it shows in words."""

    title: str
    note: str
    spec: dict[str, Any]
    alt: str


def draw(line: Shown, found: Minutes, words: Words) -> bool:
    """The figure of a line with the way to its page, and its chart; False: it cannot be asked."""
    drawer = DRAWERS.get(line.page or "")
    asked = _asked(line, found) if drawer else None
    drawing = drawer(asked, words) if asked is not None and drawer is not None else None
    if asked is None or drawing is None:
        return False
    chart = _chart(asked, drawing, words)
    left, right = st.columns([4, 8], gap="small")
    with left, st.container(border=True, height="stretch", key="tile-pinned"):
        st.html(_figure(asked, words))
        lines.filled(line, found, words)
    with right, st.container(border=True, height="stretch", key="pinned-chart"):
        st.html(marks.head(chart.title, chart.note))
        st.vega_lite_chart(
            None, chart.spec, width="stretch", height="stretch", key=CHART, alt=chart.alt
        )
    return True


def _asked(line: Shown, found: Minutes) -> Asked | None:
    """The question of a line's address; None when something in it is not known here."""
    codes = {name: values[-1] for name, values in line.query if values and name != url.WHERE}
    chosen = url.filters_from(list(dict(line.query).get(url.WHERE, ())))
    own = pinned_pipeline.metric(codes) if line.page == "pipeline" else ""
    metric = codes.get("metric") or own or METRICS.get(line.page or "", "")
    known = {dimension.name for dimension in context.dimensions()}
    offered = context.metrics().metrics
    if metric not in offered or any(name not in known for name, _ in chosen):
        return None
    try:
        selection = filters.asked(codes, chosen, found.selection.cut)
    except UsageError:
        return None
    day = found.opened.at.date() if found.opened else context.today()
    return Asked(line.page or "", codes, selection, metric, day)


def _trend(asked: Asked, words: Words) -> Drawing | None:
    choice = trends.read(asked.metric, asked.codes)
    if (choice.by or "") != asked.codes.get("by", ""):
        return None

    def ask() -> Trend:
        question = Question(*asked.known, (asked.metric,))
        return usual.beside(asking.build(*asked.known, choice), question)

    answer = annotating.beside(asked.remembered(ask), asked.selection)
    if not trends.has_points(answer):
        return None
    title = words.tell(answer.headline) if answer.headline else words.metric(asked.metric)
    told = (title, cards.legend(answer, words))
    if not trends.are_panels(choice):
        return Drawing(*told, charts.trend, answer)
    free = asked.codes.get("scale") == trends.FREE
    panels = asked.remembered(lambda: multiples.build(*asked.known, choice), "panels")
    lines = annotating.beside(panels.trend, asked.selection)
    return Drawing(*told, charts.multiples, replace(panels, trend=lines, free=free))


def _comparison(asked: Asked, words: Words) -> Drawing | None:
    listing = comparison.read(asked.metric, asked.codes, asked.selection)
    if listing is None or asked.codes.get("by") not in (listing.by, ""):
        return None
    if asked.codes.get("side"):
        return _members(asked, words)
    answer = asked.remembered(lambda: comparisons.build(*asked.known, listing))

    def listed(other: Listing) -> Breakdown:
        return asked.remembered(lambda: comparisons.build(*asked.known, other), other)

    def lines(choice: Choice) -> Multiples:
        found = asked.remembered(lambda: multiples.build(*asked.known, choice), choice)
        return replace(found, free=asked.codes.get("scale") == pictures.FREE)

    kind = pictures.chosen(asked.codes.get("picture", ""), answer)
    found = pictures.of(kind, answer, pictures.Way(listed, lines), words)
    if found.blank is not None:
        return None
    return Drawing(found.title, found.note, found.draw, found.answer)


def _members(asked: Asked, words: Words) -> Drawing | None:
    """Both members over time, under what is said about them."""
    names = [asked.codes.get(name, "") for name in ("by", "a", "b")]
    if not all(names):
        return None
    by, first, second = names
    duel = Duel(asked.metric, by, first, second)
    told = asked.remembered(lambda: versus.build(*asked.known, duel), duel)
    chosen = asked.selection.where(by, first, second)
    about = replace(asked, selection=chosen)
    choice = Choice(asked.metric, by=by)
    answer = about.remembered(lambda: asking.build(*about.known, choice), choice)
    if not trends.has_points(answer):
        return None
    return Drawing(words.tell(told.headline), cards.legend(answer, words), charts.trend, answer)


def _chart(asked: Asked, found: Drawing, words: Words) -> Chart:
    spec = context.remembered(
        ("pinned-chart", words.lang, annotating.state_of(), *asked.key),
        lambda: charts.projected(found.draw(found.answer, words)),
    )
    return Chart(found.title, found.note, spec, charts.alt(found.answer, words))


def _figure(asked: Asked, words: Words) -> str:
    """The metric over what is looked at, with what it is compared with."""
    tile = context.remembered(
        ("pinned-figure", *asked.key), lambda: kpis.build(*asked.known, (asked.metric,))[0]
    )
    label = marks.escape(words.metric(asked.metric))
    body = tiles.body(tile, asked.selection.comparison, words)
    scope = f'<div class="sd-note">{_scope(asked, words)}</div>'
    return f'<div class="sd-delta">{label}</div>{scope}{body}'


def _scope(asked: Asked, words: Words) -> str:
    """The days and members that are looked at: 1–21 Nov 2026 · West."""
    window, parts = asked.selection.window, []
    if window is not None:
        parts.append(formats.date_range(window.period, words.lang, "exact"))
    parts += [
        filters.member_words(each.dimension, member)
        for each in asked.selection.filters
        for member in each.values
    ]
    return marks.escape(" · ".join(parts))


DRAWERS: Mapping[str, Callable[[Asked, Words], Drawing | None]] = {
    "trends": _trend,
    "comparison": _comparison,
    "customers": pinned_customers.drawing,
    "pipeline": pinned_pipeline.drawing,
}
"""The pages that can be drawn again; a line from another page leads there."""
