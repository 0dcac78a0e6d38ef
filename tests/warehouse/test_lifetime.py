"""What a customer is worth until they leave, on rows one can check by eye and on random ones."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from salesdash.metrics import Figure, bind
from salesdash.periods import Period
from salesdash.warehouse.questions import measure
from tests.warehouse.build import build
from tests.warehouse.test_deals_metrics import figures
from tests.warehouse.test_questions import ALL, JANUARY, sale, settings

IDS = ("lifetime_revenue", "clv", "clv_to_cac")
OLD = (
    sale("2024-02-01", 5, "A"),  # 24 months before February 2026
    *(sale("2024-06-01", 10, name) for name in "BCD"),
)
YEAR = (
    sale("2025-02-01", 100, "A", cost="60"),
    sale("2025-05-01", 300, "A", cost="180"),
    sale("2025-09-01", 200, "B", cost="120"),
    sale("2026-01-10", 200, "E"),  # its first purchase
    sale("2026-01-11", 999),  # nobody's
    sale("2026-01-31", -100, "B", cost="-60"),
)
COSTS = ({"cost_date": "2026-01-09", "amount": "40", "purpose": "acquisition"},)


def values(rows, window=JANUARY):
    found = figures(build(rows, costs=COSTS), IDS, window)
    return [found[name].value for name in IDS]


def test_by_hand():
    # 700 from 3 customers; 2 of 4 came back, so half leave in a year and one stays 2 years;
    # margin (500 - 300) / 500 = 40 %; one new customer for 40
    revenue = 700 / 3 * 2
    assert values([*OLD, *YEAR]) == pytest.approx([revenue, revenue * 0.4, revenue * 0.4 / 40])


def test_who_never_leaves_stays_10_years():
    rows = [sale("2024-02-01", 5, "A"), sale("2025-02-01", 100, "A", cost="60")]
    assert figures(build([*rows, YEAR[4]]), IDS)["clv"].value == pytest.approx(100 * 0.4 * 10)


def test_it_needs_24_months():
    short = [sale("2024-02-02", 5, "A"), *OLD[1:], *YEAR]
    found = figures(build(short), IDS[:2])
    assert {each.reason for each in found.values()} == {"metrics.reason.short_history"}


def test_without_costs_or_profits_there_is_revenue_alone():
    rows = [{**row, "cost": None} for row in (*OLD, *YEAR)]
    found = figures(build(rows, costs=COSTS), IDS)
    blank = Figure(None, "metrics.reason.not_mapped", (("fields", ("profit", "cost")),))
    assert found["lifetime_revenue"].value == pytest.approx(700 / 3 * 2)
    assert (found["clv"], found["clv_to_cac"]) == (blank, blank)


def test_lines_without_customer_are_told():
    notes = figures(build([*OLD, *YEAR]), IDS)["clv"].notes
    assert ("metrics.note.lines_without", (("field", "customer"), ("lines", 1))) in notes


def test_the_year_is_one_whatever_the_window_of_customers():
    store = build([*OLD, *YEAR])
    for months in (3, 24):
        rules = replace(settings(), window_months=months, hash=str(months))
        found = measure(store, bind(rules), ("clv", "churn"), ALL, windows=(JANUARY,))
        assert found.figure("clv").value == pytest.approx(700 / 3 * 2 * 0.4)
        assert found.figure("churn").value != 0.5


@pytest.mark.parametrize("seed", range(4))
def test_as_loops_count_it(seed):
    dice = random.Random(seed)
    rows = [
        sale(
            str(date(2023, 1, 1) + timedelta(days=dice.randint(0, 1200))), dice.randint(-20, 90),
            dice.choice([*"ABCDEFGHIJKL", None]), cost=dice.choice([None, "7", "11", "23"]),
        )
        for _ in range(120)
    ]  # fmt: skip
    ends = (date(2025, 7, 1), date(2026, 2, 1))
    store = build(rows)
    windows = [Period(end - timedelta(days=31), end) for end in ends]
    found = measure(store, bind(settings()), IDS[:2], ALL, windows=windows)
    for number, end in enumerate(ends):
        start, before = end.replace(year=end.year - 1), end.replace(year=end.year - 2)
        year = [r for r in rows if str(start) <= str(r["order_date"]) < str(end)]
        earlier = [r for r in rows if str(before) <= str(r["order_date"]) < str(start)]
        now, then = (
            {r["customer"] for r in each if r["customer"] and Decimal(str(r["amount"])) > 0}
            for each in (year, earlier)
        )
        churn = 1 - len(now & then) / len(then)
        bought = sum(float(str(r["amount"])) for r in year if r["customer"])
        priced = [r for r in year if r["cost"] is not None]
        charged = sum(float(str(r["amount"])) for r in priced)
        margin = (charged - sum(float(str(r["cost"])) for r in priced)) / charged
        revenue = bought / len(now) * (min(1 / churn, 10) if churn else 10)
        assert found.figure("lifetime_revenue", number).value == pytest.approx(revenue)
        assert found.figure("clv", number).value == pytest.approx(revenue * margin)
