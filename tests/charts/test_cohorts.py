"""Cohorts as a heatmap, a table and words."""

from datetime import date

import pytest

from salesdash import charts
from salesdash.analysis.cohort import Cell, Cohort, Measure
from salesdash.analysis.cohorts import Cohorts, Heat
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.periods import Grain, Period

EN, ZH = Words("en", "USD"), Words("zh", "CNY")
MONTHS = tuple(Period(date(2026, n, 1), date(2026, n + 1, 1)) for n in (9, 10, 11))
FOUND = Cohorts(
    "sales",
    Unit.MONEY,
    Grain.MONTH,
    None,
    MONTHS,
    rows=(
        Cohort(
            MONTHS[0],
            None,
            1000,
            (Cell(1000, 1000, 50_000), Cell(1000, 250, 9_000), Cell(1000, 40, 800, running=True)),
            known=False,
        ),
        Cohort(
            MONTHS[1],
            None,
            20,
            (Cell(20, 20, 900), Cell(20, 5, 100, running=True), None),
            known=False,
        ),
        Cohort(MONTHS[2], None, 3, (Cell(3, 3, 60, running=True), None, None)),
    ),
    average=(Cell(20, 20, 900), None, None),
    first=date(2026, 9, 1),
)


def layer(spec, name):
    return next(one for one in spec["layer"] if one["name"] == name)["data"]["values"]


def test_what_is_over_is_filled_and_what_runs_is_an_outline():
    spec = charts.cohorts(Heat(FOUND, Measure.SHARE), EN)
    filled = [(row["row"], row["place"], row["text"]) for row in layer(spec, "cells")]
    assert filled == [(0, 0, "100%"), (0, 1, "25%"), (1, 0, "100%"), (3, 0, "100%")]
    running = [(row["row"], row["place"], row["tone"]) for row in layer(spec, "running")]
    assert running == [(0, 2, "muted"), (1, 1, "muted"), (2, 0, "muted")]
    assert layer(spec, "running")[0]["when"] == "Sep 2026 or earlier, month 2 (not over yet)"
    assert [one["name"] for one in spec["params"]] == ["pick", "columns"]


def test_the_first_period_does_not_make_all_others_pale():
    heat = {row["text"]: row["heat"] for row in layer(
        charts.cohorts(Heat(FOUND, Measure.AMOUNT), EN), "cells"
    )}  # fmt: skip
    assert heat["9K"] == heat["50K"] == pytest.approx(0.55)  # the largest afterwards, and beyond
    assert heat["900"] == pytest.approx(0.05 + 0.5 * 0.1)


def test_names_say_what_cannot_be_known_and_how_many_they_are():
    spec = charts.cohorts(Heat(FOUND, Measure.SHARE), EN)
    labels = spec["layer"][0]["encoding"]["y"]["axis"]["labelExpr"]
    told = ("Sep 2026 or earlier · 1,000", "Oct 2026* · 20", "Nov 2026 · 3", "Average")
    assert all(name in labels for name in told)


@pytest.mark.parametrize(
    ("measure", "shown"),
    [
        (Measure.CUSTOMERS, ("1,000", "250", "(40)")),
        (Measure.PER_CUSTOMER, ("$50.00", "$9.00", "($0.80)")),
    ],
)
def test_the_table_has_running_cells_in_brackets(measure, shown):
    table = charts.table(Heat(FOUND, measure), EN)
    assert [column.name for column in table.columns][:4] == [
        "First purchase", "Customers", "Periods that are over", "month 0"
    ]  # fmt: skip
    assert table.shown[0] == ("Sep 2026 or earlier", "1,000", "2", *shown)
    assert table.shown[-1][:4] == ("Average", "", "1", table.shown[1][3])
    assert table.rows[1][4:] == (FOUND.rows[1].cells[1].value(measure), None)


def test_members_and_what_is_left_of_them():
    rows = (
        Cohort(None, "Web", 5, FOUND.average),
        Cohort(None, None, 4, FOUND.average),
        Cohort(None, None, 9, FOUND.average, others=7),
    )
    assert [charts.cohort_name(FOUND, row, EN) for row in rows] == [
        "Web",
        "(empty)",
        "Other 7 members",
    ]


def test_it_is_told_in_both_languages():
    said = charts.alt(Heat(FOUND, Measure.SHARE), EN)
    assert said.startswith("Share by cohort, 3 rows.")
    assert "month 0 100%" in said.replace(":", "").replace("100.0%", "100%")
    assert "同期群" in charts.alt(Heat(FOUND, Measure.SHARE), ZH)
