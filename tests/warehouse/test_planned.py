"""Targets reached and market share: each plan on its own days and members, never spread."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
import pytest

from salesdash.metrics import OTHER, Figure, Kind, bind
from salesdash.periods import Grain, Period
from salesdash.selection import Filter, Selection
from salesdash.warehouse.questions import measure
from tests.metrics.test_binding import SALES as SUM
from tests.metrics.test_binding import Rules, metric
from tests.warehouse.build import build
from tests.warehouse.test_deals_metrics import deal, figures
from tests.warehouse.test_questions import ALL, FEBRUARY, JANUARY, MARCH, bound, month, sale

SALES = (
    sale("2026-01-05", 100, region="North", person="Ann"),
    sale("2026-01-31", 50, region="South", person="Bob"),
    sale("2026-02-03", 80, region="North", person="Ann"),
    sale("2026-03-10", 10, region="North", person="Ann"),
)
QUARTER = Period(date(2026, 1, 1), date(2026, 4, 1))


def target(start, value, end=None, **more):
    return {"period_start": start, "period_end": end, "target": str(value), **more}


def market(start, amount, end=None, **more):
    return {"period_start": start, "period_end": end, "amount": str(amount), **more}


MONTHS = (target("2026-01-01", 200), target("2026-02-01", 100, metric="sales"))
REGIONS = (
    target("2026-01-01", 120, region="North"),
    target("2026-01-01", 40, region="South"),
    target("2026-01-01", 30, region="West"),
)
NO_TARGET = Figure(None, "metrics.reason.no_plan", (("dataset", "targets"),))


def attainment(targets, window=JANUARY, selection=ALL, rows=SALES):
    store = build(rows, targets=targets)
    return figures(store, ("quota_attainment",), window, selection)["quota_attainment"]


class TestQuota:
    def test_sales_over_the_target_of_the_month(self):
        assert attainment(MONTHS) == Figure(150 / 200)

    def test_targets_of_a_part_are_compared_with_that_part_and_it_is_said(self):
        facts = (("first", date(2026, 1, 1)), ("last", date(2026, 2, 28)))
        # the sales of March have no target
        expected = Figure((150 + 80) / 300, "metrics.note.plans_part", facts)
        assert attainment(MONTHS, QUARTER) == expected

    def test_a_quarter_stands_for_its_months_and_is_not_prorated(self):
        quarter = target("2026-01-01", 600, "2026-03-31")
        facts = (("last", date(2026, 3, 31)), ("edge", date(2026, 3, 10)))
        expected = Figure(240 / 600, "metrics.note.plans_running", facts)
        assert attainment([*MONTHS, quarter], QUARTER) == expected

    def test_days_within_a_target_have_none(self):
        assert attainment(MONTHS, Period(date(2026, 2, 1), date(2026, 2, 15))) == NO_TARGET
        assert attainment(MONTHS, MARCH) == NO_TARGET

    def test_a_month_after_the_data_is_blank(self):
        found = attainment([target("2026-04-01", 9)], month(2026, 4))
        assert found == Figure(None, "metrics.reason.no_rows")

    def test_a_month_without_a_sale_between_others_is_0(self):
        rows = (SALES[0], SALES[3])
        assert attainment(MONTHS, FEBRUARY, rows=rows) == Figure(0.0)

    def test_the_newest_row_stands_and_void_ones_do_not(self):
        newer = target("2026-01-01", 300, event=2)
        void = target("2026-01-01", 1, event=3, counts=False)
        assert attainment([*MONTHS, newer, void]) == Figure(150 / 300)

    def test_targets_of_other_metrics_are_others(self):
        assert attainment([target("2026-01-01", 7, metric="orders")]) == NO_TARGET

    def test_without_targets_it_says_what_to_import(self):
        assert attainment(()) == Figure(None, "metrics.reason.empty", (("dataset", "targets"),))

    def test_of_won_deals(self):
        deals = [
            deal("2026-01-02", "2026-01-20", "won", 90),
            deal("2026-01-02", "2026-01-31", "lost", 50),
        ]
        store = build(deals=deals, targets=[target("2026-01-01", 120, metric="won_amount")])
        found = figures(store, ("quota_attainment_won", "quota_attainment"))
        assert found["quota_attainment_won"] == Figure(90 / 120)
        assert found["quota_attainment"].reason == "metrics.reason.empty"


class TestMembers:
    def test_by_region_each_against_its_own(self):
        store = build(SALES, targets=[*MONTHS, *REGIONS])
        ids = ("sales_targets", "quota_attainment")
        found = measure(store, bound(store), ids, ALL, windows=(JANUARY,), by=("region",))
        parts = {m[0]: found.figure("quota_attainment", members=m).value for m in found.members()}
        assert parts == {"North": 100 / 120, "South": 50 / 40, "West": 0}

    def test_the_whole_takes_the_target_of_the_company_else_the_sum_of_the_regions(self):
        assert attainment([*MONTHS, *REGIONS]).value == 150 / 200
        assert attainment(REGIONS).value == 150 / 190  # never both

    def test_a_filter_takes_the_targets_about_it(self):
        def only(**members: str) -> Selection:
            return Selection(None, filters=tuple(Filter(d, (m,)) for d, m in members.items()))

        assert attainment([*MONTHS, *REGIONS], selection=only(region="North")).value == 100 / 120
        assert attainment([*MONTHS, *REGIONS], selection=only(person="Ann")) == NO_TARGET
        south = Selection(None, filters=(Filter("region", ("North", "West"), exclude=True),))
        assert attainment([*MONTHS, *REGIONS], selection=south).value == 50 / 40

    def test_members_beyond_the_top_stand_together(self):
        store = build(SALES, targets=REGIONS)
        found = measure(
            store, bound(store), ("sales", "quota_attainment"), ALL, windows=(JANUARY,),
            by=("region",), top=1,
        )  # fmt: skip
        assert found.figure("quota_attainment", members=("North",)).value == 100 / 120
        assert found.figure("quota_attainment", members=(OTHER,)).value == 50 / 70

    def test_a_breakdown_that_no_target_states_is_blank(self):
        store = build(SALES, targets=REGIONS)
        found = measure(
            store, bound(store), ("quota_attainment",), ALL, windows=(JANUARY,), by=("person",)
        )
        lacking = (("dimension", "person"), ("dataset", "targets"))
        assert found.figure("quota_attainment") == Figure(
            None, "metrics.reason.no_breakdown", lacking
        )

    def test_by_month(self):
        store = build(SALES, targets=MONTHS)
        found = measure(
            store, bound(store), ("quota_attainment",), ALL, windows=(QUARTER,), grain=Grain.MONTH
        )
        values = [figure.value for _, figure in found.series("quota_attainment")]
        assert values == [0.75, 0.8, None]


class TestMarket:
    def share(self, rows, window=JANUARY, selection=ALL):
        store = build(SALES, market=rows)
        return figures(store, ("market_share",), window, selection)["market_share"]

    def test_sales_over_the_market(self):
        assert self.share([market("2026-01-01", 3000)]) == Figure(150 / 3000)

    def test_rows_of_the_same_market_add_up(self):
        rows = [market("2026-01-01", 1000), market("2026-01-01", 500)]
        assert self.share(rows) == Figure(150 / 1500)

    def test_only_regions_whose_market_is_known_are_compared(self):
        assert self.share([market("2026-01-01", 500, region="South")]) == Figure(50 / 500)

    def test_periods_and_members_not_covered_whole_are_blank(self):
        blank = Figure(None, "metrics.reason.no_plan", (("dataset", "market"),))
        january = market("2026-01-01", 500, region="North")
        february = market("2026-02-01", 500, region="North")
        both = Period(date(2026, 1, 1), date(2026, 3, 1))
        assert self.share([january], both) == blank
        assert self.share([january, february], both) == Figure(180 / 1000)
        south = market("2026-01-01", 10, region="South")  # of January alone: left out on both sides
        assert self.share([january, february, south], both) == Figure(180 / 1000)
        year = market("2026-01-01", 9000, "2026-12-31")
        assert self.share([year]) == blank


def test_only_sums_are_set_against_plans():
    plan = metric("plan", Kind.PLANNED, of="dear", takes="plan", dataset="targets")
    found = bind(Rules({m.id: m for m in (SUM, metric("dear", sql="max(price)"), plan)}))
    assert found.broken["plan"].key == "config.metric.planned"


@pytest.mark.parametrize("seed", range(5))
def test_as_pandas_counts_it(seed):
    dice = random.Random(seed)
    regions, months = ("N", "S", "W"), [date(2026, n, 1) for n in range(1, 10)]
    rows = [
        sale(
            str(months[0] + timedelta(days=dice.randint(0, 270))), dice.randint(-20, 300),
            region=dice.choice([*regions, None]),
        )
        for _ in range(80)
    ]  # fmt: skip
    rows += [sale("2025-12-31", 1), sale("2026-12-31", 1)]
    targets = [
        target(str(start), dice.randint(1, 500), region=region)
        for start in months
        for region in regions
        if dice.random() < 0.8
    ]
    windows = []
    for _ in range(6):
        first = date(2026, 1, 1) + timedelta(days=dice.randint(0, 90))
        windows.append(Period(first, first + timedelta(days=dice.randint(40, 180))))
    store = build(rows, targets=targets)
    found = measure(store, bound(store), ("quota_attainment",), ALL, windows=windows)
    parts = measure(
        store, bound(store), ("quota_attainment",), ALL, windows=windows, by=("region",)
    )
    sold, plans = pd.DataFrame(rows), pd.DataFrame(targets)
    sold["month"] = pd.to_datetime(sold.order_date).dt.to_period("M")
    sold["amount"] = sold.amount.map(Decimal)
    plans["month"] = pd.to_datetime(plans.period_start).dt.to_period("M")
    plans["target"] = plans.target.map(Decimal)
    actual = sold.groupby(["region", "month"], as_index=False).amount.sum()
    both = plans.merge(actual, on=["region", "month"], how="left").fillna({"amount": Decimal(0)})
    for number, window in enumerate(windows):
        whole = (both.month.dt.start_time >= pd.Timestamp(window.start)) & (
            both.month.dt.end_time < pd.Timestamp(window.end)
        )
        inside = both[whole]
        value = found.figure("quota_attainment", number).value
        if inside.empty:
            assert value is None
            continue
        assert value == pytest.approx(float(inside.amount.sum() / inside.target.sum()))
        for region, each in inside.groupby("region"):
            part = parts.figure("quota_attainment", number, None, (str(region),)).value
            assert part == pytest.approx(float(each.amount.sum() / each.target.sum()))
