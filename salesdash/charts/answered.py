"""The answer of a typed question as bars or a line, labelled as it was asked."""

from datetime import date, datetime
from functools import cache

import altair as alt

from salesdash import formats
from salesdash.analysis.answered import Pictured
from salesdash.analysis.answers import Number
from salesdash.charts import bars, frame
from salesdash.charts.describe import alt as described
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.roles import by_role
from salesdash.charts.scales import ticks
from salesdash.charts.tables import Column, Table, table
from salesdash.charts.words import Words
from salesdash.metrics import Unit

ROW, LABELS = 34, 76
"""Height of a bar with its air, and room for figures at the ends of bars, px."""

HEIGHT = 280
MOST_LABELS = 5
NAMED = 7
"""Points that the words of a picture name."""

LONGEST_NAME = 40
"""Characters of a name beside a bar."""


def answered(answer: Pictured, words: Words) -> Spec:
    """The Vega-Lite dict; nothing in it can be picked."""
    return _bars(answer, words) if answer.shape.kind == "bars" else _line(answer, words)


def _bars(answer: Pictured, words: Words) -> Spec:
    rows = [_bar(answer, place, words) for place in range(len(answer.points))]
    zero = [{"v": 0, "role": "reference"}] if rows else []
    template = bars.horizontal((("exact", " "),), ())
    spec = frame.filled(template, {"bars": rows, "marks": (), "zero": zero})
    spec["params"] = []
    for layer in spec["layer"]:
        layer["encoding"].pop("opacity", None)  # it tells what was picked
    return bars.sized(spec, rows, ROW, LABELS)


def _bar(answer: Pictured, place: int, words: Words) -> Row:
    where, figure = answer.points[place]
    name = _where(where, words)
    value = float(figure)
    return {
        "name": _told_apart(name, place),
        "v": value,
        "at": value,
        "role": "current",
        "tone": "ink",
        "text": words.value(figure, Unit.NUMBER),
        "dx": 7 if value >= 0 else -7,
        "align": "left" if value >= 0 else "right",
        "exact": _exact(answer, figure, words),
    }


def _exact(answer: Pictured, figure: Number, words: Words) -> str:
    """For the tooltip: names of columns are data, never titles that templates are kept by."""
    return f"{answer.shape.y}: {words.value(figure, Unit.NUMBER, 'exact')}"


def _told_apart(name: str, place: int) -> str:
    """Each row is a bar of its own, also one with the name of another: invisible signs differ."""
    short = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    return short + "".join("\u200b\u200c"[bit == "1"] for bit in f"{place:b}")


def _line(answer: Pictured, words: Words) -> Spec:
    rows = [_row(answer, where, figure, words) for where, figure in answer.points]
    heights = [row["v"] for row in rows]
    places, limits = ticks(min(0.0, *heights, 0.0), max(0.0, *heights, 0.0))
    spec = frame.filled(_template(), {"line": rows, "zero": [{"v": 0, "role": "reference"}]})
    shown = _spread([row["x"] for row in rows])
    monthly = all(isinstance(day, date) and day.day == 1 for day, _ in answer.points)
    short = {
        row["x"]: words.month(day) if monthly and isinstance(day, date) else row["when"]
        for row, (day, _) in zip(rows, answer.points, strict=True)
    }
    for layer in spec["layer"]:
        encoding = layer["encoding"]
        encoding["y"]["scale"]["domain"] = list(limits)
        frame.labelled(
            encoding["y"]["axis"], places, [words.axis(place, Unit.NUMBER) for place in places]
        )
        if "x" in encoding:
            frame.labelled(encoding["x"]["axis"], shown, [short[x] for x in shown])
            encoding["x"]["scale"]["domain"] = [rows[0]["x"], rows[-1]["x"]] if rows else [0, 1]
    spec["params"] = []
    return spec


def _row(answer: Pictured, where: str | date, figure: Number, words: Words) -> Row:
    return {
        "x": _place(where),
        "v": float(figure),
        "when": _where(where, words),
        "exact": _exact(answer, figure, words),
        "role": "current",
    }


def _place(where: str | date) -> float:
    """Days along the axis; the hour is a part of one."""
    assert isinstance(where, date)
    part = where.hour / 24 + where.minute / 1440 if isinstance(where, datetime) else 0.0
    return where.toordinal() + part


def _where(where: str | date, words: Words) -> str:
    if isinstance(where, datetime) and where.time() != datetime.min.time():
        return f"{formats.date(where.date(), words.lang, 'exact')} {where:%H:%M}"
    if isinstance(where, date):
        day = where.date() if isinstance(where, datetime) else where
        return formats.date(day, words.lang, "exact")
    return where or words.say("charts.empty")


def _spread(places: list[float]) -> list[float]:
    """The ends and some between them, far enough from each other for their words."""
    if len(places) <= MOST_LABELS:
        return places
    step = (len(places) - 1) / (MOST_LABELS - 1)
    return [places[round(step * number)] for number in range(MOST_LABELS)]


@cache
def _template() -> Spec:
    tips = [alt.Tooltip(field=field, type="nominal", title=" ") for field in ("when", "exact")]
    axis = alt.Axis(title=None, grid=False, labelAngle=0, labelOverlap="greedy", labelFlush=True)
    x = alt.X(field="x", type="quantitative", axis=axis, scale=alt.Scale(nice=False, zero=False))
    scale = alt.Scale(nice=False, zero=True)
    y = alt.Y(field="v", type="quantitative", scale=scale, axis=alt.Axis(title=None))
    line = (
        alt.Chart(named("line"), name="line")
        .mark_line(strokeWidth=2, point=alt.OverlayMarkDef(size=28, filled=True))
        .encode(x=x, y=y, color=by_role(), tooltip=tips)
    )
    zero = (
        alt.Chart(named("zero"), name="zero")
        .mark_rule(strokeWidth=1.5, tooltip=False)
        .encode(y=y, color=by_role())
    )
    return frame.dressed(alt.layer(zero, line), HEIGHT)


@table.register
def _table(answer: Pictured, words: Words) -> Table:
    """The points, exactly."""
    columns = (Column(answer.shape.x, figures=False), Column(answer.shape.y))
    shown = tuple(
        (_where(where, words), words.value(figure, Unit.NUMBER, "exact"))
        for where, figure in answer.points
    )
    rows = tuple(
        (where.isoformat() if isinstance(where, date) else where, figure)
        for where, figure in answer.points
    )
    return Table(columns, shown, rows)


@described.register
def _alt(answer: Pictured, words: Words) -> str:
    told = [
        words.say(
            "charts.alt.part", name=_where(where, words), value=words.value(figure, Unit.NUMBER)
        )
        for where, figure in answer.points[:NAMED]
    ]
    parts = words.say("charts.list").join(told)
    return words.say("sql.alt", y=answer.shape.y, x=answer.shape.x, parts=parts)
