"""A metric over time as lines: now in the accent, the time before in grey, labels at the ends.

The line ends at the last complete period, pale where that still matures. A running one is a hollow
dot beside the same days of the earlier one and never joined: a join would draw a fall that did not
happen.
"""

from functools import cache
from typing import Any

import altair as alt

from salesdash.analysis.answers import Trend
from salesdash.charts import frame, goals, oddities, remarks, tips
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.labels import labels
from salesdash.charts.paths import Path, paths
from salesdash.charts.roles import HALO, by_role, edge_by_role
from salesdash.charts.scales import span, ticks
from salesdash.charts.timeline import timeline
from salesdash.charts.words import Words
from salesdash.metrics import Unit

HEIGHT = 300
"""Of the whole chart, axis included, px."""

PALE = 0.45
"""Opacity of what still matures."""

_FLAT = 0.6
"""A ratio that never falls below this part of its highest value is drawn without zero."""


def trend(answer: Trend, words: Words) -> Spec:
    """The Vega-Lite dict of a trend; the selection parameter `pick` names what was clicked.

    `pick` carries `start`, `end` (ISO, half-open), `part` (whole, member, other) and `member`.
    Give Streamlit ``selection_mode="pick"``: `hover` only lights up the pointer's period.
    """
    drawn = paths(answer, words)
    marks, limits = ticks(*reach(answer, drawn))
    limits = remarks.raised(answer, limits)
    written = labels(answer, drawn, words, limits)
    data = {
        "bands": tips.bands(answer, drawn, words, limits),
        "points": tips.points(answer, drawn, words),
        "remark-shades": remarks.shades(answer, words, limits),
        "remark-rules": remarks.rules(answer, words, limits),
        "remark-words": remarks.labels(answer, words, limits),
        "references": _rows(drawn, "reference"),
        "targets": goals.rules(answer),
        "target-labels": goals.labels(answer, words),
        "lines": _rows(drawn, "line"),
        "pale": [row for path in drawn for row in path.pale()],
        "averages": _rows(drawn, "average"),
        "alone": [row for path in drawn for row in path.alone()],
        "running": [row for path in drawn for row in path.running()],
        "unusual": oddities.rings(answer),
        "swatches": [{**row, "role": row["swatch"]} for row in written if row["swatch"]],
        "labels": written,
    }
    spec = frame.filled(_template(_titles(answer, words), len(answer.series) > 1), data)
    axes = spec["layer"][0]["encoding"]
    axes["x"]["scale"]["domain"] = [-0.5, len(answer.series[0].points) - 0.5]
    axes["y"]["scale"]["domain"] = list(limits)
    periods = [point.period for point in answer.series[0].points]
    frame.labelled(axes["x"]["axis"], *timeline(answer.grain, periods, words))
    frame.labelled(axes["y"]["axis"], marks, [words.axis(mark, answer.unit) for mark in marks])
    return spec


def _rows(drawn: tuple[Path, ...], kind: str) -> list[Row]:
    return [row for path in drawn if path.kind == kind for row in path.rows()]


def reach(answer: Trend, drawn: tuple[Path, ...]) -> tuple[float, float]:
    """Limits of the y axis: from zero, but for ratios that would be a flat line up there."""
    values = [
        float(point.value)
        for path in drawn
        for point in path.series.points
        if point.value is not None
    ]
    values += [float(target.value) for target in answer.targets]
    low, high = span(values, zero=False)
    floats = answer.unit is Unit.SHARE or answer.index is not None
    return span(values, zero=not floats or low < _FLAT * high)


def _titles(answer: Trend, words: Words) -> tuple[tuple[str, str], ...]:
    """Fields of the tooltip with their words; what is earlier only where something is compared."""
    fields = ["when", "now", "then", "change"] if answer.reference else ["when", "now"]
    return tuple((field, words.say(f"charts.tip.{field}")) for field in fields)


