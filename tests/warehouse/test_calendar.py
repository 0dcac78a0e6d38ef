from datetime import date

from salesdash.periods import FiscalCalendar, WorkCalendar
from salesdash.warehouse import PlainCalendars, ensure_calendar
from tests.warehouse.build import build

COLUMNS = "iso_year, iso_week, weekday, week_start, month_start, quarter_start, year_start, working"


def day(warehouse, when):
    sql = f"select {COLUMNS} from calendar where day = $day"
    return warehouse.engine.rows(sql, {"day": when})[0]


def test_a_day_knows_its_week_and_units():
    warehouse = build([{"order_date": "2026-12-30"}])
    assert day(warehouse, date(2027, 1, 2)) == (
        *(2026, 53, 5),  # a Saturday of ISO week 53
        date(2026, 12, 28),
        date(2027, 1, 1),
        date(2027, 1, 1),
        date(2027, 1, 1),
        False,
    )


def test_fiscal_units_and_make_up_days_follow_the_settings():
    fiscal, work = FiscalCalendar(start_month=4, week_start=6), WorkCalendar("CN")
    warehouse = build([{"order_date": "2026-02-01"}], fiscal=fiscal, work=work)
    saturday = day(warehouse, date(2026, 2, 14))
    assert saturday[3:] == (
        date(2026, 2, 8),
        date(2026, 2, 1),
        date(2026, 1, 1),
        date(2025, 4, 1),
        True,  # worked for the spring festival
    )


def test_days_reach_two_years_around_the_rows_once_each():
    warehouse = build([{"order_date": "2024-06-01"}, {"order_date": "2026-06-01"}])
    sql = "select min(day), max(day), count(*) = count(distinct day) from calendar"
    assert warehouse.engine.rows(sql) == [(date(2022, 1, 1), date(2028, 12, 31), True)]


def test_odd_dates_do_not_blow_it_up():
    warehouse = build([{"order_date": "1001-01-01"}, {"order_date": "9999-12-31"}])
    sql = "select min(day), max(day) from calendar"
    assert warehouse.engine.rows(sql) == [(date(1900, 1, 1), date(2200, 12, 31))]


def test_no_rows_no_days():
    assert build([]).engine.rows("select count(*) from calendar") == [(0,)]


def test_it_is_filled_anew_only_when_something_changed():
    warehouse = build([{"order_date": "2026-02-01"}])
    ends = (date(2026, 2, 1), date(2026, 2, 1))
    with warehouse.engine.transaction() as transaction:
        transaction.run("delete from calendar where weekday = 0")
        ensure_calendar(transaction, ends, PlainCalendars())
        assert transaction.rows("select count(*) from calendar where weekday = 0") == [(0,)]
        ensure_calendar(transaction, ends, PlainCalendars(fiscal=FiscalCalendar(start_month=2)))
        assert transaction.rows("select count(*) > 0 from calendar where weekday = 0") == [(True,)]
