"""Trends on rows whose figures one can add up in the head."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from salesdash.analysis import trend
from salesdash.analysis.answers import Series, Trend
from salesdash.analysis.asking import Choice
from salesdash.errors import UsageError
from salesdash.periods import Comparison, Grain, Period, Window
from tests.analysis.company import TODAY, money, sale, selection, settings, warehouse
from tests.analysis.many import frame, many

ROWS = (
    sale("2025-01-05", 50, cost="40"),
    sale("2025-02-05", 60, cost="40"),
    sale("2025-03-02", 15, cost="10"),
    sale("2025-03-25", 55, cost="40"),
    sale("2025-04-05", 80, cost="40"),
    sale("2026-01-05", 100, cost="50"),
    sale("2026-02-05", 40, cost="30"),
    sale("2026-03-04", 20, cost="10"),
)
TO_MARCH = selection(Grain.YEAR, date(2026, 3, 4))


def build(metric="sales", chosen=None, rows=ROWS, **choice) -> Trend:
    house = warehouse(rows)
    return trend.build(house, settings(), chosen or TO_MARCH, TODAY, Choice(metric, **choice))


def values(series: Series) -> list[object]:
    return [point.value for point in series.points]


def test_months_of_the_year_to_date_beside_last_year():
    found = build()
    (now,), (then, same_days) = found.series, found.reference
    assert values(now) == [100, 40, 20, *(None,) * 9]
    assert [point.running for point in now.points][:4] == [False, False, True, False]
    assert now.points[2].period == Period(date(2026, 3, 1), date(2026, 3, 5))
    assert values(then)[:5] == [50, 60, 70, 80, None]
    assert len(then.points) == 12
    assert [(p.value, p.period.end) for p in same_days.points] == [(15, date(2025, 3, 5))]


def test_the_total_is_asked_for_the_same_days():
    total = build().total
    assert (total.now.value, total.then.value) == (160, 125)  # 100+40+20 and 50+60+15
    assert total.ratio == pytest.approx(35 / 125)


def test_a_ratio_of_periods_is_never_an_average_of_ratios():
    found = build("margin")
    assert values(found.series[0])[:2] == [0.5, 0.25]
    assert found.total.now.value == pytest.approx((160 - 90) / 160)
    assert not found.additive


def test_against_the_period_before():
    march = selection(edge=date(2026, 3, 31), comparison=Comparison.PREVIOUS)
    rows = [*ROWS, sale("2026-03-31", 7)]
    found = build(chosen=march, rows=rows)
    (now,), (then,) = found.series, found.reference
    assert (found.grain, len(now.points), len(then.points)) == (Grain.DAY, 31, 28)
    assert (now.points[3].value, now.points[30].value) == (20, 7)
    assert then.points[4].value == 40  # 5 February beside 5 March


def test_without_comparison_there_is_no_reference():
    found = build(chosen=selection(Grain.YEAR, date(2026, 3, 4), Comparison.NONE))
    assert found.reference == ()
    assert found.total.absolute is None


def test_all_dates_by_month_from_the_first():
    found = build(chosen=replace(TO_MARCH, window=None))
    assert values(found.series[0]) == [50, 60, 70, 80, *(None,) * 8, 100, 40, 20]
    assert found.reference == ()
    assert found.series[0].points[-1].running


def test_no_data_at_all_is_an_empty_line():
    found = trend.build(warehouse([]), settings(), TO_MARCH, TODAY, Choice("sales"))
    assert set(values(found.series[0])) == {None}
    assert found.reference == ()


def test_what_lies_before_the_data_is_blank_not_low():
    rows = [sale("2025-02-20", 9), *ROWS[2:]]
    then = build(rows=rows).reference[0]
    assert values(then)[:3] == [None, None, 70]  # February began before the data did


def test_a_window_inside_a_month_shows_the_month_whole():
    free = replace(TO_MARCH, window=Window(Period(date(2025, 2, 3), date(2025, 4, 1))))
    found = build(chosen=free, grain=Grain.MONTH)
    assert values(found.series[0]) == [60, 70]


def test_running_totals():
    found = build(cumulative=True)
    assert values(found.series[0])[:4] == [100, 140, 160, None]
    assert values(found.reference[0])[:4] == [50, 110, 180, 260]
    assert values(found.reference[1]) == [125]  # 50 + 60 + the same days' 15
    assert found.cumulative


@pytest.mark.parametrize("metric", ["margin", "orders", "buyers"])
def test_what_does_not_add_up_has_no_running_total(metric):
    with pytest.raises(UsageError, match=r"trend\.not_additive"):
        build(metric, cumulative=True)


def test_unknown_metrics_and_dimensions_are_refused():
    with pytest.raises(UsageError, match=r"metric\.unknown"):
        build("turnover")
    with pytest.raises(UsageError, match=r"dimension\.unknown"):
        build(by="colour")


def test_a_moving_average_begins_before_the_window():
    chosen = selection(Grain.YEAR, date(2026, 3, 31))
    rows = [*ROWS, sale("2025-12-05", 10), sale("2026-03-31", 10)]
    found = build(chosen=chosen, rows=rows, average=3)
    assert found.average is not None
    assert found.average_periods == 3
    # November nothing, December 10, January 100: 110 / 3; then 150 / 3, then 170 / 3
    expected = [Decimal(110) / 3, Decimal(50), Decimal(170) / 3]
    assert values(found.average) == expected


def test_an_average_knows_only_complete_periods_within_the_data():
    found = build(average=2)
    assert found.average is not None
    assert [point.period.start.month for point in found.average.points] == [1, 2]
    early = build(chosen=selection(Grain.YEAR, date(2025, 4, 30)), average=2)
    assert early.average is not None
    assert values(early.average)[:2] == [None, 55]  # December 2024 is before the data


def test_the_average_of_a_ratio_is_the_ratio_of_the_months_together():
    found = build("margin", average=2)
    assert found.average is not None
    assert values(found.average)[1] == pytest.approx((140 - 80) / 140)  # not (0.5 + 0.25) / 2


def test_shares_of_customers_have_no_average_and_say_so():
    rows = [sale("2025-01-05", 1, customer="A"), sale("2026-03-01", 1, customer="A")]
    found = build("retention", rows=rows, average=2)
    assert found.average is None
    assert found.notes[0].key == "analysis.note.no_average"


def test_a_line_without_any_point_says_why():
    rows = [sale("2025-01-05", 1, customer="A"), sale("2026-03-01", 1, customer="A")]
    found = build("retention", rows=rows)  # 12 months before the window would be needed too
    assert not any(point.value for point in found.series[0].points)
    assert [note.key for note in found.notes] == ["metrics.reason.short_history"]


@pytest.mark.parametrize("choice", [{"by": "region"}, {"cumulative": True}, {"average": 1}])
def test_no_average_where_it_would_be_one_line_too_many(choice):
    found = build(rows=[sale("2026-01-05", 1, region="N")], **{"average": 3, **choice})
    assert (found.average, found.average_periods) == (None, None)


def test_an_average_needs_a_complete_period():
    found = build(chosen=selection(Grain.YEAR, date(2026, 1, 5)), rows=ROWS[:6], average=2)
    assert found.average is None


REGIONS = [
    sale("2026-01-05", 10 - n, region=region, document=f"R{n}")
    for n, region in enumerate(["A", "B", "C", "D", "E", None, "G", "H"])
]


def test_six_members_and_the_others_together():
    rows = [*REGIONS, sale("2025-01-05", 7, region="A"), sale("2025-01-06", 2, region="H")]
    found = build(rows=rows, by="region")
    assert [one.member for one in found.series] == ["A", "B", "C", "D", "E", "", None]
    assert [one.role for one in found.series] == ["category"] * 6 + ["other"]
    assert [one.points[0].value for one in found.series] == [10, 9, 8, 7, 6, 5, 4 + 3]
    beside = {(one.member, one.role): one.points[0].value for one in found.reference}
    assert beside[("A", "reference")] == 7
    assert beside[(None, "other")] == 2


def test_orders_of_the_others_are_counted_not_summed():
    rows = [*REGIONS, sale("2026-01-06", 1, region="G", document="R7")]  # H's order, too
    found = build("orders", rows=rows, by="region")
    assert found.series[-1].role == "other"
    kept = {one.member for one in found.series[:-1]}
    left = {"A", "B", "C", "D", "E", "", "G", "H"} - kept
    documents = {r["document"] for r in rows if (r["region"] or "") in left}
    assert found.series[-1].points[0].value == len(documents)


def test_members_are_called_by_their_names():
    rows = [sale("2026-01-05", 5, customer="C-1", customer_name="Bergmann")]
    assert build(rows=rows, by="customer").series[0].label == "Bergmann"


def test_a_breakdown_without_rows_has_an_empty_line():
    found = build(chosen=selection(Grain.YEAR, date(2030, 3, 4)), rows=REGIONS, by="region")
    assert len(found.series) == 1
    assert set(values(found.series[0])) == {None}


@pytest.mark.parametrize(
    ("grain", "rule"), [(Grain.WEEK, "W-SUN"), (Grain.MONTH, "M"), (Grain.QUARTER, "Q")]
)
def test_second_opinion_by_pandas(grain, rule):
    rows = many()
    data = frame(rows)
    data["unit"] = pd.to_datetime(data.order_date).dt.to_period(rule)
    chosen = replace(selection(), window=None)
    for metric, expected in (
        ("sales", data.groupby("unit").amount.sum()),
        ("orders", data.groupby("unit").document.nunique()),
    ):
        found = build(metric, chosen, rows, grain=grain)
        assert [v for v in values(found.series[0]) if v is not None] == list(expected)


def test_second_opinion_by_pandas_for_a_breakdown():
    rows = many()
    data = frame(rows)
    data = data[data.order_date >= "2026-01-01"]
    data["unit"] = pd.to_datetime(data.order_date).dt.month
    found = build("orders", selection(Grain.YEAR), rows, by="person")
    top = [one.member for one in found.series if one.role != "other"]
    counts = data.groupby("person").document.nunique()
    assert sorted(counts[counts.index.isin(top)]) == sorted(counts.nlargest(6))
    others = data[~data.person.isin(top)].groupby("unit").document.nunique()
    assert values(found.series[-1])[:11] == [others[month] for month in range(1, 12)]


def test_money_is_exact():
    rows = [sale("2026-01-05", "0.10"), sale("2026-01-06", "0.20")]
    assert build(rows=rows).series[0].points[0].value == money("0.30")
