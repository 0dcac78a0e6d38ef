"""The first screen joined, and the alerts, rows and definitions beside it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from salesdash.analysis import alarms, definition, goals, kpis, overview, rows
from salesdash.analysis.asking import Question
from salesdash.charts import Words
from salesdash.config import Alert
from salesdash.errors import UsageError
from salesdash.periods import Comparison, Grain, Period, Window
from salesdash.selection import Filter
from salesdash.workspace import Goal, Terms
from tests.analysis.company import TODAY, sale, selection, settings, warehouse

EN = Words("en", "USD", names=(("sales", "Sales"), ("orders", "Orders"), ("aov", "Average order")))
ROWS = (
    *(sale(f"2025-{m:02}-05", 100, region="South") for m in range(1, 13)),
    *(sale(f"2026-{m:02}-05", 90, region="South") for m in range(1, 11)),
    sale("2025-11-06", 100, region="North"),
    sale("2026-11-05", 100, region="South"),
    sale("2026-11-17", 20, region="North"),
)


def build(chosen=None, given=ROWS, today=TODAY, waiting=0, **more):
    beside = overview.Beside(waiting)
    return overview.build(warehouse(given), settings(**more), chosen or selection(), today, beside)


def test_the_screen_joined():
    found = build(waiting=3)
    assert EN.tell(found.headline) == (
        "Sales are 40.0% below last year this month; North explains all of it."
    )
    assert [tile.metric for tile in found.tiles] == ["sales", "orders", "aov", "margin"]
    assert found.movers is not None
    assert (found.movers.dimension, found.movers.change) == ("region", -80)
    assert [EN.tell(notice.text) for notice in found.notices] == [
        "North: Sales −80.0% vs last year",
        "3 rejected rows wait",
    ]
    assert found.compared is not None
    assert found.compared.period == Period(date(2025, 11, 1), date(2025, 11, 18))
    assert found.edge == date(2026, 11, 17)


def test_the_trend_shows_the_year_around_a_month():
    found = build().trend
    assert found is not None
    assert (found.window.grain, found.grain, len(found.series[0].points)) == (
        Grain.YEAR, Grain.MONTH, 12,
    )  # fmt: skip
    assert found.headline is not None
    assert EN.tell(found.headline) == "Sales by month: below last year throughout"


def test_a_past_month_stands_in_its_whole_year():
    found = build(selection(edge=date(2025, 6, 30))).trend
    assert found is not None
    assert [point.value for point in found.series[0].points] == [100] * 10 + [200, 100]


@pytest.mark.parametrize("comparison", [Comparison.PREVIOUS, Comparison.NONE])
def test_the_year_is_compared_with_the_year_before_or_not_at_all(comparison):
    found = build(selection(comparison=comparison)).trend
    assert found is not None
    expected = Comparison.NONE if comparison is Comparison.NONE else Comparison.LAST_YEAR
    assert found.comparison is expected


def test_early_in_the_year_the_last_twelve_months_are_shown():
    given = [row for row in ROWS if str(row["order_date"]) <= "2026-02-05"]
    found = build(selection(edge=date(2026, 2, 5)), given, date(2026, 2, 6)).trend
    assert found is not None
    points = found.series[0].points
    assert (points[0].period.start, len(points), points[-1].running) == (
        date(2025, 3, 1), 12, True,
    )  # fmt: skip


@pytest.mark.parametrize("grain", [Grain.YEAR, None])
def test_a_year_or_range_is_its_own_trend(grain):
    free = Window(Period(date(2026, 3, 1), date(2026, 9, 1)))
    chosen = selection(Grain.YEAR) if grain else replace(selection(), window=free)
    found = build(chosen).trend
    assert found is not None
    assert found.window == chosen.window


def test_all_dates():
    found = build(replace(selection(), window=None))
    assert found.window.period == Period(date(2025, 1, 5), date(2026, 11, 18))
    assert EN.tell(found.headline) == "Sales are $2,320 over all dates."
    assert (found.movers, found.compared) == (None, None)


def test_an_empty_home():
    found = build(given=())
    assert (found.trend, found.movers, found.notices) == (None, None, ())
    assert found.edge == TODAY
    assert EN.tell(found.headline) == "Sales: no data this month."


def test_a_trend_of_a_metric_that_does_not_work_is_left_out():
    given = settings()
    broken = replace(given, overview=replace(given.overview, trend="extra"), hash="broken")
    assert overview.build(warehouse(ROWS), broken, selection(), TODAY).trend is None


def test_no_tiles_no_sentence():
    found = build(tiles=())
    assert found.headline.key == "analysis.headline.nothing"


def alert(metric="sales", by="0.1", compare=Comparison.LAST_YEAR) -> Alert:
    return Alert(metric, compare, Decimal(by), "warning")


def fired(*alerts, chosen=None, given=ROWS):
    question = Question(warehouse(given), settings(alerts=alerts), chosen or selection(), TODAY)
    return [(one.metric.id, one.alert.compare.value) for one in alarms.build(question)]


def test_alerts_go_off_beyond_their_limit_only():
    assert fired(alert(by="0.39"), alert(by="0.4"), alert("orders", by="0.1")) == [
        ("sales", "last-year")
    ]


@pytest.mark.parametrize("compared", [Comparison.LAST_YEAR, Comparison.PREVIOUS, Comparison.NONE])
def test_alerts_read_off_tiles_are_those_that_are_asked(compared):
    rules = settings(alerts=tuple(alert(name) for name in ("sales", "orders", "aov", "margin")))
    chosen = replace(selection(), comparison=compared)
    store = warehouse(ROWS)
    question = Question(store, rules, chosen, TODAY)
    tiles = kpis.build(store, rules, chosen, TODAY, ("sales", "margin"))
    found = alarms.build(question, tiles)
    assert found == alarms.build(question)
    assert [one.metric.id for one in found] == ["sales", "aov"]


def test_alerts_have_comparisons_of_their_own():
    chosen = selection(comparison=Comparison.NONE)
    rise = alert(compare=Comparison.PREVIOUS)  # 120 after 90: no fall
    assert fired(alert(), rise, chosen=chosen) == [("sales", "last-year")]


def test_no_alert_before_the_data_without_window_or_without_the_metric():
    assert fired(alert(), given=ROWS[12:22]) == []
    assert fired(alert(), chosen=replace(selection(), window=None)) == []
    assert fired(alert("extra")) == []


def test_shares_alert_by_points():
    given = [
        sale("2025-01-01", 1),
        sale("2025-11-05", 100, cost="70"),
        sale("2026-11-05", 100, cost="75"),
    ]
    assert fired(alert("margin", by="0.04"), given=given) == [("margin", "last-year")]
    assert fired(alert("margin", by="0.06"), given=given) == []


def test_an_alert_reaches_the_notices():
    found = build(alerts=(alert(),), movers=())
    assert [EN.tell(one.text) for one in found.notices] == ["Sales −40.0% vs last year"]


def test_rows_behind_a_figure_can_be_traced():
    found = rows.build(warehouse(ROWS), selection(), limit=1)
    assert found.more
    assert found.table.num_rows == 1
    row = found.table.to_pylist()[0]
    assert (row["order_date"], row["amount"], row["event"], row["record"]) == (
        date(2026, 11, 17), 20, 1, len(ROWS),
    )  # fmt: skip
    assert not rows.build(warehouse(ROWS), selection(), limit=2).more


def defined(metric, chosen=None):
    house = warehouse([{**row, "cost": "10"} for row in ROWS])
    return house, definition.build(house, settings(), chosen or selection(), TODAY, metric)


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        ("sales", 120),
        ("orders", 2),
        ("gross_profit", 120 - 20),
        ("margin", 100 / 120),
        ("aov", 60),
    ],
)
def test_the_sql_of_a_definition_gives_the_figure(metric, value):
    house, found = defined(metric)
    assert float(house.engine.rows(found.sql)[0][0]) == pytest.approx(value)


def test_a_definition_with_filters_and_all_dates():
    chosen = replace(selection(), window=None, filters=(Filter("region", ("North", "O'Hara")),))
    house, found = defined("sales", chosen)
    assert house.engine.rows(found.sql) == [(120,)]
    assert "'O''Hara'" in found.sql


def test_a_definition_tells_what_the_data_cover():
    _, found = defined("sales")
    assert (found.first, found.edge, found.rows, found.last_event) == (
        date(2025, 1, 5), date(2026, 11, 17), len(ROWS), 1,
    )  # fmt: skip


def test_customer_metrics_show_the_statement_they_are_made_with():
    _, found = defined("retention")
    assert found.sql.startswith("-- The days on which customers bought")
    with pytest.raises(UsageError, match=r"metric\.unknown"):
        defined("nothing")


def test_goals_off_pace_come_first_and_lead_to_their_metric_and_scope():
    north = (Filter("region", ("North",)),)
    quarter = Period(date(2026, 10, 1), date(2027, 1, 1))
    asked = [
        Goal(Terms("sales", quarter, Decimal(1000), scope), number, 1)
        for number, scope in enumerate((north, ()), 1)
    ]
    data = warehouse(ROWS)
    found = goals.build(data, settings(), asked, TODAY)
    beside = overview.Beside(0, found)
    notices = overview.build(data, settings(), selection(), TODAY, beside).notices
    told = [(EN.tell(n.text), n.page, n.metric) for n in notices[:2]]
    # North sold in one earlier quarter only: 515.15 expected after 34 of 66 working days. All
    # regions had 1,440 of 2,110 by then in seven quarters: 682.46 expected, 210 are there
    assert told == [
        ("Sales · North: $495 behind pace", "comparison", "sales"),
        ("Sales: $472 behind pace", "comparison", "sales"),
    ]
    assert notices[0].selection is not None
    assert notices[0].selection.filters == north
    assert notices[0].detail is not None
    assert EN.tell(notices[0].detail) == "$30.62 a working day needed, 32 left"
