from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash.periods import FiscalCalendar, Grain, Period, WorkCalendar, countries

CHINA = WorkCalendar("CN")
PLAIN = WorkCalendar()
days = st.dates(date(2018, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-02-14", True),  # Saturday, worked for the Spring Festival
        ("2026-02-28", True),
        ("2026-05-09", True),
        ("2026-09-20", True),  # Sunday, worked for National Day
        ("2026-10-10", True),
        ("2026-01-04", True),
        ("2026-10-07", False),  # Wednesday of the National Day week
        ("2026-10-08", True),
        ("2026-11-15", False),  # an ordinary Sunday
        ("2026-11-17", True),
    ],
)
def test_chinese_make_up_days(day, working):
    assert CHINA.is_working(date.fromisoformat(day)) is working


@pytest.mark.parametrize(
    ("month", "working"),
    # February 2026: 20 weekdays, minus 16-20 and 23, plus the Saturdays 14 and 28
    # October 2026: 22 weekdays, minus 1, 2, 5, 6, 7, plus Saturday 10
    [(2, 20 - 6 + 2), (10, 22 - 5 + 1), (11, 21)],
)
def test_working_days_of_chinese_months(month, working):
    assert CHINA.count(FiscalCalendar().unit(Grain.MONTH, date(2026, month, 1))) == working


def test_without_a_country_only_weekends_are_off():
    assert PLAIN.count(Period(date(2026, 10, 1), date(2026, 11, 1))) == 22
    friday_off = WorkCalendar(weekend=frozenset({4}))
    assert friday_off.count(Period(date(2026, 11, 16), date(2026, 11, 23))) == 6


def test_the_companys_own_days_are_stronger():
    own = WorkCalendar(
        "CN",
        extra_off=frozenset({date(2026, 2, 14), date(2026, 11, 17)}),
        extra_on=frozenset({date(2026, 10, 1), date(2026, 11, 15)}),
    )
    named = ("2026-02-14", "2026-11-17", "2026-10-01", "2026-11-15")
    assert [own.is_working(date.fromisoformat(day)) for day in named] == [False, False, True, True]


def test_an_own_weekend_keeps_holidays_and_make_up_days():
    sundays = WorkCalendar("CN", weekend=frozenset({6}))
    assert sundays.is_working(date(2026, 11, 14))  # Saturday
    assert not sundays.is_working(date(2026, 11, 15))
    assert sundays.is_working(date(2026, 9, 20))  # make-up Sunday
    assert not sundays.is_working(date(2026, 10, 7))


def test_a_make_up_day_in_december_comes_from_the_list_of_the_next_year():
    assert CHINA.is_working(date(2011, 12, 31))  # Saturday, for New Year 2012


def test_years_without_a_make_up_list_are_estimated():
    assert not CHINA.is_estimated(2026)
    assert CHINA.is_estimated(2040)
    assert CHINA.is_estimated(1990)
    assert not WorkCalendar("US").is_estimated(2040)
    assert not PLAIN.is_estimated(2040)


@pytest.mark.parametrize(
    ("start", "k", "reached"),
    [
        ("2026-10-01", 1, "2026-10-08"),
        ("2026-10-01", 3, "2026-10-10"),  # 8, 9 and the make-up Saturday
        ("2026-12-31", 2, "2027-01-04"),  # Thursday, then over New Year to Monday
        ("2026-11-17", 1, "2026-11-17"),
    ],
)
def test_reaching_the_kth_working_day(start, k, reached):
    assert CHINA.reach(date.fromisoformat(start), k) == date.fromisoformat(reached)


def test_days_that_are_never_reached():
    with pytest.raises(ValueError, match="number 0"):
        PLAIN.reach(date(2026, 1, 1), 0)
    idle = WorkCalendar(weekend=frozenset(range(7)))
    with pytest.raises(ValueError, match="no day of 2026"):
        idle.reach(date(2026, 1, 1), 1)


def test_countries_are_known():
    assert {"CN", "US", "DE"} <= countries()


@given(days, st.integers(1, 800))
def test_counting_is_summing_the_days(start, length):
    period = Period(start, start + timedelta(days=length))
    assert CHINA.count(period) == sum(CHINA.is_working(day) for day in period)


@given(days, st.integers(1, 600))
def test_reach_is_the_inverse_of_count(start, k):
    day = CHINA.reach(start, k)
    assert CHINA.is_working(day)
    assert CHINA.count(Period.through(start, day)) == k
