"""A chart for a projector: its lengths grow with the window, its data stay."""

from copy import deepcopy
from typing import Any

from salesdash.charts import projected

SPEC: dict[str, Any] = {
    "height": 300,
    "width": "container",
    "config": {"axis": {"labelFontSize": 12, "ticks": False}, "text": {"fontSize": 12}},
    "params": [{"name": "pick", "select": {"type": "point"}, "views": ["points"]}],
    "layer": [
        {
            "mark": {"type": "text", "dx": {"expr": "datum.dx"}, "dy": -3, "tooltip": False},
            "encoding": {"y": {"axis": {"labelLimit": {"expr": "width / 8 - 4"}}}},
            "data": {"values": [{"dx": 10, "size": 2, "fontSize": 9}]},
        },
        {"mark": {"type": "point", "size": 52, "strokeWidth": 2}},
    ],
}


def test_lengths_grow_as_they_are_and_areas_by_the_square() -> None:
    spec = projected(SPEC)
    assert spec["config"]["axis"] == {"labelFontSize": {"expr": "12 * grow"}, "ticks": False}
    assert spec["config"]["text"]["fontSize"] == {"expr": "12 * grow"}
    words, dots = (layer["mark"] for layer in spec["layer"])
    assert words["dx"] == {"expr": "(datum.dx) * grow"}
    assert words["dy"] == {"expr": "-3 * grow"}
    assert words["tooltip"] is False
    assert dots == {
        "type": "point",
        "size": {"expr": "52 * grow * grow"},
        "strokeWidth": {"expr": "2 * grow"},
    }


def test_data_and_what_is_worked_out_from_the_width_stay() -> None:
    kept = deepcopy(SPEC)
    spec = projected(SPEC)
    assert kept == SPEC
    assert spec["layer"][0]["data"] == SPEC["layer"][0]["data"]
    limit = spec["layer"][0]["encoding"]["y"]["axis"]["labelLimit"]
    assert limit == {"expr": "width / 8 - 4"}
    assert (spec["height"], spec["width"]) == (300, "container")


def test_the_growth_is_one_up_to_the_width_it_is_drawn_for() -> None:
    signal, pick = projected(SPEC)["params"]
    assert signal == {"name": "grow", "expr": "max(1, windowSize()[0] / 940)"}
    assert pick == SPEC["params"][0]
    assert 12 * 1920 / 940 >= 24  # the smallest words on a wide screen
