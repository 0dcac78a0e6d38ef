"""The pace of goals, learned from rows: Wednesday 18 November 2026, data to the 17th."""

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from salesdash.analysis import goals
from salesdash.analysis.progress import Progress, State
from salesdash.periods import Period
from salesdash.selection import Filter
from salesdash.workspace import Goal, Terms
from tests.analysis.company import EDGE, TODAY, sale, settings, warehouse
from tests.analysis.many import frame, many

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
Q4 = Period(date(2026, 10, 1), date(2027, 1, 1))
NORTH = (Filter("region", ("North",)),)


def one(rows, metric="sales", period=NOVEMBER, target=100, scope=(), **more) -> Progress:
    terms = Terms(metric, period, Decimal(str(target)), scope=scope)
    (found,) = goals.build(warehouse(rows), settings(**more), [Goal(terms, 1, 1, "Ana")], TODAY)
    return found


def worked(rows):
    """Without what falls on weekends."""
    return [r for r in rows if date.fromisoformat(str(r["order_date"])).weekday() < 5]


def by_hand(daily: pd.Series, months: list[str], part: float) -> float:
    """The part of their totals that months had at a share of their days, all or working ones."""
    held = total = 0.0
    for month in months:
        own = daily[month]
        steps = np.arange(len(own) + 1)
        held += float(np.interp(part * len(own), steps, np.concatenate([[0], own.cumsum()])))
        total += float(own.sum())
    return held / total


def test_two_earlier_novembers_tell_how_much_should_be_there_by_now():
    rows = (
        sale("2024-10-07", 1),
        sale("2024-11-04", 30),
        sale("2024-11-28", 70),  # Thursday
        sale("2025-11-03", 60),
        sale("2025-11-27", 40),
        sale("2026-11-02", 50),
        sale("2026-11-17", 4),
    )
    found = one(rows, target=100)
    assert found.pace.kind == "learned"
    assert found.expected == 45  # (30 + 60) of (100 + 100), of the target of 100
    assert (found.actual.value, found.gap, found.state) == (54, 9, State.ON_PACE)
    assert found.pace.left == 9  # 12 of 21 working days have passed
    assert found.needed == pytest.approx(Decimal(46) / 9)


def test_one_earlier_november_and_nothing_else_is_too_little():
    found = one((sale("2025-11-03", 60), sale("2026-11-17", 4)))
    assert found.pace.kind == "linear"
    assert found.expected == Decimal(100) * 12 / 21


@pytest.mark.parametrize("scope", [(), NORTH])
def test_a_pandas_frame_says_the_same_of_working_days(scope):
    rows = worked(many(3000))
    found = one(rows, scope=scope)
    data = frame(rows)
    data = data[data["region"] == "North"] if scope else data
    days = pd.bdate_range("2024-11-01", "2026-11-17")
    daily = data.groupby(pd.to_datetime(data["order_date"]))["amount"].sum().astype(float)
    share = by_hand(daily.reindex(days, fill_value=0.0), ["2024-11", "2025-11"], 12 / 21)
    assert found.pace.share == pytest.approx(share)
    assert float(found.expected) == pytest.approx(100 * share)


def test_all_days_count_where_days_off_bring_something_too():
    rows = many(3000)
    found, data = one(rows), frame(rows)
    daily = data.groupby(pd.to_datetime(data["order_date"]))["amount"].sum().astype(float)
    daily = daily.reindex(pd.date_range("2024-11-01", "2026-11-17"), fill_value=0.0)
    assert found.pace.share == pytest.approx(by_hand(daily, ["2024-11", "2025-11"], 17 / 30))


def test_different_orders_are_counted_at_both_moments():
    rows = worked(many(3000))
    found, data = one(rows, "orders"), frame(rows)
    held = total = 0.0
    for month, at in (("2024-11", 12), ("2025-11", 12 * 20 / 21)):  # of 21 and of 20 working days
        inside = data[data["order_date"].str.startswith(month)]
        days = pd.bdate_range(f"{month}-01", pd.Timestamp(f"{month}-01") + pd.offsets.MonthEnd())
        counts = [
            inside[pd.to_datetime(inside["order_date"]) <= day]["document"].nunique()
            for day in days
        ]
        held += float(np.interp(at, np.arange(len(days) + 1), [0, *counts]))
        total += inside["document"].nunique()
    assert found.pace.share == pytest.approx(held / total)


