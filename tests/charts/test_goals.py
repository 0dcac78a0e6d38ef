"""Targets on the drawing of a trend."""

from dataclasses import replace
from decimal import Decimal

from salesdash import charts
from salesdash.analysis.answers import Target
from salesdash.charts import Words
from tests.charts.samples import months, year_to_date
from tests.charts.test_lines import rows

EN, ZH = Words("en", "USD"), Words("zh", "CNY")


def with_targets(*values: str, first: int = 9, **more):
    answer = year_to_date()
    found = tuple(
        Target(months(2026)[first + n], Decimal(value) * 1_000_000)
        for n, value in enumerate(values)
    )
    return replace(answer, targets=found, **more)


def test_equal_neighbours_are_one_rule_and_the_last_one_has_the_words():
    spec = charts.trend(with_targets("5", "5", "6"), EN)
    assert [(row["from"], row["to"], row["v"]) for row in rows(spec, "targets")] == [
        (8.5, 10.5, 5_000_000),
        (10.5, 11.5, 6_000_000),
    ]
    assert [(row["i"], row["text"]) for row in rows(spec, "target-labels")] == [
        (11.5, "Goal $6.00M")
    ]
    assert rows(charts.trend(with_targets("5"), ZH), "target-labels")[0]["text"] == "目标 ¥500万"


def test_the_axis_reaches_up_to_the_target():
    high = charts.trend(with_targets("19"), EN)["layer"][0]["encoding"]["y"]["scale"]["domain"][1]
    assert high >= 19_000_000


def test_running_totals_have_one_rule_over_the_whole_axis():
    spec = charts.trend(with_targets("60", cumulative=True), EN)
    assert [(row["from"], row["to"]) for row in rows(spec, "targets")] == [(-0.5, 11.5)]


def test_without_targets_nothing_is_drawn():
    spec = charts.trend(year_to_date(), EN)
    assert rows(spec, "targets") == rows(spec, "target-labels") == []


def test_the_table_has_the_targets_too():
    table = charts.table(with_targets("5"), EN)
    assert table.columns[-1].name == "Goal"
    assert [cells[-1] for cells in table.shown[8:11]] == ["—", "$5,000,000.00", "—"]
    assert [cells[-1] for cells in table.rows[8:11]] == [None, Decimal(5_000_000), None]
