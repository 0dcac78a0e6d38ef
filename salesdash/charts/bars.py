"""What moved a metric: one bar a member from a line at zero, its sign and figure at its end."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt

from salesdash.analysis.answers import Mover, Movers
from salesdash.charts import frame
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.roles import Role, by_role
from salesdash.charts.tips import difference
from salesdash.charts.words import Words

ROW = 44
"""Height of a bar with its air, px."""

_LABELS, _EDGE = 62, 6
"""Room for the figures at the ends of bars, px, and where there are none."""


def movers(answer: Movers, words: Words) -> Spec:
    """The Vega-Lite dict of contributions, in the order of the answer.

    The selection parameter `pick` carries `dimension`, `member` and `part` (member or other).
    """
    names = mover_names(answer, words)
    rows = [_row(answer, part, name, words) for part, name in zip(answer.parts, names, strict=True)]
    titles = tuple((field, words.say(f"charts.tip.{field}")) for field in ("now", "then", "change"))
    data = {"bars": rows, "zero": [{"v": 0, "role": "reference"}] if rows else []}
    spec = frame.filled(_template(titles), data)
    for layer in spec["layer"]:
        layer["encoding"]["x"]["scale"]["range"] = _room(rows)
    spec["height"] = max(len(rows), 2) * ROW + 16
    return spec


def _room(rows: Sequence[Row]) -> list[object]:
    """Where bars may reach, in pixels: at any width there is room for the figures at their ends."""
    left = _LABELS if any(row["v"] < 0 for row in rows) else _EDGE
    right = _LABELS if any(row["v"] >= 0 for row in rows) else _EDGE
    return [left, {"expr": f"max(width - {right}, {left + 1})"}]


def mover_names(answer: Movers, words: Words) -> tuple[str, ...]:
    """What the parts are called; members of one name carry their value, too."""
    names = [_name(part, words) for part in answer.parts]
    often = Counter(names)
    return tuple(
        f"{name} · {part.member}" if often[name] > 1 and part.member else name
        for part, name in zip(answer.parts, names, strict=True)
    )


def _name(part: Mover, words: Words) -> str:
    if part.member is None:
        return words.say("charts.others", count=part.count)
    return part.label or part.member or words.say("charts.empty")


def _row(answer: Movers, part: Mover, name: str, words: Words) -> Row:
    change = float(part.change)
    return {
        "name": name,
        "v": change,
        "role": _judged(change, answer.better),
        "tone": "ink",
        "text": words.value(part.change, answer.unit, "signed"),
        "dx": 7 if change >= 0 else -7,
        "align": "left" if change >= 0 else "right",
        "part": "other" if part.member is None else "member",
        "dimension": answer.dimension,
        "member": part.member,
        "now": words.value(part.now, answer.unit, "exact"),
        "then": words.value(part.then, answer.unit, "exact"),
        "change": difference(part.now, part.then, answer.unit, words),
    }


def _judged(change: float, better: str) -> Role:
    """Green and red are judgements: a metric without direction has neither."""
    if better == "none" or not change:
        return "current"
    return "good" if (change > 0) == (better == "up") else "bad"


@cache
def _template(titles: tuple[tuple[str, str], ...]) -> Spec:
    pick = alt.selection_point(name="pick", fields=["dimension", "part", "member"], empty=False)
    shown = [alt.Tooltip(field=field, type="nominal", title=title) for field, title in titles]
    name = alt.Tooltip(field="name", type="nominal", title=" ")
    y = alt.Y(field="name", type="nominal", sort=None, axis=_AXIS)
    x = alt.X(field="v", type="quantitative", scale=_SCALE, axis=None)
    bars = (
        alt.Chart(named("bars"), name="bars")
        .mark_bar(size=15, cornerRadius=1)
        .encode(
            x=x,
            y=y,
            color=by_role(),
            opacity=alt.when(pick).then(alt.value(0.6)).otherwise(alt.value(1)),
            tooltip=[name, *shown],
        )
        .add_params(pick)
    )
    zero = (
        alt.Chart(named("zero"), name="zero")
        .mark_rule(strokeWidth=1.5, tooltip=False)
        .encode(x=x, color=by_role())
    )
    figures = (
        alt.Chart(named("bars"), name="figures")
        .mark_text(baseline="middle", tooltip=False, **_TEXT)
        .encode(x=x, y=y, text=alt.Text(field="text", type="nominal"), color=by_role("tone"))
    )
    return frame.dressed(alt.layer(bars, zero, figures), 2 * ROW)


_SCALE = alt.Scale(nice=False, zero=True, padding=0)
_AXIS = alt.Axis(title=None, grid=False, labelLimit=130, labelPadding=6, labelOverlap=False)
_TEXT: dict[str, Any] = {"dx": alt.expr("datum.dx"), "align": alt.expr("datum.align")}
