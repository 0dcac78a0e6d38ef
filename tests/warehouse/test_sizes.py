"""How much a scope holds."""

import pytest

from salesdash.errors import UsageError
from salesdash.selection import Filter, Selection
from salesdash.warehouse.sizes import Size, size
from tests.warehouse.build import build

ROWS = (
    {"region": "North", "customer": "A", "amount": "1"},
    {"region": "North", "customer": "A", "amount": "2"},
    {"region": "North", "amount": "3"},
    {"region": "South", "customer": "B", "amount": "4"},
    {"region": "South", "customer": "C", "amount": "5", "counts": False},
)
COSTS = ({"cost_date": "2026-01-05", "amount": "9", "channel": "Web"},)


def only(**scope: str) -> Selection:
    return Selection(None, filters=tuple(Filter(name, (value,)) for name, value in scope.items()))


def test_rows_that_count_and_different_customers_among_them():
    found = build(ROWS, costs=COSTS)
    assert size(found, "sales", only()) == Size(4, 2)
    assert size(found, "sales", only(region="North")) == Size(3, 1)
    assert size(found, "sales", only(region="West")) == Size(0, None)
    assert size(found, "costs", only(channel="Web")) == Size(1, None)


def test_what_rows_do_not_have_is_refused():
    with pytest.raises(UsageError) as error:
        size(build(ROWS), "sales", only(colour="red"))
    assert error.value.key == "dimension.unknown"
