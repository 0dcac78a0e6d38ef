"""How many rows the days have."""

from datetime import date

from salesdash.periods import Period
from salesdash.warehouse.daily import daily
from tests.warehouse.build import build

ROWS = (
    {"order_date": "2026-11-02", "amount": "5"},
    {"order_date": "2026-11-02", "amount": "7"},
    {"order_date": "2026-11-07", "amount": "1"},
    {"order_date": "2026-11-08", "amount": "1", "counts": False},
    {"order_date": "2026-11-16", "amount": "1", "event": 2},
)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
ROLE = ("sales", "order_date")


def test_rows_that_count_by_day_within_a_period_at_a_cut():
    data = build(ROWS)
    days = {date(2026, 11, 2): 2, date(2026, 11, 7): 1}
    assert daily(data, ROLE, NOVEMBER) == {**days, date(2026, 11, 16): 1}
    assert daily(data, ROLE, NOVEMBER, cut=1) == days
    assert daily(data, ROLE, Period(date(2026, 11, 3), date(2026, 11, 7))) == {}
