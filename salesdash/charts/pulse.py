"""Who still is a customer, as a heatmap: a row by purchases, a column by days of silence."""

from functools import cache

import altair as alt

from salesdash.analysis.pulse import Beat, Pulse, Range
from salesdash.charts import frame
from salesdash.charts.describe import alt as described
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.roles import by_role
from salesdash.charts.tables import Column, Table, table
from salesdash.charts.words import Words
from salesdash.metrics import Unit

ROW, AXIS = 38, 40
"""Height of a row and of the axis, px."""

PALEST, STRONGEST = 0.05, 0.55
"""How much of the accent: ink on the strongest keeps a contrast of 4.5 in light and dark."""


def pulse(answer: Pulse, words: Words) -> Spec:
    """The Vega-Lite dict; the most purchases stand on top."""
    rows = [_cell(answer, beat, words) for beat in answer.beats]
    keys = ("purchases", "silence", "chance", "count")
    titles = tuple(words.say(f"worth.alive.{key}") for key in keys)
    spec = frame.filled(_template(titles), {"cells": rows, "texts": rows})
    spec["height"] = AXIS + ROW * len(answer.times)
    days, times = (_labels(ranges) for ranges in (answer.silences, answer.times))
    for layer in spec["layer"]:
        x, y = layer["encoding"]["x"], layer["encoding"]["y"]
        x["scale"]["domain"] = list(range(len(days)))
        y["scale"]["domain"] = list(reversed(range(len(times))))
        frame.labelled(x["axis"], list(range(len(days))), days)
        frame.labelled(y["axis"], list(range(len(times))), times)
    return spec


def span(found: Range) -> str:
    """A range of whole numbers: 2, 4–5, 20+."""
    low, high = found
    if high is None:
        return f"{low}+"
    return str(low) if low == high else f"{low}–{high}"


def _labels(ranges: tuple[Range, ...]) -> list[str]:
    return [span(each) for each in ranges]


def _cell(answer: Pulse, beat: Beat, words: Words) -> Row:
    return {
        "row": beat.row,
        "place": beat.column,
        "role": "current",
        "tone": "ink",
        "heat": PALEST + (STRONGEST - PALEST) * beat.alive,
        "text": f"{round(beat.alive * 100)}%",
        "purchases": words.say("worth.alive.times", range=span(answer.times[beat.row])),
        "silence": words.say("worth.alive.days", range=span(answer.silences[beat.column])),
        "chance": words.value(beat.alive, Unit.SHARE),
        "count": f"{beat.customers:,}",
    }


@cache
def _template(titles: tuple[str, ...]) -> Spec:
    shown = [
        alt.Tooltip(field=field, type="nominal", title=title)
        for field, title in zip(("purchases", "silence", "chance", "count"), titles, strict=True)
    ]
    x = alt.X(
        field="place",
        type="ordinal",
        sort=None,
        scale=alt.Scale(paddingInner=0.05),
        axis=alt.Axis(orient="bottom", labelAngle=0, grid=False),
    )
    y = alt.Y(
        field="row",
        type="ordinal",
        sort=None,
        scale=alt.Scale(paddingInner=0.08),
        axis=alt.Axis(grid=False),
    )
    heat = alt.Opacity(field="heat", type="quantitative", scale=None, legend=None)
    cells = (
        alt.Chart(named("cells"), name="cells")
        .mark_rect(cornerRadius=2)
        .encode(x=x, y=y, color=by_role(), opacity=heat, tooltip=shown)
    )
    texts = (
        alt.Chart(named("texts"), name="texts")
        .mark_text(baseline="middle", tooltip=False)
        .encode(x=x, y=y, text=alt.Text(field="text", type="nominal"), color=by_role("tone"))
    )
    return frame.dressed(alt.layer(cells, texts), ROW)


@table.register
def _table(answer: Pulse, words: Words) -> Table:
    """A row a cell: purchases, silence, the chance, and how many customers."""
    names = ("purchases", "silence", "chance", "count")
    columns = tuple(
        Column(words.say(f"worth.alive.{name}"), name not in names[:2]) for name in names
    )
    shown, rows = [], []
    for beat in answer.beats:
        spans = (span(answer.times[beat.row]), span(answer.silences[beat.column]))
        shown.append((*spans, words.value(beat.alive, Unit.SHARE), f"{beat.customers:,}"))
        rows.append((*spans, beat.alive, beat.customers))
    return Table(columns, tuple(shown), tuple(rows))


@described.register
def _alt(answer: Pulse, words: Words) -> str:
    parts = [
        words.say(
            "charts.alt.part", name=f"{each['purchases']}, {each['silence']}", value=each["chance"]
        )
        for each in (_cell(answer, beat, words) for beat in answer.beats)
    ]
    return words.say("worth.alive.alt", parts=words.say("charts.list").join(parts))
