"""The helper that other rooms build their warehouses with."""

from tests.warehouse.build import build


def test_rows_of_several_datasets_with_extra_columns_and_past_versions():
    warehouse = build(
        [{"amount": 5}],
        deals=[
            {"deal": "D1", "outcome": "open", "x_shop": "Mitte", "valid_to": 2},
            {"deal": "D1", "outcome": "won", "x_shop": "Mitte", "event": 2},
        ],
        people=[{"person": "Ann", "active_from": "2026-01-01"}],
    )
    rows = warehouse.engine.rows
    assert rows("select cast(order_date as varchar), amount from sales") == [("2026-01-15", 5)]
    assert rows("select outcome, x_shop, valid_from, record from deals") == [("won", "Mitte", 2, 2)]
    assert rows("select outcome, valid_to from deals_past") == [("open", 2)]
    assert rows("select person from people where counts") == [("Ann",)]
    assert warehouse.version == 2
