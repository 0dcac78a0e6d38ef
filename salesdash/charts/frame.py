"""What all charts share: quiet axes, named data that is filled in later, labels from Python.

A chart is built by Altair once per kind of question, with data under names; each answer then
fills in rows, ticks and labels. Names from files appear in rows only, never in an expression.
"""

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import altair as alt

from salesdash.charts.roles import HALO

Row = dict[str, Any]
Spec = dict[str, Any]

Label = str | list[str]
"""One tick's words; a list has several lines."""

LABEL = 12
"""Size of words in a chart, px."""


def named(name: str) -> alt.NamedData:
    """Data that `fill` brings."""
    return alt.NamedData(name=name)


def dressed(chart: alt.LayerChart | alt.FacetChart, height: int) -> Spec:
    """The dict of a chart with the configuration all charts share."""
    spec: Spec = (
        chart.properties(
            height=height,
            width="container",
            autosize=alt.AutoSizeParams(type="fit", contains="padding"),
        )
        .configure_view(stroke=None)
        .configure_axis(ticks=False, domain=False, labelPadding=8, title=None, labelFontSize=LABEL)
        .configure_axisX(grid=False)
        .configure_text(fontSize=LABEL)
        .to_dict()
    )
    spec.pop("data", None)
    return spec


def filled(template: Spec, data: Mapping[str, Sequence[Row]]) -> Spec:
    """A copy of the template with each named data replaced by its rows; empty layers leave."""
    spec = deepcopy(template)
    spec["layer"] = [layer for layer in spec["layer"] if data[layer["data"]["name"]]]
    for layer in spec["layer"]:
        layer["data"] = {"values": list(data[layer["data"]["name"]])}
    present = {layer.get("name") for layer in spec["layer"]}
    spec["params"] = [p for p in spec.get("params", ()) if set(p["views"]) & present]
    return spec


def labelled(axis: Spec, values: Sequence[float], labels: Sequence[Label]) -> None:
    """Put ticks and their words on an axis, so that language follows the app, not the browser."""
    axis["values"] = list(values)
    words, places = json.dumps(list(labels), ensure_ascii=False), json.dumps(list(values))
    axis["labelExpr"] = f"{words}[indexof({places}, datum.value)]"


def haloed(name: str, mark: Row) -> tuple[alt.Chart, alt.Chart]:
    """A text layer and, under it, its halo in the colour of the page: readable over lines."""
    halo: Row = {"fill": HALO, "stroke": HALO, "strokeWidth": 4, "strokeJoin": "round"}
    under = alt.Chart(named(name), name=f"{name}-halo").mark_text(tooltip=False, **halo, **mark)
    over = alt.Chart(named(name), name=name).mark_text(tooltip=False, **mark)
    return under, over
