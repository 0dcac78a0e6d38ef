"""A screen that was put on the agenda, drawn again: its question is asked at the meeting's cut.

What the kept address asks is asked whole or not at all: a metric, dimension or filter that these
data do not have leaves the link alone.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis import cohorts as cohorting
from salesdash.analysis import comparison as comparisons
from salesdash.analysis import kpis, multiples, rfm
from salesdash.analysis import trend as asking
from salesdash.analysis.asking import Choice, Question
from salesdash.analysis.breakdown import Breakdown, Listing
from salesdash.analysis.cohorts import Heat
from salesdash.analysis.customers import ACTIVE
from salesdash.analysis.minutes import Minutes, Shown
from salesdash.analysis.multiples import Multiples
from salesdash.analysis.rfm import Rfm
from salesdash.charts import Words
from salesdash.config import Settings
from salesdash.errors import UsageError
from salesdash.selection import Selection
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
from salesdash.ui.customers import cohorts
from salesdash.ui.meetings import lines
from salesdash.warehouse import Warehouse

A = TypeVar("A", bound=cards.Drawn)
CHART = "pinned"

METRICS = {"customers": ACTIVE}
"""The figure beside the chart of a page that is about one."""


@dataclass(frozen=True)
class Asked:
    """What the address of a line asks: the codes of its page, and what they look at."""

    page: str
    codes: Mapping[str, str]
    selection: Selection
    metric: str
    day: date

    @property
    def key(self) -> tuple[Hashable, ...]:
        """Tells this question from all others."""
        return (self.page, tuple(sorted(self.codes.items())), self.selection, self.day)

    @property
    def known(self) -> tuple[Warehouse, Settings, Selection, date]:
        """What every analysis is asked with: what it looks at, on the day of the meeting."""
        return context.warehouse(), context.settings(), self.selection, self.day


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
    chart = drawer(asked, words) if asked is not None and drawer is not None else None
    if asked is None or chart is None:
        return False
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
    metric = codes.get("metric") or METRICS.get(line.page or "", "")
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


def _trend(asked: Asked, words: Words) -> Chart | None:
    choice = trends.read(asked.metric, asked.codes)
    if (choice.by or "") != asked.codes.get("by", ""):
        return None
    found = context.remembered(("pinned", *asked.key), lambda: asking.build(*asked.known, choice))
    answer = annotating.beside(found, asked.selection)
    if not trends.has_points(answer):
        return None
    title = words.tell(answer.headline) if answer.headline else words.metric(asked.metric)
    told = (title, cards.legend(answer, words))
    if not trends.are_panels(choice):
        return _chart(asked, told, charts.trend, answer)
    free = asked.codes.get("scale") == trends.FREE
    panels = context.remembered(
        ("pinned-panels", *asked.key), lambda: multiples.build(*asked.known, choice)
    )
    lines = annotating.beside(panels.trend, asked.selection)
    return _chart(asked, told, charts.multiples, replace(panels, trend=lines, free=free))


def _comparison(asked: Asked, words: Words) -> Chart | None:
    listing = comparison.read(asked.metric, asked.codes, asked.selection)
    if listing is None or asked.codes.get("side") or asked.codes.get("by") not in (listing.by, ""):
        return None
    answer = context.remembered(
        ("pinned", *asked.key), lambda: comparisons.build(*asked.known, listing)
    )

    def listed(other: Listing) -> Breakdown:
        return context.remembered(
            ("pinned-listed", *asked.key, other),
            lambda: comparisons.build(*asked.known, other),
        )

    def lines(choice: Choice) -> Multiples:
        found = context.remembered(
            ("pinned-lines", *asked.key), lambda: multiples.build(*asked.known, choice)
        )
        return replace(found, free=asked.codes.get("scale") == pictures.FREE)

    kind = pictures.chosen(asked.codes.get("picture", ""), answer)
    found = pictures.of(kind, answer, pictures.Way(listed, lines), words)
    if found.blank is not None:
        return None
    return _chart(asked, (found.title, found.note), found.draw, found.answer)


def _customers(asked: Asked, words: Words) -> Chart | None:
    """The chart of a view of Customers; a view without one of its own leads there."""
    drawer = {"cohorts": _cohorts, "segments": _segments}.get(asked.codes.get("view", ""))
    return drawer(asked, words) if drawer is not None else None


def _cohorts(asked: Asked, words: Words) -> Chart | None:
    choice = cohorts.read(asked.codes)
    if (choice.by or "") != asked.codes.get("by", ""):
        return None
    found = context.remembered(
        ("pinned", *asked.key),
        lambda: cohorting.build(Question(*asked.known), choice.grain, choice.by),
    )
    heat = Heat(found, choice.measure)
    if not heat.places:
        return None
    return _chart(asked, cohorts.named(heat, words), charts.cohorts, heat)


def _segments(asked: Asked, words: Words) -> Chart | None:
    def make() -> Rfm:
        question = Question(*asked.known)
        return rfm.build(question, rfm.earlier(question))

    found = context.remembered(("pinned", *asked.key), make)
    if found.reason is not None:
        return None
    title = words.tell(found.headline), words.say("rfm.segments.note")
    return _chart(asked, title, charts.tally, charts.segment_bars(found))


def _chart(
    asked: Asked, title: tuple[str, str], draw: Callable[[A, Words], dict[str, Any]], answer: A
) -> Chart:
    words = context.words()
    spec = context.remembered(
        ("pinned-chart", words.lang, annotating.state_of(), *asked.key),
        lambda: charts.projected(draw(answer, words)),
    )
    return Chart(*title, spec, charts.alt(answer, words))


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


DRAWERS: Mapping[str, Callable[[Asked, Words], Chart | None]] = {
    "trends": _trend,
    "comparison": _comparison,
    "customers": _customers,
}
"""The pages that can be drawn again; a line from another page leads there."""
