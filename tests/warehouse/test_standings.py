"""Places, ranks and running sums of a few members, by hand; what cannot be ranked here is not."""

from datetime import date
from decimal import Decimal

from salesdash.metrics import bind
from salesdash.periods import Period
from salesdash.selection import Filter, Selection
from salesdash.warehouse.standings import Size, Standing, standings
from tests.analysis.company import settings as company
from tests.warehouse.build import build

THEN = Period(date(2026, 1, 1), date(2026, 2, 1))
NOW = Period(date(2026, 2, 1), date(2026, 3, 1))
ROWS = (
    ("2026-01-05", "Ann", 100),
    ("2026-01-06", "Bob", 50),
    ("2026-01-07", "Cid", 20),
    ("2026-02-05", "Ann", 40),  # -60 %
    ("2026-02-06", "Bob", 55),  # +10 %
    ("2026-02-07", "Dora", 30),  # from nothing
    ("2026-02-08", None, 7),
    ("2026-02-09", "Eve", -5),
)


def asked(rows=ROWS, size=Size.VALUE, keep=2, metric="sales", filters=(), then=THEN):
    house = build({"order_date": d, "person": p, "amount": a} for d, p, a in rows)
    bound = bind(company(), {"sales": house.columns("sales")})
    chosen = Selection(None, filters=filters)
    return standings(house, bound, metric, chosen, (NOW, then), "person", size, keep)


def members(found):
    return sorted((one.place, one.member or "") for one in found.first)


def test_the_largest_by_themselves_the_others_as_one():
    found = asked()
    assert sorted(found.first, key=lambda one: one.place) == [
        Standing(1, "Bob", Decimal(55), Decimal(50), 1, 2, Decimal(55)),
        Standing(2, "Ann", Decimal(40), Decimal(100), 2, 1, Decimal(95)),
    ]
    # Cid 0, Dora 30, Eve -5 and the empty one 7
    assert (found.beyond, found.beyond_now, found.beyond_then) == (4, 32, 20)
    assert (found.members, found.sums) == (6, (127, 170))


def test_how_few_make_most_of_the_whole_and_of_what_has_a_name():
    """127 with the empty one: 55 + 40 + 30 are 98 %; 120 of names: the same three are 104 %."""
    found = asked()
    assert (found.named, found.having, found.had) == (5, 4, 120)
    assert (found.most_of_all, found.most_of_named) == (3, 3)
    assert (found.ten, found.fifth) == (120, 55)


def test_sizes():
    assert members(asked(size=Size.CHANGE)) == [(1, "Ann"), (2, "Dora")]
    assert members(asked(size=Size.RATIO)) == [(1, "Cid"), (2, "Ann")]  # -100 %, -60 %
    assert [place for place, _ in members(asked(size=Size.NONE))] == [1] * 6


def test_who_ties_for_the_last_place_comes_too():
    rows = [("2026-02-05", name, 10) for name in ("b", "a", "c")]
    assert members(asked(rows, keep=1)) == [(1, "a"), (1, "b"), (1, "c")]


def test_without_a_comparison_only_the_window_counts():
    found = asked(then=None, keep=9)
    assert {one.member for one in found.first} == {"Ann", "Bob", "Dora", "Eve", None}
    assert not any(one.then or one.rank_then for one in found.first)


def test_what_cannot_be_ranked_here():
    """No rows; rows that lack the filter; members whose rows leave the sum open."""
    assert asked(()) is None
    assert asked(ROWS[:1], then=None) is None
    assert asked(filters=(Filter("region", ("North",)),)) is None
    assert asked(metric="cost") is None
