"""Annotations on a time axis: a rule at a day, a shade over several, words at the top."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from salesdash import formats
from salesdash.analysis import annotated
from salesdash.analysis.answers import Point, Remark, Trend
from salesdash.charts import frame
from salesdash.charts.frame import Row, named
from salesdash.charts.roles import by_role
from salesdash.charts.words import Words

AIR = 0.1
"""Room for the words above the lines, as a part of the height."""

LEAST = 0.07
"""Words with less room, as a part of the width, are left to the pointer and the list."""

NARROW = 56
"""Nor are words drawn in less room, px: an ellipsis says nothing."""

_LATE = 0.8
"""Behind this part of the width words stand to the left of their rule."""


@dataclass(frozen=True)
class _Place:
    """Where an annotation begins and ends on the axis, in periods."""

    remark: Remark
    start: float
    end: float


def text(remark: Remark, words: Words) -> str:
    """What it says, behind the members it is about: North, East: strike."""
    if not remark.members:
        return remark.text
    those = words.say("charts.list").join(
        member or words.say("charts.empty") for member in remark.members
    )
    return words.say("charts.remark", members=those, text=remark.text)


def told(remark: Remark, words: Words) -> str:
    """The same with its days: 1 Mar 2026: price rise."""
    days = formats.date_range(remark.period, words.lang, "exact")
    return words.say("charts.remark", members=days, text=text(remark, words))


def cell(answer: Trend, point: Point, words: Words) -> str:
    """All that was said of a period, for a table."""
    return "; ".join(text(each, words) for each in annotated.at(answer, point))


def raised(answer: Trend, limits: tuple[float, float]) -> tuple[float, float]:
    """The limits of the value axis with room for words at the top."""
    low, high = limits
    return (low, high + AIR * (high - low)) if answer.remarks else limits


def rules(answer: Trend, words: Words, limits: tuple[float, float]) -> list[Row]:
    """A line over the whole height at the first day of each."""
    return [
        {"i": each.start, "low": limits[0], "high": limits[1], "role": "muted"}
        for each in _places(answer, words)
    ]


def shades(answer: Trend, words: Words, limits: tuple[float, float]) -> list[Row]:
    """A band over all days of those that last longer than one."""
    return [
        {"from": each.start, "to": each.end, "low": limits[0], "high": limits[1], "role": "ink"}
        for each in _places(answer, words)
        if each.remark.period.days > 1
    ]


def labels(answer: Trend, words: Words, limits: tuple[float, float]) -> list[Row]:
    """Words at the top beside each rule, as long as there is room before the next one.

    `room` is a part of the width; `told` is all of it, for the pointer.
    """
    places, count = _places(answer, words), len(answer.series[0].points) if answer.series else 0
    rows = []
    for number, each in enumerate(places):
        left = each.start + 0.5 > _LATE * count
        room = _room(places, number, count, left=left)
        if room >= LEAST:
            rows.append(
                {
                    "i": each.start,
                    "v": limits[1],
                    "text": text(each.remark, words),
                    "told": told(each.remark, words),
                    "role": "ink",
                    "align": "right" if left else "left",
                    "dx": -4 if left else 4,
                    "room": room,
                }
            )
    return rows


def layers() -> tuple[alt.Chart, alt.Chart, tuple[alt.Chart, ...]]:
    """Shades and rules, which lie below the lines, and the words with their halo."""
    low, high = alt.Y(field="low", type="quantitative"), alt.Y2(field="high")
    place = alt.X(field="i", type="quantitative")
    begin, end = alt.X(field="from", type="quantitative"), alt.X2(field="to")
    shades = (
        _chart("remark-shades")
        .mark_rect(opacity=0.07, tooltip=False)
        .encode(x=begin, x2=end, y=low, y2=high, color=by_role())
    )
    rules = (
        _chart("remark-rules")
        .mark_rule(strokeDash=[2, 3], tooltip=False)
        .encode(x=place, y=low, y2=high, color=by_role())
    )
    look: dict[str, Any] = {
        "align": alt.expr("datum.align"),
        "baseline": "top",
        "dx": alt.expr("datum.dx"),
        "limit": alt.expr("datum.room * width - 8"),
        "opacity": alt.expr(f"datum.room * width < {NARROW} ? 0 : 1"),
    }
    under, over = frame.haloed("remark-words", look)
    at: dict[str, Any] = {
        "x": place,
        "y": alt.Y(field="v", type="quantitative"),
        "text": alt.Text(field="text", type="nominal"),
    }
    said = alt.Tooltip(field="told", type="nominal", title=" ")
    return shades, rules, (under.encode(**at), over.encode(color=by_role(), tooltip=said, **at))


def _chart(name: str) -> alt.Chart:
    return alt.Chart(named(name), name=name)


def _room(places: Sequence[_Place], number: int, count: int, *, left: bool) -> float:
    """From a rule to the next one on the side of its words, as a part of the width."""
    here = places[number].start
    if left:
        last = places[number - 1].start if number else -0.5
        shared = number and last + 0.5 <= _LATE * count  # its words come from the other side
        return (here - last) / count / (2 if shared else 1)
    after = places[number + 1].start if number + 1 < len(places) else count - 0.5
    late = number + 1 < len(places) and after + 0.5 > _LATE * count
    return (after - here) / count / (2 if late else 1)


def _places(answer: Trend, words: Words) -> list[_Place]:
    """Annotations by where they begin; a day by itself stands in its middle."""
    found = []
    for each in answer.remarks:
        start, end = (
            annotated.place(answer, day, words.fiscal)
            for day in (each.period.start, each.period.end)
        )
        if start is not None and end is not None:
            alone = each.period.days == 1
            found.append(_Place(each, (start + end) / 2 if alone else start, end))
    return sorted(found, key=lambda one: one.start)
