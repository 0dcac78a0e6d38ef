"""Who still is a customer as a heatmap, and the back-test as lines; tables and words of both."""

from datetime import date, timedelta

import pytest

from salesdash import charts
from salesdash.analysis.pulse import Beat, Pulse
from salesdash.analysis.worth import BackTest
from salesdash.charts import Words
from salesdash.lifetimes import Frequency, Models, Spend

EN, ZH = Words("en", "USD"), Words("zh", "CNY")
PULSE = Pulse((Beat(0, 0, 40, 0.97), Beat(2, 4, 7, 0.5), Beat(5, 5, 1, 0.004)))
MODELS = Models(Frequency(1, 1, 1, 1, 0, 1, 1), Spend(1, 2, 1, 0, 1, None))
FIRST = date(2026, 1, 5)
TOLD = BackTest(
    FIRST,
    FIRST + timedelta(days=23),
    50,
    (31.2, 36),
    (900.0, 950.0),
    tuple((FIRST + timedelta(days=7 * n - 1), 9.6 * n, 11 * n) for n in (1, 2, 3)),
    MODELS,
)


def layer(spec, name):
    return next(one for one in spec["layer"] if one["name"] == name)


def test_a_cell_is_as_strong_as_its_chance_and_says_it():
    cells = layer(charts.pulse(PULSE, EN), "cells")["data"]["values"]
    assert [(cell["row"], cell["place"], cell["text"]) for cell in cells] == [
        (0, 0, "97%"),
        (2, 4, "50%"),
        (5, 5, "0%"),
    ]
    assert [cell["heat"] for cell in cells] == sorted((c["heat"] for c in cells), reverse=True)
    assert (cells[1]["purchases"], cells[1]["silence"]) == ("4–5 purchases", "181–365 days")


def test_the_most_purchases_stand_on_top():
    y = layer(charts.pulse(PULSE, EN), "cells")["encoding"]["y"]
    assert y["scale"]["domain"] == [5, 4, 3, 2, 1, 0]
    assert "20+" in y["axis"]["labelExpr"]


@pytest.mark.parametrize(("words", "told"), [(EN, "Chance"), (ZH, "概率")])
def test_the_heatmap_as_table_and_words(words, told):
    table = charts.table(PULSE, words)
    assert table.rows[0] == ("2", "0–30", 0.97, 40)
    assert table.shown[2][:2] == ("20+", "366+")
    assert told in charts.alt(PULSE, words)
    assert "97.0%" in charts.alt(PULSE, words)


def test_the_back_test_is_two_lines_from_zero_with_their_names():
    spec = charts.tracking(TOLD, EN)
    came = layer(spec, "came")["data"]["values"]
    assert [row["v"] for row in came] == [11, 22, 33]
    assert [row["v"] for row in layer(spec, "expected")["data"]["values"]] == pytest.approx(
        [9.6, 19.2, 28.8]
    )
    names = layer(spec, "names")["data"]["values"]
    assert {row["name"] for row in names} == {"expected", "came"}
    assert abs(names[0]["at"] - names[1]["at"]) > 2  # words do not lie on one another
    assert layer(spec, "came")["encoding"]["y"]["scale"]["domain"][0] == 0


@pytest.mark.parametrize(
    ("words", "told"), [(EN, "31 expected and 36 came by 28 Jan"), (ZH, "实际 36 单")]
)
def test_the_back_test_as_table_and_words(words, told):
    table = charts.table(TOLD, words)
    assert table.rows[-1] == ("2026-01-25", pytest.approx(28.8), 33)
    assert told in charts.alt(TOLD, words)
