"""Size and growth, and rank change: who is placed, who came, who went, who has no base."""

import pytest

from salesdash.analysis import comparison, growth, places
from salesdash.analysis.breakdown import Breakdown, Listing, Order
from tests.analysis.company import TODAY, sale, selection, settings, warehouse

BEGIN = sale("2025-01-01", 1, region="North")
THEN = {"North": 100, "South": 80, "West": 50, "Debt": -10, "Back": 20, None: 5}
NOW = {"North": 50, "South": 120, "East": 30, "Debt": 40, "Back": -5, None: 7}
ROWS = (
    BEGIN,
    *(sale("2025-11-05", a, region=r) for r, a in THEN.items()),
    *(sale("2026-11-05", a, region=r) for r, a in NOW.items()),
)


def build(metric="sales", limit=100) -> Breakdown:
    listing = Listing(metric, "region", Order.RANK, limit)
    return comparison.build(warehouse(ROWS), settings(), selection(), TODAY, listing)


def names(lines) -> list[str | None]:
    return [line.member for line in lines]


def test_members_with_a_figure_above_zero_in_both_periods_are_placed():
    """North 100 to 50 is −50 %, South 80 to 120 +50 %, the empty member 5 to 7 +40 %."""
    found = growth.of(build())
    told = [(one.line.member, one.size, one.growth) for one in found.placed]
    assert told == [("South", 120, 0.5), ("North", 50, -0.5), ("", 7, 0.4)]
    assert (found.middle, found.usual) == (50, 0.4)


def test_new_vanished_and_baseless_members_stand_beside():
    found = growth.of(build())
    assert names(found.entered) == ["East"]
    assert names(found.left) == ["West"]
    assert names(found.baseless) == ["Debt", "Back"]  # from below zero, and to it
    assert (found.metric, found.in_points) == ("sales", False)


def test_the_others_as_one_are_nobody():
    found = growth.of(build(limit=1))
    assert [one.line.member for one in found.placed] == ["North"]
    assert (found.entered, found.left) == ((), ())


def test_of_a_share_growth_is_the_difference():
    rows = [
        sale("2025-01-01", 1),
        sale("2025-11-05", 100, region="North", cost="40"),
        sale("2026-11-05", 100, region="North", cost="20"),
    ]
    listing = Listing("margin", "region", Order.RANK)
    asked = comparison.build(warehouse(rows), settings(), selection(), TODAY, listing)
    found = growth.of(asked)
    assert found.in_points
    assert [one.growth for one in found.placed] == pytest.approx([0.2])


def test_nobody_is_placed_where_nothing_can_be_compared():
    rows = [sale("2025-01-01", 1), sale("2026-11-05", 5, region="North")]
    listing = Listing("sales", "region", Order.RANK)
    asked = comparison.build(warehouse(rows), settings(), selection(), TODAY, listing)
    found = growth.of(asked)
    assert (found.placed, found.middle, found.usual) == ((), None, None)


def test_the_first_places_of_both_periods():
    """Now South 120, North 50, Debt 40, East 30, Back −5; before North, South, West, Back, Debt."""
    found = places.of(build(), 2)
    assert [(line.member, line.rank) for line in found.now] == [("South", 1), ("North", 2)]
    assert [(line.member, line.rank_then) for line in found.then] == [("North", 1), ("South", 2)]
    three = places.of(build(), 3)
    assert [(line.member, line.rank) for line in three.now] == [
        ("South", 1), ("North", 2), ("Debt", 3),
    ]  # fmt: skip
    assert [(line.member, line.rank_then) for line in three.then] == [
        ("North", 1), ("South", 2), ("West", 3), ("Debt", 5),
    ]  # fmt: skip
    assert (three.others, three.metric) == (3, "sales")  # East, Back, and those without a name


def test_twice_as_many_lines_hold_the_first_places_of_both_periods():
    """Those who lead now and those who led before have nobody in common."""
    rows = [BEGIN]
    for n in range(30):
        rows += [
            sale("2025-11-05", 1000 - n, region=f"then {n:02}"),
            sale("2026-11-05", 10 - n / 10, region=f"now {n:02}"),
        ]
    listing = Listing("sales", "region", Order.RANK, 20)
    asked = comparison.build(warehouse(rows), settings(), selection(), TODAY, listing)
    found = places.of(asked, 10)
    assert names(found.now) == [f"now {n:02}" for n in range(10)]
    assert names(found.then) == [f"then {n:02}" for n in range(10)]
