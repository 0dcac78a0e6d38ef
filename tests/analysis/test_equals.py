"""Earlier periods like that of a goal."""

from datetime import date

import pytest

from salesdash.analysis.equals import equals
from salesdash.periods import FiscalCalendar, Grain, Period

FISCAL = FiscalCalendar()


def through(first: str, last: str) -> Period:
    return Period.through(date.fromisoformat(first), date.fromisoformat(last))


def test_a_month_is_like_the_months_before_it():
    found = equals(through("2026-11-01", "2026-11-30"), FISCAL)
    assert (found.grain, found.length, found.cycle) == (Grain.MONTH, 1, 12)
    assert found.all[-1].period == through("2026-10-01", "2026-10-31")
    by_place = {each.place: each.period for each in found.all}
    assert by_place[12] == through("2025-11-01", "2025-11-30")
    assert [each.place for each in found.all] == list(range(36, 0, -1))


def test_a_quarter_is_like_three_months_from_any_month_on():
    found = equals(through("2026-10-01", "2026-12-31"), FISCAL)
    by_place = {each.place: each.period for each in found.all}
    assert by_place[1] == through("2026-09-01", "2026-11-30")
    assert by_place[found.length] == through("2026-07-01", "2026-09-30")
    assert by_place[found.cycle] == through("2025-10-01", "2025-12-31")


def test_a_year_is_like_four_quarters_from_any_quarter_on():
    found = equals(through("2026-01-01", "2026-12-31"), FISCAL)
    by_place = {each.place: each.period for each in found.all}
    assert by_place[1] == through("2025-10-01", "2026-09-30")
    assert by_place[found.cycle] == through("2025-01-01", "2025-12-31")


def test_a_month_of_weeks_is_like_months_of_weeks():
    retail = FiscalCalendar(2, "4-5-4", date(2026, 2, 1), week_start=6)
    period = retail.unit(Grain.MONTH, date(2026, 11, 18))
    before = retail.previous(Grain.MONTH, period)
    assert equals(period, retail).all[-1].period == before


def test_a_free_range_is_like_the_same_dates_and_the_ranges_before_them():
    found = equals(through("2026-11-10", "2026-11-29"), FISCAL)  # 20 days, 12 a year
    by_place = {each.place: each.period for each in found.all}
    assert by_place[1] == through("2026-10-21", "2026-11-09")
    assert by_place[found.cycle] == through("2025-11-10", "2025-11-29")
    assert (found.cycle, found.length, found.grain) == (12, 1, None)


@pytest.mark.parametrize("days", [1, 7, 28, 100, 200, 366])
def test_ranges_never_overlap_with_the_goal_or_one_another(days):
    period = Period(date(2026, 3, 2), date.fromordinal(date(2026, 3, 2).toordinal() + days))
    spans = [each.period for each in equals(period, FISCAL).all]
    for earlier, later in zip(spans, [*spans[1:], period], strict=True):
        assert earlier.days == days
        assert earlier.end <= later.start or days > 365


def test_whole_weeks_keep_their_weekdays():
    week = through("2026-11-16", "2026-11-22")
    assert {each.period.start.weekday() for each in equals(week, FISCAL).all} == {0}
