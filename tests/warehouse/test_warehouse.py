from datetime import date
from decimal import Decimal

import pytest

from salesdash.errors import UsageError
from salesdash.periods import Period, Window
from salesdash.selection import Filter, Organisation, Selection
from tests.warehouse.build import build

ALL = Selection(window=None)


def amounts(warehouse, relation):
    sql = f"select amount from {relation} as r order by amount"
    return [int(row[0]) for row in warehouse.engine.rows(sql)]


def chosen(warehouse, selection):
    scope = warehouse.scope("sales", selection)
    sql = f"select amount from ({scope.sql}) as s order by amount"
    return [int(row[0]) for row in warehouse.engine.rows(sql, scope.params)]


@pytest.fixture
def shop():
    return build(
        [
            {"order_date": "2026-01-05", "amount": 10, "region": "North", "x_rep": "Li"},
            {"order_date": "2026-02-06", "amount": 20, "region": "South", "person": "Ana"},
            {"order_date": "2026-02-07", "amount": 40, "region": None, "event": 2},
            {"order_date": "2026-03-01", "amount": 80, "region": "North", "counts": False},
        ]
    )


def test_an_empty_warehouse_says_so():
    empty = build([])
    assert empty.version == 0
    assert empty.edge("sales", date(2026, 5, 1)) is None
    assert empty.first_date("sales") is None
    assert empty.coverage("sales").rows == 0
    assert empty.dimensions("sales") == ()


def test_a_decided_deal_moves_the_edge_and_the_plan_of_an_open_one_does_not():
    deals = [
        {"created_date": "2026-01-05", "outcome": "won", "close_date": "2026-03-01"},
        {"created_date": "2026-02-01", "outcome": "open", "close_date": "2026-03-20"},
        {"created_date": None, "outcome": "lost", "close_date": "2026-01-02"},
        {"created_date": "2026-02-03", "outcome": None, "close_date": None},
    ]
    warehouse = build(deals=deals)
    assert warehouse.edge("deals", date(2026, 4, 1)) == date(2026, 3, 1)
    assert warehouse.edge("deals", date(2026, 2, 28)) == date(2026, 2, 3)
    assert warehouse.first_date("deals") == date(2026, 1, 2)
    coverage = warehouse.coverage("deals")
    assert (coverage.first, coverage.edge) == (date(2026, 1, 2), date(2026, 3, 1))
    assert (coverage.rows, [month.rows for month in coverage.months]) == (4, [1, 2])


def test_a_lead_that_became_a_deal_moves_the_edge():
    leads = [{"created_date": "2026-01-05", "converted_date": "2026-02-07"}]
    assert build(leads=leads).edge("leads", date(2026, 4, 1)) == date(2026, 2, 7)


def test_version_is_the_newest_applied_event(shop):
    assert shop.version == 2


def test_scope_keeps_only_rows_that_count(shop):
    assert chosen(shop, ALL) == [10, 20, 40]


def test_scope_filters_on_members_empty_values_and_exclusion(shop):
    assert chosen(shop, ALL.where("region", "North")) == [10]
    assert chosen(shop, ALL.where("region", "North", None)) == [10, 40]
    not_north = Selection(None, filters=(Filter("region", ("North",), exclude=True),))
    assert chosen(shop, not_north) == [20, 40]  # the row without a region is not North either
    assert chosen(shop, ALL.where("x_rep", "Li")) == [10]
    assert chosen(shop, ALL.where("region")) == []


def test_an_unknown_filter_is_named(shop):
    for wrong in ("amount", "nope", 'a"; drop table sales'):
        with pytest.raises(UsageError) as error:
            shop.scope("sales", ALL.where(wrong, "1"))
        assert error.value.values["dimension"] == wrong
    with pytest.raises(UsageError):
        shop.relation("nope")


def test_cuts_give_the_rows_of_then():
    warehouse = build(
        [
            {"amount": 1, "event": 1, "valid_to": 2},
            {"amount": 2, "event": 2},
            {"amount": 4, "event": 1},
            {"amount": 8, "event": 3, "valid_to": 5},
        ]
    )
    assert amounts(warehouse, warehouse.relation("sales")) == [2, 4]
    assert amounts(warehouse, warehouse.relation("sales", 0)) == []
    assert amounts(warehouse, warehouse.relation("sales", 1)) == [1, 4]
    assert amounts(warehouse, warehouse.relation("sales", 2)) == [2, 4]
    assert amounts(warehouse, warehouse.relation("sales", 4)) == [2, 4, 8]
    assert chosen(warehouse, Selection(None, cut=1)) == [1, 4]


def test_edge_is_the_last_date_up_to_today(shop):
    assert shop.edge("sales", date(2026, 2, 10)) == date(2026, 2, 7)
    assert shop.edge("sales", date(2026, 2, 10), cut=1) == date(2026, 2, 6)
    assert shop.edge("sales", date(2027, 1, 1)) == date(2026, 3, 1)
    assert shop.first_date("sales") == date(2026, 1, 5)


def test_coverage_counts_by_month(shop):
    coverage = shop.coverage("sales")
    assert (coverage.first, coverage.edge) == (date(2026, 1, 5), date(2026, 3, 1))
    assert (coverage.rows, coverage.counted, coverage.last_event) == (4, 3, 2)
    assert [(m.start.month, m.rows, m.amount) for m in coverage.months] == [
        (1, 1, Decimal(10)),
        (2, 2, Decimal(60)),
        (3, 1, None),
    ]


def test_rows_behind_stay_inside_the_window_and_can_be_traced(shop):
    february = Window(Period(date(2026, 2, 1), date(2026, 3, 1)))
    table = shop.rows_behind("sales", Selection(february))
    assert [int(a) for a in table.column("amount").to_pylist()] == [40, 20]
    assert table.column("event").to_pylist() == [2, 1]
    assert table.column("record").to_pylist() == [3, 2]
    assert shop.rows_behind("sales", ALL, limit=1).num_rows == 1


def test_todays_organisation_moves_a_person_to_the_newest_team():
    warehouse = build(
        [
            {"order_date": "2026-01-05", "amount": 1, "person": "Ana", "team": "Old"},
            {"order_date": "2026-02-05", "amount": 2, "person": "Ana", "team": "New"},
            {"order_date": "2026-02-06", "amount": 4, "person": "Bo", "team": "Old"},
            {"order_date": "2026-02-07", "amount": 8, "team": "Old"},
        ]
    )
    old = ALL.where("team", "Old")
    assert chosen(warehouse, old) == [1, 4, 8]
    today = Selection(None, filters=old.filters, organisation=Organisation.TODAY)
    assert chosen(warehouse, today) == [4, 8]


def test_todays_organisation_of_deals_goes_by_their_own_date():
    deals = [
        {"created_date": "2026-01-05", "person": "Ana", "team": "Old"},
        {"created_date": "2026-02-05", "person": "Ana", "team": "New"},
    ]
    today = Selection(None, organisation=Organisation.TODAY)
    scope = build(deals=deals).scope("deals", today.where("team", "New"))
    assert len(build(deals=deals).engine.rows(scope.sql, scope.params)) == 2


def test_a_view_replaces_the_current_rows(shop):
    from salesdash.warehouse import Warehouse

    view = Warehouse(
        shop.engine, views={"sales": "(select * from sales where amount > 10)"}, version=-1
    )
    assert view.version == -1
    assert chosen(view, ALL) == [20, 40]
    assert chosen(shop, ALL) == [10, 20, 40]
    assert chosen(shop.through(shop.engine), ALL) == [10, 20, 40]
