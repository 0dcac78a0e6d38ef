"""The learned pace, on figures one can work out by eye."""

from datetime import date
from itertools import pairwise

import pytest

from salesdash.analysis.equals import equals
from salesdash.analysis.pace import Pace, Past, Point, learn
from salesdash.periods import FiscalCalendar, Period, WorkCalendar

WORK = WorkCalendar()
FISCAL = FiscalCalendar()
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
CHINA = WorkCalendar("CN")


def past(rows: dict[int, tuple[float, float]], *, accumulates: bool = True) -> Past:
    """Earlier months by place: what they held by now, and in the end."""
    known = [each for each in equals(NOVEMBER, FISCAL).all if each.place in rows]
    return Past(
        equals(NOVEMBER, FISCAL),
        tuple(each.period for each in known),
        tuple(each.place for each in known),
        tuple(each.period.start for each in known),
        tuple(rows[each.place][0] for each in known),
        tuple(rows[each.place][1] for each in known),
        accumulates,
    )


def test_the_same_month_of_earlier_years_tells_the_pace():
    found = learn(past({24: (30, 100), 12: (50, 100), 1: (99, 100), 2: (99, 100), 3: (99, 100)}))
    assert found is not None
    assert found.share == 0.4  # 80 of 200
    assert found.season
    assert [each.start for each in found.units] == [date(2024, 11, 1), date(2025, 11, 1)]


def test_one_year_is_no_season_then_all_months_do():
    found = learn(past({12: (50, 100), 2: (10, 100), 1: (30, 100)}))
    assert found is not None
    assert (found.share, found.season, len(found.units)) == (0.3, False, 3)


@pytest.mark.parametrize("rows", [{}, {1: (1, 2)}, {12: (1, 2)}, {12: (0, 0), 24: (0, 0)}])
def test_too_few_months_or_nothing_in_them_teach_no_pace(rows):
    assert learn(past(rows)) is None
    assert learn(None) is None


def test_a_pace_stays_within_nothing_and_all():
    returned = learn(past({12: (120, 100), 24: (130, 100)}))
    assert returned is not None
    assert returned.share == 1
    below = learn(past({12: (-5, 100), 24: (0, 100)}))
    assert below is not None
    assert below.share == 0


def test_a_level_may_stand_above_its_end_and_takes_all_months():
    rows = {12: (0.5, 0.5), 24: (0.5, 0.5), 1: (0.9, 0.6), 2: (0.9, 0.6)}
    found = learn(past(rows, accumulates=False))
    assert found is not None
    assert found.share == pytest.approx(2.8 / 2.2)
    assert (found.level, found.season, len(found.units)) == (True, False, 4)


def test_another_month_is_looked_at_after_the_same_share_of_its_working_days():
    # 10 of November's 21 working days are 10.476 of October's 22: its 10th and 11th working day
    october = Period(date(2026, 10, 1), date(2026, 11, 1))
    (tenth, most), (eleventh, rest) = Point(10, 21).ends(october, WORK)
    assert (tenth, eleventh) == (date(2026, 10, 15), date(2026, 10, 16))  # Wednesday 14th done
    assert (most, rest) == (pytest.approx(11 / 21), pytest.approx(10 / 21))
    assert Point(21, 21).ends(october, WORK) == ((date(2026, 10, 31), 1.0),)
    assert Point(0, 21).ends(october, WORK) == ((october.start, 1.0),)


def test_a_day_off_has_the_days_off_before_the_next_working_day_behind_it():
    october = Period(date(2026, 10, 1), date(2026, 11, 1))
    assert Point(2, 22).ends(october, WORK) == ((date(2026, 10, 3), 1.0),)  # after Friday 2nd
    assert Point(2, 22, rests=True).ends(october, WORK) == ((date(2026, 10, 5), 1.0),)
    assert Point(22, 22, rests=True).ends(october, WORK) == ((october.end, 1.0),)


def test_make_up_days_are_working_days():
    # China worked Sunday 28 September and Saturday 11 October 2025; 1-8 October were off
    october = Period(date(2025, 10, 1), date(2025, 11, 1))
    assert CHINA.count(october) == 18
    assert Point(3, 18).ends(october, CHINA) == ((date(2025, 10, 12), 1.0),)  # the Saturday


def test_a_period_without_working_days_is_counted_by_its_days():
    weekend = Period(date(2026, 11, 14), date(2026, 11, 16))
    assert Point(1, 2).ends(weekend, WORK) == ((date(2026, 11, 15), 1.0),)


def test_a_pace_says_where_it_comes_from():
    linear = Pace(20, 5)
    assert (linear.kind, linear.share, linear.left) == ("linear", 0.25, 15)
    learned = Pace(20, 5, learn(past({24: (30, 100), 12: (50, 100)})))
    assert (learned.kind, learned.share, learned.linear) == ("learned", 0.4, 0.25)


def test_a_pace_never_falls_and_ends_with_everything():
    """Over all working days of a month, from typed days of two earlier Novembers."""
    days = {date(2025, 11, 3): 5.0, date(2025, 11, 20): 7.0, date(2024, 11, 29): 11.0}
    earlier = [Period(date(year, 11, 1), date(year, 12, 1)) for year in (2024, 2025)]
    count, shares = WORK.count(NOVEMBER), []

    def held(period: Period, point: Point) -> float:
        found = 0.0
        for end, weight in point.ends(period, WORK):
            found += weight * sum(v for day, v in days.items() if period.start <= day < end)
        return found

    for done in range(count + 1):
        now = [held(period, Point(done, count)) for period in earlier]
        found = learn(past({24: (now[0], 11), 12: (now[1], 12)}))
        assert found is not None
        shares.append(found.share)
    assert all(later >= earlier - 1e-12 for earlier, later in pairwise(shares))
    assert (shares[0], shares[-1]) == (0, 1)
    # one of 21 working days is 20 / 21 of the first of the 20 of 2025, Monday the 3rd
    assert shares[1] == pytest.approx(20 / 21 * 5 / 23)
