"""An effect as lines: what was to move and the rest, week by week, with their levels on both sides.

Sizes are drawn as parts of what they were before, so that a small member and a large rest are
compared alike. The weeks in which it was worked at are shaded.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

import altair as alt

from salesdash import formats
from salesdash.analysis.ruling import Effect, Week
from salesdash.charts import frame
from salesdash.charts.describe import alt as described
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.roles import by_role
from salesdash.charts.scales import ticks
from salesdash.charts.tables import Column, Table, table
from salesdash.charts.timeline import timeline
from salesdash.charts.words import Words
from salesdash.metrics import Unit
from salesdash.periods import Grain, Period

HEIGHT = 240
BESIDE = 11
"""A label stands so far from the level it names, px."""

Side = Literal["own", "rest"]
_ROLES: dict[Side, str] = {"own": "current", "rest": "reference"}


def effect(answer: Effect, words: Words) -> Spec:
    """The Vega-Lite dict; its parameter `pick` is what the frame of a chart wants, and empty."""
    sides: list[Side] = ["rest", "own"] if answer.rest is not None else ["own"]
    heights = [
        v for week in answer.series for side in sides if (v := _value(week, side)) is not None
    ]
    places, limits = ticks(min(heights, default=0.0), max(heights, default=1.0))
    data = {
        "shade": list(_shade(answer, limits)),
        "lines": [row for side in sides for row in _line(answer, side)],
        "levels": [row for side in sides for row in _levels(answer, side)],
        "points": [row for side in sides for row in _points(answer, side, words)],
        "labels": list(_labels(answer, sides, words)),
    }
    spec = frame.filled(_template(words.say("charts.tip.when")), data)
    shown, labels = timeline(Grain.WEEK, [week.period for week in answer.series], words)
    encoding = spec["layer"][0]["encoding"]
    encoding["x"]["scale"]["domain"] = [-0.5, len(answer.series) - 0.5]
    encoding["y"]["scale"]["domain"] = list(limits)
    frame.labelled(encoding["x"]["axis"], shown, labels)
    frame.labelled(encoding["y"]["axis"], places, [words.axis(p, Unit.SHARE) for p in places])
    return spec


def _value(week: Week, side: Side) -> float | None:
    return week.own if side == "own" else week.rest


def name(side: Side, answer: Effect, words: Words) -> str:
    """What a line is called: the members that were to move, or the rest."""
    if side == "rest":
        return words.say("effect.chart.rest")
    return " · ".join(answer.scope) or words.say("effect.chart.whole")


def _places(answer: Effect, period: Period | None) -> list[int]:
    if period is None:
        return []
    return [n for n, week in enumerate(answer.series) if period.contains(week.period.start)]


def _shade(answer: Effect, limits: tuple[float, float]) -> Iterator[Row]:
    """From the last week before to the first one after."""
    before, after = _places(answer, answer.before), _places(answer, answer.after)
    if before and after:
        yield {
            "from": before[-1] + 0.5,
            "to": max(after[0] - 0.5, before[-1] + 0.56),
            "low": limits[0],
            "high": limits[1],
            "role": "muted",
        }


def _line(answer: Effect, side: Side) -> Iterator[Row]:
    for place, week in enumerate(answer.series):
        value = _value(week, side)
        if value is not None:
            yield {"i": place, "v": value, "path": side, "role": _ROLES[side]}


def _levels(answer: Effect, side: Side) -> Iterator[Row]:
    for period in (answer.before, answer.after):
        places = _places(answer, period)
        known = [v for n in places if (v := _value(answer.series[n], side)) is not None]
        if known:
            level = sum(known) / len(known)
            yield {
                "from": places[0] - 0.4,
                "to": places[-1] + 0.4,
                "v": level,
                "role": _ROLES[side],
            }


def _points(answer: Effect, side: Side, words: Words) -> Iterator[Row]:
    for row, week in zip(_line(answer, side), _known(answer, side), strict=True):
        when = formats.date_range(week.period, words.lang)
        shown = words.value(row["v"], Unit.SHARE)
        yield {**row, "when": when, "name": name(side, answer, words), "shown": shown}


def _known(answer: Effect, side: Side) -> list[Week]:
    return [week for week in answer.series if _value(week, side) is not None]


def _labels(answer: Effect, sides: list[Side], words: Words) -> Iterator[Row]:
    """At the end of each line: the higher one above its level, the lower one below."""
    ends = [(side, levels[-1]) for side in sides if (levels := [*_levels(answer, side)])]
    highest = max((end["v"] for _, end in ends), default=0.0)
    for side, end in ends:
        text = name(side, answer, words)
        dy = -BESIDE if end["v"] == highest else BESIDE
        yield {"i": end["to"], "v": end["v"], "text": text, "dy": dy, "role": _ROLES[side]}


@cache
def _template(when: str) -> Spec:
    plain = alt.Scale(nice=False, zero=False, domain=[0, 1])
    axis = alt.Axis(title=None, labelFlush=False, labelOverlap=True)
    pick = alt.selection_point(name="pick", fields=["start"], empty=False)
    at: dict[str, Any] = {
        "x": alt.X(field="i", type="quantitative"),
        "y": alt.Y(field="v", type="quantitative"),
        "color": by_role(),
    }
    ends = {"x": alt.X(field="from", type="quantitative"), "x2": alt.X2(field="to")}
    lines = (
        _chart("lines")
        .mark_line(strokeWidth=1.25, opacity=0.5, strokeJoin="round", tooltip=False)
        .encode(
            x=alt.X(field="i", type="quantitative", scale=plain, axis=axis),
            y=alt.Y(field="v", type="quantitative", scale=plain, axis=axis),
            color=by_role(),
            detail=alt.Detail(field="path", type="nominal"),
        )
    )
    shade = (
        _chart("shade")
        .mark_rect(opacity=0.12, tooltip=False)
        .encode(
            **ends,
            y=alt.Y(field="low", type="quantitative"),
            y2=alt.Y2(field="high"),
            color=by_role(),
        )
    )
    levels = (
        _chart("levels")
        .mark_rule(strokeWidth=3, strokeCap="round", tooltip=False)
        .encode(**ends, y=at["y"], color=by_role())
    )
    tips = [
        alt.Tooltip(field="name", type="nominal", title=" "),
        alt.Tooltip(field="when", type="nominal", title=when),
        alt.Tooltip(field="shown", type="nominal", title=" "),
    ]
    points = (
        _chart("points")
        .mark_point(size=160, opacity=0, filled=True)
        .encode(x=at["x"], y=at["y"], tooltip=tips)
        .add_params(pick)
    )
    look = {"align": "right", "baseline": "middle", "dy": alt.expr("datum.dy")}
    under, over = frame.haloed("labels", look)
    text = {"x": at["x"], "y": at["y"], "text": alt.Text(field="text", type="nominal")}
    front = (under.encode(**text), over.encode(color=by_role(), **text))
    return frame.dressed(alt.layer(lines, shade, levels, *front, points), HEIGHT)


def _chart(name: str) -> alt.Chart:
    return alt.Chart(named(name), name=name)


@table.register
def _table(answer: Effect, words: Words) -> Table:
    """Week by week; which side each lies on."""
    sides: list[Side] = ["own", "rest"] if answer.rest is not None else ["own"]
    columns = (
        Column(words.say("charts.tip.when"), figures=False),
        *(Column(name(side, answer, words)) for side in sides),
        Column("", figures=False),
    )
    places = {n: key for key in ("before", "after") for n in _places(answer, getattr(answer, key))}
    shown, rows = [], []
    for number, week in enumerate(answer.series):
        where = places.get(number)
        note = words.say(f"effect.chart.{where}") if where else ""
        values = [_value(week, side) for side in sides]
        told = (words.value(value, Unit.SHARE) for value in values)
        shown.append((formats.date_range(week.period, words.lang), *told, note))
        rows.append((week.period.start.isoformat(), *values, note))
    return Table(columns, tuple(shown), tuple(rows))


@described.register
def _alt(answer: Effect, words: Words) -> str:
    told = [words.tell(answer.title), *(words.tell(each) for each in answer.told[:1])]
    return words.say("charts.alt.join").join(told)
