from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash.periods import FiscalCalendar, Grain, Period, UnitName
from tests.periods.strategies import calendars, days, grains, patterned, plain

CALENDAR = FiscalCalendar()
APRIL = FiscalCalendar(start_month=4)
RETAIL = FiscalCalendar(pattern="4-5-4", anchor=date(2026, 2, 1), week_start=6, named_by="start")
ISO = FiscalCalendar(pattern="4-4-5")


def dates(*pairs):
    return [Period(date.fromisoformat(a), date.fromisoformat(b)) for a, b in pairs]


@pytest.mark.parametrize(
    ("fiscal", "grain", "start", "end"),
    [
        (CALENDAR, Grain.DAY, "2026-11-17", "2026-11-18"),
        (CALENDAR, Grain.WEEK, "2026-11-16", "2026-11-23"),
        (FiscalCalendar(week_start=6), Grain.WEEK, "2026-11-15", "2026-11-22"),
        (CALENDAR, Grain.MONTH, "2026-11-01", "2026-12-01"),
        (CALENDAR, Grain.QUARTER, "2026-10-01", "2027-01-01"),
        (CALENDAR, Grain.YEAR, "2026-01-01", "2027-01-01"),
        (APRIL, Grain.QUARTER, "2026-10-01", "2027-01-01"),
        (FiscalCalendar(start_month=2), Grain.QUARTER, "2026-11-01", "2027-02-01"),
        (APRIL, Grain.YEAR, "2026-04-01", "2027-04-01"),
        # retail year from Sunday 1 February 2026; week 42 of it in month 10 (36 weeks + 4, 5, 4)
        (RETAIL, Grain.YEAR, "2026-02-01", "2027-01-31"),
        (RETAIL, Grain.QUARTER, "2026-11-01", "2027-01-31"),
        (RETAIL, Grain.MONTH, "2026-11-01", "2026-11-29"),
    ],
)
def test_the_unit_of_17_november_2026(fiscal, grain, start, end):
    assert [fiscal.unit(grain, date(2026, 11, 17))] == dates((start, end))


@pytest.mark.parametrize(
    ("name", "start", "weeks"),
    # National Retail Federation: 2023 has 53 weeks, from 29 January
    [
        (2022, "2022-01-30", 52),
        (2023, "2023-01-29", 53),
        (2024, "2024-02-04", 52),
        (2025, "2025-02-02", 52),
    ],
)
def test_retail_years(name, start, weeks):
    year = RETAIL.year(name)
    assert (year.start, year.days) == (date.fromisoformat(start), weeks * 7)


def test_the_53rd_week_belongs_to_the_last_month():
    months = [unit.days // 7 for unit in RETAIL.units(Grain.MONTH, RETAIL.year(2023))]
    assert months == [4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 5]
    quarters = [unit.days // 7 for unit in RETAIL.units(Grain.QUARTER, RETAIL.year(2023))]
    assert quarters == [13, 13, 13, 14]


def test_years_that_end_on_the_last_saturday_of_september():
    apple = FiscalCalendar(pattern="4-4-5", anchor=date(2000, 9, 28), week_start=6)
    assert [apple.year(2025), apple.year(2026)] == dates(
        ("2024-09-29", "2025-09-28"), ("2025-09-28", "2026-09-27")
    )
    assert apple.year(2023).days == 53 * 7


@given(st.integers(1990, 2050))
def test_monday_nearest_to_new_year_gives_iso_years(year):
    assert ISO.year(year).start == date.fromisocalendar(year, 1, 1)
    assert ISO.year(year).last_day == date.fromisocalendar(year + 1, 1, 1) - timedelta(days=1)


def test_an_anchor_on_29_february_counts_as_the_28th():
    leap = FiscalCalendar(pattern="4-4-5", anchor=date(2024, 2, 29))
    assert leap == FiscalCalendar(pattern="4-4-5", anchor=date(2024, 2, 29))
    assert leap.year(2027) == FiscalCalendar(pattern="4-4-5", anchor=date(2023, 2, 28)).year(2027)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"start_month": 13}, "13"),
        ({"start_month": 0}, "0"),
        ({"week_start": 7}, "7"),
        ({"pattern": "5-5-3"}, "5-5-3"),
    ],
)
def test_what_no_calendar_has_is_refused(wrong, named):
    with pytest.raises(ValueError, match=named):
        FiscalCalendar(**wrong)


@pytest.mark.parametrize(
    ("fiscal", "grain", "day", "expected"),
    [
        (CALENDAR, Grain.DAY, "2024-12-31", UnitName(Grain.DAY, 2024, 366)),
        (CALENDAR, Grain.WEEK, "2027-01-03", UnitName(Grain.WEEK, 2026, 53)),
        (CALENDAR, Grain.WEEK, "2027-01-04", UnitName(Grain.WEEK, 2027, 1)),
        (FiscalCalendar(week_start=6), Grain.WEEK, "2027-01-03", UnitName(Grain.WEEK, 2027, 1)),
        (CALENDAR, Grain.QUARTER, "2026-11-17", UnitName(Grain.QUARTER, 2026, 4)),
        (APRIL, Grain.MONTH, "2026-11-17", UnitName(Grain.MONTH, 2026, 11)),
        (APRIL, Grain.QUARTER, "2026-11-17", UnitName(Grain.QUARTER, 2027, 3, fiscal=True)),
        (APRIL, Grain.YEAR, "2027-03-31", UnitName(Grain.YEAR, 2027, 1, fiscal=True)),
        (
            FiscalCalendar(4, named_by="start"),
            Grain.YEAR,
            "2027-03-31",
            UnitName(Grain.YEAR, 2026, 1, fiscal=True),
        ),
        (RETAIL, Grain.MONTH, "2024-02-03", UnitName(Grain.MONTH, 2023, 12, fiscal=True)),
        (ISO, Grain.YEAR, "2025-12-29", UnitName(Grain.YEAR, 2026, 1, fiscal=True)),
    ],
)
def test_names(fiscal, grain, day, expected):
    assert fiscal.name(grain, fiscal.unit(grain, date.fromisoformat(day))) == expected


