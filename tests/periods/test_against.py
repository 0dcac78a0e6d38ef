"""Days of one's own to compare with: their codes, their window, and how the lengths differ."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash.errors import UsageError
from salesdash.periods import (
    Comparison,
    FiscalCalendar,
    Grain,
    Period,
    Window,
    WorkCalendar,
    against,
    against_code,
    against_kind,
    are_alike,
    compare,
    current,
    lengths,
)
from tests.periods.strategies import calendars, days, grains

CALENDAR = FiscalCalendar()
MARCH = Period.through(date(2024, 3, 1), date(2024, 3, 31))
spans = st.builds(
    lambda start, length: Period(start, start + timedelta(days=length)), days, st.integers(1, 800)
)


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("none", Comparison.NONE),
        ("previous", Comparison.PREVIOUS),
        ("last-year", Comparison.LAST_YEAR),  # the rule, not the year before
        ("2024-03-01..2024-03-31", MARCH),
        ("month:2024-03", MARCH),
        ("quarter:2024Q1", Period.through(date(2024, 1, 1), date(2024, 3, 31))),
        ("day:2024-03-01", Period.through(date(2024, 3, 1), date(2024, 3, 1))),
    ],
)
def test_codes(code, meant):
    assert against(code, CALENDAR) == meant


@pytest.mark.parametrize("code", ["mtd", "last-month", "last:30", "all", "", "2024-03-31..", "x:y"])
def test_days_that_move_and_nonsense_are_refused(code):
    with pytest.raises(UsageError) as refused:
        against(code, CALENDAR)
    assert refused.value.key == "period.unknown"


@given(span=spans, fiscal=calendars)
def test_a_code_reads_back(span, fiscal):
    assert against(against_code(span), fiscal) == span
    assert against_kind(span) == "days"


@given(span=spans, edge=days, grain=grains, fiscal=calendars)
def test_chosen_days_are_compared_whatever_is_looked_at(span, edge, grain, fiscal):
    for window in (current(grain, edge, fiscal), Window(span)):
        found = compare(window, span, fiscal)
        assert found is not None
        assert found.period == span
        assert not found.to_date
        assert found.grain is None or found.is_whole


def test_a_month_is_known_as_one():
    found = compare(current(Grain.QUARTER, date(2026, 11, 17), CALENDAR), MARCH, CALENDAR)
    assert found == Window(MARCH, Grain.MONTH, MARCH)


@given(now=spans, then=spans)
def test_lengths_of_two_periods(now, then):
    work = WorkCalendar()
    found, turned = lengths(now, then, work), lengths(then, now, work)
    assert (found.days, found.working) == (turned.days_then, turned.working_then)
    assert 0 <= found.working <= found.days == (now.end - now.start).days
    assert found.differ == (found.days != found.days_then)
    # as much a day is no change, whatever the lengths
    same = found.per_day(3.0 * found.days, 3.0 * found.days_then)
    assert same == pytest.approx(0)


def test_per_day_by_hand():
    # October and November to the 17th: 48 days, 34 working; March: 31 and 21
    now = Period.through(date(2026, 10, 1), date(2026, 11, 17))
    found = lengths(now, MARCH, WorkCalendar())
    assert (found.days, found.working, found.days_then, found.working_then) == (48, 34, 31, 21)
    assert found.per_day(480, 155) == pytest.approx(1.0)  # 10 a day after 5 a day
    assert found.per_day(480, 0) is None


def test_whole_units_of_one_kind_are_alike():
    october = Period.through(date(2026, 10, 1), date(2026, 10, 31))
    month, earlier = (Window(unit, Grain.MONTH, unit) for unit in (october, MARCH))
    assert are_alike(month, earlier)
    assert not are_alike(current(Grain.MONTH, date(2026, 11, 17), CALENDAR), earlier)
    assert not are_alike(Window(october), Window(MARCH))
