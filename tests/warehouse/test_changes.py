"""The largest changes by themselves, the others together: exactly what all members sum to."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesdash.metrics import bind
from salesdash.periods import Period
from salesdash.selection import Filter, Selection
from salesdash.warehouse.changes import Shift, shifts
from salesdash.warehouse.pairs import can_pair
from tests.analysis.company import settings as company
from tests.examples import tries
from tests.warehouse.build import build

THEN = Period(date(2026, 1, 1), date(2026, 2, 1))
NOW = Period(date(2026, 2, 1), date(2026, 3, 1))
ROWS = (
    ("2026-01-05", "Ann", 100),
    ("2026-01-06", "Bob", 50),
    ("2026-01-07", "Cid", 20),
    ("2026-02-05", "Ann", 40),  # -60
    ("2026-02-06", "Bob", 55),  # +5
    ("2026-02-07", "Dora", 30),  # +30
    ("2026-02-08", None, 7),  # +7
    ("2026-03-01", "Ann", 900),  # after both
)


def asked(rows, keep, metric="sales", filters=(), windows=(NOW, THEN)):
    house = build({"order_date": d, "person": p, "amount": a} for d, p, a in rows)
    bound = bind(company(), {name: house.columns(name) for name in ("sales",)})
    return shifts(house, bound, metric, Selection(None, filters=filters), windows, "person", keep)


def test_the_largest_by_themselves_the_others_by_direction():
    assert asked(ROWS, 2) == (
        Shift("Ann", Decimal(40), Decimal(100)),
        Shift("Dora", Decimal(30), Decimal(0)),
        Shift(None, Decimal(0), Decimal(20), others=1),  # Cid fell
        Shift(None, Decimal(62), Decimal(50), others=2),  # Bob and the empty one rose
    )


def test_few_members_all_come_by_themselves():
    found = asked(ROWS, 9)
    assert [(one.member, one.now - one.then) for one in found] == [
        ("Ann", -60),
        ("Dora", 30),
        ("Cid", -20),
        (None, 7),
        ("Bob", 5),
    ]
    assert not any(one.others for one in found)


def test_filters_hold_and_those_that_cannot_apply_leave_nothing():
    assert [s.member for s in asked(ROWS, 9, filters=(Filter("person", ("Bob",)),))] == ["Bob"]
    assert asked((), 9) == ()


def test_ties_go_by_name():
    rows = [("2026-02-05", name, 10) for name in ("b", "a", "c")]
    assert [one.member for one in asked(rows, 2)] == ["a", "b", None]


@pytest.mark.parametrize(
    ("metric", "can"), [("sales", True), ("orders", False), ("gross_profit", False)]
)
def test_only_plain_sums_are_compared_in_one_statement(metric, can):
    assert can_pair(bind(company()), metric) is can


@settings(max_examples=tries(25), deadline=None)
@given(
    st.lists(
        st.tuples(
            st.dates(date(2025, 12, 20), date(2026, 3, 10)),
            st.sampled_from(["a", "b", "c", "d", None]),
            st.decimals(-999, 999, places=2),
        ),
        max_size=30,
    ),
    st.integers(0, 5),
)
def test_everything_sums_to_what_loops_say(rows, keep):
    overlapping = Period(date(2026, 1, 15), date(2026, 2, 15))
    found = asked(rows, keep, windows=(overlapping, THEN))
    sums = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for day, person, amount in rows:
        for place, window in enumerate((overlapping, THEN)):
            if window.start <= day < window.end:
                sums[person][place] += amount
    assert sum(one.now for one in found) == sum(now for now, _ in sums.values())
    assert sum(one.then for one in found) == sum(then for _, then in sums.values())
    named = [(one.member, [one.now, one.then]) for one in found if not one.others]
    assert all(sums[name] == pair for name, pair in named)
    sizes = sorted((abs(now - then) for now, then in sums.values()), reverse=True)
    assert [abs(now - then) for _, (now, then) in named] == sizes[:keep]
    assert sum(one.others for one in found) == max(0, len(sums) - keep)
