"""The outlook of a goal day by day, and its chart: Wednesday 18 November 2026, data to the 17th."""

from datetime import date
from decimal import Decimal

import pytest

from salesdash import charts
from salesdash.analysis import goals, outlook
from salesdash.analysis.outlook import Outlook
from salesdash.charts import Words
from salesdash.periods import Period
from salesdash.workspace import Goal, Terms
from tests.analysis.company import TODAY, sale, settings, warehouse

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
EN, ZH = Words("en", "USD", names=(("sales", "Sales"),)), Words("zh", "CNY")
ROWS = [
    *(
        sale(f"{2024 + m // 12}-{m % 12 + 1:02}-{day:02}", amount, cost=amount / 4 + m % 3)
        for m in range(8, 34)
        for day, amount in ((3, 40), (12, 20 + m % 4), (27, 40 - m % 3))
    ),
    sale("2026-11-03", 44, cost=10),
    sale("2026-11-17", 6, cost=2),
]


def seen(metric="sales", target="100", period=NOVEMBER, rows=ROWS, **more) -> Outlook:
    data, known = warehouse(rows), settings()
    terms = Terms(metric, period, Decimal(target), **more)
    (goal,) = goals.build(data, known, [Goal(terms, 1, 1, "Ana")], TODAY)
    found = outlook.build(data, known, goal)
    assert found is not None
    return found


def test_each_day_has_what_was_what_should_have_been_and_what_may_come():
    found = seen()
    days = {each.day: each for each in found.moments}
    assert [each.day for each in found.moments] == [*NOVEMBER]  # some sales fall on weekends
    third, edge, last = days[date(2026, 11, 3)], days[found.edge], found.moments[-1]
    assert third.actual == 44
    assert third.last_year == 40
    assert third.ahead is None
    assert (edge.day, edge.actual) == (date(2026, 11, 17), 50)
    assert edge.ahead is not None
    assert (edge.ahead.mean, edge.ahead.wide) == (50, (50, 50))
    assert (last.actual, last.expected) == (None, 100)
    assert last.last_year == pytest.approx(40 + 20 + 22 % 4 + 40 - 22 % 3)


def test_the_pace_never_falls_and_the_fan_opens_to_the_forecast():
    found = seen()
    paces = [each.expected for each in found.moments]
    assert paces == sorted(paces)
    fan = [each.ahead for each in found.moments if each.ahead is not None]
    widths = [each.wide[1] - each.wide[0] for each in fan]
    assert widths == sorted(widths)
    assert widths[0] == 0
    assert all(each.wide[0] <= each.half[0] <= each.mean <= each.half[1] for each in fan)


def test_what_is_needed_soon_follows_the_pace():
    # the 27th still brings 40: after 5 working days (24 November) nothing of it is usually there
    found = seen()
    assert found.soon is not None
    amount, days = found.soon
    assert days == 5
    assert amount == pytest.approx(0, abs=3)


def test_a_short_history_has_a_straight_pace_and_no_fan():
    found = seen(rows=ROWS[-2:])
    first, last = found.moments[0], found.moments[-1]
    assert first.expected == pytest.approx(100 / 21)
    assert (last.expected, last.ahead, last.last_year) == (100, None, None)


def test_a_level_begins_where_it_is():
    found = seen("margin", "0.7")
    assert not found.accumulates
    assert found.moments[2].actual == pytest.approx(34 / 44)
    assert found.moments[-1].ahead is not None
    assert found.soon is None
    spec = charts.outlook(found, EN)
    assert layer(spec, "actual")[0]["i"] > 0


def test_a_long_period_is_shown_by_so_many_days():
    found = seen(period=Period(date(2026, 10, 1), date(2027, 1, 1)), target="300")
    assert len(found.moments) <= outlook.MOMENTS + 3
    assert found.moments[-1].day == date(2026, 12, 31)


def test_a_goal_without_a_figure_has_no_outlook():
    terms = Terms("sales", Period(date(2027, 1, 1), date(2027, 2, 1)), Decimal(5))
    data = warehouse(ROWS)
    (goal,) = goals.build(data, settings(), [Goal(terms, 1, 1, "Ana")], TODAY)
    assert outlook.build(data, settings(), goal) is None


def layer(spec, name):
    return next((x["data"]["values"] for x in spec["layer"] if x["name"] == name), [])


def test_the_chart_has_lines_a_fan_and_words_at_their_ends():
    found = seen(floor=Decimal(80), stretch=Decimal(120))
    spec = charts.outlook(found, EN)
    assert layer(spec, "actual")[0] == {"i": 0, "v": 0.0, "role": "current"}
    assert layer(spec, "actual")[-1]["v"] == 50
    assert [row["v"] for row in layer(spec, "levels")] == [100, 80, 120]
    assert layer(spec, "wide")[-1]["low"] < layer(spec, "half")[-1]["low"]
    texts = [row["text"] for row in layer(spec, "labels")]
    assert texts[:3] == ["Goal $100", "Floor $80.00", "Stretch $120"]
    assert {"pace", "last year", "17 Nov: $50.00"} <= set(texts)
    assert all("$" in row["actual"] or row["actual"] == "—" for row in layer(spec, "days"))
    assert spec["height"] == 300


def test_the_table_and_the_words_say_the_same():
    found = seen()
    table = charts.table(found, EN)
    assert [column.name for column in table.columns][:4] == [
        "Until",
        "Actual",
        "Expected",
        "Last year",
    ]
    assert table.rows[2][:2] == ("2026-11-03", 44)
    assert table.shown[2][:2] == ("3 Nov 2026", "$44.00")
    told = charts.alt(found, EN)
    assert told.startswith("Sales, 1–30 Nov 2026: $50.00 by 17 Nov, goal $100")
    assert "80% of outcomes" in told
    assert charts.alt(found, ZH)
    short = charts.alt(seen(rows=ROWS[-2:]), EN)
    assert "outcomes" not in short


def test_the_chart_is_a_picture_too():
    found = seen()
    assert charts.png(charts.outlook(found, ZH), title=("x", "y"))[:4] == b"\x89PNG"


def test_estimates_of_things_that_are_counted_are_whole():
    found = seen("orders", "6")
    table = charts.table(found, EN)
    told = [cell for row in table.shown for cell in row[1:] if cell != "—"]
    assert told
    assert all(cell.isdecimal() for cell in told)
    assert outlook.whole(Decimal("2.5"), found.unit) == 2
    assert outlook.whole(2.5, seen().unit) == 2.5
