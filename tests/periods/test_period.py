from datetime import date

import pytest

from salesdash.periods import Grain, Period, Window, add_months, same_date

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))


def test_a_period_is_half_open():
    assert (NOVEMBER.days, NOVEMBER.last_day) == (30, date(2026, 11, 30))
    assert NOVEMBER.contains(date(2026, 11, 30))
    assert not NOVEMBER.contains(date(2026, 12, 1))
    assert Period.through(date(2026, 11, 1), date(2026, 11, 30)) == NOVEMBER


def test_days_come_in_order():
    days = list(Period(date(2024, 2, 28), date(2024, 3, 2)))
    assert days == [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)]


@pytest.mark.parametrize("end", [date(2026, 11, 1), date(2026, 10, 31)])
def test_a_period_is_never_empty(end):
    with pytest.raises(ValueError, match="needs a day"):
        Period(date(2026, 11, 1), end)


def test_clip_gives_what_both_have():
    assert NOVEMBER.clip(Period(date(2026, 11, 20), date(2027, 1, 1))) == Period(
        date(2026, 11, 20), date(2026, 12, 1)
    )
    assert NOVEMBER.clip(Period(date(2026, 12, 1), date(2027, 1, 1))) is None


def test_periods_sort_by_start_then_end():
    first, second = Period(date(2026, 1, 1), date(2026, 2, 1)), NOVEMBER
    assert sorted([second, first]) == [first, second]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 31), -13, date(2025, 2, 28)),
    ],
)
def test_months_are_added_and_clipped(day, months, expected):
    assert add_months(day, months) == expected


def test_the_29th_of_february_becomes_the_28th():
    assert same_date(date(2024, 2, 29), 2023) == date(2023, 2, 28)
    assert same_date(date(2023, 2, 28), 2024) == date(2024, 2, 28)


def test_a_window_is_whole_only_as_its_unit():
    part = Period(date(2026, 11, 1), date(2026, 11, 18))
    assert Window(NOVEMBER, Grain.MONTH, NOVEMBER).is_whole
    assert not Window(part, Grain.MONTH, NOVEMBER, to_date=True).is_whole
    assert not Window(NOVEMBER).is_whole