def test_a_ratio_should_stand_where_it_stood_by_then():
    rows = (
        sale("2026-08-03", 100, cost=50),  # half by the middle, then 0.6 at the end
        sale("2026-08-27", 100, cost=30),
        sale("2026-09-01", 100, cost=50),
        sale("2026-09-28", 100, cost=30),
        sale("2026-10-01", 100, cost=50),
        sale("2026-10-29", 100, cost=30),
        sale("2026-11-02", 100, cost=48),
        sale("2026-11-17", 100, cost=48),
    )
    found = one(rows, "margin", target="0.6")
    assert found.pace.share == pytest.approx(0.5 / 0.6)
    assert float(found.expected) == pytest.approx(0.5)
    assert found.state is State.ON_PACE  # 0.52 of the 0.5 that is usual by now
    assert found.told is not None
    assert (found.told.key, found.needed) == ("goals.gap.higher", None)


def test_what_should_stay_low_is_told_by_the_share_that_is_usual_by_now():
    earlier = [
        sale(f"2026-{month:02}-{day:02}", 1, cost=cost)
        for month in (8, 9, 10)
        for day, cost in ((3, 80), (28, 20))
    ]
    rows = (*earlier, sale("2026-11-17", 1, cost=79))
    found = one(rows, "cost", target=100)
    assert found.expected == 80
    assert (found.state, found.spare) == (State.ON_PACE, Decimal(21) / 9)
    assert one(rows, "cost", target=98).state is State.AT_RISK  # 78.4 would be usual
    assert one(rows, "cost", target=85).state is State.OFF_PACE


def test_a_month_without_any_import_is_a_gap_and_a_slow_one_is_not():
    whole = [sale(f"2026-{m:02}-02", 10) for m in (3, 4, 6, 7, 8, 9, 10)]
    late = [sale(f"2026-{m:02}-28", 10, region="North") for m in (3, 4, 6, 7, 8, 9, 10)]
    rows = (*whole, *late, sale("2026-11-17", 5))
    found = one(rows)
    assert date(2026, 5, 1) not in {each.start for each in found.pace.learned.units}
    south = (sale("2026-03-02", 1, region="South"), sale("2026-04-02", 1, region="South"))
    only = one((*rows, *south), scope=(Filter("region", ("South",)),))
    # zeros of a region while the others sold are zeros: they tell nothing of its pace
    assert [each.start.month for each in only.pace.learned.units] == [3, 4]
    assert only.pace.share == 1


def test_a_member_is_looked_at_from_its_first_month_on():
    old = [sale(f"2025-{m:02}-{d:02}", 10) for m in range(1, 13) for d in (2, 28)]
    new = [sale(f"2026-{m:02}-{d:02}", 10) for m in range(1, 11) for d in (2, 28)]
    joined = [sale(f"2026-{m:02}-05", 10, region="North") for m in (9, 10, 11)]
    found = one((*old, *new, *joined, sale("2026-11-17", 5)), scope=NORTH)
    assert [each.start.month for each in found.pace.learned.units] == [9, 10]


def test_all_zeros_teach_nothing():
    rows = [sale(f"2026-{m:02}-02", 0) for m in range(1, 12)]
    found = one((*rows, sale("2026-11-17", 0)))
    assert (found.pace.kind, found.actual.value) == ("linear", 0)


def test_a_quarter_and_a_free_range_have_equals_too():
    rows = worked(many(3000))
    assert one(rows, period=Q4).pace.kind == "learned"
    days = Period(date(2026, 11, 9), date(2026, 11, 23))
    found = one(rows, period=days)
    assert [each.days for each in found.pace.learned.units] == [14, 14]
    assert {each.start for each in found.pace.learned.units} == {
        date(2025, 11, 10),
        date(2024, 11, 11),
    }
    assert found.edge == EDGE
