"""Customers: who comes, is back, stays and is lost; retention; the largest."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from salesdash import config
from salesdash.analysis import customers
from salesdash.analysis.answers import Amount
from salesdash.analysis.customers import Customers, Watch
from salesdash.errors import UsageError
from salesdash.metrics.customers import months_before
from salesdash.periods import Grain, Period, Window
from tests.analysis.company import TODAY, sale, selection, warehouse
from tests.analysis.many import frame, many

SETTINGS = config.load(Path(__file__).resolve().parents[2] / "config.yaml")
ROWS = (
    sale("2024-01-05", 5, customer="Z"),
    sale("2025-03-10", 10, customer="A"),  # silent afterwards
    sale("2025-11-20", 10, customer="L"),  # a year is over on 20 November 2026
    sale("2025-09-10", 40, customer="B"),
    sale("2026-09-10", 60, customer="B"),
    sale("2026-10-01", 100, customer="N"),  # new
    sale("2026-10-20", 30, customer="A"),  # back after more than a year
    sale("2026-11-03", 50, customer="B", document="X1"),
    sale("2026-11-04", 15, customer="B", document="X2"),
    sale("2026-11-05", 5, customer=None),
)


def build(rows=ROWS, chosen=None, watch=None, settings=SETTINGS) -> Customers:
    return customers.build(
        warehouse(rows), settings, chosen or selection(Grain.QUARTER), TODAY, watch or Watch()
    )


def test_each_period_has_its_parts():
    flows = {flow.period.start: flow for flow in build().flows.flows}
    assert len(flows) == 12
    october, november = flows[date(2026, 10, 1)], flows[date(2026, 11, 1)]
    assert (october.active, october.new, october.back, october.returning) == (2, 1, 1, 0)
    assert (november.active, november.new, november.back, november.returning) == (1, 0, 0, 1)
    assert (october.running, november.running) == (False, True)
    march = flows[date(2026, 3, 1)]
    assert (march.active, march.lost) == (None, 1)  # A's year is over, nobody bought


def test_the_sentence_weighs_who_came_against_who_was_lost():
    """October to 17 November: N came, A came back, nobody's year ended (L's ends on the 20th)."""
    told = build().headline
    assert told.key == "analysis.customers.grew"
    values = dict(told.values)
    assert (values["net"], values["came"], values["lost"]) == (Amount(2), Amount(2), Amount(0))
    year = replace(selection(), window=Window(Period(date(2025, 12, 1), date(2026, 10, 1))))
    shrank = build(chosen=year).headline
    assert shrank.key == "analysis.customers.shrank"  # A alone was lost
    assert dict(shrank.values)["net"] == Amount(1)


def test_without_history_it_says_who_bought_and_why_no_more():
    rows = [sale("2026-10-05", 10, customer="A"), sale("2026-11-05", 5, customer="B")]
    found = build(rows)
    assert found.headline.key == "analysis.headline.stated"
    flow = found.flows.flows[-1]
    assert (flow.active, flow.new, flow.returning) == (1, None, None)
    assert found.flows.reason is not None
    assert found.flows.reason.key == "metrics.reason.short_history"


def test_the_largest_with_orders_and_last_purchase():
    found = build().buyers
    assert [
        (line.member, line.change.now.value, orders, day)
        for line, orders, day in zip(
            found.breakdown.lines, found.orders, found.last, strict=True
        )
    ] == [
        ("N", 100, 1, date(2026, 10, 1)),
        ("B", 65, 2, date(2026, 11, 4)),
        ("A", 30, 1, date(2026, 10, 20)),
        ("", 5, 1, date(2026, 11, 5)),
    ]  # fmt: skip
    assert sum(line.share for line in found.breakdown.lines) == pytest.approx(1)


def test_others_have_neither_orders_nor_a_day():
    rows = [sale("2026-10-05", n + 1, customer=f"C{n}") for n in range(15)]
    found = build(rows, watch=Watch(limit=10)).buyers
    assert (found.orders[-1], found.last[-1]) == (None, None)
    assert found.breakdown.lines[-1].count == 5


def test_how_much_hangs_on_few():
    """1 + 2 + ... + 20 = 210; the ten largest have 155, a fifth (17 to 20) has 74."""
    rows = [sale("2026-10-05", n + 1, customer=f"C{n:02}") for n in range(20)]
    rows.append(sale("2026-10-05", 999, customer=None))  # belongs to nobody
    found = build(rows).concentration
    assert (found.customers, found.fifth_count) == (20, 4)
    assert found.ten == pytest.approx(155 / 210)
    assert found.fifth == pytest.approx(74 / 210)
    assert found.most is not None
    assert (found.most.count, found.most.of) == (12, 20)  # 9 to 20: 174 of 168 needed


def test_ten_customers_or_fewer_are_no_top_ten():
    assert build().concentration.ten is None


def test_lines_without_customer_are_said():
    without = build().without
    assert without is not None
    assert dict(without.values)["lines"] == 1


def test_another_window_loses_customers_sooner_and_is_remembered_apart():
    """A quarter: B bought on 10 September, then in November; L has long been lost."""
    found = build(watch=Watch(Grain.QUARTER, 3))
    assert found.months == 3
    flows = {flow.period.start: flow for flow in found.flows.flows}
    assert len(flows) == 8
    assert flows[date(2026, 1, 1)].lost == 1  # L, who bought in the quarter before
    assert build().months == 12


def test_the_course_of_retention_is_that_of_the_window():
    year, month = build().retention, build(watch=Watch(months=1)).retention
    assert year is not None
    assert month is not None
    assert year.metric == "customer_retention"
    assert len(year.series[0].points) == 12
    values = [[p.value for p in one.series[0].points] for one in (year, month)]
    assert values[0] != values[1]


def test_data_without_customers():
    assert not customers.is_known(warehouse([sale("2026-11-05", 1)]), "sales")
    assert customers.is_known(warehouse(ROWS), "sales")


def test_without_any_metric_that_adds_up_nothing_can_be_ordered():
    counts = {
        name: metric for name, metric in SETTINGS.metrics.items() if name == "active_customers"
    }
    overview = replace(SETTINGS.overview, tiles=(), alerts=())
    lonely = replace(SETTINGS, metrics=counts, overview=overview, hash="lonely")
    with pytest.raises(UsageError, match="no_value"):
        build(settings=lonely)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("months", [1, 3, 12])
def test_every_period_agrees_with_pandas_and_its_parts_sum(seed, months):
    rows = many(600, seed)
    found = build(rows, watch=Watch(months=months))
    data = frame(rows)
    data = data[data.amount > 0]
    data["day"] = pd.to_datetime(data.order_date).dt.date

    def who(first: date | None, last: date) -> set[str]:
        inside = data[data.day < last]
        return set(inside[inside.day >= first].customer if first else inside.customer)

    for flow in found.flows.flows:
        start, end = flow.period.start, flow.period.end
        before = months_before(start, months)
        bought, earlier = who(start, end), who(None, start)
        new = bought - earlier
        back = (bought & who(None, before)) - who(before, start)
        lost = who(before, start) - who(months_before(end, months), end)
        assert flow.active == len(bought)
        assert flow.lost == len(lost)
        assert (flow.new, flow.back) == (len(new), len(back))
        assert flow.returning == len(bought) - len(new) - len(back)
        assert flow.returning == len(bought & who(before, start))


@pytest.mark.parametrize("seed", range(3))
def test_the_largest_agree_with_pandas(seed):
    rows = many(600, seed)
    found = build(rows, watch=Watch(limit=5)).buyers
    data = frame(rows)
    inside = data[(data.order_date >= "2026-10-01") & (data.order_date <= "2026-11-17")]
    totals = inside.groupby("customer").amount.sum()
    largest = sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))[:5]
    assert [(x.member, x.change.now.value) for x in found.breakdown.lines[:5]] == largest
    positive = data[data.amount > 0]
    for line, orders, day in zip(found.breakdown.lines[:5], found.orders, found.last, strict=False):
        own = positive[positive.customer == line.member]
        assert day == pd.to_datetime(own.order_date).max().date()
        assert (
            orders
            == inside[
                (inside.customer == line.member) & (inside.amount > Decimal(0))
            ].document.nunique()
        )
    assert found.breakdown.total.change.now.value == sum(totals)
    assert TODAY - timedelta(days=1) == date(2026, 11, 17)
