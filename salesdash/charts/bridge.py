"""From then to now: a step a member between the two totals, which are levels, not bars.

Between far larger totals steps would be invisible on an axis from zero. So the axis may start
higher, and then `bridge_start` says where.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import altair as alt

from salesdash import formats
from salesdash.analysis.answers import Mover, Number
from salesdash.analysis.breakdown import Breakdown
from salesdash.analysis.changes import plus
from salesdash.charts import frame
from salesdash.charts.bars import judged, part_names
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.roles import by_role
from salesdash.charts.scales import ticks
from salesdash.charts.spans import span_names
from salesdash.charts.tips import difference
from salesdash.charts.words import Words

HEIGHT = 300

_FROM_ZERO = 0.45
"""Where the lowest level is no more than this part of the highest, the axis starts at zero."""

_CLOSE = 0.07
"""Levels closer than this part of the axis have figures that could touch."""

_ABOVE, _HIGHER = -9, -24
"""Where a figure stands over its column, px."""

_AIR = 0.06
"""Room above the highest column, as a part of the axis."""

_THICK = 0.006
"""Half of a level's thickness, as a part of the axis."""


def bridge(answer: Breakdown, words: Words) -> Spec:
    """The Vega-Lite dict of the steps, largest first; an empty chart where nothing moved.

    The selection parameter `pick` carries `dimension`, `member` and `part`.
    """
    places, limits = ticks(*_reach(answer))
    steps = _steps(answer, words)
    levels = _levels(answer, words, _THICK * (limits[1] - limits[0]))
    titles = tuple((field, words.say(f"charts.tip.{field}")) for field in ("now", "then", "change"))
    columns = [levels[0], *steps, levels[1]] if steps else []
    _set_apart(columns, _CLOSE * (limits[1] - limits[0]))
    links = [
        {"name": one["name"], "next": other["name"], "v": one["end"], "role": "reference"}
        for one, other in pairwise(columns)
    ]
    data = {"steps": steps, "levels": levels if steps else [], "links": links, "figures": columns}
    spec = frame.filled(_template(titles), data)
    for layer in spec["layer"]:
        x, y = layer["encoding"]["x"], layer["encoding"]["y"]
        x["scale"]["domain"] = [column["name"] for column in columns]
        x["axis"]["labelLimit"] = {"expr": f"width / {len(columns)} - 4"}
        y["scale"]["domain"] = [limits[0], limits[1] + _AIR * (limits[1] - limits[0])]
        frame.labelled(y["axis"], places, [words.axis(place, answer.unit) for place in places])
    return spec


def bridge_start(answer: Breakdown) -> Number:
    """Where the axis of the steps starts."""
    places, limits = ticks(*_reach(answer))
    return 0 if limits[0] <= 0 else places[0]


def _reach(answer: Breakdown) -> tuple[float, float]:
    """Lowest and highest level of all steps; from zero where that hides nothing."""
    heights = [float(height) for _, *both in _walk(answer) for height in both] or [0.0]
    low, high = min(heights), max(heights)
    return (min(low, 0.0) if low <= _FROM_ZERO * high else low), max(high, 0.0)


def _walk(answer: Breakdown) -> list[tuple[Mover, Number, Number]]:
    """Each part with the levels before and after it."""
    level: Number = answer.total.change.then.value or 0
    found = []
    for part in answer.movers.parts if answer.movers is not None else ():
        after = plus(level, part.change)
        found.append((part, level, after))
        level = after
    return found


def _steps(answer: Breakdown, words: Words) -> list[Row]:
    walk = _walk(answer)
    names = part_names([part for part, *_ in walk], words)
    return [
        {
            "name": name,
            "from": float(before),
            "to": float(after),
            "end": float(after),
            "top": float(max(before, after)),
            "role": judged(float(part.change), answer.better),
            "tone": "ink",
            "dy": _ABOVE,
            "text": formats.value(part.change, answer.unit, None, words.lang, "signed"),
            "part": "other" if part.member is None else "member",
            "dimension": answer.dimension,
            "member": part.member,
            "now": words.value(part.now, answer.unit, "exact"),
            "then": words.value(part.then, answer.unit, "exact"),
            "change": difference(part.now, part.then, answer.unit, words),
        }
        for (part, before, after), name in zip(walk, names, strict=True)
    ]


def _levels(answer: Breakdown, words: Words, half: float) -> list[Row]:
    """The two totals: grey then, accent now."""
    now_name, then_name = span_names(answer, words)
    total = answer.total.change
    return [
        {
            "name": f"{name}\u2060" if name in _members(answer) else name,
            "from": float(value or 0) - half,
            "to": float(value or 0) + half,
            "end": float(value or 0),
            "top": float(value or 0),
            "role": role,
            "tone": "ink",
            "dy": _ABOVE,
            "text": formats.value(value, answer.unit, None, words.lang),
        }
        for name, value, role in (
            (then_name, total.then.value, "reference"),
            (now_name, total.now.value, "current"),
        )
    ]


def _set_apart(columns: Sequence[Row], close: float) -> None:
    """Raise a figure that would touch the one at its left: on a phone columns are narrow."""
    for one, other in pairwise(columns):
        near = abs(other["top"] - one["top"]) < close
        other["dy"] = _HIGHER if near and one["dy"] == _ABOVE else _ABOVE


def _members(answer: Breakdown) -> Sequence[str]:
    """Names a total must not share: a region may be called 2025."""
    parts = answer.movers.parts if answer.movers is not None else ()
    return [part.label or part.member or "" for part in parts]


@cache
def _template(titles: tuple[tuple[str, str], ...]) -> Spec:
    pick = alt.selection_point(name="pick", fields=["dimension", "part", "member"], empty=False)
    shown = [alt.Tooltip(field=field, type="nominal", title=title) for field, title in titles]
    name = alt.Tooltip(field="name", type="nominal", title=" ")
    axis = alt.Axis(title=None, grid=False, labelAngle=0, labelOverlap=False, labelPadding=8)
    band = alt.Scale(paddingInner=0.45)
    x = alt.X(field="name", type="nominal", sort=None, axis=axis, scale=band)
    scale = alt.Scale(nice=False, zero=False)
    y = {field: alt.Y(field=field, type="quantitative", scale=scale, axis=alt.Axis(title=None))
         for field in ("from", "v", "top")}  # fmt: skip
    links = (
        alt.Chart(named("links"), name="links")
        .mark_rule(strokeDash=[2, 2], tooltip=False)
        .encode(x=x, x2=alt.X2(field="next"), y=y["v"], color=by_role())
    )
    steps = (
        alt.Chart(named("steps"), name="steps")
        .mark_bar(cornerRadius=1)
        .encode(
            x=x,
            y=y["from"],
            y2=alt.Y2(field="to"),
            color=by_role(),
            opacity=alt.when(pick).then(alt.value(0.6)).otherwise(alt.value(1)),
            tooltip=[name, *shown],
        )
        .add_params(pick)
    )
    levels = (
        alt.Chart(named("levels"), name="levels")
        .mark_bar(tooltip=False)
        .encode(x=x, y=y["from"], y2=alt.Y2(field="to"), color=by_role())
    )
    figures = (
        alt.Chart(named("figures"), name="figures")
        .mark_text(dy=alt.expr("datum.dy"), fontWeight=600, tooltip=False)
        .encode(x=x, y=y["top"], text=alt.Text(field="text", type="nominal"), color=by_role("tone"))
    )
    return frame.dressed(alt.layer(links, steps, levels, figures), HEIGHT)
