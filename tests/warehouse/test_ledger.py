from decimal import Decimal

import pytest

from salesdash.warehouse import Applied, ledger
from tests.warehouse.build import build


def test_the_ledger_holds_what_the_tables_summed_to():
    warehouse = build([{"amount": 10}, {"amount": 5, "event": 2, "valid_to": 3}])
    assert ledger.entries(warehouse.engine) == (
        Applied(1, None, "sales", 1, Decimal(10), 1),
        Applied(2, None, "sales", 1, Decimal(10), 1),
    )
    assert ledger.agrees(warehouse.engine)


@pytest.mark.parametrize(
    "damage",
    [
        "update sales set amount = 11",
        "delete from deals",
        "insert into deals_past (deal) values ('D1')",
        "update activities set quantity = 2",
        "insert into people (person) values ('Bo')",
        "delete from people",
        "update targets set target = 1",
        "update products set price = 0.000001",
    ],
)
def test_rows_that_nobody_noted_are_seen_in_any_dataset(damage):
    warehouse = build(
        [{"amount": 10}],
        deals=[{"deal": "D1", "amount": None}],
        activities=[{"activity_date": "2026-01-02", "quantity": 1, "event": 2}],
        people=[{"person": "Ana", "event": 3}, {"person": "Ana", "event": 3}],
        targets=[{"target": 5}],
        products=[{"product": "P", "price": "0.000002"}],
    )
    assert ledger.agrees(warehouse.engine)
    warehouse.engine.run(damage)
    assert not ledger.agrees(warehouse.engine)


def test_an_empty_ledger_agrees_with_empty_tables_only():
    warehouse = build([])
    assert ledger.agrees(warehouse.engine)
    warehouse.engine.run("insert into sales_past (amount) values (1)")
    assert not ledger.agrees(warehouse.engine)


def test_facts_are_remembered_by_key():
    warehouse = build([])
    with warehouse.engine.transaction() as transaction:
        ledger.remember(transaction, "a", "1")
        ledger.remember(transaction, "a", "2")
    assert ledger.recall(warehouse.engine, "a") == "2"
    assert ledger.recall(warehouse.engine, "b") is None
