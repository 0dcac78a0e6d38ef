"""Histories of files and metrics, and what is told of them."""

from dataclasses import replace
from datetime import date

import pytest

from salesdash.analysis import histories, tabled
from salesdash.analysis.asking import Question
from salesdash.analysis.foresight import History, foresee
from salesdash.analysis.spacing import spaced
from salesdash.errors import DataRefused, Place, UsageError
from salesdash.ingest.dated import Dated, Day
from salesdash.metrics import Kind, Unit
from salesdash.periods import Comparison, FiscalCalendar, Grain, Period, WorkCalendar, add_months
from salesdash.selection import Filter, Selection
from tests.analysis.company import metric, settings
from tests.warehouse.build import build

START = date(2023, 1, 1)


def table(*rows, text=False):
    """Days from (date, value) or (date, value, rows); `text`: the cells name months."""
    days = []
    for line, (day, value, *count) in enumerate(rows, 2):
        last = Period(day, add_months(day, 1)).last_day if text else None
        days.append(Day(day, last, value, count[0] if count else 1, line))
    return Dated(Place("a.csv"), "date", "value", tuple(days))


def months(count, value=lambda n: 100.0 + n):
    return [(add_months(START, n), value(n)) for n in range(count)]


def keys(notes):
    return {note.key.rpartition(".")[2]: dict(note.values) for note in notes}


def test_months_and_a_missing_one():
    rows = [row for row in months(12) if row[0].month != 5]
    found = tabled.history(table(*rows), None)
    assert found.row.grain is Grain.MONTH
    assert found.row.values[3:6] == (103, None, 105)
    told = keys(foresee(found, 2).notes)
    assert told["filled"] == {"count": 1, "periods": ("2023-05",)}


def test_periods_that_cells_name():
    found = tabled.history(table(*months(6), text=True), None)
    assert (found.row.grain, len(found.row.units)) == (Grain.MONTH, 6)


def test_periods_of_different_lengths_are_refused_with_their_line():
    days = table(*months(4), text=True).days
    year = Day(date(2023, 5, 1), date(2024, 4, 30), 1.0, 1, 9)
    with pytest.raises(DataRefused) as caught:
        tabled.history(Dated(Place("a.csv"), "date", "v", (*days, year)), None)
    assert (caught.value.key, caught.value.place.line) == ("tabled.mixed", 9)


def test_half_years_are_refused():
    half = Day(date(2023, 1, 1), date(2023, 6, 30), 1.0, 1, 2)
    with pytest.raises(DataRefused) as caught:
        tabled.history(Dated(Place("a.csv"), "date", "v", (half,)), None)
    assert caught.value.key == "tabled.mixed"


def test_rows_are_added_up_by_a_coarser_grain_without_the_parts_at_the_ends():
    """From 15 January on and up to 10 May: February to April are whole, March has nothing."""
    days = [date(2024, 1, 15), date(2024, 2, 1), date(2024, 2, 29), date(2024, 4, 30)]
    rows = [(day, 10.0) for day in days] + [(date(2024, 5, 10), 7.0)]
    found = tabled.history(table(*rows), Grain.MONTH)
    assert [found.row.named(unit) for unit in found.row.units] == ["2024-02", "2024-03", "2024-04"]
    assert found.row.values == (20, 0, 10)
    told = keys(found.notes)
    assert told["partial"]["periods"] == ("2024-01", "2024-05")
    assert told["empty"]["periods"] == ("2024-03",)
    assert told["summed"]["count"] == 5


def test_weekends_that_are_never_open_do_not_make_a_month_a_part():
    """June 2024 ends on a Sunday; the last row is of Friday the 28th."""
    days = [day for day in Period(date(2024, 5, 1), date(2024, 6, 29)) if day.weekday() < 5]
    found = tabled.history(table(*((day, 1.0) for day in days)), Grain.MONTH)
    assert found.row.values == (23, 20)


def test_a_finer_grain_is_refused():
    with pytest.raises(DataRefused) as caught:
        tabled.history(table(*months(6)), Grain.WEEK)
    assert (caught.value.key, caught.value.place.file) == ("tabled.finer", "a.csv")


def test_unclear_dates_name_the_file_unless_a_grain_is_given():
    rows = [(date(2024, 1, 1), 1.0), (date(2024, 1, 9), 2.0), (date(2024, 3, 2), 3.0)]
    with pytest.raises(DataRefused) as caught:
        tabled.history(table(*rows), None)
    assert (caught.value.key, caught.value.place.file) == ("spacing.unclear", "a.csv")
    assert tabled.history(table(*rows), Grain.MONTH).row.values == (3, 0)


def test_nothing_is_refused():
    with pytest.raises(DataRefused):
        tabled.history(Dated(Place("a.csv"), "date", "v", ()), None)


def test_a_date_twice_is_added_up_and_said():
    rows = [*months(5), (date(2023, 6, 1), 9.0, 3)]
    assert keys(tabled.history(table(*rows), None).notes)["repeated"]["periods"] == ("2023-06",)


def test_closed_days_are_said():
    days = [day for day in Period(date(2024, 5, 1), date(2024, 6, 29)) if day.weekday() < 5]
    found = tabled.history(table(*((day, 1.0) for day in days)), None)
    assert keys(found.notes)["closed"] == {"count": 2}


