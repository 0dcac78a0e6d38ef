"""Words under a time axis."""

from datetime import date, timedelta

import pytest

from salesdash.charts import Words
from salesdash.charts.timeline import timeline
from salesdash.periods import FiscalCalendar, Grain, Period
from tests.charts.samples import months

FISCAL = FiscalCalendar()


def labels(grain, periods, words=None):
    return timeline(grain, periods, words or Words())


def test_months_of_a_year():
    places, names = labels(Grain.MONTH, months(2026))
    assert places == tuple(range(12))
    assert (names[0], names[11]) == ("Jan", "Dec")
    assert labels(Grain.MONTH, months(2026), Words("zh"))[1][:2] == ("1月", "2月")


def test_the_year_stands_below_where_it_begins():
    _, names = labels(Grain.MONTH, (*months(2025)[6:], *months(2026)[:6]))
    assert names[0] == ["Jul", "2025"]
    assert names[5:8] == ("Dec", ["Jan", "2026"], "Feb")


def test_many_months_have_a_word_every_third():
    places, names = labels(Grain.MONTH, (*months(2024), *months(2025), *months(2026)))
    assert places == tuple(range(0, 36, 3))
    assert names[:2] == (["Jan", "2024"], "Apr")


def test_days_of_a_month_have_a_word_a_week():
    days = FISCAL.units(Grain.DAY, months(2026)[10])
    places, names = labels(Grain.DAY, days)
    assert places == (0, 7, 14, 21, 28)
    assert names[:2] == ("1 Nov", "8 Nov")


@pytest.mark.parametrize("grain", [Grain.DAY, Grain.WEEK])
def test_a_long_stretch_has_a_word_where_a_month_begins(grain):
    units = FISCAL.units(grain, Period(date(2026, 1, 5), date(2026, 6, 1)))
    places, _ = labels(grain, units)
    assert [units[place].start.month for place in places] == [2, 3, 4, 5]


def test_three_years_of_days_still_fit():
    start = date(2024, 1, 1)
    days = tuple(Period(start + timedelta(n), start + timedelta(n + 1)) for n in range(1096))
    assert 8 <= len(labels(Grain.DAY, days)[0]) <= 14


def test_few_weeks_quarters_and_years():
    weeks = FISCAL.units(Grain.WEEK, Period(date(2026, 10, 5), date(2026, 10, 19)))
    assert labels(Grain.WEEK, weeks)[1] == ("5 Oct", "12 Oct")
    quarters = FISCAL.units(Grain.QUARTER, Period(date(2026, 1, 1), date(2027, 1, 1)))
    assert labels(Grain.QUARTER, quarters)[1] == ("Q1", "Q2", "Q3", "Q4")
    years = FISCAL.units(Grain.YEAR, Period(date(2025, 1, 1), date(2027, 1, 1)))
    assert labels(Grain.YEAR, years)[1] == ("2025", "2026")


def test_fiscal_months_in_weeks_have_their_own_names():
    retail = FiscalCalendar(start_month=2, pattern="4-5-4", week_start=6)
    units = retail.units(Grain.MONTH, Period(date(2026, 3, 1), date(2026, 4, 20)))
    _, names = labels(Grain.MONTH, units, Words(fiscal=retail))
    assert all(isinstance(name, list) or name.startswith("P") for name in names)
