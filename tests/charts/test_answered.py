"""The picture of a typed question's answer: bars, line, table, words; names are only data."""

import json
from datetime import date, datetime
from decimal import Decimal

from salesdash import charts
from salesdash.analysis.answered import Pictured, Shape
from salesdash.charts import Words
from salesdash.periods import FiscalCalendar

WORDS = Words("en", "USD", FiscalCalendar())
BARS = Pictured(
    "sql", Shape("bars", "region", "sales"), (("North", Decimal(1200)), ("North", -5), ("", 7))
)
LINE = Pictured(
    "sql",
    Shape("line", "month", "sales"),
    ((date(2026, 1, 1), 10), (date(2026, 2, 1), 20), (date(2026, 4, 1), 5)),
)


def layer(spec, name):
    return next(each for each in spec["layer"] if each["name"] == name)


def test_a_bar_for_each_row_also_of_one_name():
    rows = layer(charts.answered(BARS, WORDS), "bars")["data"]["values"]
    assert len({row["name"] for row in rows}) == 3
    assert [row["text"] for row in rows] == ["1,200", "−5", "7"]
    assert rows[2]["name"].strip("\u200b\u200c") == WORDS.say("charts.empty")
    long = Pictured("sql", BARS.shape, (("x" * 500, 1), ("y", 2)))
    assert len(layer(charts.answered(long, WORDS), "bars")["data"]["values"][0]["name"]) < 50


def test_days_stand_as_far_apart_as_they_are():
    spec = charts.answered(LINE, WORDS)
    rows = layer(spec, "line")["data"]["values"]
    assert [row["x"] - rows[0]["x"] for row in rows] == [0, 31, 90]
    axis = layer(spec, "line")["encoding"]["x"]["axis"]
    assert "Jan 2026" in axis["labelExpr"]
    assert spec["params"] == []
    day = Pictured("sql", LINE.shape, ((datetime(2026, 1, 5, 6), 1), (datetime(2026, 1, 6), 2)))
    values = layer(charts.answered(day, WORDS), "line")["data"]["values"]
    assert values[1]["x"] - values[0]["x"] == 0.75
    assert values[0]["when"].endswith("06:00")


def test_names_from_people_are_never_an_expression():
    evil = Pictured("sql", Shape("line", "m", "datum['x'].y"), LINE.points)
    spec = charts.answered(evil, WORDS)
    rows = layer(spec, "line")["data"]["values"]
    assert json.dumps(spec).count("datum['x'].y") == len(rows) == 3
    assert charts.png(charts.answered(evil, WORDS), title=("t",)).startswith(b"\x89PNG")
    assert charts.png(charts.answered(BARS, WORDS), title=("t",)).startswith(b"\x89PNG")


def test_table_and_words_are_exact():
    found = charts.table(LINE, WORDS)
    assert [column.name for column in found.columns] == ["month", "sales"]
    assert found.rows[0] == ("2026-01-01", 10)
    assert charts.table(BARS, WORDS).rows[0] == ("North", Decimal(1200))
    assert charts.alt(BARS, WORDS).startswith("sales by region: North 1,200")
