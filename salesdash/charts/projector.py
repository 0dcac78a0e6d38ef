"""A chart for a projector: every length in it grows with the window, so words stay readable."""

from typing import Any

from salesdash.charts.frame import Spec

GROW = "grow"
FITTING = 940
"""The width of a window, px, in which a chart is drawn as it is; words grow beyond."""

_LENGTHS = frozenset(
    {"fontSize", "labelFontSize", "labelPadding", "labelLimit", "limit", "offset", "padding"}
    | {"strokeWidth", "tickSize", "cornerRadius", "dx", "dy", "xOffset", "yOffset"}
)
_AREAS = frozenset({"size"})
_OF_A_ROW = "datum."
"""Lengths that rows bring; those worked out from the width of the chart fit it already."""

_DATA = frozenset({"data", "datasets"})


def projected(spec: Spec) -> Spec:
    """A copy whose words, lines, dots and gaps grow as the window does; the data stay."""
    grown: Spec = _grown(spec)
    signal = {"name": GROW, "expr": f"max(1, windowSize()[0] / {FITTING})"}
    grown["params"] = [signal, *grown.get("params", ())]
    return grown


def _grown(node: Any) -> Any:  # noqa: ANN401 - any part of a spec
    if isinstance(node, list):
        return [_grown(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {key: _part(key, value) for key, value in node.items()}


def _part(key: str, value: Any) -> Any:  # noqa: ANN401 - any part of a spec
    """A length times the growth, an area times its square; what holds data stays as it is."""
    if key in _DATA:
        return value
    factor = GROW if key in _LENGTHS else f"{GROW} * {GROW}" if key in _AREAS else ""
    if factor and isinstance(value, int | float) and not isinstance(value, bool):
        return {"expr": f"{value} * {factor}"}
    if factor and isinstance(value, dict) and _OF_A_ROW in str(value.get("expr")):
        return {"expr": f"({value['expr']}) * {factor}"}
    return _grown(value)
