"""Which earlier days a plan can go by, with data from 3 January 2024 to 17 November 2026."""

from datetime import date

import pytest

from salesdash.analysis.lookback import Lookback
from salesdash.periods import FiscalCalendar, Grain, Period

FISCAL = FiscalCalendar()
BACK = Lookback(FISCAL, date(2024, 1, 3), date(2026, 11, 17))
BLIND = Lookback(FISCAL, None, None)


def days(first: str, last: str) -> Period:
    return Period.through(date.fromisoformat(first), date.fromisoformat(last))


def month(text: str) -> Period:
    return FISCAL.unit(Grain.MONTH, date.fromisoformat(f"{text}-01"))


def test_a_period_is_looked_up_by_its_months_else_by_its_units_else_whole():
    quarter = days("2027-01-01", "2027-03-31")
    assert BACK.atoms(quarter, None) == (month("2027-01"), month("2027-02"), month("2027-03"))
    weeks = days("2027-01-04", "2027-01-17")
    assert len(BACK.atoms(weeks, Grain.WEEK)) == 2
    assert BACK.atoms(weeks, None) == (weeks,)


@pytest.mark.parametrize(
    ("period", "years", "earlier"),
    [
        (days("2028-02-01", "2028-02-29"), 1, days("2027-02-01", "2027-02-28")),
        (days("2027-03-05", "2027-03-20"), 2, days("2025-03-05", "2025-03-20")),
        (days("2027-01-01", "2027-12-31"), 1, days("2026-01-01", "2026-12-31")),
    ],
)
def test_the_same_days_of_earlier_years(period, years, earlier):
    assert BACK.earlier(period, years) == earlier


def test_a_unit_is_over_a_year_back_or_two():
    assert BACK.complete(month("2027-10")) == 1
    assert BACK.complete(month("2027-11")) == 2  # November 2026 still runs
    assert BACK.complete(month("2040-01")) is None
    assert BLIND.complete(month("2027-10")) is None


def test_years_as_far_as_the_data_reach():
    found = list(BACK.years((month("2027-10"), month("2027-11"))))
    assert found == [
        (month("2026-10"), month("2025-11")),
        (month("2025-10"), month("2024-11")),
    ]  # of a third one, October 2024 is known and November 2023 is not
    assert list(BLIND.years((month("2027-10"),))) == []


def test_the_last_complete_months():
    assert (BACK.recent()[0], BACK.recent()[-1]) == (month("2025-11"), month("2026-10"))
    young = Lookback(FISCAL, date(2026, 9, 20), date(2026, 11, 17))
    assert young.recent() == (month("2026-10"),)
    assert BLIND.recent() == ()
