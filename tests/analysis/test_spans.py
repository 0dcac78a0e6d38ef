"""Grains that fit, places on the axis, and the units they are compared with."""

from datetime import date

import pytest

from salesdash.analysis import spans
from salesdash.periods import Comparison, FiscalCalendar, Grain, Period, Window, current

FISCAL = FiscalCalendar()
EDGE = date(2026, 11, 17)


def window(grain):
    return current(grain, EDGE, FISCAL)


@pytest.mark.parametrize(
    ("grain", "trend", "spark"),
    [
        (Grain.DAY, Grain.DAY, Grain.DAY),
        (Grain.WEEK, Grain.DAY, Grain.WEEK),
        (Grain.MONTH, Grain.DAY, Grain.MONTH),
        (Grain.QUARTER, Grain.WEEK, Grain.WEEK),
        (Grain.YEAR, Grain.MONTH, Grain.MONTH),
    ],
)
def test_grains_that_fit_a_unit(grain, trend, spark):
    assert (spans.fitting(window(grain)), spans.spark_grain(window(grain))) == (trend, spark)


@pytest.mark.parametrize(
    ("days", "trend", "spark"),
    [
        (14, Grain.DAY, Grain.DAY),
        (15, Grain.DAY, Grain.WEEK),
        (31, Grain.DAY, Grain.WEEK),
        (100, Grain.WEEK, Grain.WEEK),
        (190, Grain.WEEK, Grain.MONTH),
        (191, Grain.MONTH, Grain.MONTH),
    ],
)
def test_grains_that_fit_a_range(days, trend, spark):
    start = date(2026, 1, 1)
    free = Window(Period(start, date.fromordinal(start.toordinal() + days)))
    assert (spans.fitting(free), spans.spark_grain(free)) == (trend, spark)


def test_all_dates_are_shown_by_months():
    assert spans.fitting(None) is spans.spark_grain(None) is Grain.MONTH


def test_units_behind_the_edge_running_and_to_come():
    quarter = Period(date(2026, 10, 1), date(2027, 1, 1))
    october, november, december = spans.slots(Grain.MONTH, quarter, date(2026, 11, 18), FISCAL)
    assert (october.asked, october.running) == (october.unit, False)
    assert november.asked == Period(date(2026, 11, 1), date(2026, 11, 18))
    assert november.running
    assert (december.asked, december.running) == (None, False)


def test_a_year_ago_is_cut_after_the_same_days():
    running = spans.slots(Grain.MONTH, Period(EDGE, date(2026, 11, 18)), date(2026, 11, 18), FISCAL)
    earlier = spans.year_ago(Grain.MONTH, running[0], FISCAL)
    assert earlier.asked == Period(date(2025, 11, 1), date(2025, 11, 18))


def test_the_same_days_end_with_the_earlier_unit():
    march = Period(date(2026, 3, 1), date(2026, 4, 1))
    slot = spans.Slot(march, Period(date(2026, 3, 1), date(2026, 3, 31)), running=True)
    february = Period(date(2026, 2, 1), date(2026, 3, 1))
    assert spans.cut_alike(february, slot).asked == february


def months(year, first, last):
    return FISCAL.units(Grain.MONTH, Period(date(year, first, 1), date(year, last, 28)))


def test_units_a_year_ago():
    found = spans.earlier_units(
        Grain.MONTH, months(2026, 10, 12), window(Grain.QUARTER), Comparison.LAST_YEAR, FISCAL
    )
    assert found == months(2025, 10, 12)


def test_units_of_the_unit_before():
    found = spans.earlier_units(
        Grain.MONTH, months(2026, 10, 12), window(Grain.QUARTER), Comparison.PREVIOUS, FISCAL
    )
    assert found == months(2026, 7, 9)


def test_days_of_a_shorter_month_before_end_early():
    march = current(Grain.MONTH, date(2026, 3, 31), FISCAL)
    days = FISCAL.units(Grain.DAY, march.period)
    found = spans.earlier_units(Grain.DAY, days, march, Comparison.PREVIOUS, FISCAL)
    assert (len(days), len(found), found[-1].start) == (31, 28, date(2026, 2, 28))


def test_a_free_range_has_so_many_units_before():
    free = Window(Period(date(2026, 10, 5), date(2026, 11, 2)))
    weeks = FISCAL.units(Grain.WEEK, free.period)
    found = spans.earlier_units(Grain.WEEK, weeks, free, Comparison.PREVIOUS, FISCAL)
    assert found[0].start == date(2026, 9, 7)
    assert found[-1].end == weeks[0].start


def test_nothing_to_compare_with():
    assert spans.earlier_units(Grain.DAY, (), None, Comparison.NONE, FISCAL) == ()


@pytest.mark.parametrize(
    ("end", "last_start"),
    [(date(2025, 1, 8), 2), (date(2025, 2, 1), 5), (date(2026, 1, 1), 8)],  # 1, 4 and 7 days
)
def test_the_beginning_of_a_period_may_be_missing(end, last_start):
    period = Period(date(2025, 1, 1), end)
    assert spans.is_covered(period, date(2025, 1, last_start))
    assert not spans.is_covered(period, date(2025, 1, last_start + 1))
    assert not spans.is_covered(period, None)
