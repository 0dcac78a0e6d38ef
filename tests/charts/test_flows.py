"""Customers period by period as stacks."""

from datetime import date

from salesdash import charts
from salesdash.analysis.customers import Flow, Flows
from salesdash.charts import Words
from salesdash.periods import Grain, Period

EN = Words("en", "USD")
MONTHS = [Period(date(2026, n, 1), date(2026, n + 1, 1)) for n in (9, 10)]
RUNNING = Period(date(2026, 11, 1), date(2026, 11, 18))
ANSWER = Flows(
    "active_customers",
    Grain.MONTH,
    (
        Flow(MONTHS[0], False, 40, None, None, None, None),  # the data don't go back far enough
        Flow(MONTHS[1], False, 50, 8, 2, 40, 5),
        Flow(RUNNING, True, 20, 4, 0, 16, 3),
    ),
    None,
)


def layer(spec, name):
    return next(one for one in spec["layer"] if one["name"] == name)


def rows(spec, name):
    return layer(spec, name)["data"]["values"]


def test_parts_stand_on_each_other_and_the_lost_hang_below():
    stacks = [
        (row["i"], row["name"], row["from"], row["to"], row["role"])
        for row in rows(charts.flows(ANSWER, EN), "stacks")
    ]
    assert stacks == [
        (0, "Bought", 0, 40, "reference"),
        (1, "Returning", 0, 40, "reference"),
        (1, "Reactivated", 40, 42, "c2"),
        (1, "New", 42, 50, "current"),
        (1, "Lost", 0, -5, "bad"),
        (2, "Returning", 0, 16, "reference"),
        (2, "New", 16, 20, "current"),
        (2, "Lost", 0, -3, "bad"),
    ]


def test_a_running_period_is_pale_and_says_its_days():
    last = rows(charts.flows(ANSWER, EN), "stacks")[-1]
    assert last["pale"] < 1
    assert last["when"] == "1–17 Nov"


def test_a_click_names_the_period():
    spec = charts.flows(ANSWER, EN)
    row = rows(spec, "stacks")[1]
    assert (row["start"], row["end"]) == ("2026-10-01", "2026-11-01")
    assert [one["name"] for one in spec["params"]] == ["pick"]


def test_names_beside_the_last_period_keep_their_distance():
    places = [row["v"] for row in rows(charts.flows(ANSWER, EN), "names")]
    gaps = [abs(one - other) for n, one in enumerate(places) for other in places[n + 1 :]]
    assert min(gaps) > 3


def test_no_customers_no_stacks():
    empty = Flows("active_customers", Grain.MONTH, (), None)
    assert charts.flows(empty, EN)["layer"] == []


def test_the_table_has_each_part():
    found = charts.table(ANSWER, EN)
    assert [column.name for column in found.columns] == [
        "Period", "Bought", "New", "Reactivated", "Returning", "Lost",
    ]  # fmt: skip
    assert found.shown[0] == ("Sep 2026", "40", "—", "—", "—", "—")
    assert found.rows[1] == ("2026-10-01", 50, 8, 2, 40, 5)
    for row in found.rows[1:]:
        assert row[1] == row[2] + row[3] + row[4]


def test_in_words():
    told = charts.alt(ANSWER, EN)
    assert told == "Customers who bought, by period: Sep 2026 40, Oct 2026 50, 1–17 Nov 20."
