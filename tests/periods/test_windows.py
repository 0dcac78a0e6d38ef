from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from salesdash.periods import (
    ByDay,
    Comparison,
    FiscalCalendar,
    Grain,
    Period,
    Window,
    WorkCalendar,
    compare,
    current,
    trailing,
)
from tests.periods.strategies import calendars, days, grains

CALENDAR = FiscalCalendar()
RETAIL = FiscalCalendar(pattern="4-5-4", anchor=date(2026, 2, 1), week_start=6, named_by="start")
CHINA = WorkCalendar("CN")
PREVIOUS, LAST_YEAR = Comparison.PREVIOUS, Comparison.LAST_YEAR
comparisons = st.sampled_from([PREVIOUS, LAST_YEAR])


def through(text: str) -> Period:
    first, last = text.split("..")
    return Period.through(date.fromisoformat(first), date.fromisoformat(last))


def free(text: str) -> Window:
    return Window(through(text))


def compared(*args: Any, **choices: Any) -> Window:
    found = compare(*args, **choices)
    assert found is not None
    return found


def unit_of(window: Window) -> Period:
    assert window.unit is not None
    return window.unit


def whole(grain: Grain, day: str, fiscal: FiscalCalendar = CALENDAR) -> Window:
    unit = fiscal.unit(grain, date.fromisoformat(day))
    return Window(unit, grain, unit)


def running(grain: Grain, day: str, fiscal: FiscalCalendar = CALENDAR) -> Window:
    return current(grain, date.fromisoformat(day), fiscal)


def test_to_date_ends_at_the_edge():
    month = running(Grain.MONTH, "2026-11-17")
    assert month.period == through("2026-11-01..2026-11-17")
    assert month.unit == through("2026-11-01..2026-11-30")
    assert (month.to_date, month.is_whole) == (True, False)


def test_on_its_last_day_a_unit_is_complete():
    month = running(Grain.MONTH, "2026-11-30")
    assert (month.period, month.to_date) == (through("2026-11-01..2026-11-30"), False)


def test_nothing_to_compare_with():
    assert compare(running(Grain.MONTH, "2026-11-17"), Comparison.NONE, CALENDAR) is None


@pytest.mark.parametrize(
    ("window", "previous", "last_year"),
    [
        # (a) complete units, whole, whatever their length
        (whole(Grain.MONTH, "2026-03-05"), "2026-02-01..2026-02-28", "2025-03-01..2025-03-31"),
        (whole(Grain.MONTH, "2025-02-05"), "2025-01-01..2025-01-31", "2024-02-01..2024-02-29"),
        (whole(Grain.QUARTER, "2026-02-05"), "2025-10-01..2025-12-31", "2025-01-01..2025-03-31"),
        (whole(Grain.YEAR, "2025-02-05"), "2024-01-01..2024-12-31", "2024-01-01..2024-12-31"),
        (whole(Grain.DAY, "2026-01-01"), "2025-12-31..2025-12-31", "2025-01-01..2025-01-01"),
        # (b) running units, same day number, clipped at the earlier end
        (running(Grain.MONTH, "2026-11-17"), "2026-10-01..2026-10-17", "2025-11-01..2025-11-17"),
        (running(Grain.MONTH, "2026-03-30"), "2026-02-01..2026-02-28", "2025-03-01..2025-03-30"),
        (running(Grain.QUARTER, "2026-11-17"), "2026-07-01..2026-08-17", "2025-10-01..2025-11-17"),
        (running(Grain.YEAR, "2026-11-17"), "2025-01-01..2025-11-17", "2025-01-01..2025-11-17"),
        # day 322 of a leap year is 17 November, of the year before the 18th
        (running(Grain.YEAR, "2024-11-17"), "2023-01-01..2023-11-18", "2023-01-01..2023-11-18"),
        (running(Grain.WEEK, "2026-11-17"), "2026-11-09..2026-11-10", "2025-11-17..2025-11-18"),
        # (c) free ranges
        (free("2026-03-10..2026-03-16"), "2026-03-03..2026-03-09", "2025-03-10..2025-03-16"),
        (free("2026-06-01..2026-06-30"), "2026-05-02..2026-05-31", "2025-06-01..2025-06-30"),
        (free("2024-02-01..2024-02-29"), "2024-01-03..2024-01-31", "2023-02-01..2023-02-28"),
        # (d) weeks: 7 days earlier, or the same ISO number
        (whole(Grain.WEEK, "2026-11-17"), "2026-11-09..2026-11-15", "2025-11-17..2025-11-23"),
        (whole(Grain.WEEK, "2027-01-01"), "2026-12-21..2026-12-27", "2025-12-22..2025-12-28"),
    ],
)
def test_what_a_window_is_compared_with(window, previous, last_year):
    found = [compared(window, comparison, CALENDAR) for comparison in (PREVIOUS, LAST_YEAR)]
    assert [one.period for one in found] == [through(previous), through(last_year)]
    assert not any(one.to_date for one in found)


