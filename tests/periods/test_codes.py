from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash.errors import UsageError
from salesdash.periods import (
    Comparison,
    FiscalCalendar,
    Grain,
    Period,
    Window,
    between,
    code,
    compare,
    current,
    parse,
    presets,
)
from tests.periods.strategies import calendars, days, grains

EDGE = date(2026, 11, 17)
CALENDAR = FiscalCalendar()
APRIL = FiscalCalendar(start_month=4)
WEEKLY = FiscalCalendar(start_month=4, pattern="4-4-5")


def through(first: str, last: str) -> Period:
    return Period.through(date.fromisoformat(first), date.fromisoformat(last))


def parsed(text: str, fiscal: FiscalCalendar, edge: date = EDGE) -> Window:
    window = parse(text, edge, fiscal)
    assert window is not None
    return window


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("wtd", "2026-11-16", "2026-11-17"),
        ("mtd", "2026-11-01", "2026-11-17"),
        ("qtd", "2026-10-01", "2026-11-17"),
        ("ytd", "2026-01-01", "2026-11-17"),
        ("last-week", "2026-11-09", "2026-11-15"),
        ("last-month", "2026-10-01", "2026-10-31"),
        ("last-quarter", "2026-07-01", "2026-09-30"),
        ("last-year", "2025-01-01", "2025-12-31"),
        ("last:30", "2026-10-19", "2026-11-17"),
        ("last:1", "2026-11-17", "2026-11-17"),
        ("last:12m", "2025-11-18", "2026-11-17"),
        ("day:2026-10-05", "2026-10-05", "2026-10-05"),
        ("week:2026-W41", "2026-10-05", "2026-10-11"),
        ("week:2026-W53", "2026-12-28", "2027-01-03"),
        ("month:2026-10", "2026-10-01", "2026-10-31"),
        ("month:2026-11", "2026-11-01", "2026-11-17"),  # still running
        ("quarter:2026Q3", "2026-07-01", "2026-09-30"),
        ("year:2025", "2025-01-01", "2025-12-31"),
        ("2026-01-05..2026-03-31", "2026-01-05", "2026-03-31"),
    ],
)
def test_codes(text, first, last):
    assert parsed(text, CALENDAR).period == through(first, last)


def test_all_has_no_limit():
    assert parse("all", EDGE, CALENDAR) is None
    assert code(None, CALENDAR) == "all"


@pytest.mark.parametrize(
    ("text", "fiscal", "first", "last"),
    [
        ("quarter:2026Q4", APRIL, "2026-01-01", "2026-03-31"),
        ("year:2026", APRIL, "2025-04-01", "2026-03-31"),
        ("month:2026-10", APRIL, "2026-10-01", "2026-10-31"),
        ("month:2026-P10", WEEKLY, "2025-12-29", "2026-01-25"),
    ],
)
def test_quarters_and_years_are_fiscal(text, fiscal, first, last):
    window = parsed(text, fiscal)
    assert (window.period, code(window, fiscal)) == (through(first, last), text)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("", "mtd"),
        ("mttd", "mtd"),
        ("MTD", "mtd"),
        ("last-moth", "last-month"),
        ("last:0", "last:30"),
        ("last:0m", "last:30"),
        ("last:x", "last:30"),
        ("last:99999m", "last:30"),
        ("day:2026-02-30", "day:2026-10-05"),
        ("week:2025-W53", "week:2026-W41"),
        ("month:2026-13", "month:2026-10"),
        ("month:2026-P10", "month:2026-10"),
        ("moth:2026-10", "month:2026-10"),
        ("quarter:2026Q5", "quarter:2026Q4"),
        ("quarter:2026Q0", "quarter:2026Q4"),
        ("year:26", "year:2026"),
        ("year:0000", "year:2026"),
        ("year:9999", "year:2026"),
        ("2026-03-01..2026-02-01", "2026-01-01..2026-03-31"),
        ("2026-03-01..", "2026-01-01..2026-03-31"),
        ("<script>", "mtd"),
    ],
)
def test_bad_codes_are_named_with_a_suggestion(text, suggestion):
    with pytest.raises(UsageError) as caught:
        parse(text, EDGE, CALENDAR)
    assert caught.value.key == "period.unknown"
    assert caught.value.values == {"code": text, "suggestion": suggestion}
    parse(suggestion, EDGE, CALENDAR)


def test_a_calendar_month_is_not_a_fiscal_one():
    with pytest.raises(UsageError) as caught:
        parse("month:2026-10", EDGE, WEEKLY)
    assert caught.value.values["suggestion"] == "month:2026-P10"


@pytest.mark.parametrize("text", ["1899-12-31..2026-01-01", "year:2300", "last:99999"])
def test_years_far_away_are_refused(text):
    with pytest.raises(UsageError) as caught:
        parse(text, EDGE, CALENDAR)
    assert caught.value.key == "period.out_of_range"


@pytest.mark.parametrize(
    ("first", "last", "grain"),
    [
        ("2026-03-01", "2026-03-31", Grain.MONTH),
        ("2026-01-01", "2026-03-31", Grain.QUARTER),
        ("2025-01-01", "2025-12-31", Grain.YEAR),
        ("2026-03-01", "2026-03-30", None),
        ("2026-11-16", "2026-11-22", None),
        ("2026-11-17", "2026-11-17", None),
    ],
)
def test_two_dates_that_are_a_unit_are_that_unit(first, last, grain):
    window = between(date.fromisoformat(first), date.fromisoformat(last), CALENDAR)
    assert (window.period, window.grain) == (through(first, last), grain)


def test_march_by_its_dates_is_compared_with_february():
    march = parsed("2026-03-01..2026-03-31", CALENDAR)
    february = parsed("month:2026-02", CALENDAR)
    assert compare(march, Comparison.PREVIOUS, CALENDAR) == february


def test_the_window_of_a_comparison_is_written_as_its_days():
    earlier = compare(current(Grain.MONTH, EDGE, CALENDAR), Comparison.PREVIOUS, CALENDAR)
    assert code(earlier, CALENDAR) == "2026-10-01..2026-10-17"


@pytest.mark.parametrize("text", presets())
def test_every_preset_is_a_code(text):
    window = parse(text, EDGE, APRIL)
    assert parse(code(window, APRIL), EDGE, APRIL) == window


@given(calendars, grains, days, st.integers(-3, 3))
def test_the_code_of_a_unit_leads_back_to_it(fiscal, grain, edge, back):
    unit = fiscal.previous(grain, fiscal.unit(grain, edge), back)
    window = Window(unit, grain, unit) if back else current(grain, edge, fiscal)
    assert parse(code(window, fiscal), edge, fiscal) == window


@given(calendars, days, days, st.integers(0, 900))
def test_the_code_of_a_range_leads_back_to_it(fiscal, edge, first, length):
    window = between(first, first + timedelta(days=length), fiscal)
    found = parsed(code(window, fiscal), fiscal, edge)
    if window.grain is None:
        assert found == window
    else:  # a unit that still runs ends at the edge
        assert found.unit == window.unit


@given(st.text(max_size=30) | st.from_regex(r"(last|week|month|year):[0-9mWQP-]{0,9}"), days)
def test_no_text_breaks_the_reader(text, edge):
    try:
        window = parse(text, edge, CALENDAR)
    except UsageError:
        return
    assert window is None or window.period.days > 0
