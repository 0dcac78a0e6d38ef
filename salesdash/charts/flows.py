"""Customers period by period: who bought, in parts, above the line, and who was lost below it."""

from collections.abc import Sequence
from functools import cache

import altair as alt

from salesdash.analysis.answers import Number
from salesdash.analysis.customers import Flow, Flows
from salesdash.charts import frame
from salesdash.charts.describe import alt as described
from salesdash.charts.frame import Row, Spec, named
from salesdash.charts.roles import Role, by_role
from salesdash.charts.scales import spread, ticks
from salesdash.charts.tables import Column, Table, table
from salesdash.charts.timeline import timeline
from salesdash.charts.words import Words
from salesdash.metrics import Unit

HEIGHT = 280

_PLOT, _GAP = 240, 16
"""Height of the plot without its axis, and between two names at its right, px."""

_NAMES = 92
"""Room for the names of the parts at the right, px."""

PARTS: tuple[tuple[str, Role], ...] = (
    ("returning", "reference"),
    ("back", "c2"),
    ("new", "current"),
)
"""From the line upwards."""

COLUMNS = ("active", "new", "back", "returning", "lost")


def flows(answer: Flows, words: Words) -> Spec:
    """The Vega-Lite dict of the stacks; a running period is pale.

    The selection parameter `pick` carries `start` and `end` of a period, ISO, half-open.
    """
    columns = [_stack(answer, flow, words) for flow in answer.flows]
    rows = [{**row, "i": place} for place, column in enumerate(columns) for row in column]
    heights = [row[end] for row in rows for end in ("from", "to")] or [0.0]
    places, limits = ticks(min(heights), max(heights))
    names = _names(columns, limits)
    zero = [{"v": 0, "role": "reference"}] if rows else []
    spec = frame.filled(_template(words.say("charts.tip.when")), {
        "stacks": rows, "zero": zero, "names": names,
    })  # fmt: skip
    periods = [flow.period for flow in answer.flows]
    shown, labels = timeline(answer.grain, periods, words)
    for layer in spec["layer"]:
        encoding = layer["encoding"]
        encoding["y"]["scale"]["domain"] = list(limits)
        frame.labelled(
            encoding["y"]["axis"], places, [words.axis(abs(p), Unit.COUNT) for p in places]
        )
        if "x" in encoding:
            frame.labelled(encoding["x"]["axis"], shown, labels)
            encoding["x"]["scale"]["domain"] = list(range(len(periods)))
            encoding["x"]["scale"]["range"] = [0, {"expr": f"max(width - {_NAMES}, 60)"}]
    return spec


def _when(answer: Flows, flow: Flow, words: Words) -> str:
    return words.period(answer.grain, flow.period, running=flow.running)


def _stack(answer: Flows, flow: Flow, words: Words) -> list[Row]:
    """The parts of a period from the line upwards, or all who bought where parts are unknown."""
    found: list[Row] = []
    height = 0.0
    for part, role in PARTS if flow.returning is not None else (("active", "reference"),):
        value = getattr(flow, part)
        if value:
            top = height + float(value)
            found.append(_row(answer, flow, (part, role), (height, top), value, words))
            height = top
    if flow.lost:
        ends = (0.0, -float(flow.lost))
        found.append(_row(answer, flow, ("lost", "bad"), ends, flow.lost, words))
    return found


def _row(  # noqa: PLR0913 - one mark: whose, what, where, how much
    answer: Flows,
    flow: Flow,
    kind: tuple[str, Role],
    ends: tuple[float, float],
    value: Number,
    words: Words,
) -> Row:
    part, role = kind
    return {
        "when": _when(answer, flow, words),
        "start": flow.period.start.isoformat(),
        "end": flow.period.end.isoformat(),
        "name": words.say(f"charts.flows.{part}"),
        "role": role,
        "from": ends[0],
        "to": ends[1],
        "pale": 0.45 if flow.running else 1.0,
        "value": words.value(value, Unit.COUNT, "exact"),
    }


def _names(columns: Sequence[Sequence[Row]], limits: tuple[float, float]) -> list[Row]:
    """The parts of the last period that has some, beside it, none on top of another."""
    last = next((column for column in reversed(columns) if column), ())
    reach = (limits[1] - limits[0]) or 1.0
    middles = [(row["from"] + row["to"]) / 2 for row in last]
    places = spread(middles, _GAP / _PLOT * reach, *limits)
    return [
        {"v": place, "name": row["name"], "role": row["role"], "tone": "ink"}
        for row, place in zip(last, places, strict=True)
    ]


@cache
def _template(when: str) -> Spec:
    pick = alt.selection_point(name="pick", fields=["start", "end"], empty=False)
    shown = [
        alt.Tooltip(field="when", type="nominal", title=when),
        alt.Tooltip(field="name", type="nominal", title=" "),
        alt.Tooltip(field="value", type="nominal", title="  "),
    ]
    axis = alt.Axis(title=None, grid=False, labelAngle=0, labelOverlap="parity")
    band = alt.Scale(paddingInner=0.3)
    x = alt.X(field="i", type="ordinal", sort=None, axis=axis, scale=band)
    scale = alt.Scale(nice=False, zero=True)
    y = {
        field: alt.Y(field=field, type="quantitative", scale=scale, axis=alt.Axis(title=None))
        for field in ("from", "v")
    }
    stacks = (
        alt.Chart(named("stacks"), name="stacks")
        .mark_bar(cornerRadius=1)
        .encode(
            x=x,
            y=y["from"],
            y2=alt.Y2(field="to"),
            color=by_role(),
            opacity=alt.Opacity(field="pale", type="quantitative", scale=None, legend=None),
            tooltip=shown,
        )
        .add_params(pick)
    )
    zero = (
        alt.Chart(named("zero"), name="zero")
        .mark_rule(strokeWidth=1.5, tooltip=False, x=0, x2=alt.expr(f"max(width - {_NAMES}, 60)"))
        .encode(y=y["v"], color=by_role())
    )
    dots = (
        alt.Chart(named("names"), name="dots")
        .mark_point(filled=True, size=45, opacity=1, tooltip=False, x=alt.expr("width - 84"))
        .encode(y=y["v"], color=by_role())
    )
    names = (
        alt.Chart(named("names"), name="names")
        .mark_text(align="left", baseline="middle", tooltip=False, x=alt.expr("width - 76"))
        .encode(y=y["v"], text=alt.Text(field="name", type="nominal"), color=by_role("tone"))
    )
    return frame.dressed(alt.layer(stacks, zero, dots, names), HEIGHT)


@table.register
def _table(answer: Flows, words: Words) -> Table:
    titles = (
        Column(words.say("charts.tip.when"), figures=False),
        *(Column(words.say(f"charts.flows.{column}")) for column in COLUMNS),
    )
    figures = [[getattr(flow, column) for column in COLUMNS] for flow in answer.flows]
    return Table(
        titles,
        tuple(
            (_when(answer, flow, words), *(words.value(v, Unit.COUNT, "exact") for v in row))
            for flow, row in zip(answer.flows, figures, strict=True)
        ),
        tuple(
            (flow.period.start.isoformat(), *row)
            for flow, row in zip(answer.flows, figures, strict=True)
        ),
    )


@described.register
def _alt(answer: Flows, words: Words) -> str:
    told = [
        words.say(
            "charts.alt.part",
            name=_when(answer, flow, words),
            value=words.value(flow.active, Unit.COUNT),
        )
        for flow in answer.flows
    ]
    return words.say("charts.alt.flows", parts=words.say("charts.list").join(told))
