"""Keys of facts that a list lacks: a second count in pandas beside the SQL."""

from decimal import Decimal

import pandas as pd

from salesdash.datasets import CUSTOMERS, DEALS, SALES
from salesdash.warehouse.unmatched import links, lost
from tests.warehouse.build import build

ROWS = [
    {"customer": "Ann", "amount": 1},
    {"customer": "BOB", "amount": 2},
    {"customer": "Bobby", "amount": 3},
    {"customer": "Bobby", "amount": None},
    {"customer": None, "amount": 5},
    {"customer": "Void", "amount": 7, "counts": False},
    {"customer": "C3", "amount": 9},
]
LIST = [{"customer": "Ann"}, {"customer": "Bob"}, {"customer": "C9", "customer_name": "C3"}]


def found(rows, listed):
    warehouse = build(rows, customers=listed)
    (link,) = (link for link in links(SALES) if link.dataset is CUSTOMERS)
    return lost(warehouse.engine, SALES, link, "sales", "customers")


def test_keys_rows_and_amounts():
    answer = found(ROWS, LIST)
    assert [(k.key, k.rows, k.amount, k.nearest, k.same) for k in answer.keys] == [
        ("Bobby", 2, Decimal(3), None, False),
        ("BOB", 1, Decimal(2), "Bob", True),
    ]
    assert (answer.dataset, answer.reference, answer.field) == ("sales", "customers", "customer")
    frame = pd.DataFrame([row for row in ROWS if row.get("counts", True)])
    known = {"Ann", "Bob", "C9", "C3"}
    beyond = frame[frame.customer.notna() & ~frame.customer.isin(known)]
    assert (answer.count, answer.rows) == (beyond.customer.nunique(), len(beyond))
    assert answer.amount == Decimal(int(beyond.amount.sum()))


def test_without_a_list_nothing_is_unknown():
    assert found(ROWS, []) is None
    assert found(ROWS, [{"customer": "Ann", "counts": False}]) is None


def test_all_known():
    assert found(ROWS[:1], LIST) is None


def test_many_keys_are_counted_beyond_those_told():
    answer = found([{"customer": f"K{n:03}", "amount": 1} for n in range(250)], LIST)
    assert (len(answer.keys), answer.count, answer.rows) == (200, 250, 250)
    assert answer.keys[0].key == "K000"


def test_what_refers_to_lists():
    assert [link.dataset.name for link in links(DEALS)] == ["customers", "products", "people"]
    assert links(CUSTOMERS) == ()
