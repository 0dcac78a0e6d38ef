"""What is kept of all days answers like a question of its own, whatever periods and filters."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesdash.engine import Engine
from salesdash.metrics import OTHER
from salesdash.periods import Grain, Period
from salesdash.selection import Filter, Selection
from salesdash.warehouse import questions
from salesdash.warehouse.breadth import is_few
from salesdash.warehouse.changes import shifts
from salesdash.warehouse.questions import measure
from tests.examples import tries
from tests.warehouse.build import build, rebuilt
from tests.warehouse.test_questions import bound

FIRST = date(2025, 11, 20)
DAY = st.integers(0, 90).map(lambda n: FIRST + timedelta(days=n))
NAMES = st.sampled_from(["N", "S", None])
ROW = st.fixed_dictionaries(
    {
        "order_date": DAY,
        "amount": st.decimals(-99, 999, places=2),
        "customer": st.sampled_from(["A", "B", None]),
        "document": st.sampled_from([*"12345", None]),
        "region": NAMES,
        "channel": st.sampled_from(["web", "shop"]),
        "cost": st.one_of(st.none(), st.decimals(0, 99, places=2)),
    }
)
FILTER = st.one_of(
    st.builds(
        Filter,
        st.just("region"),
        st.lists(NAMES, min_size=1, max_size=2, unique=True).map(tuple),
        st.booleans(),
    ),
    st.builds(Filter, st.just("channel"), st.just(("web",))),
)
PERIOD = st.tuples(DAY, st.integers(1, 60)).map(
    lambda pair: Period(pair[0], pair[0] + timedelta(days=pair[1]))
)
IDS = (
    "sales",
    "orders",
    "gross_profit",
    "new_customers",
    "active_customers",
    "repeat_purchase_rate",
)
BY = st.sampled_from([(), ("region",), ("channel",), ("region", "channel"), ("customer",)])


ENGINES = tuple(Engine.open(None, memory="1GB", threads=1) for _ in range(2))


@settings(max_examples=tries(10), deadline=None)
@given(
    st.lists(ROW, min_size=1, max_size=20),
    st.lists(FILTER, max_size=2),
    st.lists(PERIOD, min_size=1, max_size=2),
    BY,
    st.sampled_from([(None, None), (Grain.MONTH, None), (None, 1)]),
)
def test_figures_are_those_of_a_warehouse_that_keeps_no_members(rows, filters, periods, by, cut):
    selection = Selection(None, filters=tuple(filters))
    fresh, known = (rebuilt(engine, rows) for engine in ENGINES)
    known.dimensions("sales")  # from now on members are few
    grain, top = cut
    asked = {"windows": (*periods, None), "by": by, "grain": grain, "top": top if by else None}
    plain = measure(fresh, bound(fresh), IDS, selection, **asked)
    kept = measure(known, bound(known), IDS, selection, **asked)
    again = measure(known, bound(known), IDS, selection, **asked)
    assert kept.rows == again.rows == plain.rows
    assert kept.blank == plain.blank


@settings(max_examples=tries(10), deadline=None)
@given(
    st.lists(ROW, min_size=1, max_size=20),
    st.lists(FILTER, max_size=1),
    st.tuples(PERIOD, PERIOD),
    st.sampled_from(["region", "channel"]),
    st.integers(0, 3),
)
def test_what_moved_is_the_same(rows, filters, windows, by, keep):
    selection = Selection(None, filters=tuple(filters))
    fresh, known = (rebuilt(engine, rows) for engine in ENGINES)
    known.dimensions("sales")
    found = [
        shifts(house, bound(house), "sales", selection, windows, by, keep)
        for house in (fresh, known)
    ]
    assert found[0] == found[1]


ROWS = (
    {"order_date": "2026-01-05", "region": "N", "document": "1", "amount": "5", "customer": "A"},
    {"order_date": "2026-01-09", "region": "S", "document": "1", "amount": "7", "customer": "A"},
    {"order_date": "2026-02-05", "region": "N", "document": "2", "amount": "4", "customer": "B"},
    {"order_date": "2026-02-06", "region": "N", "document": "2", "amount": "3", "customer": "B"},
    {"order_date": "2026-02-06", "region": None, "document": "3", "amount": "1", "customer": None},
)
JANUARY = Period(date(2026, 1, 1), date(2026, 2, 1))
FEBRUARY = Period(date(2026, 2, 1), date(2026, 3, 1))


@pytest.fixture
def house(monkeypatch):
    """A warehouse whose members are known, and what it asks."""
    found = build(ROWS)
    found.dimensions("sales")
    found.said = []
    for name in ("rows", "arrow"):
        ask = getattr(found.engine, name)
        monkeypatch.setattr(
            found.engine,
            name,
            lambda sql, params=None, ask=ask: said.append(sql) or ask(sql, params),
        )
    said: list[str] = []
    found.said = said
    return found


def figures(house, metric, members=None, **more):
    chosen = () if members is None else (Filter("region", members, **more),)
    found = measure(
        house, bound(house), (metric,), Selection(None, filters=chosen), windows=(JANUARY, FEBRUARY)
    )
    return [found.figure(metric, number).value for number in (0, 1)]


def test_members_are_few_once_the_dimensions_were_looked_at(house):
    assert is_few(house, "sales", ("region",))
    assert not is_few(build(ROWS), "sales", ("region",))
    assert is_few(build(ROWS), "sales", ())


def test_another_filter_of_few_members_asks_nothing_again(house):
    assert figures(house, "sales", ("N",)) == [5, 7]
    house.said.clear()
    assert figures(house, "sales", ("S",)) == [7, None]
    assert figures(house, "sales", (None,)) == [None, 1]
    assert figures(house, "sales", ("N", "S")) == [12, 7]
    assert figures(house, "sales", ("N",), exclude=True) == [7, 1]
    assert house.said == []


def test_an_order_of_two_days_or_regions_is_counted_once(house):
    """Order 1 lies in two regions, order 2 on two days."""
    assert figures(house, "orders") == [1, 2]
    assert figures(house, "orders", ("N",)) == [1, 1]
    assert figures(house, "orders", ("S",)) == [1, None]
    assert figures(house, "orders", ("N", "S")) == [1, 1]


def test_beyond_many_rows_each_filter_is_asked_by_itself(house, monkeypatch):
    monkeypatch.setattr(questions, "MANY", 4)
    assert figures(house, "sales", ("N",)) == [5, 7]
    house.said.clear()
    assert figures(house, "sales", ("S",)) == [7, None]
    assert any("$filter_0_0" in sql for sql in house.said)


def test_the_others_of_a_breakdown_are_one(house):
    found = measure(
        house, bound(house), ("sales",), Selection(None), windows=(JANUARY,), by=("region",), top=1
    )
    assert found.figure("sales", 0, None, ("S",)).value == Decimal(7)
    assert found.figure("sales", 0, None, (OTHER,)).value == Decimal(5)
