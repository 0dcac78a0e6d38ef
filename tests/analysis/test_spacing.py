"""Dates made evenly spaced: the grain they have, what is missing, what comes next."""

from datetime import date, timedelta

import pytest

from salesdash.analysis.spacing import spaced, told_by
from salesdash.errors import DataRefused
from salesdash.periods import FiscalCalendar, Grain

PLAIN = FiscalCalendar()


def days(*texts):
    return [date.fromisoformat(text) for text in texts]


def every(start, step, count):
    return [date.fromisoformat(start) + timedelta(days=step * n) for n in range(count)]


@pytest.mark.parametrize(
    ("dates", "grain", "calendar"),
    [
        (every("2024-01-01", 1, 10), Grain.DAY, PLAIN),
        (every("2024-01-03", 7, 10), Grain.WEEK, FiscalCalendar(week_start=2)),
        (days("2024-01-07", "2024-01-14", "2024-02-04"), Grain.WEEK, FiscalCalendar(week_start=6)),
        (days("2024-01-31", "2024-02-29", "2024-03-31"), Grain.MONTH, PLAIN),
        (days("2024-01-15", "2024-02-14", "2024-05-15"), Grain.MONTH, PLAIN),
        (days("2024-01-01", "2024-04-01", "2024-10-01"), Grain.QUARTER, PLAIN),
        (days("2024-03-31", "2024-06-30"), Grain.QUARTER, PLAIN),
        (days("2024-02-01", "2024-05-01"), Grain.QUARTER, FiscalCalendar(start_month=2)),
        (days("2024-01-31", "2024-04-30"), Grain.QUARTER, FiscalCalendar(start_month=2)),
        (days("2022-12-31", "2023-12-31"), Grain.YEAR, PLAIN),
        (days("2022-06-30", "2023-06-30"), Grain.YEAR, FiscalCalendar(start_month=7)),
    ],
)
def test_the_grain_of_dates(dates, grain, calendar):
    assert told_by(dates) == (grain, calendar)


@pytest.mark.parametrize(
    "dates", [[], days("2024-01-01"), days("2024-01-01", "2024-01-09", "2024-03-01", "2024-03-02")]
)
def test_dates_that_say_nothing(dates):
    with pytest.raises(DataRefused) as caught:
        told_by(dates)
    assert caught.value.key == "spacing.unclear"


def test_months_in_a_row_with_a_gap_and_what_comes_next():
    figures = dict(
        zip(days("2023-11-30", "2024-01-31", "2024-01-02"), (1.0, 3.0, 2.0), strict=True)
    )
    row = spaced(figures, Grain.MONTH, PLAIN, fill=None)
    assert row.values == (1, None, 5)
    assert [row.named(unit) for unit in row.units] == ["2023-11", "2023-12", "2024-01"]
    assert [row.named(unit) for unit in row.ahead(2)] == ["2024-02", "2024-03"]
    assert row.season == 12
    assert spaced(figures, Grain.MONTH, PLAIN, fill=0.0).values == (1, 0, 5)


def test_weekdays_without_any_figure_are_no_days():
    figures = {day: 1.0 for day in every("2024-01-01", 1, 19) if day.weekday() < 5}
    row = spaced(figures, Grain.DAY, PLAIN, fill=None)
    assert row.closed == {5, 6}
    assert row.season == 5
    assert None not in row.values
    assert [unit.start for unit in row.ahead(2)] == days("2024-01-22", "2024-01-23")


def test_too_short_to_know_the_weekdays():
    row = spaced(dict.fromkeys(every("2024-01-01", 1, 5), 1.0), Grain.DAY, PLAIN, fill=None)
    assert (row.closed, row.season) == (frozenset(), 7)


@pytest.mark.parametrize(
    ("grain", "name", "after"),
    [
        (Grain.DAY, "2024-12-30", "2024-12-31"),
        (Grain.WEEK, "2025-W01", "2025-W02"),
        (Grain.QUARTER, "2024Q4", "2025Q1"),
        (Grain.YEAR, "2024", "2025"),
    ],
)
def test_names(grain, name, after):
    row = spaced({date(2024, 12, 30): 1.0}, grain, PLAIN, fill=None)
    assert (row.named(row.units[0]), row.named(row.ahead(1)[0])) == (name, after)
