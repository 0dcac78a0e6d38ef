from datetime import date

import pytest

from salesdash import formats
from salesdash.periods import FiscalCalendar, Grain, Period

DAY = date(2026, 11, 17)
APRIL = FiscalCalendar(start_month=4)
WEEKLY = FiscalCalendar(start_month=4, pattern="4-4-5")


def through(first: tuple[int, int, int], last: tuple[int, int, int]) -> Period:
    return Period.through(date(*first), date(*last))


def test_a_day():
    assert (formats.date(DAY, "en"), formats.date(DAY, "zh")) == ("17 Nov", "11月17日")
    assert formats.date(DAY, "en", "exact") == "17 Nov 2026"
    assert formats.date(DAY, "zh", "exact") == "2026年11月17日"
    assert formats.date(None, "en") == "—"


def test_a_day_of_another_year_says_so():
    assert formats.date(DAY, "en", this_year=2026) == "17 Nov"
    assert formats.date(DAY, "en", this_year=2027) == "17 Nov 2026"


@pytest.mark.parametrize(
    ("first", "last", "english", "chinese"),
    [
        ((2026, 10, 1), (2026, 11, 17), "1 Oct – 17 Nov", "10月1日–11月17日"),
        ((2026, 11, 1), (2026, 11, 17), "1–17 Nov", "11月1日–17日"),
        ((2026, 11, 17), (2026, 11, 17), "17 Nov", "11月17日"),
        ((2025, 11, 1), (2026, 11, 17), "1 Nov 2025 – 17 Nov 2026", "2025年11月1日–2026年11月17日"),
    ],
)
def test_ranges(first, last, english, chinese):
    period = through(first, last)
    assert formats.date_range(period, "en") == english
    assert formats.date_range(period, "zh") == chinese


@pytest.mark.parametrize(
    ("first", "english", "chinese"),
    [
        ((2026, 10, 1), "1 Oct – 17 Nov 2026", "2026年10月1日–11月17日"),
        ((2026, 11, 1), "1–17 Nov 2026", "2026年11月1日–17日"),
        ((2026, 11, 17), "17 Nov 2026", "2026年11月17日"),
    ],
)
def test_ranges_with_their_year(first, english, chinese):
    period = through(first, (2026, 11, 17))
    assert formats.date_range(period, "en", "exact") == english
    assert formats.date_range(period, "zh", this_year=2027) == chinese
    assert "2026" not in formats.date_range(period, "zh", this_year=2026)


@pytest.mark.parametrize(
    ("grain", "fiscal", "english", "chinese"),
    [
        (Grain.DAY, None, "17 Nov 2026", "2026年11月17日"),
        (Grain.WEEK, None, "Week 47, 2026", "2026年第47周"),
        (Grain.MONTH, None, "Nov 2026", "2026年11月"),
        (Grain.QUARTER, None, "Q4 2026", "2026年四季度"),
        (Grain.YEAR, None, "2026", "2026年"),
        (Grain.MONTH, APRIL, "Nov 2026", "2026年11月"),
        (Grain.QUARTER, APRIL, "Q3 FY2027", "2027财年三季度"),
        (Grain.YEAR, APRIL, "FY2027", "2027财年"),
        (Grain.MONTH, WEEKLY, "P8 FY2027", "2027财年第8期"),
    ],
)
def test_units(grain, fiscal, english, chinese):
    unit = (fiscal or FiscalCalendar()).unit(grain, DAY)
    assert formats.unit_label(grain, unit, "en", fiscal) == english
    assert formats.unit_label(grain, unit, "zh", fiscal) == chinese


@pytest.mark.parametrize(
    ("grain", "fiscal", "year", "english", "chinese"),
    [
        (Grain.DAY, None, 2026, "17 Nov", "11月17日"),
        (Grain.WEEK, None, 2026, "Week 47", "第47周"),
        (Grain.MONTH, None, 2026, "Nov", "11月"),
        (Grain.QUARTER, APRIL, 2027, "Q3", "三季度"),
        (Grain.MONTH, WEEKLY, 2027, "P8", "第8期"),
        (Grain.YEAR, None, 2026, "2026", "2026年"),
    ],
)
def test_units_of_this_year(grain, fiscal, year, english, chinese):
    unit = (fiscal or FiscalCalendar()).unit(grain, DAY)
    assert formats.unit_label(grain, unit, "en", fiscal, this_year=year) == english
    assert formats.unit_label(grain, unit, "zh", fiscal, this_year=year) == chinese


def test_week_53_around_new_year_keeps_its_iso_year():
    week = FiscalCalendar().unit(Grain.WEEK, date(2027, 1, 3))
    assert formats.unit_label(Grain.WEEK, week, "en") == "Week 53, 2026"


def test_months():
    assert formats.month_names("en")[::11] == ("Jan", "Dec")
    assert formats.month_names("zh")[::11] == ("1月", "12月")


def test_a_language_that_is_not_spoken():
    with pytest.raises(FileNotFoundError):
        formats.date(DAY, "xx")
