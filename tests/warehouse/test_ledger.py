from decimal import Decimal

from salesdash.warehouse import Applied, ledger
from tests.warehouse.build import build


def test_the_ledger_holds_what_the_tables_summed_to():
    warehouse = build([{"amount": 10}, {"amount": 5, "event": 2, "valid_to": 3}])
    assert ledger.entries(warehouse.engine) == (
        Applied(1, None, "sales", 1, Decimal(10), 1),
        Applied(2, None, "sales", 1, Decimal(10), 1),
    )
    assert ledger.agrees(warehouse.engine)


def test_rows_that_nobody_noted_are_seen():
    warehouse = build([{"amount": 10}])
    warehouse.engine.run("update sales set amount = 11")
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