def test_what_comes_after_the_last_figure():
    """Two months without figures at the end are forecast before the others."""
    rows = [*months(8), (add_months(START, 8), None), (add_months(START, 9), None)]
    found = foresee(tabled.history(table(*rows), None), 3)
    assert [step.name for step in found.steps] == ["2023-09", "2023-10", "2023-11"]
    assert len(found.history) == 8
    assert keys(found.notes)["ends"] == {"period": "2023-08"}
    for step in found.steps:
        assert step.low_80 <= step.low_50 <= step.mean <= step.high_50 <= step.high_80


def test_a_short_season_and_an_outlier_are_said():
    rows = months(20, lambda n: 5000.0 if n == 10 else 100.0 + n % 3)
    told = keys(foresee(tabled.history(table(*rows), None), 2).notes)
    assert told["outliers"]["periods"] == ("2023-11",)
    assert told["short_year"]["seasons"] == 3


def test_many_periods_are_named_by_the_first():
    figures = {day: value for day, value in months(40) if day.month % 2}
    row = spaced(figures, Grain.MONTH, FiscalCalendar(), fill=None)
    names = keys(foresee(History(row), 1).notes)["filled"]
    assert names["count"] == 19
    assert names["periods"][-1] == "…"


def test_only_nothing_is_too_short():
    row = spaced({START: None}, Grain.MONTH, FiscalCalendar(), fill=None)
    with pytest.raises(DataRefused) as caught:
        foresee(History(row), 1)
    assert caught.value.values["count"] == 0


# --- of a metric -----------------------------------------------------------------------------


METRICS = (
    metric("sales", Kind.SIMPLE, Unit.MONEY, sql="sum(amount)"),
    metric("lines", Kind.SIMPLE, Unit.COUNT, sql="count(*)"),
    metric("mean", Kind.RATIO, Unit.MONEY, numerator="sales", denominator="lines"),
    metric(
        "goal",
        Kind.PLANNED,
        Unit.MONEY,
        dataset="targets",
        date="period_start",
        of="sales",
        takes="plan",
    ),
)
SETTINGS = replace(
    settings(),
    metrics={each.id: each for each in METRICS},
    work=WorkCalendar(weekend=frozenset()),
    hash="foresight",
)


def asked(rows, name="sales", today=date(2024, 3, 20), where=()):
    question = Question(build(rows), SETTINGS, Selection(None, Comparison.NONE, where), today)
    return question.about(name)


def sold(day, amount, **fields):
    return {"order_date": day, "amount": amount, **fields}


ROWS = [
    sold("2023-09-20", 1),  # the data begin within September
    sold("2023-10-02", 10),
    sold("2023-10-09", 20, region="North"),
    sold("2023-12-24", 40, region="North"),
    sold("2024-01-31", 50),
    sold("2024-02-10", 60, region="South"),
    sold("2024-03-19", 7),  # March runs
]


def test_whole_months_of_a_metric():
    found = histories.history(asked(ROWS), Grain.MONTH)
    names = [found.row.named(unit) for unit in found.row.units]
    assert names == ["2023-10", "2023-11", "2023-12", "2024-01", "2024-02"]
    assert found.row.values == (30, 0, 40, 50, 60)
    told = keys(found.notes)
    assert told["running"]["periods"] == ("2024-03",)
    assert told["begun"]["periods"] == ("2023-09",)
    assert told["zeros"]["periods"] == ("2023-11",)


def test_what_does_not_add_up_is_unknown_where_there_is_nothing():
    found = histories.history(asked(ROWS, "mean"), Grain.MONTH)
    assert found.row.values == (15, None, 40, 50, 60)
    assert "zeros" not in keys(found.notes)


def test_a_filter_begins_with_its_first_figure():
    north = (Filter("region", ("North",)),)
    found = histories.history(asked(ROWS, where=north), Grain.MONTH)
    assert found.row.values == (20, 0, 40, 0, 0)
    south = histories.history(asked(ROWS, where=(Filter("region", ("South",)),)), Grain.MONTH)
    assert south.row.values == (None, None, None, None, 60)


def test_a_month_that_is_over_counts_though_its_last_days_sold_nothing():
    found = histories.history(asked(ROWS, today=date(2024, 4, 10)), Grain.MONTH)
    assert found.row.values[-1] == 7


def test_weeks_and_quarters():
    assert len(histories.history(asked(ROWS), Grain.WEEK).row.units) == 25
    assert histories.history(asked(ROWS), Grain.QUARTER).row.values == (70,)


def test_plans_and_nothing_are_refused():
    plan = {
        "period_start": "2023-10-01",
        "period_end": "2023-10-31",
        "metric": "sales",
        "target": 5,
    }
    question = Question(
        build(ROWS, targets=[plan]), SETTINGS, Selection(None, Comparison.NONE), date(2024, 3, 20)
    )
    with pytest.raises(UsageError, match=r"foresight\.plan"):
        histories.history(question.about("goal"), Grain.MONTH)
    with pytest.raises(DataRefused, match=r"forecasting\.too_short"):
        histories.history(asked([]), Grain.MONTH)
    with pytest.raises(DataRefused, match=r"forecasting\.too_short"):
        foresee(histories.history(asked(ROWS), Grain.YEAR), 1)
