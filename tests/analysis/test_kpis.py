"""Tiles on rows whose figures one can add up in the head."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
import pytest

from salesdash.analysis import kpis, trend
from salesdash.analysis.answers import Reason
from salesdash.analysis.asking import Choice
from salesdash.charts import Words
from salesdash.metrics import Thresholds
from salesdash.periods import Comparison, Grain, Period, Window
from salesdash.selection import Filter
from tests.analysis.company import EDGE, TODAY, money, sale, selection, settings, warehouse
from tests.analysis.many import frame, many
from tests.warehouse.build import build
from tests.warehouse.test_questions import settings as of_the_checkout

ROWS = (
    sale("2025-01-02", 1),
    sale("2025-11-10", 100, cost="60"),
    sale("2025-11-25", 900, cost="60"),  # after the 17th: not of the same days
    sale("2026-10-20", 70),
    sale("2026-11-03", 60, cost="40", document="A"),
    sale("2026-11-03", 20, cost="10", document="A"),
    sale("2026-11-17", 40, cost="10"),
)


def tiles(chosen=None, rows=ROWS, names=None, **more):
    built = kpis.build(warehouse(rows), settings(**more), chosen or selection(), TODAY, names)
    return {tile.metric: tile for tile in built}


def test_the_month_to_date_against_the_same_days_of_last_year():
    found = tiles()
    sales, orders, aov, margin = found.values()
    assert sales.figure.value == money("120")  # 60 + 20 + 40
    assert orders.figure.value == 2
    assert aov.figure.value == 60.0  # 120 / 2
    assert margin.figure.value == 0.5  # (120 - 60) / 120
    assert sales.change is not None
    assert (sales.change.then.value, sales.change.absolute) == (money("100"), money("20"))
    assert sales.change.ratio == pytest.approx(0.2)
    assert sales.change.judgement == "good"
    assert margin.change is not None
    assert margin.change.absolute == pytest.approx(0.5 - 0.4)


def test_twelve_months_with_those_of_a_year_earlier():
    sales = tiles()["sales"]
    assert sales.spark == (*(None,) * 10, money("70"), money("120"))
    # January 2025 and the same 17 days of November
    assert sales.spark_last_year == (None, 1, *(None,) * 9, money("100"))
    assert (sales.spark_grain, sales.spark_running) == (Grain.MONTH, True)


def test_a_complete_month_is_not_running():
    sales = tiles(selection(edge=date(2026, 10, 31)))["sales"]
    assert (sales.figure.value, sales.spark[-1], sales.spark_running) == (70, 70, False)


@pytest.mark.parametrize(
    ("grain", "spark"),
    [(Grain.WEEK, Grain.WEEK), (Grain.QUARTER, Grain.WEEK), (Grain.YEAR, Grain.MONTH)],
)
def test_the_grain_of_the_line_fits_the_window(grain, spark):
    sales = tiles(selection(grain))["sales"]
    assert (sales.spark_grain, len(sales.spark), len(sales.spark_last_year)) == (spark, 12, 12)


def test_all_dates_have_no_comparison():
    sales = tiles(replace(selection(), window=None))["sales"]
    assert (sales.figure.value, sales.change) == (money("1191"), None)


def test_no_comparison_no_change():
    assert tiles(selection(comparison=Comparison.NONE))["sales"].change is None


def test_a_comparison_before_the_data_is_blank_with_the_reason():
    sales = tiles(rows=ROWS[3:])["sales"]
    assert sales.change is not None
    first = (("first", date(2026, 10, 20)),)
    assert sales.change.then.reason == Reason("analysis.reason.before_data", first)
    assert (sales.change.absolute, sales.change.ratio) == (None, None)


def test_an_empty_month_is_blank_and_never_zero():
    sales = tiles(selection(edge=date(2026, 3, 31)))["sales"]
    assert sales.figure.value is None
    assert sales.figure.reason is not None


def test_what_is_not_mapped_says_so_by_name():
    margin = tiles(rows=[sale("2026-11-03", 5)])["margin"]
    assert margin.figure.value is None
    assert margin.figure.reason is not None
    assert margin.figure.reason.key == "metrics.reason.not_mapped"
    assert dict(margin.figure.reason.values)["fields"]


def test_a_metric_that_cannot_work_here_has_a_blank_tile():
    extra = tiles(names=["sales", "extra"])["extra"]
    assert extra.figure.reason == Reason("analysis.reason.broken")
    assert extra.spark == (None,) * 12


def test_nothing_that_works_is_all_blank():
    assert tiles(names=["extra"])["extra"].change is None


def test_a_threshold_judges():
    low = tiles(limits={"margin": Thresholds(bad=Decimal("0.6"))})["margin"]
    assert low.status is not None
    assert Words().tell(low.status) == "Below 60.0%"


def test_filters_apply():
    chosen = replace(selection(), filters=(Filter("region", ("North",)),))
    rows = [sale("2026-11-03", 5, region="North"), sale("2026-11-03", 7, region="South")]
    assert tiles(chosen, rows)["sales"].figure.value == 5


def test_notes_tell_what_is_special():
    november = Period(date(2026, 11, 1), date(2026, 12, 1))
    whole = Window(november, Grain.MONTH, november)
    notes = tiles(replace(selection(), window=whole))["sales"].notes
    assert Reason("analysis.note.beyond_data", (("edge", EDGE),)) in notes
    early = Window(Period(date(2024, 12, 1), date(2026, 11, 18)))
    notes = tiles(replace(selection(), window=early))["sales"].notes
    assert Reason("analysis.note.starts_later", (("first", date(2025, 1, 2)),)) in notes


def test_the_past_of_a_state_is_said_to_be_reconstructed():
    deals = [
        {"created_date": "2025-03-01", "outcome": "open", "amount": "70"},
        {"created_date": "2025-03-01", "close_date": str(EDGE), "outcome": "won", "amount": "30"},
    ]
    house, known = build(deals=deals), of_the_checkout()
    (now,) = kpis.build(house, known, selection(), TODAY, ("pipeline",))
    assert (now.figure.value, now.change.then.value) == (70, 100)
    assert now.notes == (Reason("analysis.note.earlier_reconstructed"),)
    october = Period(date(2026, 10, 1), date(2026, 11, 1))
    chosen = replace(selection(), window=Window(october, Grain.MONTH, october))
    (then,) = kpis.build(house, known, chosen, TODAY, ("pipeline",))
    assert then.notes == (Reason("metrics.note.reconstructed"),)
    line = trend.build(house, known, chosen, TODAY, Choice("pipeline"))
    assert line.notes == (Reason("metrics.note.reconstructed"),)


def test_lines_without_a_document_are_noted_beside_the_figure():
    rows = [sale("2026-11-01", 5), sale("2026-11-17", 5, document=None)]
    orders = tiles(rows=rows)["orders"]
    assert orders.figure.value == 1
    assert orders.figure.reason is None
    assert [note.key for note in orders.notes] == ["metrics.note.lines_without"]


def test_a_week_53_says_what_it_is_compared_with():
    monday = date(2026, 12, 28)  # week 53 of 2026
    week = Window(
        Period(monday, monday + timedelta(7)), Grain.WEEK, Period(monday, monday + timedelta(7))
    )
    rows = [sale("2025-01-01", 1), sale("2026-12-30", 5)]
    built = kpis.build(
        warehouse(rows), settings(), replace(selection(), window=week), date(2027, 1, 20), ["sales"]
    )
    assert any(note.key.startswith("periods.note") for note in built[0].notes)


def test_second_opinion_by_pandas():
    """Two years of random rows: every figure of a quarter to date again, by another way."""
    rows = many()
    data = frame(rows)
    quarter = selection(Grain.QUARTER)
    found = {tile.metric: tile for tile in kpis.build(warehouse(rows), settings(), quarter, TODAY)}

    def within(first: str, last: str) -> pd.DataFrame:
        part: pd.DataFrame = data[(data.order_date >= first) & (data.order_date <= last)]
        return part

    now, then = within("2026-10-01", "2026-11-17"), within("2025-10-01", "2025-11-17")
    sales = found["sales"]
    assert sales.change is not None
    assert sales.figure.value == now.amount.sum()
    assert sales.change.then.value == then.amount.sum()
    assert found["orders"].figure.value == now.document.nunique()
    profit = float(now.amount.sum() - now.cost.sum())
    assert found["margin"].figure.value == pytest.approx(profit / float(now.amount.sum()))
    weeks = data.assign(week=pd.to_datetime(data.order_date).dt.to_period("W-SUN"))
    by_week = weeks.groupby("week").amount.sum()
    assert [float(v or 0) for v in sales.spark] == [float(v) for v in by_week.iloc[-12:]]
