"""Size and growth as a scatter: right what is large, up what grows, lines at zero and the medians.

Far growths would press all others flat: beyond a limit that nearly all keep, a member stands at the
edge as a triangle, and its name says how far it went.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import altair as alt

from salesdash.analysis.breakdown import Line
from salesdash.analysis.growth import Growth, Placed
from salesdash.charts import describe, frame, tables
from salesdash.charts.bars import judged, part_names
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.plot import AWAY, HEIGHT, NAMED, NARROW, PHONE, WIDE, Plot, fitting
from salesdash.charts.roles import by_role
from salesdash.charts.tables import Table
from salesdash.charts.words import Words
from salesdash.metrics import Unit


def scatter(answer: Growth, words: Words) -> Spec:
    """The Vega-Lite dict; `pick` carries `dimension`, `member` and `part`."""
    plot = Plot.of(answer)
    rows = _rows(answer, plot, words)
    data: dict[str, list[Row]] = {
        "zero": [{"y": 0.0, "role": "reference"}] if rows else [],
        "usual": [{"y": answer.usual, "role": "muted"}] if rows else [],
        "middle": [{"x": answer.middle, "role": "muted"}] if rows else [],
        "points": [row for row in rows if not row["far"]],
        "far": [row for row in rows if row["far"]],
        "names": [row for row in rows if row["wide"] or row["brief"]],
        "medians": list(_medians(answer, plot, words)) if rows else [],
    }
    titles = tuple((field, words.say(f"charts.tip.{field}")) for field in ("now", "then", "change"))
    spec = frame.filled(_template(titles), data)
    sizes = [words.axis(mark, answer.breakdown.unit) for mark in plot.sizes]
    growths = [_height(answer, mark, words) for mark in plot.growths]
    for layer in spec["layer"]:
        x, y = layer["encoding"].get("x"), layer["encoding"].get("y")
        if x:
            kind = "log" if plot.log else "linear"
            x["scale"] = {"type": kind, "domain": list(plot.across), "nice": False, "zero": False}
            frame.labelled(x["axis"], plot.sizes, sizes)
        if y:
            y["scale"]["domain"] = list(plot.up)
            frame.labelled(y["axis"], plot.growths, growths)
    return spec


def _rows(answer: Growth, plot: Plot, words: Words) -> list[Row]:
    """A row a member, with the names that fit."""
    names = part_names([one.line for one in answer.placed], words)
    rows = [
        _row(answer, plot, one, name, words) for one, name in zip(answer.placed, names, strict=True)
    ]
    order = sorted(range(len(rows)), key=lambda n: -_weight(answer.placed[n]))
    for field, width in (("wide", WIDE), ("brief", NARROW)):
        for n in fitting(answer, plot, [row["text"] for row in rows], order, width):
            rows[n][field] = True
    return rows


def _weight(one: Placed) -> float:
    """How much a member matters: by what it added or took, else by its size times its growth."""
    part = one.line.part
    return abs(float(part)) if part is not None else one.size * abs(one.growth)


def _row(answer: Growth, plot: Plot, one: Placed, name: str, words: Words) -> Row:
    change, unit, height = one.line.change, answer.breakdown.unit, plot.height(one.growth)
    far, moved = height != one.growth, _told(answer, one.growth, words)
    left = plot.turns(one)
    return {
        "x": one.size,
        "y": height,
        "name": name,
        "text": f"{name} {moved}" if far else name,
        "role": judged(one.growth, answer.breakdown.better),
        "tone": "ink",
        "far": far,
        "shape": "triangle-up" if one.growth > 0 else "triangle-down",
        "align": "right" if left else "left",
        "dx": -AWAY if left else AWAY,
        "wide": False,
        "brief": False,
        "part": "member",
        "dimension": answer.breakdown.dimension,
        "member": one.line.member,
        "now": words.value(change.now.value, unit, "exact"),
        "then": words.value(change.then.value, unit, "exact"),
        "change": moved,
    }


def _medians(answer: Growth, plot: Plot, words: Words) -> Iterator[Row]:
    """What the lines are: the median growth at the right, the median size at the foot."""
    usual = _told(answer, answer.usual or 0.0, words)
    size = words.value(answer.middle, answer.breakdown.unit)
    words_of = {"y": answer.usual, "x": plot.across[1], "align": "right", "dx": 0, "dy": -6}
    yield {**words_of, "text": words.say("charts.growth.median", value=usual), "role": "muted"}
    foot = {"y": plot.up[0], "x": answer.middle, "align": "left", "dx": 5, "dy": -6}
    yield {**foot, "text": words.say("charts.growth.median", value=size), "role": "muted"}


def _height(answer: Growth, mark: float, words: Words) -> str:
    """A growth beside the axis: whole per cent."""
    return _told(answer, mark, words) if answer.in_points else words.axis(mark, Unit.SHARE)


def _told(answer: Growth, value: float, words: Words) -> str:
    """A growth: a ratio, or the difference of shares in points, of multiples in times."""
    unit = answer.breakdown.unit
    if not answer.in_points:
        return words.change(value)
    return words.points(value) if unit is Unit.SHARE else words.value(value, unit, "signed")


@cache
def _template(titles: tuple[tuple[str, str], ...]) -> Spec:
    pick = alt.selection_point(name="pick", fields=["dimension", "part", "member"], empty=False)
    shown = [alt.Tooltip(field=field, type="nominal", title=title) for field, title in titles]
    tips = [alt.Tooltip(field="name", type="nominal", title=" "), *shown]
    x = alt.X(field="x", type="quantitative", axis=alt.Axis(title=None, grid=False))
    scale = alt.Scale(nice=False, zero=False)
    y = alt.Y(field="y", type="quantitative", scale=scale, axis=alt.Axis(title=None))
    at: dict[str, Any] = {"x": x, "y": y, "color": by_role()}
    lit = alt.when(pick).then(alt.value(1)).otherwise(alt.value(0.72))
    dashed: dict[str, Any] = {"strokeDash": [3, 4], "opacity": 0.7, "tooltip": False}
    zero = _chart("zero").mark_rule(strokeWidth=1.5, tooltip=False).encode(y=y, color=by_role())
    usual = _chart("usual").mark_rule(**dashed).encode(y=y, color=by_role())
    middle = _chart("middle").mark_rule(**dashed).encode(x=x, color=by_role())
    points = _chart("points").mark_circle(size=80).encode(**at, opacity=lit, tooltip=tips)
    shape = alt.Shape(field="shape", type="nominal", scale=None)
    far = (
        _chart("far")
        .mark_point(size=70, filled=True)
        .encode(**at, opacity=lit, shape=shape, tooltip=tips)
    )
    text = alt.Text(field="text", type="nominal")
    look: dict[str, Any] = {
        "dx": alt.expr("datum.dx"),
        "align": alt.expr("datum.align"),
        "baseline": "middle",
    }
    fits = alt.expr(f"(width < {PHONE} ? datum.brief : datum.wide) ? 1 : 0")
    under, over = frame.haloed("names", {**look, "opacity": fits})
    names = (
        under.encode(x=x, y=y, text=text),
        over.encode(x=x, y=y, text=text, color=by_role("tone")),
    )
    medians = (
        _chart("medians")
        .mark_text(tooltip=False, **{**look, "baseline": "bottom", "dy": alt.expr("datum.dy")})
        .encode(**at, text=text)
    )
    layers = (zero, usual, middle, medians, points.add_params(pick), far.add_params(pick), *names)
    return frame.dressed(alt.layer(*layers), HEIGHT)


def _chart(name: str) -> alt.Chart:
    return alt.Chart(named(name), name=name)


@tables.table.register
def _table(answer: Growth, words: Words) -> Table:
    """That of the breakdown: every member of the picture, those without a place in it too."""
    return tables.table(answer.breakdown, words)


@describe.alt.register
def _alt(answer: Growth, words: Words) -> str:
    names = part_names([one.line for one in answer.placed], words)
    unit = answer.breakdown.unit
    told = [
        f"{words.value(one.line.change.now.value, unit)} {_told(answer, one.growth, words)}"
        for one in answer.placed[:NAMED]
    ]
    parts = [
        words.say("charts.alt.part", name=name, value=value)
        for name, value in zip(names, told, strict=False)
    ]
    return words.say(
        "charts.alt.growth",
        metric=words.metric(answer.metric),
        dimension=words.dimension(answer.breakdown.dimension),
        parts=words.say("charts.list").join(parts),
        entered=_listed(answer.entered, words),
        left=_listed(answer.left, words),
    )


def _listed(lines: Sequence[Line], words: Words) -> str:
    names = part_names(lines[:NAMED], words)
    return words.say("charts.list").join(names) or words.say("charts.growth.nobody")
