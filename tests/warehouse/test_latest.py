"""The last day a member bought."""

from datetime import date

import pytest

from salesdash.errors import UsageError
from salesdash.selection import Selection
from salesdash.warehouse.latest import last_days
from tests.warehouse.build import build

ROWS = (
    {"order_date": "2026-01-05", "amount": "10", "customer": "A"},
    {"order_date": "2026-03-05", "amount": "-5", "customer": "A"},  # a return is no purchase
    {"order_date": "2026-02-01", "amount": "7", "customer": "B", "region": "North"},
    {"order_date": "2026-04-01", "amount": "7", "customer": "B", "region": "South"},
    {"order_date": "2026-05-01", "amount": "7", "customer": "B", "counts": False},
    {"order_date": "2026-02-09", "amount": "1", "customer": None},
)
UNTIL = date(2026, 4, 1)


def test_the_last_day_before_a_day():
    found = last_days(build(ROWS), "sales", "customer", Selection(None), UNTIL)
    assert found == {"A": date(2026, 1, 5), "B": date(2026, 2, 1), None: date(2026, 2, 9)}


def test_filters_narrow_and_void_rows_never_count():
    south = Selection(None).where("region", "South")
    found = last_days(build(ROWS), "sales", "customer", south, date(2027, 1, 1))
    assert found == {"B": date(2026, 4, 1)}


def test_datasets_without_an_amount_have_last_days_too():
    house = build(leads=[{"created_date": date(2026, 2, 3), "campaign": "Web"}])
    found = last_days(house, "leads", "campaign", Selection(None), UNTIL)
    assert found == {"Web": date(2026, 2, 3)}


def test_an_unknown_dimension_is_refused():
    with pytest.raises(UsageError, match="dimension"):
        last_days(build(ROWS), "sales", "amount", Selection(None), UNTIL)
