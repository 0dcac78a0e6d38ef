"""The days of customers, by rows one can count."""

from datetime import date

import pytest

from salesdash.errors import UsageError
from salesdash.selection import Selection
from salesdash.warehouse.purchases import day_of, first_members, number_of, purchases
from tests.warehouse.build import build

ROWS = (
    {"order_date": "2026-02-01", "amount": "7", "customer": "B", "region": "South"},
    {"order_date": "2026-01-05", "amount": "10", "customer": "A", "region": "North"},
    {"order_date": "2026-01-05", "amount": "2", "customer": "A", "region": "North"},
    {"order_date": "2026-03-05", "amount": "-5", "customer": "A", "region": "North"},
    {"order_date": "2026-02-09", "amount": "0", "customer": "B", "region": "North"},
    {"order_date": "2026-02-10", "amount": "8", "customer": "B", "region": "North"},
    {"order_date": "2026-05-01", "amount": "7", "customer": "B", "counts": False},
    {"order_date": "2026-02-09", "amount": "1", "customer": None},
    {"order_date": "2026-02-20", "amount": "-4", "customer": "C"},  # never bought
)


def test_days_and_sums_of_each_customer():
    found = purchases(build(ROWS), "sales", Selection(None))
    ledger = found.ledger
    assert [found.names[int(key)].as_py() for key in ledger.keys] == ["A", "B"]
    assert [day_of(int(day)) for day in ledger.days] == [
        date(2026, 1, 5),
        date(2026, 3, 5),
        date(2026, 2, 1),
        date(2026, 2, 9),
        date(2026, 2, 10),
    ]
    assert ledger.bought.tolist() == [True, False, True, True, True]  # for nothing is a purchase
    assert ledger.amounts.tolist() == [12, -5, 7, 0, 8]
    assert (found.without(number_of(date(2026, 2, 8))), found.without(number_of(date.max))) == (
        0,
        1,
    )


def test_it_is_asked_once_as_long_as_the_data_are_the_same():
    house = build(ROWS)
    first = purchases(house, "sales", Selection(None))
    assert purchases(house, "sales", Selection(None)) is first
    assert purchases(house, "sales", Selection(None).where("region", "North")) is not first


def test_filters_narrow():
    found = purchases(build(ROWS), "sales", Selection(None).where("region", "South"))
    assert (found.ledger.customers, found.ledger.times.tolist()) == (1, [0])


def test_members_are_those_of_the_first_purchase():
    assert first_members(build(ROWS), "sales", Selection(None), "region") == {
        "A": "North",
        "B": "South",
    }
    with pytest.raises(UsageError, match="dimension"):
        first_members(build(ROWS), "sales", Selection(None), "amount")


def test_nothing_imported():
    found = purchases(build(), "sales", Selection(None))
    assert (found.ledger.customers, found.nbytes >= 0) == (0, True)
