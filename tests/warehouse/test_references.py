"""Reference joins: attributes of customers, products and people, without multiplying a row."""

from datetime import date

import pytest

from salesdash.metrics import Figure
from salesdash.periods import Period
from salesdash.selection import Filter, Organisation, Selection
from salesdash.warehouse.questions import measure
from tests.warehouse.build import build
from tests.warehouse.test_questions import ALL, bound

JANUARY = Period(date(2026, 1, 1), date(2026, 2, 1))
DEALS = (
    {"close_date": "2026-01-05", "created_date": "2026-01-02", "outcome": "won", "amount": "100",
     "customer": "Acme", "product": "GTXPro", "person": "Ann"},
    {"close_date": "2026-01-06", "created_date": "2026-01-20", "outcome": "won", "amount": "10",
     "customer": "Acme", "product": "GTX Basic", "person": "Ann"},
    {"close_date": "2026-01-07", "created_date": "2026-01-02", "outcome": "lost", "amount": "7",
     "customer": "Nobody", "product": "GTX Basic", "person": "Bob"},
    {"close_date": "2026-01-08", "created_date": None, "outcome": "won", "amount": "1",
     "customer": "Blue Ltd", "product": None, "person": "ann"},
)  # fmt: skip
CUSTOMERS = (
    {"customer": "Acme", "segment": "retail", "record": 1},
    {"customer": "Acme", "segment": "wholesale", "record": 2, "x_employees": "50"},  # the newest
    {"customer": "C7", "customer_name": "Blue Ltd", "segment": "medical"},
)
PRODUCTS = (
    {"product": "GTX Pro", "category": "GTX"},
    {"product": "GTX Basic", "category": "GTX"},
    {"product": "gtx-basic", "category": "Odd"},
)
PEOPLE = (
    {"person": "Ann", "team": "East", "active_from": "2025-01-01"},
    {"person": "Ann", "team": "West", "active_from": "2026-01-10"},
    {"person": "Bob", "team": "North", "manager": "Cara", "active_to": "2025-12-31"},
)


@pytest.fixture(scope="module")
def store():
    return build(deals=DEALS, customers=CUSTOMERS, products=PRODUCTS, people=PEOPLE)


def parts(store, metric, by, selection=ALL):
    found = measure(store, bound(store), (metric,), selection, windows=(JANUARY,), by=(by,))
    return {members[0]: found.figure(metric, members=members).value for members in found.members()}


def whole(store, metric, selection=ALL) -> Figure:
    found = measure(store, bound(store), (metric,), selection, windows=(JANUARY,))
    return found.figure(metric)


def test_the_newest_entry_of_a_key_counts_and_no_row_multiplies(store):
    assert whole(store, "won_amount").value == 111
    assert parts(store, "won_amount", "segment") == {"wholesale": 110, "medical": 1, None: 0}


def test_an_entry_is_found_by_its_name_and_by_another_writing_of_its_key(store):
    by_category = parts(store, "won_amount", "category")
    assert by_category == {"GTX": 110, None: 1}  # GTXPro is GTX Pro
    products = next(k for k in store.references("deals") if k.link.key == "product")
    assert products.aliases == {"GTXPro": "GTX Pro"}
    customers = next(k for k in store.references("deals") if k.link.key == "customer")
    assert (customers.aliases, customers.unmatched) == ({"Blue Ltd": "C7"}, ("Nobody",))


def test_two_entries_written_alike_are_no_match():
    store = build(deals=DEALS[:1], products=[{"product": "GTX Pro", "category": "A"},
                                             {"product": "gtx pro", "category": "B"}])  # fmt: skip
    assert parts(store, "won_amount", "category") == {None: 100}


def test_people_are_where_they_were_on_the_day_of_the_row(store):
    # Ann was in the East on 2 January, in the West on the 20th; the undated deal has her current
    # team; Bob's entry ended before, it is the only one known
    assert parts(store, "won_amount", "team") == {"East": 100, "West": 11, "North": 0}
    today = Selection(None, organisation=Organisation.TODAY)
    assert parts(store, "won_amount", "team", today) == {"West": 111, "North": 0}


def test_what_the_row_says_comes_first():
    rows = [{**DEALS[0], "team": "Own"}, DEALS[1]]
    store = build(deals=rows, people=PEOPLE)
    assert parts(store, "won_amount", "team") == {"Own": 100, "West": 10}
    today = Selection(None, organisation=Organisation.TODAY)
    assert parts(store, "won_amount", "team", today) == {"West": 110}


def test_filters_by_what_reference_sets_tell(store):
    medical = Selection(None, filters=(Filter("segment", ("medical",)),))
    assert whole(store, "won_amount", medical).value == 1
    many = Selection(None, filters=(Filter("x_employees", ("50",)), Filter("manager", (None,))))
    assert whole(store, "won_amount", many).value == 110


def test_they_are_offered_as_dimensions_with_members_and_names(store):
    found = {each.name: each.members for each in store.dimensions("deals")}
    assert found["segment"] == 2
    assert found["x_employees"] == 1
    assert dict(store.members("deals", "segment")) == {"wholesale": 2, "medical": 1}
    assert store.names("deals", "customer")["Blue Ltd"] == "Blue Ltd"


def test_without_reference_sets_nothing_is_joined():
    store = build(deals=DEALS)
    assert store.references("deals") == ()
    assert "join" not in store.scope("deals", ALL).sql


def test_only_what_a_question_reads_is_joined(store):
    assert "join" not in store.scope("deals", ALL, ()).sql
    assert "join" not in store.scope("deals", ALL, ("outcome", "person")).sql
    assert store.scope("deals", ALL, ("segment",)).sql.count("join") == 2  # the entries, the names


def test_customers_may_say_who_looks_after_them():
    store = build(
        [{"order_date": "2026-01-05", "customer": "Acme", "amount": "5"}],
        customers=[{"customer": "Acme", "person": "Ann"}], people=PEOPLE,
    )  # fmt: skip
    assert parts(store, "sales", "team") == {"East": 5}
    assert parts(store, "sales", "person") == {"Ann": 5}


def test_an_earlier_cut_has_the_entries_of_then():
    store = build(
        deals=[DEALS[0]],
        customers=[
            {"customer": "Acme", "segment": "old", "valid_to": 2},
            {"customer": "Acme", "segment": "new", "event": 2},
        ],
    )
    assert parts(store, "won_amount", "segment") == {"new": 100}
    assert parts(store, "won_amount", "segment", Selection(None, cut=1)) == {"old": 100}
