import pytest

from salesdash.errors import UsageError
from salesdash.warehouse import Dimension
from tests.warehouse.build import build


def found(warehouse):
    return {d.name: (d.members, d.offered) for d in warehouse.dimensions("sales")}


def test_dimensions_hold_values_and_say_how_many():
    warehouse = build([{"region": "N"}, {"region": "S"}, {"region": "N", "channel": "web"}])
    assert warehouse.dimensions("sales") == (
        Dimension("region", 2, offered=True, extra=False),
        Dimension("channel", 1, offered=True, extra=False),
    )


def test_extra_columns_are_offered_unless_private_ids_or_too_many():
    rows = [
        {
            "x_shop": f"Shop {n % 3}",
            "x_contact": f"a{n}@example.com",
            "x_电话": "x",
            "x_ship_address": "Elm",
            "x_invoice_id": "7",
            "x_hotline": f"+49 30 90{n:03}00",
            "x_remark": f"{n}",
        }
        for n in range(201)
    ]
    names = {name for name, (_, offered) in found(build(rows)).items() if offered}
    assert names == {"x_shop"}


def test_members_come_by_rows_then_by_name_and_can_be_searched():
    regions = ["North", "South", "South", "East", None, "Northwest"]
    warehouse = build([{"region": region} for region in regions])
    members = (("South", 2), ("East", 1), ("North", 1), ("Northwest", 1))
    assert warehouse.members("sales", "region") == members
    assert warehouse.members("sales", "region", limit=1) == members[:1]
    assert warehouse.members("sales", "region", search="nORTH") == members[2:]
    with pytest.raises(UsageError):
        warehouse.members("sales", "amount")


def test_names_are_those_of_the_newest_row():
    warehouse = build(
        [
            {"customer": "C1", "customer_name": "Old", "order_date": "2026-01-01"},
            {"customer": "C1", "customer_name": "New", "order_date": "2026-02-01"},
            {"customer": "C1", "customer_name": None, "order_date": "2026-03-01"},
            {"customer": "C2", "customer_name": None},
        ]
    )
    assert warehouse.names("sales", "customer") == {"C1": "New"}
    assert warehouse.names("sales", "region") == {}


def test_the_newest_row_is_told_by_the_date_of_its_dataset():
    """Deals without any date are older than all others."""
    days = {"2026-01-01": "Old", "2026-02-01": "New", None: "Undated"}
    deals = [{"customer": "C1", "customer_name": n, "created_date": d} for d, n in days.items()]
    assert build(deals=deals).names("deals", "customer") == {"C1": "New"}


def test_answers_are_kept_for_a_version_and_asked_again_after_an_event():
    warehouse = build([{"region": "N"}])
    assert found(warehouse) == {"region": (1, True)}
    warehouse.engine.run("insert into sales (region, counts, valid_from) values ('S', true, 2)")
    assert found(warehouse) == {"region": (1, True)}
    warehouse.refresh()
    assert found(warehouse) == {"region": (2, True)}
