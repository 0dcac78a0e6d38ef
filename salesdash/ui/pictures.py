"""The pictures of a comparison: each shows the same figures for another question."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import streamlit as st

from salesdash import charts
from salesdash.analysis import growth, multiples, places
from salesdash.analysis.answers import Name, Reason
from salesdash.analysis.asking import Choice
from salesdash.analysis.breakdown import Breakdown, Line, Listing, Order
from salesdash.analysis.growth import LARGEST, Growth
from salesdash.analysis.multiples import SHOWN, Multiples
from salesdash.analysis.places import FEW, MANY
from salesdash.charts import Words
from salesdash.charts.bars import part_names
from salesdash.charts.paths import now_name, reference_name
from salesdash.formats import currency_symbol
from salesdash.selection import Selection
from salesdash.ui import agenda, cards, comparison, context, drilling, marks, state
from salesdash.ui.cards import Drawn

NO_ROWS = "metrics.reason.no_rows"
FREE = "free"
SCALES = ("", FREE)
NAMED = 8
"""So many of those beside a scatter are named."""


class Kind(StrEnum):
    """What a picture is; also its code in an address."""

    BRIDGE = "bridge"  # the way from then to now, a step a member
    RANKING = "ranking"  # members side by side
    GROWTH = "growth"  # how large they are and how they grow
    PLACES = "places"  # their ranks, now and before
    MULTIPLES = "multiples"  # a small line a member


@dataclass(frozen=True)
class Way:
    """How a picture asks for what the breakdown does not say, on a screen or at a meeting."""

    listed: Callable[[Listing], Breakdown]
    lines: Callable[[Choice], Multiples]


@dataclass(frozen=True)
class Picture:
    """An answer, how it is drawn, under which title, and why it is blank if it is."""

    kind: Kind
    answer: Drawn
    draw: Callable[[Any, Words], dict[str, Any]]
    title: str
    note: str
    blank: Reason | None = None


def offered(answer: Breakdown) -> tuple[Kind, ...]:
    """The pictures that can be drawn of an answer, the first one unless another is chosen."""
    lacking = {Kind.BRIDGE} if answer.movers is None else set()
    if answer.compared is None:
        lacking |= {Kind.GROWTH, Kind.PLACES}
    return tuple(kind for kind in Kind if kind not in lacking)


def chosen(code: str, answer: Breakdown) -> Kind:
    """What a code means for an answer."""
    kinds = offered(answer)
    return next((kind for kind in kinds if kind == code), kinds[0])


def card(answer: Breakdown, selection: Selection, listing: Listing) -> None:
    """The choice of pictures, and the chosen one in a card with its tools."""
    words, free = context.words(), state.scale.get() == FREE
    kind = chosen(state.picture.get(), answer)
    _controls(answer, kind, words)

    def listed(other: Listing) -> Breakdown:
        return comparison.ask(selection, other)

    def lines(choice: Choice) -> Multiples:
        asked = (context.warehouse(), context.settings(), selection, context.today())
        question = ("multiples", selection, choice)
        found = context.remembered(question, lambda: multiples.build(*asked, choice))
        return replace(found, free=free)

    found = of(kind, answer, Way(listed, lines), words)
    key, title = f"comparison-{kind}", (found.title, found.note)
    with cards.card(key, *title):
        if found.blank is not None:
            told = marks.escape(words.tell(found.blank))
            st.html(f'<div class="sd-body sd-muted">{told}</div>')
            return
        codes = {"metric": answer.metric, "by": answer.dimension, "picture": kind.value}
        put = agenda.tool(key, "comparison", agenda.topic(_topic(answer, kind), selection), codes)
        question: tuple[Hashable, ...] = (selection, listing, free)
        into = drilling.follow(answer)
        cards.chart(key, found.draw, found.answer, title, *question, follow=into, more=put)
        if isinstance(found.answer, Growth):
            beside(found.answer, words)


def of(kind: Kind, answer: Breakdown, way: Way, words: Words) -> Picture:
    """The picture of a kind that an answer offers."""
    return _MAKERS[kind](answer, way, words)


def _controls(answer: Breakdown, kind: Kind, words: Words) -> None:
    """Which picture; of small charts, whether they share a scale."""
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key="comparison-picture"
    ):
        st.segmented_control(
            words.say("comparison.picture.label"),
            offered(answer),
            format_func=lambda one: words.say(f"comparison.picture.{one}"),
            key=state.picture.seed(kind),
            on_change=state.picture.take,
            required=True,
        )
        if kind is Kind.MULTIPLES:
            st.segmented_control(
                words.say("comparison.scale.label"),
                SCALES,
                format_func=lambda code: words.say(f"comparison.scale.{code or 'common'}"),
                key=state.scale.seed(state.scale.get() if state.scale.get() in SCALES else ""),
                on_change=state.scale.take,
                required=True,
            )


def beside(answer: Growth, words: Words) -> None:
    """Who has no place in the picture: new members, those that are gone, those without a base."""
    told = []
    for name in ("entered", "left", "baseless"):
        lines: tuple[Line, ...] = getattr(answer, name)
        if lines:
            told.append((words.say(f"comparison.growth.{name}"), _beside(answer, lines, words), ""))
    if told:
        st.html(marks.facts(told))


def _beside(answer: Growth, lines: tuple[Line, ...], words: Words) -> str:
    """The largest of them with what they have or had, the others as a number."""
    unit, told = answer.breakdown.unit, []
    for line, name in zip(lines[:NAMED], part_names(lines, words), strict=False):
        value = line.change.now.value or line.change.then.value
        told.append(words.say("charts.alt.part", name=name, value=words.value(value, unit)))
    if len(lines) > NAMED:
        told.append(words.say("comparison.growth.more", count=len(lines) - NAMED))
    return words.say("charts.list").join(told)


def _bridge(answer: Breakdown, _: Way, words: Words) -> Picture:
    start, unit = charts.bridge_start(answer), _unit(answer, words)
    told = words.say("comparison.bridge.start", start=words.axis(float(start), answer.unit))
    note = _joined(words, unit, told if start else "")
    return Picture(Kind.BRIDGE, answer, charts.bridge, _title(Kind.BRIDGE, answer, words), note)


def _ranking(answer: Breakdown, _: Way, words: Words) -> Picture:
    mark = words.say("comparison.ranking.mark", then=charts.span_names(answer, words)[1])
    note = _joined(words, _unit(answer, words), mark if answer.compared is not None else "")
    title = _title(Kind.RANKING, answer, words)
    return Picture(Kind.RANKING, answer, charts.ranking, title, note, _blank(answer))


def _growth(answer: Breakdown, way: Way, words: Words) -> Picture:
    """The members with the highest ranks, whatever stands first in the table."""
    found = growth.of(way.listed(Listing(answer.metric, answer.dimension, Order.RANK, LARGEST)))
    note = words.say("comparison.growth.note", now=charts.span_names(answer, words)[0])
    others = found.breakdown.lines[-1] if found.breakdown.lines else None
    count = others.count if others is not None and others.member is None else 0
    more = words.say("comparison.growth.others", count=count) if count else ""
    title = _title(Kind.GROWTH, answer, words)
    blank = _blank(answer)
    if blank is None and not found.placed:
        blank = Reason("comparison.growth.nobody")
    return Picture(Kind.GROWTH, found, charts.scatter, title, _joined(words, note, more), blank)


def _places(answer: Breakdown, way: Way, words: Words) -> Picture:
    """As many places as the table has members, twenty at most."""
    count = FEW if len(answer.lines) <= FEW + 1 else MANY
    listing = Listing(answer.metric, answer.dimension, Order.RANK, 2 * count)
    found = places.of(way.listed(listing), count)
    note = words.say("comparison.places.others", count=found.others) if found.others else ""
    title = _title(Kind.PLACES, answer, words)
    return Picture(Kind.PLACES, found, charts.places, title, note, _blank(answer))


def _multiples(answer: Breakdown, way: Way, words: Words) -> Picture:
    """The lines of the largest members, whatever stands first in the table."""
    found = way.lines(Choice(answer.metric, by=answer.dimension, members=SHOWN))
    lines = ""
    if any(not one.points[0].running for one in found.trend.reference if one.points):
        names = now_name(found.trend, words), reference_name(found.trend, words)
        lines = words.say("comparison.multiples.lines", now=names[0], then=names[1])
    free = words.say("comparison.multiples.free") if found.free else ""
    note = _joined(words, lines, _unit(answer, words), free)
    title = _title(Kind.MULTIPLES, answer, words)
    return Picture(Kind.MULTIPLES, found, charts.multiples, title, note, _blank(answer))


_MAKERS: dict[Kind, Callable[[Breakdown, Way, Words], Picture]] = {
    Kind.BRIDGE: _bridge,
    Kind.RANKING: _ranking,
    Kind.GROWTH: _growth,
    Kind.PLACES: _places,
    Kind.MULTIPLES: _multiples,
}


def _topic(answer: Breakdown, kind: Kind) -> Reason:
    """Sales by Region: Rank change."""
    values: tuple[tuple[str, object], ...] = (
        ("metric", Name("metric", answer.metric)),
        ("dimension", Name("dimension", answer.dimension)),
        ("picture", Reason(f"comparison.picture.{kind}")),
    )
    return Reason("comparison.topic", values)


def _title(kind: Kind, answer: Breakdown, words: Words) -> str:
    now, then = charts.span_names(answer, words)
    return words.say(
        f"comparison.{kind}.title",
        metric=words.metric(answer.metric),
        dimension=cards.inner(words.dimension(answer.dimension), words),
        now=now,
        then=then,
    )


def _blank(answer: Breakdown) -> Reason | None:
    """Why no member has a figure; None when one has."""
    changes = [line.change for line in answer.lines]
    if any(each.now.value is not None or each.then.value is not None for each in changes):
        return None
    reasons = (each.now.reason for each in (*changes, answer.total.change))
    return next((reason for reason in reasons if reason is not None), Reason(NO_ROWS))


def _joined(words: Words, *parts: str) -> str:
    return words.say("ui.list_comma").join(part for part in parts if part)


def _unit(answer: Breakdown, words: Words) -> str:
    return words.say(f"ui.unit.{answer.unit.value}", currency=currency_symbol(words.currency))