@pytest.mark.parametrize(
    ("window", "comparison", "fiscal", "note"),
    [
        (whole(Grain.WEEK, "2027-01-01"), LAST_YEAR, CALENDAR, "week_53"),
        (whole(Grain.WEEK, "2026-12-25"), LAST_YEAR, CALENDAR, None),
        (whole(Grain.WEEK, "2027-01-01"), PREVIOUS, CALENDAR, None),
        (whole(Grain.DAY, "2024-02-29"), LAST_YEAR, CALENDAR, "leap_day"),
        (whole(Grain.DAY, "2024-02-29"), PREVIOUS, CALENDAR, None),
        (free("2024-02-20..2024-02-29"), LAST_YEAR, CALENDAR, "leap_day"),
        (free("2024-02-29..2024-03-01"), LAST_YEAR, CALENDAR, "leap_day"),
        (free("2024-02-20..2024-03-01"), LAST_YEAR, CALENDAR, None),
        (running(Grain.MONTH, "2026-03-30"), PREVIOUS, CALENDAR, "shorter"),
        (running(Grain.MONTH, "2026-03-28"), PREVIOUS, CALENDAR, None),
        (whole(Grain.MONTH, "2026-03-28"), PREVIOUS, CALENDAR, None),
        (whole(Grain.YEAR, "2024-03-01", RETAIL), LAST_YEAR, RETAIL, "long_year"),
        (whole(Grain.MONTH, "2025-01-15", RETAIL), LAST_YEAR, RETAIL, "long_year"),
        (whole(Grain.MONTH, "2025-05-15", RETAIL), LAST_YEAR, RETAIL, None),
        (whole(Grain.DAY, "2025-05-15", RETAIL), LAST_YEAR, RETAIL, None),
        (running(Grain.YEAR, "2024-11-17"), LAST_YEAR, CALENDAR, "leap_year"),
        (running(Grain.YEAR, "2025-11-17"), LAST_YEAR, CALENDAR, "leap_year"),
        (running(Grain.YEAR, "2025-02-17"), LAST_YEAR, CALENDAR, None),
        (running(Grain.QUARTER, "2024-03-10"), LAST_YEAR, CALENDAR, "leap_year"),
        (running(Grain.QUARTER, "2024-05-10"), LAST_YEAR, CALENDAR, None),
    ],
)
def test_what_a_reader_must_know_is_noted(window, comparison, fiscal, note):
    found = compared(window, comparison, fiscal)
    assert found.note == (f"periods.note.{note}" if note else None)


def test_a_week_may_be_compared_with_the_same_weekdays_52_weeks_earlier():
    week_53 = whole(Grain.WEEK, "2027-01-01")
    found = compared(week_53, LAST_YEAR, CALENDAR, weeks="days")
    assert (found.period, found.note) == (through("2025-12-29..2026-01-04"), None)
    later = compared(whole(Grain.WEEK, "2027-01-05"), LAST_YEAR, CALENDAR, weeks="days")
    assert later.period == through("2026-01-05..2026-01-11")  # week 2, not 1


def test_the_first_k_working_days():
    # 1-13 October 2026 has 5 working days: 8, 9, 10 (make-up), 12, 13
    window = running(Grain.MONTH, "2026-10-13")
    found = compared(window, PREVIOUS, CALENDAR, CHINA, by=ByDay.WORKING)
    assert found.period == through("2026-09-01..2026-09-07")  # Tue-Fri, Mon
    assert found.unit == through("2026-09-01..2026-09-30")


def test_without_a_working_day_so_far_there_is_nothing_to_compare():
    window = running(Grain.MONTH, "2026-10-05")
    assert compare(window, PREVIOUS, CALENDAR, CHINA, by=ByDay.WORKING) is None