def test_a_year_ago_week_53_becomes_52():
    week_53 = CALENDAR.week(2026, 53)
    assert CALENDAR.year_ago(Grain.WEEK, week_53) == CALENDAR.week(2025, 52)
    assert CALENDAR.year_ago(Grain.WEEK, CALENDAR.week(2027, 53 - 1)) == CALENDAR.week(2026, 52)


def test_a_year_ago_29_february_becomes_the_28th():
    day = CALENDAR.unit(Grain.DAY, date(2024, 2, 29))
    assert CALENDAR.year_ago(Grain.DAY, day).start == date(2023, 2, 28)


def test_parts_that_a_year_does_not_have():
    with pytest.raises(ValueError, match="quarter 5"):
        CALENDAR.part(Grain.QUARTER, 2026, 5)
    with pytest.raises(ValueError, match="53"):
        CALENDAR.week(2025, 53)


def test_a_year_that_nominally_begins_in_december_may_begin_in_january():
    """30 December 2000 is a Saturday; the nearest Tuesday is 2 January 2001."""
    fiscal = FiscalCalendar(1, "4-4-5", date(2024, 12, 30), week_start=1, named_by="start")
    assert fiscal.unit(Grain.YEAR, date(2001, 1, 2)).start == date(2001, 1, 2)
    assert fiscal.unit(Grain.YEAR, date(2001, 1, 1)).end == date(2001, 1, 2)
    assert fiscal.unit(Grain.MONTH, date(2001, 1, 1)).end == date(2001, 1, 2)


@given(calendars, grains, days)
def test_a_unit_contains_its_days_and_touches_its_neighbours(fiscal, grain, day):
    unit = fiscal.unit(grain, day)
    assert unit.contains(day)
    assert fiscal.unit(grain, unit.start) == unit == fiscal.unit(grain, unit.last_day)
    assert fiscal.previous(grain, unit).end == unit.start
    assert fiscal.previous(grain, fiscal.previous(grain, unit), -1) == unit


@given(calendars, grains, days, st.integers(1, 400))
def test_units_cover_a_period_without_gap_or_overlap(fiscal, grain, start, length):
    period = Period(start, start + timedelta(days=length))
    units = fiscal.units(grain, period)
    assert units[0].contains(period.start)
    assert units[-1].contains(period.last_day)
    assert all(a.end == b.start for a, b in pairwise(units))


@given(calendars, days)
def test_months_make_quarters_make_years(fiscal, day):
    year = fiscal.unit(Grain.YEAR, day)
    for grain, count in ((Grain.QUARTER, 4), (Grain.MONTH, 12)):
        parts = fiscal.units(grain, year)
        assert (len(parts), parts[0].start, parts[-1].end) == (count, year.start, year.end)


@given(plain, days)
def test_plain_months_are_calendar_months(fiscal, day):
    assert fiscal.unit(Grain.MONTH, day) == CALENDAR.unit(Grain.MONTH, day)
    assert fiscal.unit(Grain.YEAR, day).start.month == fiscal.start_month


@given(patterned, days)
def test_patterned_years_are_whole_weeks(fiscal, day):
    year = fiscal.unit(Grain.YEAR, day)
    assert year.days in {52 * 7, 53 * 7}
    assert year.start.weekday() == fiscal.week_start
    weeks = [unit.days // 7 for unit in fiscal.units(Grain.MONTH, year)]
    assert weeks[:11] == ([int(n) for n in fiscal.pattern.split("-")] * 4)[:11]


@given(calendars, days)
def test_year_names_rise_by_one_and_lead_back(fiscal, day):
    year = fiscal.unit(Grain.YEAR, day)
    name = fiscal.name(Grain.YEAR, year).year
    assert fiscal.year(name) == year
    assert fiscal.name(Grain.YEAR, fiscal.previous(Grain.YEAR, year)).year == name - 1
    assert abs(name - day.year) <= 1


@given(calendars, st.sampled_from([Grain.MONTH, Grain.QUARTER, Grain.YEAR]), days)
def test_a_year_ago_is_the_same_part_of_the_year_before(fiscal, grain, day):
    unit = fiscal.unit(grain, day)
    ago, now = fiscal.name(grain, fiscal.year_ago(grain, unit)), fiscal.name(grain, unit)
    assert (ago.year, ago.number) == (now.year - 1, now.number)


@given(calendars, days)
def test_weeks_have_iso_numbers_wherever_they_begin(fiscal, day):
    week = fiscal.unit(Grain.WEEK, day)
    name = fiscal.name(Grain.WEEK, week)
    assert fiscal.week(name.year, name.number) == week
    after = fiscal.name(Grain.WEEK, fiscal.previous(Grain.WEEK, week, -1))
    assert after.number == name.number + 1 or (after.year, after.number) == (name.year + 1, 1)
    ago = fiscal.name(Grain.WEEK, fiscal.year_ago(Grain.WEEK, week))
    assert (ago.year, ago.number) == (name.year - 1, min(name.number, 52))
