"""Ranked where the rows lie or asked one by one: the same lines, to the cent and to the place."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from salesdash.analysis import placed
from salesdash.analysis.asking import Question
from salesdash.analysis.breakdown import Listing, Order
from salesdash.analysis.split import Split
from salesdash.analysis.whole import Whole
from salesdash.metrics import Kind, Unit
from salesdash.periods import Comparison, Grain
from salesdash.selection import Filter
from tests.analysis.company import TODAY, metric, sale, selection, settings, warehouse
from tests.analysis.many import many
from tests.examples import tries

BEGIN = sale("2025-01-01", 1, customer="Zoe")
PICKED = metric("large", Kind.SIMPLE, Unit.COUNT, sql="count(*)", where="amount > 50")
STATED = metric("stated", Kind.SIMPLE, Unit.COUNT, sql="count(cost)")


def question(rows, chosen=None):
    house, base = warehouse(rows), settings()
    known = replace(base, metrics={**base.metrics, "large": PICKED, "stated": STATED}, hash="more")
    return Question(house, known, chosen or selection(Grain.QUARTER), TODAY)


def both(asked: Question, listing: Listing):
    """The lines by each way; None for a listing that must be asked one by one."""
    whole = Whole.of(asked, listing.metric, str(listing.by))
    return placed.listed(whole, listing), Split.of(whole).listed(listing)


def agree(asked: Question, listing: Listing) -> None:
    quick, slow = both(asked, listing)
    assert quick is not None
    assert replace(quick, movers=None) == replace(slow, movers=None)
    if slow.movers is None:
        assert quick.movers is None
        return
    assert quick.movers is not None
    assert replace(quick.movers, explained=None) == replace(slow.movers, explained=None)
    assert quick.movers.explained == pytest.approx(slow.movers.explained)


AMOUNTS = st.one_of(
    st.sampled_from([Decimal(0), Decimal(10), Decimal(-10), Decimal("10.01")]),
    st.decimals(-99, 999, places=2),
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2025-10-05", "2025-11-01", "2026-10-07", "2026-11-16"]),
        st.one_of(st.none(), st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")),
        st.sampled_from([None, "Alpha", "beta", "GAMMA", "Österreich", "straße"]),
        AMOUNTS,
        st.sampled_from([None, "2"]),
    ),
    max_size=40,
)
WINDOWS = (
    selection(Grain.QUARTER),
    selection(Grain.QUARTER, comparison=Comparison.NONE),
    replace(selection(Grain.QUARTER), window=None),
    replace(selection(Grain.QUARTER), filters=(Filter("customer", ("a", None), exclude=True),)),
)


@examples(max_examples=tries(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, st.sampled_from(WINDOWS), st.integers(1, 6))
def test_any_rows_give_the_same_lines_both_ways(rows, chosen, limit):
    lines = [
        sale(day, amount, customer=key, customer_name=name, cost=cost)
        for day, key, name, amount, cost in rows
    ]
    asked = question([BEGIN, sale("2026-11-17", 3, customer="h"), *lines], chosen)
    for name in ("sales", "large", "stated"):
        for order in Order:
            agree(asked, Listing(name, "customer", order, limit))


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("limit", [1, 10, 1000])
def test_many_rows_give_the_same_lines_both_ways(seed, limit):
    asked = question(many(600, seed))
    for by in ("customer", "region"):
        for order in Order:
            agree(asked, Listing("sales", by, order, limit))
            agree(asked, Listing("stated", by, order, limit))


def test_who_ties_for_the_last_place_is_chosen_by_name_and_the_others_stay_exact():
    """Five of 10 each, two shown: by their names, not their keys."""
    rows = [
        sale("2026-11-05", 10, customer=f"C{n}", customer_name=name)
        for n, name in enumerate(("eva", "Dan", "cid", "Bob", "ann"))
    ]
    quick, _ = both(question([BEGIN, *rows]), Listing("sales", "customer", Order.VALUE, 2))
    assert quick is not None
    found = [(x.member, x.label, x.rank, x.count, x.change.now.value) for x in quick.lines]
    assert found == [("C4", "ann", 1, 1, 10), ("C3", "Bob", 1, 1, 10), (None, None, None, 3, 30)]
    assert (quick.members, quick.total.change.now.value) == (5, 50)


@pytest.mark.parametrize("name", ["orders", "gross_profit", "margin", "buyers"])
def test_what_is_no_plain_sum_is_asked_one_by_one(name):
    asked = question([BEGIN, sale("2026-11-05", 5, customer="a")])
    quick, slow = both(asked, Listing(name, "customer"))
    assert quick is None
    assert slow.members


def test_members_that_state_nothing_are_asked_one_by_one_and_say_why():
    costs = (("a", "2"), ("b", None))
    rows = [sale("2026-11-05", 5, customer=key, cost=cost) for key, cost in costs]
    quick, slow = both(question([BEGIN, *rows]), Listing("cost", "customer", Order.NAME))
    assert quick is None
    reasons = {line.member: line.change.now.reason for line in slow.lines}
    assert reasons["b"] is not None
    assert reasons["b"].key == "metrics.reason.field_empty"


def test_without_rows_there_is_nothing_to_rank():
    late = replace(selection(), window=None)
    quick, slow = both(question([], late), Listing("sales", "customer"))
    assert quick is None
    assert slow.lines == ()
