"""The specification of movers."""

import json
from dataclasses import replace

import pytest

from salesdash import charts
from salesdash.analysis.answers import Mover, Movers
from salesdash.charts import Words
from salesdash.metrics import Unit
from tests.charts.samples import movers

EN, ZH = Words("en", "USD"), Words("zh", "CNY")


def bars(answer, words=EN):
    spec = charts.movers(answer, words)
    return next(one["data"]["values"] for one in spec["layer"] if one["name"] == "bars")


def test_bars_in_order_with_sign_and_figure():
    assert [(row["name"], row["text"], row["role"]) for row in bars(movers())] == [
        ("North · Key accounts", "−$418K", "bad"),
        ("North · Distributors", "−$192K", "bad"),
        ("West · Pumps", "−$121K", "bad"),
        ("East · Valves", "−$74.0K", "bad"),
        ("South · Online", "+$96.0K", "good"),
        ("Other 14 members", "+$59.0K", "good"),
    ]
    assert bars(movers(), ZH)[-1]["name"] == "其余 14 项"


def test_figures_stand_outside_their_bars():
    sides = {(row["align"], row["dx"] > 0, row["v"] > 0) for row in bars(movers())}
    assert sides == {("right", False, False), ("left", True, True)}


@pytest.mark.parametrize(
    ("better", "roles"), [("up", {"bad", "good"}), ("down", {"bad", "good"}), ("none", {"current"})]
)
def test_green_and_red_only_where_a_direction_is_better(better, roles):
    found = bars(replace(movers(), better=better))
    assert {row["role"] for row in found} == roles
    if better == "down":
        assert found[0]["role"] == "good"


def test_a_click_names_dimension_and_member_other_is_marked():
    found = bars(movers())
    assert (found[0]["dimension"], found[0]["member"], found[0]["part"]) == (
        "segment", "North · Key accounts", "member",
    )  # fmt: skip
    assert (found[-1]["part"], found[-1]["member"]) == ("other", None)
    params = charts.movers(movers(), EN)["params"]
    assert [(one["name"], one["select"]["fields"]) for one in params] == [
        ("pick", ["dimension", "part", "member"])
    ]


def test_two_members_of_one_name_are_told_apart_and_nothing_has_a_word():
    parts = [
        Mover("C-1", "Chen", 1, 3, -2),
        Mover("C-2", "Chen", 1, 2, -1),
        Mover("", None, 1, 1, 0),
    ]
    answer = Movers("orders", Unit.COUNT, "customer", tuple(parts), -3, 2 / 3)
    assert [row["name"] for row in bars(answer)] == ["Chen · C-1", "Chen · C-2", "(empty)"]
    assert [row["text"] for row in bars(answer)] == ["−2", "−1", "0"]
    assert bars(answer)[2]["role"] == "current"


def test_the_axis_starts_at_zero_and_leaves_pixels_for_figures():
    spec = charts.movers(movers(), EN)
    scale = spec["layer"][0]["encoding"]["x"]["scale"]
    assert (scale["nice"], scale["zero"], scale["padding"]) == (False, True, 0)
    assert scale["range"] == [62, {"expr": "max(width - 62, 63)"}]
    only_losses = charts.movers(replace(movers(), parts=movers().parts[:3]), EN)
    assert (
        only_losses["layer"][0]["encoding"]["x"]["scale"]["range"][1]["expr"]
        == "max(width - 6, 63)"
    )
    assert spec["height"] == 6 * 44 + 16


def test_names_are_data_only():
    evil = "'] + datum.v + ['"
    answer = replace(movers(), parts=(Mover(evil, None, 1, 2, -1),))
    spec = charts.movers(answer, EN)
    for layer in spec["layer"]:
        layer.pop("data")
    assert evil not in json.dumps(spec)


def test_nothing_moved_is_an_empty_chart():
    assert charts.movers(replace(movers(), parts=()), EN)["layer"] == []
