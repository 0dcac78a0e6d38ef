"""Running totals: 1, 1+2, 1+2+3 ... with a running period on top."""

from datetime import date
from decimal import Decimal

from salesdash.analysis import totals
from salesdash.analysis.answers import Point, Series
from salesdash.periods import FiscalCalendar, Grain, Period
from tests.charts.samples import line, months

DAYS = Period(date(2026, 3, 1), date(2026, 3, 18))
SAME_DAYS = Period(date(2025, 3, 1), date(2025, 3, 18))


def values(series: Series) -> list[object]:
    return [point.value for point in series.points]


def test_each_point_is_the_sum_up_to_it_and_the_future_is_blank():
    now = line(months(2026)[:5], [Decimal(1), Decimal(2)], running=(2, DAYS, Decimal(4)))
    (found,), _ = totals.running((now,), ())
    assert values(found) == [1, 3, 7, None, None]
    assert [point.running for point in found.points] == [False, False, True, False, False]


def test_a_month_without_data_keeps_the_total_and_none_comes_before_the_first():
    now = line(months(2026)[:4], [None, 2, None, 3])
    (found,), _ = totals.running((now,), ())
    assert values(found) == [None, 2, 2, 5]


def test_the_same_days_lie_on_top_of_the_earlier_periods_before_them():
    now = line(months(2026)[:3], [1, 2], running=(2, DAYS, 4))
    then = line(months(2025)[:3], [10, 20, 30], role="reference")
    same = Series(None, (Point(SAME_DAYS, 15, running=True),), "reference")
    _, (whole, part) = totals.running((now,), (then, same))
    assert values(whole) == [10, 30, 60]
    assert values(part) == [45]  # 10 + 20 + 15


def test_members_are_summed_apart():
    periods = months(2026)[:2]
    lines = (line(periods, [1, 2], member="A"), line(periods, [5, 5], member="B"))
    found, _ = totals.running(lines, ())
    assert [values(one) for one in found] == [[1, 3], [5, 10]]


def test_money_stays_exact_and_quantities_may_be_floats():
    periods = FiscalCalendar().units(Grain.DAY, Period(date(2026, 1, 1), date(2026, 1, 3)))
    (money,), _ = totals.running((line(periods, [Decimal("0.1"), Decimal("0.2")]),), ())
    (mixed,), _ = totals.running((line(periods, [Decimal("0.5"), 0.25]),), ())
    assert values(money)[1] == Decimal("0.3")
    assert values(mixed)[1] == 0.75