@cache
def _template(titles: tuple[tuple[str, str], ...], many: bool) -> Spec:  # noqa: FBT001 - cache key
    """The drawing, built once for a language and a kind of trend; answers bring its data."""
    tips_whole = [alt.Tooltip(field=field, type="nominal", title=title) for field, title in titles]
    name = alt.Tooltip(field="name", type="nominal", title=" ")
    hover = alt.selection_point(
        name="hover", fields=["i"], on="pointerover", clear="pointerout", empty=False
    )
    pick = alt.selection_point(name="pick", fields=["start", "end", "part", "member"], empty=False)
    at: dict[str, Any] = {"x": alt.X(field="i", type="quantitative"), "color": by_role()}
    at["y"] = alt.Y(field="v", type="quantitative")
    by_path = {"detail": alt.Detail(field="path", type="nominal")}
    bands = _bands(hover, pick).encode(tooltip=tips_whole)
    references = _chart("references").mark_line(strokeWidth=1.5, **_LINE).encode(**at, **by_path)
    targets, above = _targets(at)
    lines = (
        _chart("lines").mark_line(strokeWidth=2 if many else 2.5, **_LINE).encode(**at, **by_path)
    )
    pale = (
        _chart("pale")
        .mark_line(point=alt.OverlayMarkDef(size=28, opacity=PALE), **_PALE)
        .encode(**at, **by_path)
    )
    averages = _chart("averages").mark_line(strokeWidth=1.5, **_LINE).encode(**at, **by_path)
    alone = _chart("alone").mark_circle(size=28, opacity=1, tooltip=False).encode(**at)
    running = (
        _chart("running")
        .mark_point(fill=HALO, size=52, strokeWidth=2, opacity=1, tooltip=False)
        .encode(x=at["x"], y=at["y"], stroke=edge_by_role())
    )
    odd = (
        _chart("unusual")
        .mark_point(shape="diamond", size=170, strokeWidth=1.5, opacity=1, tooltip=False)
        .encode(x=at["x"], y=at["y"], stroke=edge_by_role())
    )
    swatches = (
        _chart("swatches").mark_circle(size=40, opacity=1, xOffset=11, tooltip=False).encode(**at)
    )
    under, over = frame.haloed("labels", _TEXT)
    written = {"x": at["x"], "y": at["y"], "text": alt.Text(field="text", type="nominal")}
    points = (
        _chart("points")
        .mark_point(size=220, opacity=0, filled=True)
        .encode(x=at["x"], y=at["y"], tooltip=[name, *tips_whole])
        .add_params(pick)
    )
    shades, rules, said = remarks.layers()
    layers = (bands, shades, rules, references, targets, pale, lines, averages, alone, running, odd)
    front = (*above, over.encode(color=by_role(), **written), swatches, *said, points)
    return frame.dressed(alt.layer(*layers, under.encode(**written), *front), HEIGHT)


def _targets(at: dict[str, Any]) -> tuple[alt.Chart, tuple[alt.Chart, ...]]:
    """The rules of goals, and their words above them."""
    ends = {"x": alt.X(field="from", type="quantitative"), "x2": alt.X2(field="to")}
    rules: alt.Chart = (
        _chart("targets").mark_rule(strokeWidth=1.25, tooltip=False).encode(**{**at, **ends})
    )
    look = {"align": "right", "baseline": "bottom", "dy": -3, "dx": -2}
    under, over = frame.haloed("target-labels", look)
    place = {"x": at["x"], "y": at["y"], "text": alt.Text(field="text", type="nominal")}
    return rules, (under.encode(**place), over.encode(color=by_role(), **place))


_LINE: dict[str, Any] = {"strokeJoin": "round", "strokeCap": "round", "tooltip": False}

_PALE: dict[str, Any] = {**_LINE, "strokeWidth": 2, "opacity": PALE}

_TEXT: dict[str, Any] = {
    "dx": alt.expr("datum.dx"),
    "align": alt.expr("datum.align"),
    "fontWeight": alt.expr("datum.weight"),
    "baseline": "middle",
    "limit": alt.expr("datum.limit"),
}


def _chart(name: str) -> alt.Chart:
    return alt.Chart(named(name), name=name)


def _bands(hover: alt.Parameter, pick: alt.Parameter) -> alt.Chart:
    """Bands the pointer finds; the first layer, it carries both axes."""
    lit = alt.when(pick).then(alt.value(0.12)).when(hover).then(alt.value(0.07))
    plain = alt.Scale(nice=False, zero=False, domain=[0, 1])
    chart: alt.Chart = (
        _chart("bands")
        .mark_rect()
        .encode(
            x=alt.X(
                field="from",
                type="quantitative",
                scale=plain,
                axis=alt.Axis(grid=False, title=None, labelFlush=False, labelOverlap=True),
            ),
            x2=alt.X2(field="to"),
            y=alt.Y(
                field="low",
                type="quantitative",
                scale=plain,
                axis=alt.Axis(title=None, labelFlush=False, labelOverlap=True),
            ),
            y2=alt.Y2(field="high"),
            color=by_role(),
            opacity=lit.otherwise(alt.value(0)),
        )
        .add_params(hover, pick)
    )
    return chart