def test_an_earlier_unit_with_fewer_working_days_counts_whole():
    # 1-30 March 2026 has 21 working days, February 2026 has 16 in China
    window = running(Grain.MONTH, "2026-03-30")
    found = compared(window, PREVIOUS, CALENDAR, CHINA, by=ByDay.WORKING)
    assert found.period == through("2026-02-01..2026-02-28")
    assert found.note == "periods.note.shorter"


def test_without_a_work_calendar_weekends_are_off():
    window = running(Grain.WEEK, "2026-11-17")
    found = compared(window, PREVIOUS, CALENDAR, by=ByDay.WORKING)
    assert found.period == through("2026-11-09..2026-11-10")


def test_trailing_units_end_at_the_edge():
    found = trailing(Grain.MONTH, 3, date(2026, 1, 17), CALENDAR)
    assert [window.period for window in found] == [
        through("2025-11-01..2025-11-30"),
        through("2025-12-01..2025-12-31"),
        through("2026-01-01..2026-01-17"),
    ]
    assert [window.to_date for window in found] == [False, False, True]


def test_no_trailing_units():
    assert trailing(Grain.MONTH, 0, date(2026, 1, 17), CALENDAR) == ()


@given(calendars, grains, days)
def test_to_date_is_the_beginning_of_the_unit_of_the_edge(fiscal, grain, edge):
    window = current(grain, edge, fiscal)
    assert window.unit == fiscal.unit(grain, edge)
    assert (window.period.start, window.period.last_day) == (unit_of(window).start, edge)
    assert window.to_date is (edge < unit_of(window).last_day)


@given(calendars, grains, st.integers(1, 15), days)
def test_trailing_units_touch(fiscal, grain, n, edge):
    found = trailing(grain, n, edge, fiscal)
    assert len(found) == n
    assert found[-1] == current(grain, edge, fiscal)
    assert all(unit_of(a).end == unit_of(b).start for a, b in pairwise(found))


@given(calendars, grains, days, comparisons)
def test_whole_units_are_compared_with_whole_units(fiscal, grain, day, comparison):
    unit = fiscal.unit(grain, day)
    found = compared(Window(unit, grain, unit), comparison, fiscal)
    assert found.is_whole
    assert fiscal.unit(grain, found.period.start) == found.period
    if comparison is PREVIOUS:
        assert found.period.end == unit.start


@given(calendars, grains, days, comparisons, st.sampled_from(["iso", "days"]))
def test_running_units_have_the_same_days_or_all_there_are(fiscal, grain, edge, comparison, weeks):
    window = current(grain, edge, fiscal)
    assume(window.to_date)
    found = compared(window, comparison, fiscal, weeks=weeks)
    assert found.period.start == unit_of(found).start
    assert found.period.days == min(window.period.days, unit_of(found).days)
    assert found.period.end <= unit_of(found).end <= unit_of(window).start


@given(calendars, grains, st.dates(date(2018, 1, 1), date(2027, 12, 31)), comparisons)
def test_running_units_have_the_same_working_days_or_all_there_are(fiscal, grain, edge, comparison):
    window = current(grain, edge, fiscal)
    assume(window.to_date)
    found = compare(window, comparison, fiscal, CHINA, by=ByDay.WORKING)
    if found is None:
        assert CHINA.count(window.period) == 0
        return
    worked = min(CHINA.count(window.period), CHINA.count(unit_of(found)))
    assert (found.period.start, CHINA.count(found.period)) == (unit_of(found).start, worked)
    assert found.period.end <= unit_of(found).end


@given(days, st.integers(1, 900))
def test_a_free_range_touches_the_equally_long_one_before(first, length):
    period = Period(first, first + timedelta(days=length))
    found = compared(Window(period), PREVIOUS, CALENDAR)
    assert (found.period.end, found.period.days) == (period.start, period.days)


@given(days, st.integers(1, 900))
def test_a_free_range_keeps_its_dates_a_year_ago(first, length):
    period = Period(first, first + timedelta(days=length))
    found = compared(Window(period), LAST_YEAR, CALENDAR).period
    for then, now in ((found.start, period.start), (found.last_day, period.last_day)):
        assert then.year == now.year - 1
        expected = (2, 28) if (now.month, now.day) == (2, 29) else (now.month, now.day)
        assert (then.month, then.day) == expected
    assert abs(found.days - period.days) <= 1
